"""Running many points through a stretch of years, keeping only what is compared with the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.axes import Array
from sim.config import Settings
from sim.engines.context import SimulationContext
from sim.engines.ensemble import run_block
from sim.engines.history import YearRecord

BLOCK = 500  # runs that go through side by side


@dataclass(frozen=True, kw_only=True)
class WindowPredictions:
    """What a window's runs predict, by point: means over replicates, or every replicate where asked.

    security, economic : (point, year, state, option) ties. trust, dependence, pressure : (point, year, state, partner).
    """

    years: tuple[int, ...]
    security: Array
    economic: Array
    trust: Array
    dependence: Array
    pressure: Array

    def at(self, year: int) -> int:
        """Index of a year on the year axis."""
        return self.years.index(year)


FIELDS = ("security", "economic", "trust", "dependence", "pressure")


def run_window(
    stage: SimulationContext,
    points: Sequence[Settings],
    *,
    replicates: int = 1,
    first: int = 0,
    each: bool = False,
    years: Sequence[int] = (),
) -> WindowPredictions:
    """Run every point and keep what is compared with the record.

    Parameters
    ----------
    stage, points : as for `sim.engines.ensemble.run_block`. replicates : runs of each, on common random numbers from run `first`.
    each : keep every replicate (points axis: point by point, replicates fastest) instead of means.
    years : years kept; all by default.
    """
    wanted = tuple(years) or tuple(stage.years)
    size = max(1, BLOCK // replicates)
    blocks = [points[start : start + size] for start in range(0, len(points), size)]
    parts = [_block(stage, block, replicates, first, each, wanted) for block in blocks]
    joined = {name: np.concatenate([part[name] for part in parts]) for name in FIELDS}
    return WindowPredictions(years=wanted, **joined)


def _block(
    stage: SimulationContext,
    points: Sequence[Settings],
    replicates: int,
    first: int,
    each: bool,
    wanted: Sequence[int],
) -> dict[str, Array]:
    kept: dict[str, list[Array]] = {name: [] for name in FIELDS}
    for record in run_block(stage, points, first=first, replicates=replicates):
        if record.year in wanted:
            for name, value in _compared(record).items():
                kept[name].append(value)
    stacked = {name: np.stack(values, axis=1) for name, values in kept.items()}
    if each:
        return stacked
    shape = (len(points), replicates)
    return {name: v.reshape(*shape, *v.shape[1:]).mean(axis=1) for name, v in stacked.items()}


def _compared(record: YearRecord) -> dict[str, Array]:
    memory = record.passed.memory
    return {
        "security": np.ascontiguousarray(memory.security_tie),
        "economic": np.ascontiguousarray(memory.economic_tie),
        "trust": np.ascontiguousarray(memory.trust),
        "dependence": np.ascontiguousarray(memory.dependence),
        "pressure": np.ascontiguousarray(memory.pressure),
    }
