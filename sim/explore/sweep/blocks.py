"""One block of a sweep: some points, some replicates, run side by side and reduced to what is kept of a run."""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable, Sequence

import numpy as np
import xarray as xr

from sim.axes import RUN, STATE, YEAR
from sim.config import Settings
from sim.engines.ensemble import run_block
from sim.engines.history import to_dataset
from sim.engines.points import stage_key
from sim.engines.stage import Stage, set_stage
from sim.engines.variables import FOR_OUTCOMES
from sim.explore.sweep.reduce import POINT, POSTURE, REPLICATE, reduce_runs
from sim.outcomes import judge
from sim.outcomes.posture import MISSING


def block_outcomes(
    points: Sequence[Settings],
    first: int,
    replicates: int,
    *,
    threshold: float = 0.5,
    paths: bool = False,
) -> xr.Dataset:
    """Run points for replicates `first` to `first + replicates - 1` and keep what a run is judged by.

    A run is known by its point's settings and its number alone: what stands in a block beside it
    changes nothing.

    Parameters
    ----------
    points : full settings. threshold : of the hedging index, for time_to_choice. paths : keep years.

    Returns
    -------
    Dataset over point, replicate, state (see `sim.explore.sweep.reduce`), float64.
    """
    members: dict[Hashable, list[int]] = {}
    for place, point in enumerate(points):
        members.setdefault(_together(point), []).append(place)
    parts = [
        _run(
            [points[place] for place in places], first, replicates, threshold, paths
        ).assign_coords({POINT: places})
        for places in members.values()
    ]
    return parts[0] if len(parts) == 1 else _joined(parts)


def _joined(parts: list[xr.Dataset]) -> xr.Dataset:
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


def _run(
    points: list[Settings], first: int, replicates: int, threshold: float, paths: bool
) -> xr.Dataset:
    # One run alone would be laid out otherwise in memory and differ in the last bit: run two.
    least = 2 if len(points) * replicates == 1 else replicates
    stage = _stage(points[0])
    history = to_dataset(
        stage,
        run_block(stage, points, first=first, replicates=least),
        run=first,
        keep=FOR_OUTCOMES,
        terms=False,
        past=False,
    )
    outcomes = judge(history, points[0].rules.observation)
    reduced = reduce_runs(outcomes, threshold=threshold, paths=paths)
    return _by_point(reduced, len(points), first, least).isel({REPLICATE: slice(replicates)})


def _by_point(reduced: xr.Dataset, points: int, first: int, replicates: int) -> xr.Dataset:
    """Part the run axis into point and replicate."""
    found = {}
    for name, values in reduced.data_vars.items():
        flat = values.transpose(RUN, ...)
        shape = (points, replicates, *flat.shape[1:])
        found[name] = ((POINT, REPLICATE, *flat.dims[1:]), flat.values.reshape(shape), values.attrs)
    coords = {name: reduced[name] for name in (STATE, YEAR) if name in reduced.coords}
    numbers = {REPLICATE: np.arange(first, first + replicates), POINT: np.arange(points)}
    return xr.Dataset(found, {**coords, **numbers})


def _together(point: Settings) -> Hashable:
    """What points must share to be run and judged side by side."""
    policy = point.policy
    others = tuple(sorted((code, one.camp) for code, one in policy.others.items()))
    camps = (policy.japan.camp, policy.china.camp, policy.united_states.camp, others)
    return stage_key(point), camps, point.rules.observation


_stages: dict[Hashable, Stage] = {}
MOST_STAGES = 16


def _stage(point: Settings) -> Stage:
    """Return the stage of a point, whatever events befall it, as read once in this process."""
    key = _together(point)
    if key not in _stages:
        if len(_stages) >= MOST_STAGES:
            _stages.pop(next(iter(_stages)))
        calm = dataclasses.replace(point.scenario, events=())
        _stages[key] = set_stage(dataclasses.replace(point, scenario=calm, runs=1))
    return _stages[key]
