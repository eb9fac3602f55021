"""Cells of a CSV file that a user wrote: read, named, made numbers; what cannot be used is told by row and column."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sim.axes import Array
from sim.errors import UserError


def rows_of(path: Any, option: str) -> list[list[str]]:
    """Cells of a CSV file without comments and blank lines; one heading and at least one row, all equally long."""
    if not isinstance(path, str) or not path.strip():
        raise unfit(f"{option} is {path!r}", "it must be a CSV file", f"{option}=FILE.csv")
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise misfit(
            option, f"{path} cannot be read ({reason})", "it must be a CSV file"
        ) from error
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    rows = [[cell.strip() for cell in row] for row in csv.reader(lines)]
    if len(rows) < 2:
        raise misfit(option, f"{path} has no rows", "there must be a heading and a row an actor")
    if len(rows[0]) < 2:
        raise misfit(
            option,
            f"the heading of {path} is {rows[0][0]!r} alone",
            "there must be at least two columns, with commas between them",
        )
    for place, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            raise misfit(
                option,
                f"row {place} of {path} has {len(row)} cells",
                f"it must have as many as the heading, {len(rows[0])}",
            )
    return rows


def names_of(names: list[str], option: str, path: Any) -> tuple[str, ...]:
    """Check that every actor has a name of its own."""
    for name in names:
        if not name or names.count(name) > 1:
            raise misfit(
                option,
                f"{path} names an actor {name!r}" + (" twice" if name else ""),
                "every actor must have a name of its own",
            )
    return tuple(names)


def values_of(body: list[list[str]], head: list[str], option: str, path: Any) -> Array:
    """Numbers of all cells but the first of each row, (row, column)."""
    found = np.empty((len(body), len(head) - 1))
    for at, row in enumerate(body):
        for place, cell in enumerate(row[1:]):
            try:
                found[at, place] = float(cell)
            except ValueError:
                found[at, place] = math.nan
            if not math.isfinite(found[at, place]):
                raise misfit(
                    option,
                    f"{path}: {head[place + 1]} of {row[0]} is {cell!r}",
                    "it must be a number",
                )
    return found


def sized(values: Array, names: Sequence[str], option: str, path: Any, what: str = "size") -> Array:
    """Check that every size (or what else it is) is above 0."""
    for name, value in zip(names, values, strict=True):
        if value <= 0.0:
            raise misfit(option, f"{path}: the {what} of {name} is {value:g}", "it must be above 0")
    return values


def misfit(option: str, given: str, allowed: str) -> UserError:
    """Tell what in a file cannot be used."""
    return UserError(
        given=given, allowed=allowed, where=f"in the file, or on the command line: {option}=FILE"
    )


def unfit(given: str, allowed: str, example: str) -> UserError:
    """Tell what on the command line cannot be used."""
    return UserError(given=given, allowed=allowed, where=f"on the command line: {example}")
