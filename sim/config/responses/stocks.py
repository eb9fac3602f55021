"""How aid is counted, and how arms and economic ties respond (rules/offers.py, rules/stocks.py)."""

from __future__ import annotations

from dataclasses import dataclass

from sim.config.declare import number
from sim.config.responses.prior import FITTED, JUDGED, a_prior


@dataclass(frozen=True, kw_only=True)
class Offers:
    """Worth of aid (rules/offers.py)."""

    security_half: float = number(
        20.0, "security aid that is the first doubling", unit="USD m", low=0.1, high=1000.0
    )
    economic_half: float = number(
        0.005, "economic aid that is the first doubling", unit="share of GDP", low=0.0001, high=1.0
    )
    cut: float = number(
        2.1,
        "how many times a cut counts against a gift",
        low=1.0,
        high=5.0,
        prior=a_prior(2.0, 1.05, 4.0, "C", "Thailand 2014, Cambodia 2017, Indonesia 1999"),
    )
    habit: float = number(
        0.1,
        "part of the way to what it gets that a state's expectation moves",
        unit="a year",
        low=0.0,
    )


@dataclass(frozen=True, kw_only=True)
class Stocks:
    """Arms, trade and investment (rules/stocks.py)."""

    arms_pace: float = number(
        0.06,
        "part of the way that arms shares move",
        source=FITTED,
        unit="a year",
        prior=a_prior(0.06, 0.04, 0.09, "A", "five-year supplier shares, 2000-23"),
    )
    contracts: float = number(
        0.4,
        "years with an arms contract that tells",
        unit="a year",
        low=0.05,
        source="with lump: yearly changes of five-year shares, standard deviation 0.1 for China and the United States, 2000-23",
    )
    lump: float = number(
        0.35,
        "part of a state's arms supply that one contract renews",
        source="with contracts: yearly changes of five-year shares, 2000-23",
    )
    trade_noise: float = number(
        0.05,
        "yearly swing of economic ties between the camps, standard deviation in logs",
        high=0.5,
        source="yearly changes of shares of trade and investment, 2000-23",
    )
    arms_stance: float = number(
        0.66,
        "weight of a change of stance in arms supply",
        high=5.0,
        prior=a_prior(0.6, 0.0, 1.2, "C", JUDGED),
    )
    arms_offers: float = number(
        0.053,
        "weight of a doubling of aid beyond the usual in arms supply",
        low=-1.0,
        high=2.0,
        prior=a_prior(0.05, -0.05, 0.15, "C", JUDGED),
    )
    arms_agreements: float = number(
        0.51,
        "weight of a climb of the whole ladder in arms supply",
        low=-2.0,
        high=5.0,
        prior=a_prior(0.5, 0.0, 1.0, "C", JUDGED),
    )
    pace_china: float = number(
        0.048,
        "part of the way that economic ties with China move",
        source=FITTED,
        unit="a year",
        prior=a_prior(0.09, 0.05, 0.13, "A", "shares of trade, 2000-22: half-life 7 years"),
    )
    pace_united_states: float = number(
        0.01,
        "the same with the United States",
        source=FITTED,
        unit="a year",
        prior=a_prior(0.03, 0.01, 0.05, "A", "shares of trade, 2000-22: half-life 21 years"),
    )
    pace_japan: float = number(
        0.032,
        "the same with Japan",
        unit="a year",
        source=FITTED,
        prior=a_prior(0.02, 0.005, 0.035, "A", "shares of trade, 2000-22: half-life 40 years"),
    )
    pace_other: float = number(0.03, "the same with any further power", unit="a year")
    market: float = number(
        0.9,
        "elasticity of shares aimed at in the partner's economy",
        source=FITTED,
        high=3.0,
        prior=a_prior(0.6, 0.2, 1.0, "B", "trade with China, 2000-22; gravity of trade"),
    )
    world_growth: float = number(
        0.05,
        "growth of all other markets in dollars, to the last observed year",
        unit="fraction a year",
        low=-0.05,
        high=0.15,
    )
    economic_offers: float = number(
        0.075,
        "weight of a doubling of aid beyond the usual in economic ties",
        source=FITTED,
        low=-1.0,
        high=2.0,
        prior=a_prior(0.05, 0.0, 0.1, "B", "Chinese finance and economic ties"),
    )
    economic_agreements: float = number(
        -0.023,
        "weight of a climb of the whole ladder in economic ties",
        low=-2.0,
        high=3.0,
        prior=a_prior(
            0.0, -0.2, 0.2, "C", "no term predicts economic acts better than their base rate"
        ),
    )
    economic_coercion: float = number(
        0.051,
        "weight of an episode of coercion in economic ties with the coercer",
        low=-1.0,
        high=3.0,
        prior=a_prior(0.05, -0.05, 0.1, "B", "eight Chinese cases, 2010-22"),
    )
