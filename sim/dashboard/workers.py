"""Who does the running: a few processes that share each ensemble, and a memory of the last results for all visitors.

An answer depends on the settings alone, so one visitor's answer serves every other. Nobody is remembered.
"""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import (
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from concurrent.futures.process import BrokenProcessPool
from itertools import pairwise
from threading import Lock
from typing import Any

from sim.config import Settings
from sim.config.settings import as_mapping
from sim.dashboard import engine
from sim.dashboard.readings import Reading, join
from sim.dashboard.signals import heed_the_end, signals_held_back
from sim.errors import UserError

RUNS = 1000
KEPT = 24  # results, of about 5 MB each
MOST_WORKERS = 8
PATIENCE = 3.0  # seconds that processes have to finish what they do when the server ends

LOG = logging.getLogger("sim.dashboard")


class Closing(Exception):
    """The server is ending; nothing is run any more."""


class EnsemblePool:
    """Runs ensembles and keeps the last results.

    Parameters
    ----------
    runs : of each ensemble. workers : processes; 1 runs in this one, 0 takes a process a core (up to 8).
    """

    def __init__(self, *, runs: int = RUNS, workers: int = 0) -> None:
        self.runs = runs
        self.workers = workers or min(os.cpu_count() or 1, MOST_WORKERS, runs)
        self._lock = Lock()
        self._known: OrderedDict[str, Future[Reading]] = OrderedDict()
        self._closing = False
        self._pool = self._hire()

    def _hire(self) -> Executor:
        if self.workers == 1:
            return ThreadPoolExecutor(1)
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(self.workers, mp_context=context, initializer=warm_process)
        with signals_held_back():
            for _ in range(self.workers):
                pool.submit(os.getpid)  # so that they start before the first visitor comes
        return pool

    def close(self) -> None:
        """Let the processes go, and see to it that they have gone; what is being run is given up."""
        with self._lock:
            self._closing = True
        workers = list((getattr(self._pool, "_processes", None) or {}).values())
        self._pool.shutdown(wait=False, cancel_futures=True)
        deadline = time.monotonic() + PATIENCE
        for worker in workers:
            worker.join(max(0.0, deadline - time.monotonic()))
            if worker.is_alive():
                worker.kill()

    def reading(self, settings: Settings) -> Reading:
        """Run an ensemble, or recall it; who asks for what another is waiting for waits with him.

        Raises
        ------
        UserError : settings or data that cannot be used.
        """
        key = json.dumps(as_mapping(settings), sort_keys=True)
        with self._lock:
            result = self._known.get(key)
            if mine := result is None:
                result = self._known[key] = Future()
                while len(self._known) > KEPT:
                    self._known.popitem(last=False)
            self._known.move_to_end(key)
        assert result is not None
        if mine:
            self._answer(result, settings, key)
        return result.result()

    def _answer(self, waiting: Future[Reading], settings: Settings, key: str) -> None:
        try:
            waiting.set_result(self._run(settings))
        except BaseException as error:
            with self._lock:
                self._known.pop(key, None)
            waiting.set_exception(error)

    def _run(self, settings: Settings) -> Reading:
        edges = [self.runs * n // self.workers for n in range(self.workers + 1)]
        asked = [
            (engine.some_runs, settings, first, after - first) for first, after in pairwise(edges)
        ]
        pieces = self._together(asked)
        return Reading(
            **vars(engine.fixed_scene(settings)),
            **vars(join(pieces)),
            years=tuple(range(settings.years.first, settings.years.last + 1)),
            seed=settings.seed,
        )

    def reasons(self, settings: Settings, run: int, state: str, until: int) -> Any:
        """Ask for one run's reasons (see `sim.dashboard.engine.reasons`)."""
        return self._together([(engine.reasons, settings, run, state, until)])[0]

    def _together(self, asked: list[tuple[Callable[..., Any], Any]] | list[Any]) -> list[Any]:
        """Have several things done at once; a crew of which one died is replaced, once.

        Raises
        ------
        UserError : it died again. Closing : the server is ending.
        """
        pool = self._pool
        try:
            return self._all(pool, asked)
        except BrokenProcessPool:
            LOG.warning("a process that runs the model was ended from outside; others are started")
        with self._lock:
            if self._pool is pool and not self._closing:
                self._pool = self._hire()
        try:
            return self._all(self._pool, asked)
        except BrokenProcessPool as error:
            raise UserError(
                given="the processes that run the model were ended twice, perhaps for want of memory",
                allowed="each needs about 300 MB",
                where="on the command line that starts the dashboard: --workers 1",
            ) from error

    def _all(self, pool: Executor, asked: list[Any]) -> list[Any]:
        try:
            doing = [pool.submit(*item) for item in asked]
            return [item.result() for item in doing]
        except (BrokenProcessPool, CancelledError, RuntimeError) as error:
            if self._closing:
                raise Closing from error
            raise


def warm_process() -> None:
    """Get a process ready: the modules read, the usual world loaded; interrupts are for the one who asked."""
    heed_the_end()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    engine.some_runs(Settings(), 0, 2)


def _end_with_parent() -> None:
    """Leave nothing behind, however the one who asked was ended."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)
