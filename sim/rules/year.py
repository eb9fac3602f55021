"""The order of the year, written once. Both engines call it.

    1 see             events, turnover, rivalry, growth; what fellow members and claimants did last year
    2 court and press each power decides aid and pressure                     } on last year's public record,
    3 opinion         what the public thinks of each partner                  } all at the same time;
    4 stance          what the government wants                               } within a state one after
    5 acts            dated steps, answers to demands, the stocks that follow } the other
    6 meet at sea     this year's pressure meets this year's resolve: incidents
    7 settle          agreements, capacity, dependence, salience, wealth are updated

Simultaneous moves come from steps 2 to 5 reading only memory and situation. Ours: that the meeting at sea follows the
decisions, since it takes both sides' (see DECISIONS.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.config.mechanisms import Rules
from sim.rules.record import (
    Choice,
    ExogenousDrivers,
    MaritimeEncounter,
    Memory,
    Offers,
    PolicyInstruments,
    RandomDraws,
    Situation,
    Structure,
)
from sim.rules.steps.begin import begin
from sim.rules.steps.court import court_and_press
from sim.rules.steps.see import see
from sim.rules.steps.settle import meet_at_sea, settle
from sim.rules.steps.weigh import weigh_and_choose

__all__ = [
    "YearResult",
    "begin",
    "court_and_press",
    "meet_at_sea",
    "simulate_year",
    "see",
    "settle",
    "weigh_and_choose",
]


@dataclass(frozen=True, kw_only=True)
class YearResult:
    """All that happened in one year, to everybody."""

    memory: Memory
    situation: Situation
    offers: Offers
    choice: Choice
    at_sea: MaritimeEncounter


def simulate_year(
    *,
    memory: Memory,
    structure: Structure,
    conduct: PolicyInstruments,
    outlook: ExogenousDrivers,
    luck: RandomDraws,
    rules: Rules,
) -> YearResult:
    """Take everybody through one year at once: the order above, in six lines."""
    situation = see(
        memory=memory,
        structure=structure,
        conduct=conduct,
        outlook=outlook,
        luck=luck,
        rules=rules,
    )
    everybody: dict[str, Any] = {
        "memory": memory,
        "structure": structure,
        "situation": situation,
        "conduct": conduct,
        "rules": rules,
    }
    offers = court_and_press(**everybody)
    choice = weigh_and_choose(**everybody, luck=luck)
    at_sea = meet_at_sea(
        memory=memory, situation=situation, offers=offers, choice=choice, luck=luck, rules=rules
    )
    after = settle(**everybody, offers=offers, choice=choice, at_sea=at_sea, luck=luck)
    return YearResult(
        memory=after, situation=situation, offers=offers, choice=choice, at_sea=at_sea
    )
