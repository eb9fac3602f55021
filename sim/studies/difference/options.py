"""What experiments/difference.py may be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.config.declare import required
from sim.ensemble.options import measured_against
from sim.studies import _options as common


@dataclass(frozen=True, kw_only=True)
class DifferenceCommand(common.StoreOptions):
    """Options of experiments/difference.py."""

    baseline: Any = required(measured_against("what the points are measured against"))
