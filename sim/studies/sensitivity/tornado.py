"""Tornado: each setting alone, from the baseline to the low and the high end of its range, under common random numbers.

Source: the tornado diagram of decision analysis, Howard (1988, unverified). One at a time: interactions are not seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sim.axes import Array
from sim.ensemble.design import Dimension
from sim.statistics import paired_difference

AS_IS = ""  # in the place of a group's choice: what the settings have


@dataclass(frozen=True, kw_only=True)
class Swing:
    """One setting moved to one value: mean paired difference to the baseline, with its 95 % interval."""

    name: str
    value: Any
    change: float
    low: float
    high: float

    @property
    def found(self) -> bool:
        """Whether the interval excludes zero."""
        return not self.low <= 0.0 <= self.high


def tornado(space: Sequence[Dimension], values: Mapping[str, Any]) -> pd.DataFrame:
    """Make the table of points: the baseline, then each setting at each of its ends (or other choices).

    Parameters
    ----------
    values : where each number, and each choice that is no group, starts from.
    """
    start = {
        dimension.name: AS_IS if dimension.group else values[dimension.name] for dimension in space
    }
    rows = [start]
    for dimension in space:
        rows += [start | {dimension.name: value} for value in _ends(dimension)]
    return pd.DataFrame(rows, columns=[dimension.name for dimension in space])


def _ends(dimension: Dimension) -> list[Any]:
    return dimension.levels(2) if dimension.is_range else list(dimension.values)


def swings(space: Sequence[Dimension], numbers: Array) -> list[Swing]:
    """Compare every row of such a table with its first, run by run.

    Parameters
    ----------
    numbers : (point, replicate).
    """
    moves: list[Swing] = []
    row = 1
    for dimension in space:
        for value in _ends(dimension):
            moves.append(_swing(dimension.name, value, numbers[row], numbers[0]))
            row += 1
    return moves


def _swing(name: str, value: Any, moved: Array, start: Array) -> Swing:
    if np.array_equal(moved, start):
        return Swing(name=name, value=value, change=0.0, low=0.0, high=0.0)
    gap = paired_difference(moved, start)
    return Swing(name=name, value=value, change=gap.mean, low=gap.low, high=gap.high)


def widest_first(moves: Sequence[Swing]) -> list[str]:
    """Names of settings by how far apart their values move the outcome, widest first."""
    reach: dict[str, list[float]] = {}
    for move in moves:
        reach.setdefault(move.name, [0.0]).append(move.change)
    return sorted(reach, key=lambda name: min(reach[name]) - max(reach[name]))
