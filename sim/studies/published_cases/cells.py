"""Cells of a CSV file that a user wrote: read, named, made numbers; what cannot be used is told by row and column."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.axes import Array
from sim.errors import UserError
from sim.world.tables import read_cells, read_number

IN_FILE = "in the file, or on the command line: {option}=FILE"


def cells_of(path: Any, option: str, repeated: Collection[str] = ()) -> pd.DataFrame:
    """Cells of a CSV file with a row an actor, whose names stand in the first column; at least two columns.

    Parameters
    ----------
    path : the file. option : by which it was named. repeated : headings that may stand over several columns.

    Raises
    ------
    UserError : no such file, or one that is no such table.
    """
    if not isinstance(path, str) or not path.strip():
        raise unfit(f"{option} is {path!r}", "it must be a CSV file", f"{option}=FILE.csv")
    cells = read_cells(path, repeated=repeated, where=IN_FILE.format(option=option))
    if len(cells.columns) < 2:
        raise cell_error(
            option,
            f"the heading of {path} is {cells.columns[0]!r} alone",
            "there must be at least two columns, with commas between them",
        )
    return cells


def names_of(cells: pd.DataFrame, option: str, path: Any) -> tuple[str, ...]:
    """Check that every actor has a name of its own."""
    names = tuple(cells.iloc[:, 0])
    for line, name in zip(cells.index, names, strict=True):
        if not name or names.count(name) > 1:
            raise cell_error(
                option,
                f"line {line} of {path} names an actor {name!r}" + (" twice" if name else ""),
                "every actor must have a name of its own",
            )
    return names


def values_of(cells: pd.DataFrame, option: str, path: Any) -> Array:
    """Numbers of all cells but the first of each row, (row, column)."""
    where = IN_FILE.format(option=option)
    rows = [
        [
            read_number(
                text, path=path, line=line, column=f"{column} of {row.iloc[0]}", where=where
            )
            for column, text in row.iloc[1:].items()
        ]
        for line, row in cells.iterrows()
    ]
    return np.array(rows, dtype=float)


def check_sizes(
    values: Array, names: Sequence[str], option: str, path: Any, what: str = "size"
) -> Array:
    """Check that every size (or what else it is) is above 0."""
    for name, value in zip(names, values, strict=True):
        if value <= 0.0:
            raise cell_error(
                option, f"{path}: the {what} of {name} is {value:g}", "it must be above 0"
            )
    return values


def cell_error(option: str, given: str, allowed: str) -> UserError:
    """Tell what in a file cannot be used."""
    return UserError(given=given, allowed=allowed, where=IN_FILE.format(option=option))


def unfit(given: str, allowed: str, example: str) -> UserError:
    """Tell what on the command line cannot be used."""
    return UserError(given=given, allowed=allowed, where=f"on the command line: {example}")
