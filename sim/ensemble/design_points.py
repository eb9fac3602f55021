"""From a space to a table of points: grid, Latin hypercube, Sobol, a table given, or lists side by side.

Source: Latin hypercube, McKay, Beckman and Conover (1979, unverified); Sobol sequence scrambled by Owen's method (both as in
scipy.stats.qmc). A Sobol design extends: its first points stay what they are however many are asked for.
"""

from __future__ import annotations

import hashlib
import itertools
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.axes import Array
from sim.config.declare import Declaration
from sim.config.settings import checked
from sim.ensemble.design import Dimension, choices_in, declaration_of, group_name
from sim.errors import UserError
from sim.world.tables import as_number, read_cells, table_fault

DRAWN = ("lhs", "sobol")  # designs of as many points as are asked for
MOST_SOBOL = 2**30
TABLE = "in that file, or on the command line: sweep.design=table sweep.table=points.csv"


def size(design: str, space: Sequence[Dimension], *, points: int, levels: int) -> int:
    """Count the points of a design before it is made (a table counts when it is read).

    Raises
    ------
    UserError : lists of different lengths side by side, or a number of points where none is free.
    """
    if design in DRAWN:
        return points
    if design == "zip":
        return _paired_length(space)
    return math.prod(len(item.levels(levels)) for item in space)


def make_points(
    design: str, space: Sequence[Dimension], *, points: int, levels: int, seed: int
) -> pd.DataFrame:
    """Make the table of points, a row a point, a column a dimension.

    Parameters
    ----------
    design : one of `DESIGNS` but table. points : how many (of drawn designs). levels : steps through
        each range (of a grid, whose first dimension changes slowest). seed : of the settings.
    """
    if design == "zip":
        _paired_length(space)
        return frame(space, [list(item.values) for item in space])
    if design == "grid":
        rows = list(itertools.product(*(item.levels(levels) for item in space)))
        return frame(space, [list(column) for column in zip(*rows, strict=True)])
    shares = shares_of(design, len(space), points, seed)
    return frame(space, [item.at(shares[:, index]) for index, item in enumerate(space)])


def frame(space: Sequence[Dimension], columns: Sequence[list[Any]]) -> pd.DataFrame:
    """Name columns of values by their dimensions."""
    return pd.DataFrame(
        {item.name: pd.Series(column) for item, column in zip(space, columns, strict=True)}
    )


def _paired_length(space: Sequence[Dimension]) -> int:
    lengths = {item.name: len(item.values) for item in space}
    if len(set(lengths.values())) > 1:
        result = ", ".join(f"{name} has {length}" for name, length in lengths.items())
        raise UserError(
            given=f"the lists to be taken side by side differ in length ({result})",
            allowed="with sweep.design=zip all lists must be of one length",
            where="on the command line: sweep.space, or another sweep.design",
        )
    return next(iter(lengths.values()))


def shares_of(design: str, dimensions: int, points: int, seed: int) -> Array:
    """Draw points of the unit cube (point, dimension) for a drawn design."""
    from scipy.stats import qmc  # late: workers need it not, and it is slow to read

    named = f"{seed}/design/{design}/{dimensions}".encode()
    key = int.from_bytes(hashlib.blake2b(named, digest_size=8).digest(), "little")
    generator = np.random.default_rng(key)
    if design == "lhs":
        return qmc.LatinHypercube(dimensions, rng=generator).random(points)
    if points > MOST_SOBOL:
        raise UserError(
            given=f"sweep.points is {points}",
            allowed=f"a Sobol sequence has at most {MOST_SOBOL}",
            where="on the command line: sweep.points=1024",
        )
    whole = max(points - 1, 0).bit_length()  # a power of two, of which the first are taken
    return qmc.Sobol(dimensions, rng=generator).random_base2(whole)[:points]


def read_table(path: str, groups: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Read a table of points from CSV or Parquet, a column a setting or a group.

    Raises
    ------
    UserError : a file that cannot be read, an unknown column, a value that is not allowed.
    """
    table = _read_table(path)
    names = [group_name(str(name).strip(), groups) for name in table]
    twice = next((name for name in names if names.count(name) > 1), "")
    if table.empty or twice:
        fault = f"{twice!r} heads two columns" if twice else "it has no rows"
        raise table_fault(path, fault, "it must have a row a point and a column a setting", TABLE)
    columns = zip(names, table.items(), strict=True)
    return pd.DataFrame(
        {name: _checked_column(path, name, cells, groups) for name, (_, cells) in columns}
    )


def _read_table(path: str) -> pd.DataFrame:
    if not path:
        raise table_fault("(none)", "no file is named", "it must be a CSV or Parquet file", TABLE)
    if not path.endswith((".parquet", ".pq")):
        return read_cells(path, where=TABLE)
    try:
        table = pd.read_parquet(path)
    except ImportError as error:
        allowed = "it must be CSV, or Parquet where pyarrow is installed (pip install pyarrow)"
        raise table_fault(path, "Parquet cannot be read here", allowed, TABLE) from error
    except (ValueError, OSError) as error:
        fault = f"it cannot be read ({str(error).strip().splitlines()[0]})"
        raise table_fault(path, fault, "it must be a CSV or Parquet file", TABLE) from error
    table.index = pd.RangeIndex(1, len(table) + 1)
    return table


def _checked_column(
    path: str, name: str, cells: pd.Series[Any], groups: Mapping[str, Sequence[str]]
) -> list[Any]:
    declaration = None if name in groups else _declaration_of(path, name, groups)
    position = "row" if path.endswith((".parquet", ".pq")) else "line"
    return [
        _checked_value(cell, declaration, f"{path}, {position} {at}, {name}", groups.get(name, ()))
        for at, cell in cells.items()
    ]


def _checked_value(
    cell: Any, declaration: Declaration | None, place: str, choices: Sequence[str]
) -> Any:
    """Check one cell; of text, such as CSV is, numbers are read first."""
    try:
        if declaration is None:
            return choices_in(place, [cell], choices)[0]
        if declaration.kind == "choice" or not isinstance(cell, str):
            return checked(cell, declaration, place)
        return checked(as_number(cell), declaration, place)
    except UserError as error:
        given = error.given.removeprefix("sweep.space.")
        raise UserError(given=given, allowed=error.allowed, where="in that table") from error


def _declaration_of(path: str, name: str, groups: Mapping[str, Sequence[str]]) -> Declaration:
    try:
        return declaration_of(name, groups)
    except UserError as error:
        given = error.given.replace("sweep.space names", f"{path} names")
        raise UserError(given=given, allowed=error.allowed, where="in that table") from error
