"""What experiments/tipping.py may be told besides settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.composition.commands import command
from sim.config.declare import integer, number, numbers, section
from sim.config.options import Options
from sim.config.settings import declared

SETTING = {  # what a case varies: the setting it stands for
    "complementarity": "rules.resolve.peers",
    "threshold": "rules.resolve.threshold",
    "aid": "policy.japan.osa_budget",
}


def _cases(name: str, *default: float) -> Any:
    one = declared()[SETTING[name]]
    doc = f"values of {SETTING[name]}"
    return numbers(default, doc, unit=one.unit, low=one.low, high=one.high)


@dataclass(frozen=True, kw_only=True)
class TippingSection:
    """Two paces of one staircase of pressure, and the cases taken up it."""

    complementarity: tuple[float, ...] = _cases("complementarity", 0, 0.4, 0.8, 1.2, 1.6, 2)
    threshold: tuple[float, ...] = _cases("threshold", 0.75, 1, 1.25)
    aid: tuple[float, ...] = _cases("aid", 0, 2, 40)
    top: float = number(1.0, "highest pressure", low=0.05)
    levels: int = integer(21, "levels from 0 to top", low=3, high=201)
    years: int = integer(40, "years at each level, the quick way", low=4, high=1000)
    settle: int = integer(
        60,
        "years without pressure before the climb, for agreements to come to rest",
        high=1000,
        low=0,
    )
    slower: int = integer(3, "times as many years, the slow way", low=2, high=20)


@command("tipping")
@dataclass(frozen=True, kw_only=True)
class TippingCommand(Options):
    """Options of experiments/tipping.py."""

    tipping: TippingSection = section(TippingSection)
