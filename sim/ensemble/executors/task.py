"""What a worker is handed, what may be done with its answer, and how often a block is tried."""

from __future__ import annotations

import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import xarray as xr

from sim.config import Settings
from sim.ensemble.blocks import Block
from sim.ensemble.store.fingerprint import changed_files, fingerprint
from sim.errors import UserError
from sim.provenance import ROOT

ATTEMPTS = 3
MOST_NAMED = 4


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


Done = Callable[[Task, xr.Dataset], None]
Work = Callable[[Task], xr.Dataset]


def proven_work(do: Work, task: Task, model: Mapping[str, str]) -> xr.Dataset:
    """Do a task in another process, once that has shown that its model and data are those of the store.

    Parameters
    ----------
    model : fingerprint of the process that asks (see `sim.ensemble.store.fingerprint`).

    Raises
    ------
    UserError : this process has another model or other data.
    """
    changed = changed_files(model, fingerprint())
    if changed:
        more = f" and {len(changed) - MOST_NAMED} more" if len(changed) > MOST_NAMED else ""
        raise UserError(
            given=f"a worker on {platform.node()}, at {ROOT}, has another state of the model: "
            f"{', '.join(changed[:MOST_NAMED])}{more} differ from those here",
            allowed="all workers of a sweep must have one model and one set of data",
            where="on the command line: executor=processes, or start the workers from a copy of this folder",
        )
    return do(task)


@dataclass(kw_only=True)
class Failure:
    """A block that failed as often as it may, and why."""

    block: Block
    reason: str


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
