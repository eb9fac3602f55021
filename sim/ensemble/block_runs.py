"""One block of a sweep: some points, some replicates, run side by side and reduced to what is kept of a run."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Hashable, Sequence
from functools import partial

import numpy as np
import xarray as xr

from sim.axes import STATE, Array
from sim.config import Settings
from sim.engines.context import SimulationContext, build_context
from sim.engines.ensemble import run_and_reduce
from sim.engines.history import assistance, fixed
from sim.engines.points import stage_key
from sim.ensemble.summary import (
    POINT,
    POSTURE,
    REPLICATE,
    RunSummary,
    labelled_dataset,
    summarise_runs,
)
from sim.outcomes.calculator import Fixed
from sim.outcomes.compute import fixed_of
from sim.outcomes.definitions import columns, kept
from sim.outcomes.posture import MISSING

ASSISTANCE = "osa_spent"


def block_outcomes(
    points: Sequence[Settings],
    first: int,
    replicates: int,
    *,
    threshold: float = 0.5,
    keep: Sequence[str] = (),
    paths: bool = False,
    compiled: bool = False,
) -> xr.Dataset:
    """Run points for replicates `first` to `first + replicates - 1` and keep what a run is judged by.

    A run is known by its point's settings and its number alone: what stands in a block beside it
    changes nothing.

    Parameters
    ----------
    points : full settings. threshold : of the hedging index, for time_to_choice. paths : keep years.
    keep : columns kept beside those that always are (see `sim.outcomes.definitions.kept`).
    compiled : by the compiled year, which needs JAX (see `sim.engines.ensemble.look_at`).

    Returns
    -------
    Dataset over point, replicate, state (see `sim.ensemble.summary`), float64.
    """
    names = kept(keep)
    members: dict[Hashable, list[int]] = {}
    for index, point in enumerate(points):
        members.setdefault(shared_key(point), []).append(index)
    parts = []
    for places in members.values():
        together = [points[position] for position in places]
        look = partial(RunSummary, names=names, paths=paths)
        looks, stage = _reduced_runs(together, first, replicates, look, compiled=compiled)
        if any(columns()[name].source == ASSISTANCE for name in names):
            looks[ASSISTANCE] = _yearly_assistance(stage, together, replicates)
        years = np.asarray(stage.years)
        result = labelled_dataset(
            summarise_runs(looks, years=years, threshold=threshold, names=names, with_paths=paths),
            lead={POINT: np.asarray(places), REPLICATE: np.arange(first, first + replicates)},
            states=list(stage.states),
            years=years,
        )
        parts.append(result)
    return parts[0] if len(parts) == 1 else _join_groups(parts)


def _join_groups(parts: list[xr.Dataset]) -> xr.Dataset:
    """Lay groups of points under one another; what a group lacks (a state) is blank."""
    states = list(dict.fromkeys(str(code) for part in parts for code in part[STATE].values))
    whole = [with_states(part, states) for part in parts]
    return xr.concat(whole, POINT, combine_attrs="override").sortby(POINT)


def with_states(part: xr.Dataset, states: Sequence[str]) -> xr.Dataset:
    """Lay a block out over these states; what it lacks is blank (a posture: unknown)."""
    if list(part[STATE].values) == list(states):
        return part
    blank = {str(name): np.nan for name in part.data_vars} | {POSTURE: np.int8(MISSING)}
    return part.reindex({STATE: list(states)}, fill_value=blank)


def _yearly_assistance(
    stage: SimulationContext, points: Sequence[Settings], replicates: int
) -> Array:
    """What Japan gives each year, (year, 1, run): the policy says it, not the run."""
    years = np.asarray(stage.years)
    by_point = np.stack([assistance(point, years) for point in points], axis=-1)
    return np.repeat(by_point, replicates, axis=-1)[:, np.newaxis]


def _reduced_runs(
    points: list[Settings],
    first: int,
    replicates: int,
    look: Callable[[tuple[str, ...]], RunSummary],
    *,
    compiled: bool,
) -> tuple[dict[str, Array], SimulationContext]:
    """Run points and look at each year: name -> (year, state or 1, run)."""
    # One run alone would be laid out otherwise in memory and differ in the last bit: run two.
    alone = len(points) * replicates == 1
    stage, never = point_context(points[0])
    looks = run_and_reduce(
        stage,
        points,
        first=first,
        replicates=2 if alone else replicates,
        look=look(stage.partners),
        fixed=never,
        compiled=compiled,
    )
    looks = {name: seen[:, 0] for name, seen in looks.items()}  # no outcome is by partner
    return ({name: seen[..., :1] for name, seen in looks.items()} if alone else looks), stage


def shared_key(point: Settings) -> Hashable:
    """What points must share to be run and looked at side by side."""
    policy = point.policy
    others = tuple(sorted((code, other.camp) for code, other in policy.others.items()))
    camps = (policy.japan.camp, policy.china.camp, policy.united_states.camp, others)
    return stage_key(point), camps


_stages: dict[Hashable, tuple[SimulationContext, Fixed]] = {}
MOST_STAGES = 16


def point_context(point: Settings) -> tuple[SimulationContext, Fixed]:
    """Return the stage of a point, whatever its events, as read once in this process."""
    key = shared_key(point)
    if key not in _stages:
        if len(_stages) >= MOST_STAGES:
            _stages.pop(next(iter(_stages)))
        calm = dataclasses.replace(point.scenario, events=())
        stage = build_context(dataclasses.replace(point, scenario=calm, runs=1))
        _stages[key] = stage, fixed_of(fixed(stage, np.asarray(stage.years)))
    return _stages[key]
