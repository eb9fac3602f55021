"""What a worker is handed, what may be done with its answer, and how often a block is tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import xarray as xr

from sim.config import Settings
from sim.explore.sweep.lattice import Block

ATTEMPTS = 3


@dataclass(frozen=True, kw_only=True)
class Task:
    """All that a worker must know to run one block."""

    block: Block
    bases: tuple[Settings, ...]
    rows: tuple[tuple[int, dict[str, Any]], ...]
    states: tuple[str, ...]
    threshold: float
    keep: tuple[str, ...]
    paths: bool
    compiled: bool = False


@dataclass(kw_only=True)
class Failure:
    """A block that failed as often as it may, and why."""

    block: Block
    reason: str


Done = Callable[[Task, xr.Dataset], None]
Work = Callable[[Task], xr.Dataset]


@dataclass(kw_only=True)
class Attempts:
    """How often each block has failed, and which will not be tried again."""

    told: Callable[[str], None]
    counts: dict[Block, int] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)

    def failed(self, task: Task, reason: str) -> bool:
        """Note a failure; say whether the block may be tried again."""
        count = self.counts[task.block] = self.counts.get(task.block, 0) + 1
        again = count < ATTEMPTS
        what = "it is tried again" if again else "it is left out"
        self.told(f"block {task.block.name} failed ({reason}); {what}")
        if not again:
            self.failures.append(Failure(block=task.block, reason=reason))
        return again


def reason(fault: BaseException) -> str:
    """Say in one line what went wrong."""
    return f"{type(fault).__name__}: {fault}".splitlines()[0].strip(": ")
