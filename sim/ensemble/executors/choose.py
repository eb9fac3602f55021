"""Who runs the blocks: this process, all cores, or a Dask cluster. The blocks and their bytes are the same.

Whoever runs them only computes; this process alone writes. A block that fails is tried again, three times at most, and the
others go on. A worker that is killed takes nothing along but the block it was at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import xarray as xr

from sim.engines.own_rule import refuse_own_rules
from sim.ensemble.block_runs import block_outcomes, with_states
from sim.ensemble.blocks import Block
from sim.ensemble.executors.guard import leave_if_unguarded, may_start_processes
from sim.ensemble.executors.options import ExecutorOptions
from sim.ensemble.executors.task import Attempts, Done, Failure, Task, Work, reason
from sim.ensemble.options import COMPILED
from sim.ensemble.plan import Plan, with_numbers
from sim.errors import UserError


def check_executor(options: ExecutorOptions) -> None:
    """Say now what would be wrong with an executor, before anything is run.

    Raises
    ------
    UserError : Dask is asked for and not installed, nobody answers at its address, or no worker comes.
    """
    leave_if_unguarded()
    if options.kind == "dask":
        from sim.ensemble.executors.on_dask import check

        check(options)


def tasks_of(plan: Plan, blocks: Iterable[Block]) -> Iterator[Task]:
    """Say for each block what its worker must know."""
    bases = tuple(settings for _, settings in plan.bases)
    states = plan.states
    for block in blocks:
        rows = plan.rows(block.first_point, block.last_point)
        used = sorted({base for base, _ in rows})
        yield Task(
            block=block,
            bases=tuple(bases[base] for base in used),
            rows=tuple((used.index(base), numbers) for base, numbers in rows),
            states=states,
            threshold=plan.options.threshold,
            keep=plan.options.keep,
            paths=plan.options.paths,
            compiled=plan.options.engine == COMPILED,
        )


def work(task: Task) -> xr.Dataset:
    """Run one block (in whatever process)."""
    outcomes = block_outcomes(
        [with_numbers(task.bases[base], numbers) for base, numbers in task.rows],
        task.block.first,
        task.block.replicates,
        threshold=task.threshold,
        keep=task.keep,
        paths=task.paths,
        compiled=task.compiled,
    )
    return with_states(outcomes, task.states)


def run_tasks(
    tasks: Iterable[Task],
    done: Done,
    *,
    options: ExecutorOptions,
    told: Callable[[str], None],
    do: Work = work,
) -> list[Failure]:
    """Run tasks, handing each result to `done` as it comes; return those that failed for good.

    Parameters
    ----------
    tasks : taken as workers come free. done : called in this process; what it raises ends everything.
    told : hears of failures. do : the work itself, by name importable.

    Raises
    ------
    UserError : a mistake in the settings or data, no Dask where it was asked for, or rules of one's own, which other
        processes do not see.
    """
    if options.kind != "serial":
        refuse_own_rules("other processes", "one process alone sees it: executor.kind=serial")
    attempts = Attempts(told=told)
    kind = options.kind
    if kind != "serial" and not options.address and not may_start_processes():
        told("a worker of a pool may not start processes; the sweep runs in this one alone")
        kind = "serial"
    if kind == "serial":
        _run_serially(tasks, done, attempts, do)
    elif kind == "processes":
        from sim.ensemble.executors.on_processes import run

        run(tasks, done, attempts, do, options.count)
    else:
        from sim.ensemble.executors.on_dask import run as run_on_dask

        run_on_dask(tasks, done, attempts, do, options)
    return attempts.failures


def _run_serially(tasks: Iterable[Task], done: Done, attempts: Attempts, do: Work) -> None:
    for task in tasks:
        while True:
            try:
                result = do(task)
            except UserError:
                raise
            except Exception as fault:
                if attempts.failed(task, reason(fault)):
                    continue
                break
            done(task, result)
            break
