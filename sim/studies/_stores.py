"""The store that a report is made from: one that is there, or one that the report's own sweep fills first."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from sim.composition.compose import compose
from sim.composition.context import StudyContext
from sim.composition.options import take_options
from sim.config import build
from sim.config.settings import as_mapping
from sim.ensemble.executors.choose import check_executor
from sim.ensemble.executors.options import ExecutorOptions
from sim.ensemble.options import sweep_options
from sim.ensemble.plan import Plan, make_plan
from sim.ensemble.store.manifest import read_manifest, read_plan
from sim.ensemble.store.opening import check_place
from sim.errors import UserError
from sim.studies._sweeps import composer, fill

STORE = "store"  # folder of a study's own sweep, in its result folder


@dataclass(frozen=True, kw_only=True)
class PlannedRuns:
    """Runs that a report is made from: their plan, the folder of their store, and who makes those missing (None: nobody)."""

    plan: Plan
    folder: Path
    executor: ExecutorOptions | None = None


def planned_runs(job: StudyContext, **changed: object) -> PlannedRuns:
    """The runs of the store named by `store`; else those of the job's own sweep, in `out`/store. Nothing is run yet.

    Parameters
    ----------
    changed : options of the sweep that the report sets itself.

    Raises
    ------
    UserError : settings given for a store that is there; what the sweep refuses.
    """
    named = getattr(job.options, "store", "")
    if named:
        _refuse_settings(job)
        return PlannedRuns(
            plan=read_plan(Path(named), read_manifest(Path(named))), folder=Path(named)
        )
    options = sweep_options(job.options.sweep, runs=job.settings.runs, **changed)
    plan = make_plan(options, compose=composer(job), groups=job.groups())
    folder = job.folder / STORE
    check_place(folder, plan)
    check_executor(job.options.executor)
    return PlannedRuns(plan=plan, folder=folder, executor=job.options.executor)


def filled(runs: PlannedRuns) -> Path:
    """Run what is missing of planned runs, and return the folder of their store.

    Raises
    ------
    UserError : blocks that failed for good.
    """
    if runs.executor is None:
        return runs.folder
    plan = runs.plan
    print(
        f"Sweep of {len(plan.points):,} points x {plan.replicates:,} replicates, to {runs.folder}",
        file=sys.stderr,
    )
    return fill(plan, runs.folder, runs.executor).folder


def _refuse_settings(job: StudyContext) -> None:
    """Refuse settings that a store, which has its own, would not heed."""
    assert job.source is not None
    _, untouched = take_options(compose(job.source, ()), job.source.options)
    if as_mapping(job.settings) != as_mapping(build(untouched)):
        raise UserError(
            given="settings are given for a store that is there",
            allowed="its runs have their own; without store= a new one is run",
            where="on the command line: leave out the settings, or store=",
        )
