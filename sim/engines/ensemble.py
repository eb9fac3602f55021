"""Thousands of histories at once: the same year as the region's, on arrays (run, state, partner).

Arrays have the logical order run, state, partner but Fortran memory order, so that runs lie side by side and the short last
axes are walked as whole vectors. Runs go through in blocks that fit the cache.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeVar

import numpy as np
import xarray as xr

from sim.axes import Array
from sim.config import Settings
from sim.engines.history import YearRecord, to_dataset
from sim.engines.points import Policies, rules_by_run
from sim.engines.stage import Stage, set_stage
from sim.rules import year as the_year
from sim.rules.cuttable import Cuttable
from sim.rules.record import Luck
from sim.world.draws import draws

Group = TypeVar("Group", bound=Cuttable)


def run_block(
    stage: Stage, points: Sequence[Settings], *, first: int = 0, replicates: int = 1
) -> Iterator[YearRecord]:
    """Run every point for the replicates ``first`` to ``first + replicates - 1``, on common random numbers.

    Parameters
    ----------
    stage : shared by all points (see `sim.engines.points.stage_key`).
    points : settings, one a design point; the run axis is point by point, replicates fastest.

    Yields
    ------
    YearRecord, one a year, arrays (run, state, partner) with run = point * replicates + replicate.
    """
    rules = rules_by_run(points, replicates)
    policies = Policies(points, replicates=replicates, states=stage.states, partners=stage.partners)
    runs = len(points) * replicates
    memory = beside_runs(stage.start, runs, keep=True)
    structure = beside_runs(stage.structure, runs)
    for year in stage.years:
        conduct, events = policies.at(year)
        conduct = beside_runs(conduct, runs)
        outlook = policies.outlook(stage.outlooks[year], events, stage.effects(year))
        luck = _luck(stage, year, first=first, replicates=replicates, points=len(points))
        passed = the_year.pass_year(
            memory=memory,
            structure=structure,
            conduct=conduct,
            outlook=beside_runs(outlook, runs),
            luck=luck,
            rules=rules,
        )
        memory = passed.memory
        yield YearRecord(year=year, passed=passed)


def simulate(settings: Settings, *, first: int = 0, terms: bool = False) -> xr.Dataset:
    """Run ``settings.runs`` histories of one design point and return them with a leading run dimension.

    Parameters
    ----------
    settings : validated settings. first : number of the first run. terms : keep every term of every choice.
    """
    stage = set_stage(settings)
    records = list(run_block(stage, [settings], first=first, replicates=settings.runs))
    return to_dataset(stage, records, run=first, terms=terms)


def beside_runs(group: Group, runs: int, *, keep: bool = False) -> Group:
    """Lay a group's arrays out in memory as arrays with ``runs`` runs are, so that mixing the two keeps runs contiguous.

    NumPy lays results out after its operands' strides, so rows, columns and single numbers get a run axis of their own (they
    are small); planes (state, partner) keep none but are strided as if they had one.

    Parameters
    ----------
    group : arrays (state, partner) or (run, state, partner). keep : give planes a run axis, too.
    """
    return type(group)(
        **{item.name: _beside(getattr(group, item.name), runs, keep) for item in fields(group)}  # type: ignore[arg-type]
    )


def _beside(value: Any, runs: int, keep: bool) -> Any:
    if isinstance(value, Mapping):
        return {name: _beside(item, runs, keep) for name, item in value.items()}
    if value.ndim == 3:
        return value
    room = np.empty((value.shape[1], value.shape[0], runs))
    room[...] = value.T[..., np.newaxis]
    spread = room.transpose(2, 1, 0)
    return spread


def _luck(stage: Stage, year: int, *, first: int, replicates: int, points: int) -> Luck:
    found = draws(
        seed=stage.settings.seed,
        states=stage.states,
        year=year,
        first_run=first,
        runs=replicates,
    )
    return Luck(**{name: _tile(block, points) for name, block in found.items()})


def _tile(block: Array, points: int) -> Array:
    if points == 1:
        return block
    return np.tile(block.transpose(1, 2, 0), points).transpose(2, 0, 1)
