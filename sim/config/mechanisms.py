"""The numbers inside the rules: one group a rule, each number once, with unit, range and source.

Nearly all are assumed: the literature gives directions, seldom sizes. Those marked fitted are medians of the posterior
that ships (docs/calibration.md), for all states together, on the record to 2022; the data say little about many of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.config.assimilation import Assimilation
from sim.config.declare import number, section
from sim.config.prior import Prior
from sim.config.responses import Acts, Coercion, Demand, Offers, Opinion, Stance, Stocks
from sim.config.responses.prior import FITTED
from sim.config.theories import Bargaining, Landscape, Theory

CONVENTION = "a convention of ours; its sensitivity is shown in docs/record.md"


@dataclass(frozen=True, kw_only=True)
class Threat:
    """Threat (rules/threat.py)."""

    gradient: float = number(
        4000.0, "distance over which strength falls to 37 %", unit="km", low=500.0, high=20000.0
    )
    border: float = number(0.5, "share of the distance that a land border takes away")
    intent: float = number(
        0.75,
        "weight of intentions against bare capability",
        source="direction: Walt 1987; size assumed",
    )
    base: float = number(0.3, "hostility read into a wholly distrusted partner that does nothing")


@dataclass(frozen=True, kw_only=True)
class Protection:
    """Protection (rules/protection.py)."""

    ambient: float = number(
        0.5,
        "threat not yet seen that a state insures against",
        high=3.0,
        source="motive: Kuik 2008; size assumed",
    )
    base: float = number(0.1, "commitment of a partner without any bond")
    rung_weight: float = number(
        0.3, "part of the open rest that the top of the ladder of agreements closes"
    )
    exercise_weight: float = number(0.3, "part of the open rest that exercises can close")
    exercise_half: float = number(
        6.0,
        "exercises that close half of what exercises can",
        unit="exercises a year",
        low=0.1,
        high=50.0,
    )


@dataclass(frozen=True, kw_only=True)
class Legitimacy:
    """Legitimacy (rules/legitimacy.py)."""

    scale: float = number(
        2.0,
        "ideal-point distance at which affinity falls to 37 %",
        unit="ideal-point units",
        low=0.1,
        high=10.0,
    )


@dataclass(frozen=True, kw_only=True)
class Leadership:
    """Leadership (rules/leadership.py)."""

    realigning: float = number(
        0.34,
        "part of changes of leader that realign",
        prior=Prior(
            mean=0.3,
            low=0.15,
            high=0.5,
            grade="B",
            source="cases of 1995-2023; Leeds and Mattes 2022 (unverified)",
        ),
    )
    realigned: float = number(
        0.53,
        "spread of the leanings of leaders who realign",
        unit="log-odds",
        high=3.0,
        prior=Prior(mean=0.5, low=0.25, high=0.75, grade="C", source="judgement"),
    )
    ordinary: float = number(
        0.1,
        "spread of the leanings of leaders who do not",
        unit="log-odds",
        high=3.0,
        prior=Prior(mean=0.1, low=0.02, high=0.18, grade="C", source="judgement"),
    )


@dataclass(frozen=True, kw_only=True)
class Reassurance:
    """Reassurance (rules/reassurance.py)."""

    rate: float = number(60.0, "how readily a slighted partner is engaged", high=500.0)


@dataclass(frozen=True, kw_only=True)
class Room:
    """Room to hedge (rules/alignment.py)."""

    ample: float = number(1.0, "room when there is no rivalry", low=0.1, high=5.0)
    shrink: float = number(
        0.093,
        "part of the room that full rivalry takes away",
        low=-0.5,
        high=0.95,
        source="direction: Korolev 2019 (unverified); the sign is disputed",
        prior=Prior(
            mean=0.1,
            low=-0.1,
            high=0.3,
            grade="C",
            source="rivalry and hedging 2013-23, sign disputed",
        ),
    )


@dataclass(frozen=True, kw_only=True)
class Resolve:
    """Resolve (rules/resolve.py)."""

    capacity: float = number(0.8, "weight of own capacity", high=5.0)
    backing: float = number(1.0, "weight of backing by partners", high=5.0)
    salience: float = number(0.8, "weight of remembered incidents", high=5.0)
    exposure: float = number(1.5, "weight of trade dependence on the presser", high=5.0)
    peers: float = number(0.8, "weight of the other claimants' resolve", high=5.0)
    threshold: float = number(
        1.0, "drive at which a state stands up half of the way", low=-5.0, high=5.0
    )
    steepness: float = number(5.0, "steepness of the threshold", low=0.1, high=50.0)
    adjustment: float = number(0.4, "part of the way to the target moved", unit="a year")


@dataclass(frozen=True, kw_only=True)
class Capacity:
    """Capacity (rules/capacity.py)."""

    unit_requirement: float = number(
        60.0,
        "cost of full capacity, per root of a thousand km2 of waters",
        unit="USD m",
        low=1.0,
        high=2000.0,
    )
    effectiveness: float = number(
        0.75,
        "part of what is spent on equipment that turns into capacity where people and training suffice",
        source="29 cases of building partner capacity (RAND 2013): half of it, all told; size assumed",
        prior=Prior(
            mean=0.75,
            low=0.5,
            high=0.95,
            grade="C",
            source="judgement: with people and training half, all told",
        ),
    )
    ceiling: float = number(
        1.5, "capacity at which further equipment adds nothing", low=0.5, high=5.0
    )
    absorbed_alone: float = number(0.4, "part of equipment that counts without training")
    staff_half: float = number(
        0.1, "own capacity at which half of the equipment finds people", low=0.001, high=2.0
    )
    arriving: float = number(
        0.16, "part of the equipment under way that arrives in a year: half in 4 years", low=0.01
    )
    training_half: float = number(
        2.0, "programmes that close half of the rest", unit="programmes a year", low=0.1, high=50.0
    )
    wear: float = number(0.06, "return to what own means sustain", unit="a year")
    elasticity: float = number(0.5, "elasticity of own means in GDP", high=2.0)
    effort_max: float = number(
        0.6, "most a pressed state adds of its own", unit="of the ordinary", high=5.0
    )
    effort_half: float = number(1.0, "grievance that calls up half of it", low=0.01, high=10.0)


@dataclass(frozen=True, kw_only=True)
class Sea:
    """At sea (rules/sea.py)."""

    incident_rate: float = number(
        10.0, "incidents at full pressure and resolve", unit="incidents a year", high=100.0
    )
    passive: float = number(0.25, "part of incidents, and of capacity, that needs no resolve")
    decisiveness: float = number(1.0, "how sharply the stronger wins a contest", low=0.1, high=5.0)
    fade: float = number(0.7, "part of the memory of incidents kept to next year")
    weight: float = number(0.08, "salience that one incident adds", high=1.0)
    safety_half: float = number(
        0.3, "capacity that gives half a grip on unpressed waters", low=0.01, high=5.0
    )


@dataclass(frozen=True, kw_only=True)
class Courtship:
    """How the powers press and give (rules/courtship)."""

    deterrence_capacity: float = number(
        0.023,
        "most that a state alone can deter",
        low=-0.2,
        prior=Prior(
            mean=0.02,
            low=-0.08,
            high=0.1,
            grade="B",
            source="days of China's coast guard at features, 2020-23",
        ),
    )
    deterrence_collective: float = number(
        0.043,
        "most that claimants jointly can deter",
        low=-0.3,
        prior=Prior(
            mean=0.05,
            low=-0.05,
            high=0.2,
            grade="C",
            source="days of China's coast guard at features, 2020-23",
        ),
    )
    presence_growth: float = number(
        0.07,
        "growth of presence at sea after the last observed year",
        unit="fraction a year",
        low=-0.1,
        high=0.3,
        prior=Prior(
            mean=0.07,
            low=0.04,
            high=0.1,
            grade="B",
            source="ship-days at the same features, 2020-23",
        ),
    )
    waver: float = number(
        0.3,
        "how far economic aid follows wavering",
        high=5.0,
        source="direction: Kuziemko and Werker 2006; size assumed",
    )
    collective_threshold: float = number(0.6, "joint resolve at which half of that is deterred")
    collective_steepness: float = number(12.0, "steepness of that threshold", low=0.1, high=100.0)
    sharpening: float = number(1.2, "pressure added by full security ties with rivals", high=10.0)
    softening: float = number(0.6, "part of pressure that full reassurance takes off")
    pressure_adjustment: float = number(
        0.35, "part of the way to its target that pressure moves", unit="a year"
    )
    provocation_half: float = number(
        20.0, "lethal grant that gives half of its provocation", unit="USD m", low=0.1, high=1000.0
    )
    favour: float = number(1.5, "how far economic aid follows economic closeness", high=10.0)
    indiscriminate: float = number(0.25, "part of coercion that falls on everybody")
    coordination: float = number(
        0.2, "complementarity (+) or duplication (-) of several givers in one state", low=-1.0
    )
    eased_effect: float = number(
        1.3, "capacity per yen under the eased rule", unit="of non-lethal", low=1.0, high=10.0
    )
    lethal_effect: float = number(
        2.0, "capacity per yen under the lethal rule", unit="of non-lethal", low=1.0, high=10.0
    )
    eased_sting: float = number(0.1, "provocation of equipment under the eased rule")
    lethal_sting: float = number(0.5, "provocation of equipment under the lethal rule")


@dataclass(frozen=True, kw_only=True)
class Rivalry:
    """Rivalry of the great powers (rules/rivalry.py)."""

    start: float = number(0.5, "level in the last observed year")
    adjustment: float = number(0.2, "part of the gap to the scenario's level closed", unit="a year")
    feedback: float = number(0.03, "added a year when every state takes sides", high=0.5)
    noise: float = number(0.02, "standard deviation", unit="a year", high=0.3)


@dataclass(frozen=True, kw_only=True)
class Economy:
    """Growth of economies, an input rather than a result."""

    long_run: float = number(
        2.5, "growth that every economy converges to", unit="percent a year", low=-2.0, high=8.0
    )
    years: float = number(
        12.0, "years over which 63 % of the way is gone", unit="years", low=1.0, high=100.0
    )
    noise: float = number(
        2.0, "yearly shock to a state's growth, standard deviation", unit="percent", high=10.0
    )


@dataclass(frozen=True, kw_only=True)
class Ties:
    """How observed ties are read off the data (rules/ruler.py, world/observed.py)."""

    arms: float = number(0.2, "weight of arms supply in a security tie", source=CONVENTION)
    bond: float = number(
        0.25, "weight of a pact or access fully in use in a security tie", source=CONVENTION
    )
    agreements: float = number(
        0.4, "weight of the ladder of agreements in a security tie", source=CONVENTION
    )
    bend: float = number(
        5.0,
        "rung at which 63 % of the agreements' weight is reached",
        unit="rungs",
        low=0.5,
        high=50.0,
        source=CONVENTION,
    )
    fade: float = number(
        15.0,
        "years over which an agreement that nobody renews falls to 37 %",
        unit="years",
        low=1.0,
        high=200.0,
        source=CONVENTION,
    )
    per_step: float = number(
        0.1, "what one step adds to, or takes from, the use of a bond", source=CONVENTION
    )
    own_least: float = number(0.1, "least part that stays unaligned", source=CONVENTION)
    investment: float = number(0.3, "weight of investment against trade in an economic tie")
    stake_claim: float = number(0.2, "stake from a competing maritime claim")
    stake_feature: float = number(0.1, "further stake from claimed land features")
    stake_occupation: float = number(0.7, "further stake from occupied features")
    patrol_scale: float = number(
        365.0,
        "patrol days over all features that give pressure 0.63",
        unit="days a year",
        low=1.0,
        high=5000.0,
    )


@dataclass(frozen=True, kw_only=True)
class Observation:
    """How outcomes are read off (outcomes/)."""

    posture: float = number(
        1.3,
        "log-odds of choosing the US from a full stance",
        source=FITTED,
        high=20.0,
        prior=Prior(mean=1.3, low=0.5, high=2.1, grade="C", source="judgement"),
    )
    slope: float = number(
        1.2,
        "log-odds of choosing the US from full structural alignment",
        high=20.0,
        prior=Prior(mean=1.1, low=0.3, high=1.9, grade="C", source="judgement"),
    )
    trust: float = number(
        2.3,
        "log-odds of choosing the US from full excess of trust in it",
        source=FITTED,
        high=20.0,
        prior=Prior(
            mean=2.2,
            low=1.2,
            high=3.2,
            grade="B",
            source="the first edition's fit to the ISEAS surveys",
        ),
    )
    intercept: float = number(
        0.29,
        "log-odds of choosing the US at the middle of all three",
        source=FITTED,
        low=-3.0,
        high=3.0,
        prior=Prior(mean=0.0, low=-0.5, high=0.5, grade="C", source="judgement"),
    )
    posture_part: float = number(
        0.4, "part of posture in the alignment shown, the rest being structure", source=CONVENTION
    )
    economic_part: float = number(
        0.48,
        "part of the economic domain in the combined alignment",
        source="the first edition's fit to the surveys of 2020-22",
    )
    band: float = number(
        5.0, "half-width of the hedging band around 50", unit="points", low=0.5, high=25.0
    )


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Every number inside the rules."""

    threat: Threat = section(Threat)
    protection: Protection = section(Protection)
    opinion: Opinion = section(Opinion)
    stance: Stance = section(Stance)
    acts: Acts = section(Acts)
    offers: Offers = section(Offers)
    stocks: Stocks = section(Stocks)
    coercion: Coercion = section(Coercion)
    demand: Demand = section(Demand)
    legitimacy: Legitimacy = section(Legitimacy)
    leadership: Leadership = section(Leadership)
    reassurance: Reassurance = section(Reassurance)
    room: Room = section(Room)
    theory: Theory = section(Theory)
    landscape: Landscape = section(Landscape)
    bargaining: Bargaining = section(Bargaining)
    resolve: Resolve = section(Resolve)
    capacity: Capacity = section(Capacity)
    sea: Sea = section(Sea)
    courtship: Courtship = section(Courtship)
    rivalry: Rivalry = section(Rivalry)
    economy: Economy = section(Economy)
    ties: Ties = section(Ties)
    observation: Observation = section(Observation)
    assimilation: Assimilation = section(Assimilation)
