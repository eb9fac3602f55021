"""What experiments/replay.py may be told besides settings."""

from __future__ import annotations

from dataclasses import dataclass

from sim.composition.commands import command
from sim.config.declare import integer
from sim.ensemble import option_kinds as common


@command("replay")
@dataclass(frozen=True, kw_only=True)
class ReplayCommand(common.StoreOptions):
    """Options of experiments/replay.py."""

    point: int = integer(0, "row of the design", low=0, high=1_000_000_000)
    replicate: int = integer(0, "number of the run", low=0, high=1_000_000_000)
    state: tuple[str, ...] = common.states(
        "states whose reasons are told; null: those that moved most"
    )
