"""A plan carried out: its store filled, with progress on the error stream, for every study that is made of runs."""

from __future__ import annotations

import sys
from pathlib import Path

from sim.composition.context import StudyContext
from sim.config import Settings
from sim.ensemble.executors.options import ExecutorOptions
from sim.ensemble.plan import Choices, Compose, Plan
from sim.ensemble.run import SweepResult
from sim.ensemble.run import sweep as run_sweep
from sim.errors import UserError
from sim.studies._progress_bar import Bar

MOST_NAMED = 8


def fill(plan: Plan, folder: Path, executor: ExecutorOptions) -> SweepResult:
    """Run what is missing of a plan's store, with progress on the error stream.

    Raises
    ------
    UserError : a store of something else, a folder that cannot be written, or blocks that failed for good.
    """
    with Bar() as bar:
        result = run_sweep(plan, folder, executor=executor, listener=bar.listener())
    _refuse_unfinished(result)
    return result


def carry_out(plan: Plan, folder: Path, executor: ExecutorOptions) -> SweepResult:
    """Say what is to be run, then `fill` the store."""
    print(_opening(plan, executor.kind, folder), file=sys.stderr)
    return fill(plan, folder, executor)


def composer(job: StudyContext) -> Compose:
    """Give the settings of named choices, as a job composes them; a blank name leaves a group as it is."""

    def compose(choices: Choices) -> Settings:
        return job.varied([f"{group}={name}" for group, name in choices if name])

    return compose


def _opening(plan: Plan, kind: str, folder: Path) -> str:
    names = [str(name) for name in plan.points]
    told = ", ".join(names) if len(names) <= MOST_NAMED else f"{len(names)} settings"
    return (
        f"Sweep of {told}: {len(plan.points):,} points x "
        f"{plan.replicates:,} replicates = {plan.runs:,} runs ({kind}), to {folder}"
    )


def _refuse_unfinished(result: SweepResult) -> None:
    if result.failures:
        told = "; ".join(f"{one.block.name}: {one.reason}" for one in result.failures[:3])
        raise UserError(
            given=f"{len(result.failures)} of {result.blocks} blocks failed three times ({told})",
            allowed="the others are kept; the same command runs only what is missing",
            hint="Mend the cause, then run the same command again (fewer executor.workers need less memory).",
        )
