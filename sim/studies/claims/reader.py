"""Runs of counterfactual worlds under common random numbers; points that share a context are run side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import xarray as xr

from sim.axes import PARTNER, RUN, YEAR
from sim.config import Settings
from sim.engines.context import SimulationContext, build_context
from sim.engines.ensemble import run_block
from sim.engines.history import to_dataset
from sim.engines.points import stage_key
from sim.engines.variables import FOR_OUTCOMES
from sim.outcomes import compute_outcomes
from sim.studies.claims.counterfactuals import (
    CounterfactualRun,
    counterfactual_settings,
    settings_at_the_start,
)

BLOCK = 200  # runs side by side, for memory's sake
KEEP = (*FOR_OUTCOMES, "security_aid", "accepted", "refused")
LAST_KNOWN = 2023  # treaties are not projected


def run_counterfactual(
    names: Sequence[str], points: Sequence[Settings], replicates: int
) -> Iterator[dict[str, CounterfactualRun]]:
    """Each point's worlds by name, in the order of the points.

    Parameters
    ----------
    names : of worlds. points : settings. replicates : runs of each point in each world, under common random numbers.
    """
    size = max(1, BLOCK // replicates)
    for start in range(0, len(points), size):
        block = points[start : start + size]
        worlds = {
            name: _run_points(
                [counterfactual_settings(point, name) for point in block],
                [settings_at_the_start(point, name) for point in block],
                replicates,
            )
            for name in names
        }
        for index in range(len(block)):
            yield {name: runs[index] for name, runs in worlds.items()}


def _run_points(
    points: Sequence[Settings], begun: Sequence[Settings], replicates: int
) -> list[CounterfactualRun]:
    """Run points, those that share a context side by side, and compute the outcomes of each by its own numbers."""
    groups: dict[object, list[int]] = {}
    for index, point in enumerate(points):
        groups.setdefault(stage_key(point), []).append(index)
    runs: dict[int, CounterfactualRun] = {}
    for indices in groups.values():
        alike = _run_alike(
            [points[index] for index in indices], [begun[index] for index in indices], replicates
        )
        runs.update(zip(indices, alike, strict=True))
    return [runs[index] for index in range(len(points))]


def _run_alike(
    points: Sequence[Settings], begun: Sequence[Settings], replicates: int
) -> list[CounterfactualRun]:
    stage = _stage(_Key(points[0]))
    records = run_block(stage, points, replicates=replicates, begun=begun)
    history = to_dataset(stage, records, keep=KEEP, terms=False, past=False)
    return [
        CounterfactualRun(history=part, outcomes=outcomes, ally=_allies(stage))
        for part, outcomes in _with_outcomes(history, points, replicates)
    ]


def _with_outcomes(
    history: xr.Dataset, points: Sequence[Settings], replicates: int
) -> Iterator[tuple[xr.Dataset, xr.Dataset]]:
    """Each point's part of a block with its outcomes, computed at once where all points observe alike."""
    alike = all(point.rules.observation == points[0].rules.observation for point in points)
    everybody = compute_outcomes(history, points[0].rules.observation) if alike else None
    for index, point in enumerate(points):
        runs = {RUN: slice(index * replicates, (index + 1) * replicates)}
        part = history.isel(runs)
        alone = (
            compute_outcomes(part, point.rules.observation)
            if everybody is None
            else everybody.isel(runs)
        )
        yield part, alone


def _allies(stage: SimulationContext) -> xr.DataArray:
    year = min(stage.settings.years.first - 1, LAST_KNOWN)
    return stage.world["defence_pact"].sel({PARTNER: "USA", YEAR: year}, drop=True)


class _Key:
    """Settings that count as equal when they share a stage and all that the stage fixes of a world."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.key = (stage_key(settings), settings.policy.japan.osa_budget)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.key == other.key


@lru_cache(maxsize=64)
def _stage(key: _Key) -> SimulationContext:
    return build_context(key.settings)
