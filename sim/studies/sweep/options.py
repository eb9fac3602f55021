"""What experiments/sweep.py may be told besides settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sim.composition.commands import command
from sim.config.declare import section
from sim.config.options import Options
from sim.ensemble.executors.options import ExecutorOptions
from sim.ensemble.options import SweepSection


@command("sweep")
@dataclass(frozen=True, kw_only=True)
class SweepCommand(Options):
    """Options of experiments/sweep.py."""

    sweep: SweepSection = section(SweepSection)
    executor: ExecutorOptions = section(ExecutorOptions)

    own_groups: ClassVar[tuple[str, ...]] = ("experiment", "executor", "parameters")
