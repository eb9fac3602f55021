"""What experiments/difference.py may be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.composition.commands import command
from sim.config.declare import required
from sim.ensemble import option_kinds as common
from sim.ensemble.options import measured_against


@command("difference")
@dataclass(frozen=True, kw_only=True)
class DifferenceCommand(common.StoreOptions):
    """Options of experiments/difference.py."""

    baseline: Any = required(measured_against("what the points are measured against"))
