"""Thousands of histories at once: the same year as the region's, on arrays (run, state, partner).

Arrays have the logical order run, state, partner but Fortran memory order, so that runs lie side by side and the short last
axes are walked as whole vectors. Runs go through in blocks that fit the cache.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import Any, Protocol

import numpy as np
import xarray as xr

from sim.axes import Array
from sim.config import Settings
from sim.config.mechanisms import Rules
from sim.engines.context import SimulationContext, build_context
from sim.engines.drivers import drivers
from sim.engines.history import YearRecord, collect_years, label, to_dataset
from sim.engines.layout import RunBroadcaster, first_run
from sim.engines.own_rule import refuse_own_rules
from sim.engines.pieces import chunk_runs
from sim.engines.points import rules_by_run, structure_by_run, usual_by_run
from sim.engines.random_draws import first_draws, random_draws
from sim.engines.variables import FOR_OUTCOMES, VARIABLES
from sim.errors import UserError
from sim.rules import year as the_year
from sim.rules.array_bundle import ArrayBundle
from sim.rules.record import Memory

PIECE = 10_000  # runs times states that go through together: what they need fits the cache


def run_block(
    stage: SimulationContext,
    points: Sequence[Settings],
    *,
    first: int = 0,
    replicates: int = 1,
    common: bool = True,
    begun: Sequence[Settings] | None = None,
) -> Iterator[YearRecord]:
    """Run every point for the replicates ``first`` to ``first + replicates - 1``, on common random numbers.

    Parameters
    ----------
    stage : shared by all points (see `sim.engines.points.stage_key`).
    points : settings, one a design point; the run axis is point by point, replicates fastest.
    common : each point meets the same chance, as comparisons want it; if not, each its own (runs numbered on from point to
        point), as forecasts from many draws of the weights want it.
    begun : as many settings, by whose rules the runs begin (the points' own, if not given): what differs from them then comes
        with the first year, and is not what the start was at rest with.

    Yields
    ------
    YearRecord, one a year, arrays (run, state, partner) with run = point * replicates + replicate.
    """
    runs = len(points) * replicates
    if (
        runs == 1
    ):  # sums over a lone run are rounded otherwise; two, and the first of them is itself
        for record in run_block(
            stage, points, first=first, replicates=2, common=common, begun=begun
        ):
            yield YearRecord(year=record.year, passed=first_run(record.passed))
        return
    rules = rules_by_run(points, replicates)
    structure = RunBroadcaster(runs)(
        structure_by_run(stage.structure, points, replicates, stage.states)
    )
    spread = RunBroadcaster(runs)
    drawn, tiles = (replicates, len(points)) if common else (runs, 1)
    memory = first_memory(stage, begun or points, first=first, replicates=replicates, common=common)
    for year, (conduct, outlook) in drivers(stage, points, replicates):
        passed = the_year.simulate_year(
            memory=memory,
            structure=structure,
            conduct=spread(conduct),
            outlook=spread(outlook),
            luck=random_draws(stage, year, first=first, replicates=drawn, points=tiles),
            rules=rules,
        )
        memory = passed.memory
        yield YearRecord(year=year, passed=passed)


def first_memory(
    stage: SimulationContext,
    points: Sequence[Settings],
    *,
    first: int = 0,
    replicates: int = 1,
    common: bool = True,
) -> Memory:
    """Where the runs of a block begin, (run, state, partner); parameters as in `run_block`, two runs or more."""
    runs = len(points) * replicates
    conduct, outlook = usual_by_run(stage, points, replicates)
    drawn, tiles = (replicates, len(points)) if common else (runs, 1)
    return the_year.begin(
        memory=RunBroadcaster(runs)(stage.start),
        structure=RunBroadcaster(runs)(
            structure_by_run(stage.structure, points, replicates, stage.states)
        ),
        conduct=RunBroadcaster(runs)(conduct),
        outlook=RunBroadcaster(runs)(outlook),
        reading=RunBroadcaster(runs)(stage.reading),
        luck=first_draws(stage, first=first, replicates=drawn, points=tiles),
        rules=rules_by_run(points, replicates),
    )


class YearReducer(Protocol):
    """What is to be seen of a year: told the variables of `keep` by name, returns arrays by name, (run, state, 1)."""

    def __call__(
        self, seen: Mapping[str, Array], *, fixed: Any, rules: Rules, last: bool
    ) -> Mapping[str, Array]:
        """Look at one year; ``last`` says that it is the last one."""
        ...


def run_and_reduce(
    stage: SimulationContext,
    points: Sequence[Settings],
    *,
    first: int = 0,
    replicates: int = 1,
    look: YearReducer,
    fixed: ArrayBundle,
    keep: Sequence[str] = FOR_OUTCOMES,
    compiled: bool = False,
) -> dict[str, Array]:
    """Run a block and keep only what a look at each year tells.

    Parameters
    ----------
    stage, points, first, replicates : as in `run_block`. look : hashable; told ``fixed``, a group of arrays that never
        change, laid out as runs are. keep : names among `sim.engines.variables.VARIABLES` that it needs.
    compiled : by the compiled year (needs JAX), equal to rounding; takes seconds to make ready, once a process.

    Returns
    -------
    name -> (year, 1 or more, state or 1, run); what was told in the last year alone has one year.

    Raises
    ------
    UserError : compiled without JAX, or while rules of one's own stand in for the model's.
    """
    if compiled:
        return _compiled_loop()(
            stage,
            points,
            first=first,
            replicates=replicates,
            keep=tuple(keep),
            look=look,
            fixed=fixed,
        )
    parts = [
        _reduce_year(stage, some, first=start, replicates=count, look=look, fixed=fixed, keep=keep)
        for some, start, count in chunk_runs(points, first, replicates, PIECE // len(stage.states))
    ]
    return {name: np.concatenate([part[name] for part in parts], axis=-1) for name in parts[0]}


def _reduce_year(
    stage: SimulationContext,
    points: Sequence[Settings],
    *,
    first: int,
    replicates: int,
    look: YearReducer,
    fixed: ArrayBundle,
    keep: Sequence[str],
) -> dict[str, Array]:
    rules, fixed = rules_by_run(points, replicates), RunBroadcaster(len(points) * replicates)(fixed)
    result: dict[str, list[Array]] = {}
    for record in run_block(stage, points, first=first, replicates=replicates):
        seen = {name: VARIABLES[name].of(record.passed) for name in keep}
        content = look(seen, fixed=fixed, rules=rules, last=record.year == stage.years[-1])
        for name, values in content.items():
            result.setdefault(name, []).append(values.T)
    return {name: np.stack(values) for name, values in result.items()}


def run_lean(
    stage: SimulationContext,
    points: Sequence[Settings],
    *,
    first: int = 0,
    replicates: int = 1,
    keep: Sequence[str] = FOR_OUTCOMES,
    compiled: bool = False,
) -> xr.Dataset:
    """Run a block and keep what outcomes need: a lean history of the simulated years.

    Parameters
    ----------
    stage, points, first, replicates : as in `run_block`. keep : names among `sim.engines.variables.VARIABLES`.
    compiled : as in `look_at`.
    """
    if compiled:
        result = _compiled_loop()(
            stage, points, first=first, replicates=replicates, keep=tuple(keep)
        )
    else:
        records = run_block(stage, points, first=first, replicates=replicates)
        result = collect_years(records, keep=keep)
    return label(stage, result, run=first)


def simulate(settings: Settings, *, first: int = 0, terms: bool = False) -> xr.Dataset:
    """Run ``settings.runs`` histories of one design point and return them with a leading run dimension.

    Parameters
    ----------
    settings : validated settings. first : number of the first run. terms : keep every term of every choice.
    """
    stage = build_context(settings)
    records = list(run_block(stage, [settings], first=first, replicates=settings.runs))
    return to_dataset(stage, records, run=first, terms=terms)


def check_compiled() -> None:
    """Refuse the compiled year where JAX is not installed, before anything is run.

    Raises
    ------
    UserError : no JAX.
    """
    if find_spec("jax") is None:
        raise _without_jax("jax")


def _without_jax(name: str | None) -> UserError:
    return UserError(
        given=f"the compiled year was asked for, and {name} is not installed",
        allowed="it needs JAX; without it the ensemble gives the same results, more slowly",
        where="on the command line: sweep.engine=numpy",
        hint='Or, in a clone, run: python -m pip install ".[fast]".',
    )


def _compiled_loop() -> Callable[..., dict[str, Array]]:
    refuse_own_rules("the compiled year", "the ensemble as it is sees it: sweep.engine=numpy")
    os.environ.setdefault(
        "XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false"
    )  # cores are for workers
    try:
        from sim.engines.compiled import run_years  # late: JAX is optional, and heavy
    except ModuleNotFoundError as error:
        raise _without_jax(error.name) from error
    return run_years
