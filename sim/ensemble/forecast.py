"""What will a sweep take? Runs, time and disk, told from one block that is run and timed."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

import xarray as xr

from sim.ensemble.blocks import Block
from sim.ensemble.executors.choose import tasks_of, work
from sim.ensemble.executors.options import ExecutorOptions
from sim.ensemble.executors.task import Task, Work
from sim.ensemble.plan import Plan
from sim.ensemble.store.consolidated import whole_bytes


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """What a sweep will take: runs and blocks to do, seconds on all workers, bytes on the disk."""

    points: int
    replicates: int
    runs: int
    blocks: int
    seconds: float
    bytes: int

    def __str__(self) -> str:
        """Tell it in a line."""
        return (
            f"{self.points:,} points x {self.replicates:,} replicates; {self.runs:,} runs to do in "
            f"{blocks_in_words(self.blocks)}, about {in_words(self.seconds)}, {self.bytes / 1e6:,.1f} MB on disk"
        )


def forecast(plan: Plan, executor: ExecutorOptions, *, missing: Iterable[Block]) -> Forecast:
    """Say what a plan will take, by running one block and throwing it away.

    Parameters
    ----------
    plan : to be told about. missing : blocks to do (see `sim.ensemble.store.opening.to_do`).
    """
    blocks = list(missing)
    if not blocks:
        return Forecast(
            points=len(plan.points),
            replicates=plan.replicates,
            runs=0,
            blocks=0,
            seconds=0.0,
            bytes=0,
        )
    (task,) = tasks_of(plan, blocks[:1])
    seconds, outcomes = time_block(task, work)
    return expected(plan, blocks, seconds, outcomes, executor)


def time_block(task: Task, do: Work) -> tuple[float, xr.Dataset]:
    """Run a block and time it, with the world already read (a worker reads it once)."""
    small = Task(**{**vars(task), "block": _one_run(task.block), "rows": task.rows[:1]})
    if do is work:
        do(small)
    started = time.perf_counter()
    outcomes = do(task)
    return time.perf_counter() - started, outcomes


def _one_run(block: Block) -> Block:
    return Block(block.first_point, block.first_point + 1, block.first, block.first + 1)


def expected(
    plan: Plan,
    blocks: list[Block],
    seconds: float,
    outcomes: xr.Dataset,
    executor: ExecutorOptions,
) -> Forecast:
    """Say what blocks will take, by one that took `seconds` and gave `outcomes`."""
    runs = sum(block.runs for block in blocks)
    timed = outcomes.sizes["point"] * outcomes.sizes["replicate"]
    workers = 1 if executor.kind == "serial" else min(executor.count, len(blocks))
    whole = whole_bytes(plan, outcomes)
    return Forecast(
        points=len(plan.points),
        replicates=plan.replicates,
        runs=runs,
        blocks=len(blocks),
        seconds=seconds / timed * runs / workers,
        bytes=whole * 2,
    )


def blocks_in_words(count: int) -> str:
    """Say a number of blocks.

    >>> blocks_in_words(1), blocks_in_words(2_000)
    ('1 block', '2,000 blocks')
    """
    return f"{count:,} block{'' if count == 1 else 's'}"


def in_words(seconds: float) -> str:
    """Say a duration in words.

    >>> in_words(5.2), in_words(200), in_words(7300)
    ('5 s', '3 min', '2.0 h')
    """
    if seconds < 90:
        return f"{max(seconds, 1.0):.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
