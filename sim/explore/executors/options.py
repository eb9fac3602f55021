"""Which executor runs the blocks, and with how many workers."""

from __future__ import annotations

import os
from dataclasses import dataclass

KINDS = ("serial", "processes", "dask")


@dataclass(frozen=True, kw_only=True)
class ExecutorOptions:
    """kind : one of `KINDS`. workers : 0 means every core. address : of a Dask scheduler, or blank."""

    kind: str = "processes"
    workers: int = 0
    address: str = ""

    @property
    def count(self) -> int:
        """How many workers to start."""
        return self.workers or cores()


def cores() -> int:
    """Count the cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
