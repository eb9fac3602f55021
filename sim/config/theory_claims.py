"""What each school of thought says of the numbers: what it holds at a value, and where it expects another size.

What a school denies is held at nothing, and no record can bring it back; what it leaves open keeps the declared prior. Directions
are the authors'; every size is ours. The files under conf/theory/ carry the held values and, where they differ, fitted medians.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.config.prior import Prior

GRADE, SIZE = "C", "size assumed"


@dataclass(frozen=True, kw_only=True)
class Claims:
    """Claims of one school.

    Parameters
    ----------
    held : path -> value that it may not leave. priors : path -> prior in place of the declared one.
    source : of the directions. against : what speaks against the school, before any fit of ours.
    """

    held: Mapping[str, float] = field(default_factory=dict)
    priors: Mapping[str, Prior] = field(default_factory=dict)
    source: str
    against: str


def _nil(*names: str) -> dict[str, float]:
    return {f"rules.{name}": 0.0 for name in names}


def _size(mean: float, low: float, high: float, of: str) -> Prior:
    return Prior(mean=mean, low=low, high=high, grade=GRADE, source=f"direction: {of}; {SIZE}")


WALT, WALTZ = "Walt 1987", "Waltz 1979 (unverified)"
TRADE = "Keohane and Nye 1977, Gartzke 2007 (both unverified)"
CAMPS, VOTES = "Axelrod and Bennett 1993", "Bueno de Mesquita 1985, and the toolkit KTAB"

CLAIMS: Mapping[str, Claims] = {
    "insurance": Claims(
        source="the menu of motives after Kuik 2008, Goh 2005 and Walt 1987",
        against="It holds nothing fixed, so that little could refute it: it is the menu of which the others are parts.",
    ),
    "balance_of_threat": Claims(
        held={
            "rules.threat.intent": 0.9,
            **_nil(
                *("stance.opinion", "stance.leverage", "stance.offers", "stance.values"),
                *("stance.legitimacy", "stance.entrapment", "acts.offers", "acts.compensation"),
                "stocks.arms_offers",
            ),
        },
        priors={
            "rules.stance.protection": _size(5.0, 1.5, 8.5, WALT),
            "rules.acts.pressure": _size(-1.2, -2.2, -0.2, WALT),
            "rules.acts.counterpressure": _size(1.2, 0.4, 2.0, WALT),
        },
        source=f"{WALT}: states balance against power that is near and meant ill; aid and creeds count for little",
        against="Indonesia and Malaysia are pressed at sea and hardly balance; Manila turned to China in 2016 under pressure.",
    ),
    "balance_of_power": Claims(
        held=_nil(
            *("threat.intent", "stance.opinion", "stance.offers", "stance.values"),
            *("stance.legitimacy", "acts.offers", "acts.turnover", "stocks.arms_offers"),
        ),
        priors={
            "rules.stance.protection": _size(4.0, 1.0, 7.0, WALTZ),
            "rules.acts.counterpressure": _size(1.2, 0.4, 2.0, WALTZ),
        },
        source=f"{WALTZ}: states balance against strength, whoever holds it and whatever is meant by it",
        against="China's share of strength tripled from 2005 to 2023, and all ten climbed the ladder of agreements with it.",
    ),
    "commerce": Claims(
        held=_nil("stance.entrapment"),
        priors={
            "rules.stance.protection": _size(0.3, 0.0, 0.6, TRADE),
            "rules.stance.leverage": _size(1.6, 0.6, 2.6, TRADE),
            "rules.stance.opinion": _size(1.0, 0.3, 1.7, TRADE),
            "rules.stance.offers": _size(0.12, 0.02, 0.22, TRADE),
            "rules.acts.pressure": _size(-0.1, -0.3, 0.1, TRADE),
            "rules.acts.counterpressure": _size(0.1, -0.1, 0.3, TRADE),
            "rules.acts.stance": _size(0.4, 0.1, 0.7, TRADE),
            "rules.acts.offers": _size(0.15, 0.0, 0.3, TRADE),
            "rules.stocks.market": _size(0.9, 0.5, 1.3, TRADE),
            "rules.stocks.economic_offers": _size(0.1, 0.0, 0.2, TRADE),
        },
        source=f"{TRADE}: ties follow markets, money and opinion",
        against="No response of votes to trade or aid is found in the region; Vietnam trades most with China of the three.",
    ),
    "landscape": Claims(
        priors={"rules.landscape.steepness": _size(5.0, 1.0, 9.0, CAMPS)},
        source=f"{CAMPS}: states move to the camp where they are least frustrated",
        against="It knows two camps; states that climb the ladder with both sides in one year have no place in it.",
    ),
    "bargaining": Claims(
        priors={
            "rules.bargaining.contest": _size(2.0, 0.4, 3.6, VOTES),
            "rules.bargaining.closeness": _size(2.0, 0.4, 3.6, VOTES),
        },
        source=f"{VOTES}: states give way to the stronger coalition, the more the farther they would have to go",
        against="What a state brings to the contest is its output and its boats, which hardly moves from year to year.",
    ),
}
