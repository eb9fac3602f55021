"""All cores of one machine: a pool of fresh processes, and another when one of them is killed.

A pool that loses a process gives no answer for any block in its hands. Those few are then run one at a time in a pool of one,
so that a block that kills its worker is charged for it alone and cannot take its neighbours along.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing.connection import wait as wait_for

import xarray as xr

from sim.ensemble.executors.guard import refuse_unguarded
from sim.ensemble.executors.task import Attempts, Done, Task, Work, proven_work, reason
from sim.ensemble.store.fingerprint import fingerprint
from sim.errors import UserError

AHEAD = 2  # tasks waiting beyond those at work
Pending = dict["Future[xr.Dataset]", Task]


class _Line:
    """Tasks waiting; what comes back is taken first."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self._tasks, self.back = iter(tasks), list[Task]()

    def __iter__(self) -> Iterator[Task]:
        return self

    def __next__(self) -> Task:
        return self.back.pop() if self.back else next(self._tasks)


def run(tasks: Iterable[Task], done: Done, attempts: Attempts, do: Work, workers: int) -> None:
    """Run tasks on `workers` processes (see `sim.ensemble.executors.choose.run_tasks`)."""
    line = _Line(tasks)
    while suspects := _run_round(line, done, attempts, do, workers, ahead=AHEAD):
        attempts.told("a worker was lost; what it was at is run again")
        alone = _Line(suspects)
        while lost := _run_round(alone, done, attempts, do, 1, ahead=0):
            for task in lost:
                if attempts.failed(task, "its worker was lost"):
                    alone.back.append(task)


def _run_round(
    line: _Line, done: Done, attempts: Attempts, do: Work, workers: int, *, ahead: int
) -> list[Task]:
    """Run until the line is empty, or the pool breaks: then return what was in its hands."""
    pending: Pending = {}
    model = fingerprint()
    pool = _process_pool(workers)
    try:
        while True:
            for task in islice(line, workers + ahead - len(pending)):
                line.back.append(task)  # until it is in good hands
                pending[pool.submit(proven_work, do, task, model)] = task
                line.back.remove(task)
            if not pending:
                pool.shutdown()
                return []
            finished, _ = wait(pending, return_when=FIRST_COMPLETED)
            for future in sorted(finished, key=lambda one: pending[one].block):
                _take_result(future, pending, done, attempts, line)
    except BrokenProcessPool:
        started = list((pool._processes or {}).values())
        pool.shutdown(cancel_futures=True)
        refuse_unguarded(started)
        return sorted(pending.values(), key=lambda one: one.block)
    except BaseException:
        _stop_workers(pool)
        raise


def _take_result(
    future: Future[xr.Dataset], pending: Pending, done: Done, attempts: Attempts, line: _Line
) -> None:
    fault = future.exception()
    if isinstance(fault, BrokenProcessPool):
        raise fault
    task = pending.pop(future)
    if isinstance(fault, UserError):
        raise fault
    if fault is None:
        done(task, future.result())
    elif attempts.failed(task, reason(fault)):
        line.back.append(task)


def _process_pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("spawn"), initializer=_begin_worker
    )


def _stop_workers(pool: ProcessPoolExecutor) -> None:
    """End the workers at once; what they were at is run again another time."""
    workers = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.terminate()


def _begin_worker() -> None:
    """Leave the keyboard's interrupt to the parent, and do not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)
