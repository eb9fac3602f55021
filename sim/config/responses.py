"""How opinion, stance, acts and stocks respond: one group a rule, each number with its evidence, a width, or a zero.

A response carries a prior (mean, 90 % range, grade, source); its default is the median of the posterior that ships. Where the
record says nothing the prior is centred on zero or on the literature's value with an honest width.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.config.declare import Prior, number

FITTED = "fitted to the record of 2000-22 (docs/calibration.md)"
JUDGED = "judgement"


def _prior(mean: float, low: float, high: float, grade: str, source: str) -> Prior:
    return Prior(mean=mean, low=low, high=high, grade=grade, source=source)


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """Opinion of each partner (rules/opinion.py)."""

    swing: float = number(
        0.57,
        "part of a swing gone in a year",
        source=FITTED,
        low=0.05,
        prior=_prior(0.6, 0.4, 0.85, "B", "Social Weather Stations 2012-19, Gallup 2009-14"),
    )
    scar: float = number(
        0.081,
        "part of a swing that stays in the base",
        prior=_prior(0.1, 0.03, 0.17, "C", JUDGED),
    )
    back: float = number(
        0.11,
        "return of the base to where it rests: half-life 7 years",
        unit="a year",
        low=0.01,
        prior=_prior(0.1, 0.05, 0.15, "C", "order of states 2009-14 predicts 2020-23 at .7 to .86"),
    )
    aid: float = number(
        0.0066,
        "trust gained per doubling of aid beyond the usual",
        source=FITTED,
        high=0.2,
        prior=_prior(
            0.01, 0.001, 0.03, "A", "Goldsmith, Horiuchi and Wood 2014, scaled to ordinary aid"
        ),
    )
    exchange: float = number(
        0.011,
        "trust gained per doubling of people exchanged",
        high=0.2,
        prior=_prior(0.01, 0.0, 0.02, "B", "leaders' visits: Goldsmith, Horiuchi and Matush 2021"),
    )
    incidents: float = number(
        0.11,
        "trust lost per natural log of one plus incidents, fully aired",
        source=FITTED,
        prior=_prior(
            0.1, 0.05, 0.16, "A", "Philippines 2012 (Social Weather Stations); Gallup 2010-13"
        ),
    )
    severity: float = number(
        0.22,
        "how much worse an encounter is at full resolve",
        low=0.0,
        high=3.0,
        prior=_prior(0.2, 0.0, 0.6, "C", "Philippines 2022-23"),
    )
    episode: float = number(
        0.12,
        "trust in the coercer lost a year while an episode runs",
        prior=_prior(0.12, 0.05, 0.2, "A", "Australia 2018-22 (Lowy), Korea and Canada"),
    )
    coercion: float = number(
        0.051,
        "trust lost a year under full coercion short of an episode (tariffs, pressure on values)",
        prior=_prior(
            0.05,
            0.01,
            0.1,
            "B",
            "views of the United States after tariffs and withdrawal from trade pacts, 2017",
        ),
    )
    credibility: float = number(
        0.4,
        "trust that full credibility is worth",
        source=FITTED,
        high=2.0,
        prior=_prior(
            0.35, 0.2, 0.55, "A", "change of US leader 2016 and 2020 (Gallup, Pew, ISEAS)"
        ),
    )
    legitimacy: float = number(
        0.22,
        "trust lost by a blow to standing the size of Iraq 2003",
        prior=_prior(0.2, 0.08, 0.35, "B", "Pew, Indonesia 2002-03"),
    )
    noise: float = number(
        0.05,
        "yearly swing of opinion, standard deviation",
        source=FITTED,
        high=0.3,
        prior=_prior(0.04, 0.025, 0.055, "B", "innovations of Gallup 2009-14: 3 to 4 points"),
    )
    publicity: float = number(
        -3.0, "log-odds of airing an incident without any reason", low=-8.0, high=4.0
    )
    publicity_quarrel: float = number(
        10.0,
        "log-odds added by one militarised dispute a year in the past",
        source=FITTED,
        high=20.0,
        prior=_prior(
            8.0,
            3.0,
            13.0,
            "B",
            "approval of China 2010-13: Philippines and Vietnam against Malaysia and Indonesia",
        ),
    )
    publicity_shield: float = number(
        0.83,
        "log-odds added by a pact with the partner's rivals",
        high=5.0,
        prior=_prior(0.8, 0.0, 1.6, "C", JUDGED),
    )
    publicity_openness: float = number(
        0.62,
        "log-odds added by a wholly open system",
        low=-3.0,
        high=5.0,
        prior=_prior(0.5, -0.5, 1.5, "C", JUDGED),
    )
    publicity_stance: float = number(
        1.9,
        "log-odds added by full stance against the partner",
        high=8.0,
        prior=_prior(2.0, 0.5, 3.5, "C", JUDGED),
    )
    hush: float = number(0.5, "part of publicity that a standing concession takes away")
    exchange_half: float = number(
        30.0,
        "people exchanged that are the first doubling",
        unit="thousand a year",
        low=0.1,
        high=1000.0,
    )


@dataclass(frozen=True, kw_only=True)
class Stance:
    """Stance of the government (rules/stance.py): weights of motives in log-odds."""

    speed: float = number(
        0.45,
        "part of the way to the aim moved in a year",
        low=0.05,
        prior=_prior(0.4, 0.25, 0.7, "B", "lags of thirty episodes, 1995-2023"),
    )
    persistence: float = number(
        0.962,
        "part of a state's own disposition kept a year: half-life 18 years",
        source="slow part of votes in the United Nations, ten states, 1991-2023",
        low=0.5,
    )
    protection: float = number(
        2.9,
        "weight of whoever shields against threat",
        low=-10.0,
        high=30.0,
        prior=_prior(3.0, 0.5, 5.5, "B", "Philippines 2012-14, 2022-23; Finland 2022"),
    )
    entrapment: float = number(
        -0.081,
        "weight of the fear of being dragged in",
        low=-5.0,
        high=10.0,
        prior=_prior(0.0, -0.6, 0.6, "C", JUDGED),
    )
    leverage: float = number(
        0.75,
        "weight of whoever could make the state pay",
        low=-5.0,
        high=10.0,
        prior=_prior(
            0.8, 0.0, 1.6, "C", "Hirschman 1945; no response of votes to trade found in the region"
        ),
    )
    readiness: float = number(0.4, "worth of leverage in the hands of a partner that never coerces")
    opinion: float = number(
        0.69,
        "weight of the public's view in an open system",
        low=-3.0,
        high=10.0,
        prior=_prior(0.6, 0.1, 1.1, "C", "Philippines 2012, against 2016"),
    )
    closed: float = number(0.4, "part of that weight that counts in a wholly closed system")
    offers: float = number(
        0.025,
        "weight of a doubling of aid beyond the usual",
        source=FITTED,
        low=-1.0,
        high=2.0,
        prior=_prior(
            0.05, -0.02, 0.12, "B", "aid and votes, 1973-2014; no effect of Japan's found"
        ),
    )
    values: float = number(
        1.1,
        "weight of full coercion in a wholly closed system",
        low=-5.0,
        high=10.0,
        prior=_prior(1.0, 0.2, 1.8, "B", "Thailand 2014, Cambodia 2017, Indonesia 1999"),
    )
    legitimacy: float = number(
        0.32,
        "weight of political affinity",
        source=FITTED,
        low=-5.0,
        high=5.0,
        prior=_prior(0.0, -0.6, 0.6, "C", "no response found in votes"),
    )
    neighbours: float = number(
        0.094,
        "weight of where the other members stand",
        source=FITTED,
        low=-3.0,
        high=5.0,
        prior=_prior(0.2, -0.2, 0.6, "C", JUDGED),
    )


@dataclass(frozen=True, kw_only=True)
class Acts:
    """Dated steps with each partner (rules/acts.py): log-odds."""

    up_china: float = number(
        -1.3,
        "log-odds of a step up with China in a year without reason",
        source=FITTED,
        low=-8.0,
        high=3.0,
        prior=_prior(-1.7, -2.7, -0.7, "A", "0.22 a year, 2000-22"),
    )
    up_united_states: float = number(
        -1.6,
        "the same with the United States",
        unit="log-odds",
        source=FITTED,
        low=-8.0,
        high=3.0,
        prior=_prior(-1.7, -2.7, -0.7, "A", "0.22 a year, 1995-2022"),
    )
    up_japan: float = number(
        -1.9,
        "the same with Japan",
        unit="log-odds",
        source=FITTED,
        low=-8.0,
        high=3.0,
        prior=_prior(-2.1, -3.1, -1.1, "A", "0.15 a year, 2006-22"),
    )
    up_other: float = number(
        -2.1, "the same with any further power", unit="log-odds", low=-8.0, high=3.0
    )
    down_china: float = number(
        -2.8,
        "log-odds of a step down with China in a year without reason",
        source=FITTED,
        low=-9.0,
        high=3.0,
        prior=_prior(-2.8, -3.8, -1.8, "A", "0.065 a year, 2000-22"),
    )
    down_united_states: float = number(
        -3.2,
        "the same with the United States",
        unit="log-odds",
        source=FITTED,
        low=-9.0,
        high=3.0,
        prior=_prior(-3.5, -4.5, -2.5, "A", "0.03 a year, 1995-2022"),
    )
    down_japan: float = number(
        -5.4,
        "the same with Japan",
        unit="log-odds",
        source=FITTED,
        low=-9.0,
        high=3.0,
        prior=_prior(-5.0, -7.0, -3.5, "A", "none recorded, 2006-22"),
    )
    down_other: float = number(
        -4.0, "the same with any further power", unit="log-odds", low=-9.0, high=3.0
    )
    keep: float = number(0.85, "part of a partner's drift of courtship kept a year")
    drift: float = number(
        0.32,
        "yearly step of a partner's courtship, standard deviation",
        unit="log-odds",
        source=FITTED,
        high=2.0,
        prior=_prior(0.3, 0.1, 0.5, "C", "waves of steps with each partner, 1995-2022"),
    )
    size: float = number(
        0.27,
        "log-odds of any step per natural log of GDP above the mean",
        source=FITTED,
        low=-2.0,
        high=3.0,
        prior=_prior(0.2, 0.0, 0.4, "C", JUDGED),
    )
    pressure: float = number(
        -0.98,
        "weight of the partner's own pressure",
        source=FITTED,
        low=-8.0,
        high=5.0,
        prior=_prior(
            -0.6, -1.6, 0.4, "B", "steps down with China by the Philippines, 2013, 2022-23"
        ),
    )
    counterpressure: float = number(
        0.83,
        "weight of its rivals' pressure",
        source=FITTED,
        low=-5.0,
        high=8.0,
        prior=_prior(0.8, 0.0, 1.6, "B", "security ties of vocal claimants, 2010-23"),
    )
    stance: float = number(
        1.0,
        "weight of a full stance towards the partner's camp",
        source=FITTED,
        low=-5.0,
        high=8.0,
        prior=_prior(1.5, 0.5, 2.5, "B", JUDGED),
    )
    offers: float = number(
        -0.032,
        "weight of a doubling of the partner's aid beyond the usual",
        source=FITTED,
        low=-3.0,
        high=3.0,
        prior=_prior(
            0.0,
            -0.15,
            0.15,
            "B",
            "arms, aid and ties: none found (Raab 2024; Sullivan and others 2011, unverified)",
        ),
    )
    gap: float = number(
        1.0,
        "weight of how much of the ladder is still to climb",
        source=FITTED,
        low=-5.0,
        high=8.0,
        prior=_prior(0.7, -0.3, 1.7, "C", JUDGED),
    )
    compensation: float = number(
        -0.26,
        "weight of own recent steps with the partner's rivals",
        source=FITTED,
        low=-4.0,
        high=4.0,
        prior=_prior(
            0.0,
            -0.8,
            0.8,
            "B",
            "the record 1995-2022 (odds times 0.87, 0.69 to 1.09) against five upgrades of 2013-23",
        ),
    )
    neighbours: float = number(
        -0.45,
        "weight of the other members' recent steps with the partner",
        source=FITTED,
        low=-4.0,
        high=4.0,
        prior=_prior(0.0, -0.8, 0.8, "C", "within noise in the record"),
    )
    turnover: float = number(
        -0.17,
        "weight of a new leader in the year",
        source=FITTED,
        low=-4.0,
        high=4.0,
        prior=_prior(0.0, -0.5, 0.5, "B", "within noise in the record"),
    )
    rivalry: float = number(
        0.35,
        "weight of full rivalry between the powers",
        low=-4.0,
        high=4.0,
        prior=_prior(0.4, -0.1, 0.9, "C", "upgrades on both sides, 2013 and 2023"),
    )
    double: float = number(
        0.2, "part of steps that count twice", source="31 of 154 years with a step, 2001-22"
    )
    climb: float = number(
        0.38, "part of steps up that climb a rung", source="44 of 123 years with a step up, 2001-22"
    )
    leap: float = number(
        0.35, "part of climbs that go up two rungs", source="15 of 44 climbs of the ladder, 2001-22"
    )
    slip: float = number(
        0.24,
        "part of steps down that lose a rung",
        source="4 of 19 years with a step down, 2001-22",
    )
    fade: float = number(0.5, "part of the trace of a step kept to next year")


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
        prior=_prior(2.0, 1.05, 4.0, "C", "Thailand 2014, Cambodia 2017, Indonesia 1999"),
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
        prior=_prior(0.06, 0.04, 0.09, "A", "five-year supplier shares, 2000-23"),
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
        prior=_prior(0.6, 0.0, 1.2, "C", JUDGED),
    )
    arms_offers: float = number(
        0.053,
        "weight of a doubling of aid beyond the usual in arms supply",
        low=-1.0,
        high=2.0,
        prior=_prior(0.05, -0.05, 0.15, "C", JUDGED),
    )
    arms_agreements: float = number(
        0.51,
        "weight of a climb of the whole ladder in arms supply",
        low=-2.0,
        high=5.0,
        prior=_prior(0.5, 0.0, 1.0, "C", JUDGED),
    )
    pace_china: float = number(
        0.048,
        "part of the way that economic ties with China move",
        source=FITTED,
        unit="a year",
        prior=_prior(0.09, 0.05, 0.13, "A", "shares of trade, 2000-22: half-life 7 years"),
    )
    pace_united_states: float = number(
        0.01,
        "the same with the United States",
        source=FITTED,
        unit="a year",
        prior=_prior(0.03, 0.01, 0.05, "A", "shares of trade, 2000-22: half-life 21 years"),
    )
    pace_japan: float = number(
        0.032,
        "the same with Japan",
        unit="a year",
        source=FITTED,
        prior=_prior(0.02, 0.005, 0.035, "A", "shares of trade, 2000-22: half-life 40 years"),
    )
    pace_other: float = number(0.03, "the same with any further power", unit="a year")
    market: float = number(
        0.9,
        "elasticity of shares aimed at in the partner's economy",
        source=FITTED,
        high=3.0,
        prior=_prior(0.6, 0.2, 1.0, "B", "trade with China, 2000-22; gravity of trade"),
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
        prior=_prior(0.05, 0.0, 0.1, "B", "Chinese finance and economic ties"),
    )
    economic_agreements: float = number(
        -0.023,
        "weight of a climb of the whole ladder in economic ties",
        low=-2.0,
        high=3.0,
        prior=_prior(
            0.0, -0.2, 0.2, "C", "no term predicts economic acts better than their base rate"
        ),
    )
    economic_coercion: float = number(
        0.051,
        "weight of an episode of coercion in economic ties with the coercer",
        low=-1.0,
        high=3.0,
        prior=_prior(0.05, -0.05, 0.1, "B", "eight Chinese cases, 2010-22"),
    )


@dataclass(frozen=True, kw_only=True)
class Coercion:
    """Episodes of coercion (rules/coercion.py)."""

    rate: float = number(0.3, "outbreaks of an episode at full coercion", unit="a year")
    end: float = number(
        0.6,
        "chance that a running episode ends",
        unit="a year",
        source="one to two years in eight Chinese cases",
    )
    yields: float = number(
        0.2,
        "chance of a concession of an episode without leverage",
        prior=_prior(0.2, 0.05, 0.35, "B", "Hufbauer and others: a third of 224 episodes"),
    )
    leverage: float = number(0.5, "what full leverage adds to that chance")
    cut: float = number(
        0.051,
        "part of trade with the coercer cut while an episode runs",
        low=-0.2,
        prior=_prior(0.05, -0.05, 0.1, "B", "eight Chinese cases, 2010-22"),
    )


@dataclass(frozen=True, kw_only=True)
class Demand:
    """Answers to demands (rules/demand.py): log-odds of giving in."""

    stance: float = number(
        2.0, "weight of a full stance towards the demander's camp", low=-5.0, high=10.0
    )
    protection: float = number(3.0, "weight of the shield it offers", low=-5.0, high=30.0)
    leverage: float = number(2.0, "weight of full leverage over the state", low=-5.0, high=10.0)
    autonomy: float = number(-1.5, "log-odds of giving in without any reason", low=-10.0, high=5.0)
    capacity: float = number(0.3, "what capacity to stand alone takes off", low=-5.0, high=5.0)
