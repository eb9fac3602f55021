"""From a space to a table of points: grid, Latin hypercube, Sobol, a table given, or lists side by side.

Source: Latin hypercube, McKay, Beckman and Conover (1979, unverified); Sobol sequence scrambled by Owen's method (both as in
scipy.stats.qmc). A Sobol design extends: its first points stay what they are however many are asked for.
"""

from __future__ import annotations

import hashlib
import itertools
import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.axes import Array
from sim.config.declare import Declaration
from sim.config.settings import checked
from sim.errors import UserError
from sim.explore.sweep.design import Dimension, choices_in, declaration_of, group_name

DRAWN = ("lhs", "sobol")  # designs of as many points as are asked for
MOST_SOBOL = 2**30
TWICE = re.compile(r"\.\d+$")  # what pandas calls a column whose name stands there already


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
    return math.prod(len(one.levels(levels)) for one in space)


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
        return frame(space, [list(one.values) for one in space])
    if design == "grid":
        rows = list(itertools.product(*(one.levels(levels) for one in space)))
        return frame(space, [list(column) for column in zip(*rows, strict=True)])
    shares = shares_of(design, len(space), points, seed)
    return frame(space, [one.at(shares[:, place]) for place, one in enumerate(space)])


def frame(space: Sequence[Dimension], columns: Sequence[list[Any]]) -> pd.DataFrame:
    """Name columns of values by their dimensions."""
    return pd.DataFrame(
        {one.name: pd.Series(column) for one, column in zip(space, columns, strict=True)}
    )


def _paired_length(space: Sequence[Dimension]) -> int:
    lengths = {one.name: len(one.values) for one in space}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{name} has {length}" for name, length in lengths.items())
        raise UserError(
            given=f"the lists to be taken side by side differ in length ({told})",
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
    table = _read(path)
    table.columns = [group_name(str(name).strip(), groups) for name in table.columns]
    names = list(table.columns)
    again = [name for name in names if TWICE.search(name) and TWICE.sub("", name) in names]
    if table.empty or table.columns.has_duplicates or again:
        raise _unfit(path, "it has no rows, or a column twice", "a row a point, a column a setting")
    return pd.DataFrame({name: _column(path, str(name), table[name], groups) for name in table})


def _read(path: str) -> pd.DataFrame:
    if not path or not Path(path).is_file():
        raise _unfit(path or "(none)", "there is no such file", "a CSV or Parquet file")
    try:
        if path.endswith((".parquet", ".pq")):
            return pd.read_parquet(path)
        return pd.read_csv(path, skipinitialspace=True)
    except ImportError as error:
        allowed = "CSV, or Parquet where pyarrow is installed (pip install pyarrow)"
        raise _unfit(path, "Parquet cannot be read here", allowed) from error
    except (ValueError, OSError) as error:
        told = str(error).strip().splitlines()[0]
        raise _unfit(path, f"it cannot be read ({told})", "a CSV or Parquet file") from error


def _column(
    path: str, name: str, values: pd.Series[Any], groups: Mapping[str, Sequence[str]]
) -> list[Any]:
    if name in groups:
        return list(choices_in(name, values.tolist(), groups[name]))
    one = _declared(path, name, groups)
    return [
        _checked(value, one, f"{path}, row {row}, {name}") for row, value in enumerate(values, 1)
    ]


def _declared(path: str, name: str, groups: Mapping[str, Sequence[str]]) -> Declaration:
    try:
        return declaration_of(name, groups)
    except UserError as error:
        given = error.given.replace("sweep.space names", f"{path} names")
        raise UserError(given=given, allowed=error.allowed, where="in the table") from error


def _checked(value: Any, one: Declaration, place: str) -> Any:
    try:
        return checked(value, one, place)
    except UserError as error:
        given, allowed = error.given, error.allowed
        raise UserError(given=given, allowed=allowed, where="in the table") from error


def _unfit(path: str, told: str, allowed: str) -> UserError:
    return UserError(
        given=f"sweep.table is {path}: {told}",
        allowed=f"it must be {allowed}",
        where="on the command line: sweep.design=table sweep.table=points.csv",
    )
