"""Tables of actors from files: sizes, propensities, bargainers. What cannot be used is told by row and column."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import sim.theories
from sim.axes import Array
from sim.errors import nearest
from sim.studies.published_cases.cells import (
    cell_error,
    cells_of,
    check_sizes,
    names_of,
    unfit,
    values_of,
)
from sim.studies.published_cases.options import CASES

PUBLISHED = Path(sim.theories.__file__).parent / "published"
KTAB = PUBLISHED / "ktab_three_dimensions.csv"
PERCENT = 100.0
MOST_BARGAINERS = 200


@dataclass(frozen=True, kw_only=True)
class Society:
    """Actors of a landscape: names, sizes (actor,), propensities (actor, actor)."""

    names: tuple[str, ...]
    sizes: Array
    propensities: Array


@dataclass(frozen=True, kw_only=True)
class Bargainers:
    """Actors of a bargain: names, capability (actor,), position and salience (actor, dimension), 0 to 1."""

    names: tuple[str, ...]
    capability: Array
    position: Array
    salience: Array


def read_case(name: str) -> Society:
    """Read one published landscape.

    Raises
    ------
    UserError : no such case.
    """
    if name not in CASES:
        raise unfit(f"case is {name!r}", nearest(str(name), CASES), f"case={CASES[0]}")
    return read_society(str(PUBLISHED / f"{name}.csv"), None)


def read_society(sizes: Any, propensities: Any) -> Society:
    """Read sizes and propensities.

    Parameters
    ----------
    sizes : a list of numbers, or a file with a row an actor: name, size, and, where propensities are not given apart,
        one column an actor. propensities : a file with a row and a column an actor, or None.

    Raises
    ------
    UserError : what is missing, cannot be read, or does not fit.
    """
    if sizes is None:
        raise unfit("propensities are given without sizes", "both are needed", "sizes=FILE")
    if isinstance(sizes, str):
        names, result, beside = _sizes_of(sizes)
    else:
        names, result, beside = None, _read_numbers(sizes), None
    if propensities is not None:
        matrix = _named_matrix(cells_of(propensities, "propensities"), str(propensities))
        beside = _ordered_matrix(matrix, names, len(result), str(propensities))
    if beside is None:
        raise unfit(
            "sizes are given without propensities",
            "they must be a file with a row and a column an actor, or further columns of the file of sizes",
            "propensities=FILE",
        )
    return _read_society(beside[0], result, beside[1])


def read_bargainers(path: Any) -> Bargainers:
    """Read actors: name, capability, then position and salience by turns, in percent.

    Raises
    ------
    UserError : what is missing, cannot be read, or does not fit.
    """
    cells = cells_of(path, "actors", repeated=("position", "salience"))
    head = [str(name) for name in cells]
    if len(head) < 4 or len(head) % 2:
        raise cell_error(
            "actors",
            f"{path} has {len(head)} columns",
            "there must be name, capability, then pairs of position and salience",
        )
    if not 2 <= len(cells) <= MOST_BARGAINERS:
        count = f"{len(cells)} actor{'s' if len(cells) > 1 else ''}"
        allowed = f"there must be 2 to {MOST_BARGAINERS}"
        raise cell_error("actors", f"{path} has {count}", allowed)
    names = names_of(cells, "actors", path)
    values = values_of(cells, "actors", path)
    _check_range(values[:, 1:], PERCENT, names, head[2:], path)
    salience = values[:, 2::2] / PERCENT
    for name, row in zip(names, salience, strict=True):
        if not row.any():
            raise cell_error(
                "actors",
                f"the saliences of {name} are all 0",
                "an actor must care about some dimension",
            )
    return Bargainers(
        names=names,
        capability=check_sizes(values[:, 0], names, "actors", path, "capability"),
        position=values[:, 1::2] / PERCENT,
        salience=salience,
    )


def _read_society(names: Sequence[str], sizes: Array, propensities: Array) -> Society:
    return Society(names=tuple(names), sizes=sizes, propensities=propensities)


def _sizes_of(path: str) -> tuple[tuple[str, ...], Array, tuple[tuple[str, ...], Array] | None]:
    cells = cells_of(path, "sizes")
    names = names_of(cells, "sizes", path)
    values = values_of(cells, "sizes", path)
    sizes = check_sizes(values[:, 0], names, "sizes", path)
    if len(cells.columns) == 2:
        return names, sizes, None
    matrix = _named_matrix(cells.drop(columns=cells.columns[1]), path)
    return names, sizes, _ordered_matrix(matrix, names, len(names), path)


def _read_numbers(given: Any) -> Array:
    ok = isinstance(given, list) and given and all(_is_number(item) for item in given)
    if not ok or not all(item > 0 for item in given):
        raise unfit(
            f"sizes is {given!r}",
            "it must be a file or a list of numbers above 0",
            "sizes=[28.9,20,11.5]",
        )
    return np.array(given, dtype=float)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _named_matrix(cells: pd.DataFrame, path: str) -> tuple[tuple[str, ...], Array]:
    columns = [str(name) for name in cells.columns[1:]]
    names = names_of(cells, "propensities", path)
    if sorted(names) != sorted(columns):
        odd = [name for name in columns if name not in names] or [
            name for name in names if name not in columns
        ]
        value = f"{odd[0]} stands in one only" if odd else "a name stands twice"
        raise cell_error(
            "propensities",
            f"rows and columns of {path} name different actors ({value})",
            "each actor must have one row and one column",
        )
    values = values_of(cells, "propensities", path)
    return names, values[:, [columns.index(name) for name in names]]


def _ordered_matrix(
    matrix: tuple[tuple[str, ...], Array], names: tuple[str, ...] | None, count: int, path: str
) -> tuple[tuple[str, ...], Array]:
    """Put a matrix in the order of the sizes; sizes without names take the matrix's."""
    known, values = matrix
    if names is None and len(known) == count:
        return known, values
    if names is None or sorted(names) != sorted(known):
        wanted = f"{count} actors" if names is None else ", ".join(names)
        raise cell_error(
            "propensities",
            f"{path} is about {', '.join(known)}",
            f"it must be about those of sizes: {wanted}",
        )
    order = [known.index(name) for name in names]
    return names, values[np.ix_(order, order)]


def _check_range(
    values: Array, high: float, names: Sequence[str], heads: Sequence[str], path: Any
) -> None:
    for name, row in zip(names, values, strict=True):
        for head, value in zip(heads, row, strict=True):
            if not 0.0 <= value <= high:
                raise cell_error(
                    "actors",
                    f"{path}: {head} of {name} is {value:g}",
                    f"positions and saliences must lie between 0 and {high:g}",
                )
