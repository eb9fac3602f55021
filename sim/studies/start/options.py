"""What experiments/start.py may be told besides settings."""

from __future__ import annotations

from dataclasses import dataclass

from sim.composition.commands import command
from sim.config.declare import integer
from sim.config.options import Options
from sim.config.settings import LAST_OBSERVED


@command("start")
@dataclass(frozen=True, kw_only=True)
class StartCommand(Options):
    """Options of experiments/start.py."""

    year: int = integer(
        LAST_OBSERVED,
        "year that runs would start from",
        unit="(a year)",
        low=2000,
        high=LAST_OBSERVED,
    )
    draws: int = integer(1000, "runs that foretell each survey", low=10, high=100_000)
