"""Which executor runs the blocks, and with how many workers."""

from __future__ import annotations

import os
from dataclasses import dataclass

from sim.config.declare import choice, integer, text

KINDS = ("serial", "processes", "dask")


@dataclass(frozen=True, kw_only=True)
class ExecutorOptions:
    """Who runs the blocks."""

    kind: str = choice("processes", KINDS, "who runs the blocks")
    workers: int = integer(0, "processes; 0: every core", low=0, high=4096)
    address: str = text("", "address of a Dask scheduler", example="tcp://HOST:8786")

    @property
    def count(self) -> int:
        """How many workers to start."""
        return self.workers or cores()


def cores() -> int:
    """Count the cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
