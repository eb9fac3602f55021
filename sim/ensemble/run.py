"""A sweep that finishes the job: runs what is missing of a store, reports what fails, and sums up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import xarray as xr

from sim.config.settings import as_mapping
from sim.ensemble.blocks import Block
from sim.ensemble.executors.choose import run_tasks, tasks_of, work
from sim.ensemble.executors.guard import leave_if_unguarded
from sim.ensemble.executors.options import ExecutorOptions
from sim.ensemble.executors.task import Failure, Task, Work
from sim.ensemble.forecast import Forecast, expected, time_block
from sim.ensemble.plan import Plan
from sim.ensemble.store.consolidated import write_outcomes
from sim.ensemble.store.contents import (
    BIBLIOGRAPHY,
    CONFIG,
    DIFFERENCES,
    PARQUET_TABLE,
    STATES,
    TABLE,
    WHOLE,
)
from sim.ensemble.store.files import storage_error
from sim.ensemble.store.folder import Store
from sim.ensemble.store.opening import open_for
from sim.ensemble.store.table import write_tables
from sim.results.files import write_bibliography, write_config

TABLES = (TABLE, STATES, PARQUET_TABLE)
BESIDE = (CONFIG, BIBLIOGRAPHY)


def _say_nothing(*_: object) -> None:
    """Say nothing."""


@dataclass(kw_only=True)
class SweepResult:
    """What became of a sweep.

    ran : blocks run now. kept : found finished. damaged : found unfit, run again. whole : outcomes.nc was made.
    baseline : of differences that were found damaged, to be made again; None where there are none.
    """

    folder: Path
    blocks: int
    ran: int = 0
    kept: int = 0
    damaged: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    whole: bool = False
    baseline: Any = None


@dataclass(frozen=True, kw_only=True)
class Listener:
    """Who hears how a sweep goes: `told` lines of text, `ran` how many runs are done (at the start, and with each
    finished block), `forecast` what is to come."""

    told: Callable[[str], None] = _say_nothing
    ran: Callable[[int, int, int], None] = (
        _say_nothing  # runs now done, runs done before, runs in all
    )
    forecast: Callable[[Forecast], None] = _say_nothing


def sweep(
    plan: Plan,
    out: Path,
    *,
    executor: ExecutorOptions,
    listener: Listener | None = None,
    do: Work = work,
) -> SweepResult:
    """Run what is missing of a plan's store and make its tables.

    Parameters
    ----------
    plan : from `sim.ensemble.plan.make_plan`. out : folder of the store, new or to be resumed.
    executor : who runs the blocks. listener : hears of progress. do : runs a task (for tests).

    Raises
    ------
    UserError : a store that cannot be written or holds something else; settings or data unfit.
    """
    leave_if_unguarded()
    listener = listener or Listener()
    with open_for(Path(out), plan) as store:
        return _Sweep(plan, store, executor, listener, do).run()


class _Sweep:
    """One sweep under way."""

    def __init__(
        self, plan: Plan, store: Store, executor: ExecutorOptions, listener: Listener, do: Work
    ) -> None:
        self.plan, self.store, self.executor = plan, store, executor
        self.listener, self.do = listener, do
        self.result = SweepResult(
            folder=store.folder,
            blocks=len(store.blocks),
            kept=len(store.done),
            damaged=[path.name for path in store.damaged],
        )
        self.before = sum(block.runs for block in store.done)
        self.now = 0

    def run(self) -> SweepResult:
        for name in self.result.damaged:
            self.listener.told(f"block {name} is damaged; it is run again")
        self.listener.ran(0, self.before, self.plan.runs)
        missing = self.store.missing
        if missing:
            rest = self._first(missing)
            # To start a process takes longer than a lone block of the usual size.
            here = len(rest) == 1 and self.executor.kind == "processes"
            self.result.failures = run_tasks(
                tasks_of(self.plan, rest),
                self._done,
                options=replace(self.executor, kind="serial") if here else self.executor,
                told=self.listener.told,
                do=self.do,
            )
        if not self.result.failures:
            self._finish()
        return self.result

    def _first(self, missing: list[Block]) -> list[Block]:
        """Run the first of many blocks here, to say how long the others will take."""
        if len(missing) <= 2 * self.executor.count:
            return missing
        (task,) = tasks_of(self.plan, missing[:1])
        try:
            seconds, outcomes = time_block(task, self.do)
        except MemoryError:
            return missing
        self._done(task, outcomes)
        self.listener.forecast(expected(self.plan, missing[1:], seconds, outcomes, self.executor))
        return missing[1:]

    def _done(self, task: Task, outcomes: xr.Dataset) -> None:
        self.store.add(task.block, outcomes)
        self.result.ran += 1
        self.now += task.block.runs
        self.listener.ran(self.now, self.before, self.plan.runs)

    def _finish(self) -> None:
        """Make the tables and the whole, unless they stand already, as they were written."""
        folder = self.store.folder
        if self.store.finished and not self.result.ran:
            corrupted = self.store.corrupted_files()
            if corrupted:
                text = f"not as written: {', '.join(corrupted)}; made again from the blocks"
                self.listener.told(text)
            if set(corrupted) & set(DIFFERENCES):
                self.result.baseline = self.store.manifest.get("baseline")
            if not set(corrupted) - set(DIFFERENCES):
                self.result.whole = WHOLE in self.store.made
                return
        try:
            if self.result.ran:
                self.store.drop_differences()
            self.store.claim([*TABLES, WHOLE, *BESIDE])
            tables = write_tables(self.store, self.plan)
            self.result.whole = write_outcomes(self.store, self.plan)
            settings = self.plan.bases[0][1]
            write_bibliography(folder, settings)
            write_config(folder, as_mapping(settings))
            self.store.finish([*tables, *([WHOLE] if self.result.whole else []), *BESIDE])
        except OSError as error:
            raise storage_error(folder, error) from error


def tables_of(folder: Path) -> Iterator[Path]:
    """Yield the tables of a finished sweep that stand in its folder."""
    return (path for name in (TABLE, STATES) if (path := folder / name).is_file())
