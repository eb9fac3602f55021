"""Where other processes cannot be started: within a worker of a pool, and from a script that would begin anew in each.

A new process reads the script that started it. A script that calls a sweep outside `if __name__ == "__main__":` would so call
it again in each of its workers; they leave with a status that only this means, and whoever started them says so, once.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable
from multiprocessing.process import BaseProcess

from sim.errors import UserError

UNGUARDED = 86  # exit status of a worker whose script calls the sweep that started it


def leave_if_unguarded() -> None:
    """End this process if it is a worker that has only just begun to read the script that started it."""
    if getattr(multiprocessing.current_process(), "_inheriting", False):
        os._exit(UNGUARDED)


def refuse_unguarded(started: Iterable[BaseProcess]) -> None:
    """Say why workers left, if they left because their script has no guard.

    Raises
    ------
    UserError : they did.
    """
    if any(process.exitcode == UNGUARDED for process in started):
        raise UserError(
            given="the script that calls the sweep would call it again in each worker",
            allowed='its calls must stand under: if __name__ == "__main__":',
            where="in that script, or run in one process: executor=serial",
        )


def may_start_processes() -> bool:
    """Whether this process may start others; a worker of somebody's own pool may not."""
    return not multiprocessing.current_process().daemon
