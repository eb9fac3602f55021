"""The store that a report is made from: one that is there, or one that the report's own sweep fills first."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

from sim.config import build
from sim.config.settings import as_mapping
from sim.door.compose import compose
from sim.door.exploring import composer, fill
from sim.door.given import text
from sim.door.job import Job
from sim.door.options import take_options
from sim.door.reporting import STORE
from sim.door.sweeping import executor_options, sweep_options
from sim.errors import UserError
from sim.explore.executors.choose import check_executor
from sim.explore.store.opening import check_place
from sim.explore.sweep.options import SweepOptions
from sim.explore.sweep.plan import make_plan


def store_for(job: Job, **changed: object) -> Path:
    """Return the store named by `store`; else run the sweep of the job's own sections in `out`/store, or go on with it.

    Parameters
    ----------
    changed : options of the sweep that the report sets itself.

    Raises
    ------
    UserError : settings given for a store that is there; what the sweep refuses; blocks that failed for good.
    """
    named = text(job.options.sections.get("store"), "store")
    if named:
        _refuse_settings(job)
        return Path(named)
    options = options_of(job, **changed)
    if options.forecast:
        raise UserError(
            given="sweep.forecast is true",
            allowed="a report is made of runs; only experiments/sweep.py says what a sweep would take",
            where="on the command line: sweep.forecast=false",
        )
    executor = executor_options(job.options.sections.get("executor", {}))
    plan = make_plan(options, compose=composer(job), groups=job.groups())
    folder = job.folder / STORE
    check_place(folder, plan)
    check_executor(executor)
    print(
        f"Sweep of {len(plan.points):,} points x {plan.replicates:,} replicates, to {folder}",
        file=sys.stderr,
    )
    return fill(plan, folder, executor).folder


def options_of(job: Job, **changed: object) -> SweepOptions:
    """The sweep's options as the job's sections give them, with some changed."""
    options = sweep_options(job.options.sections.get("sweep", {}), runs=job.settings.runs)
    return dataclasses.replace(options, **changed)  # type: ignore[arg-type]


def _refuse_settings(job: Job) -> None:
    """Refuse settings that a store, which has its own, would not heed."""
    assert job.source is not None
    _, untouched = take_options(compose(job.source, ()))
    if as_mapping(job.settings) != as_mapping(build(untouched)):
        raise UserError(
            given="settings are given for a store that is there",
            allowed="its runs have their own; without store= a new one is run",
            where="on the command line: leave out the settings, or store=",
        )
