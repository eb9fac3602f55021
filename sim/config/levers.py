"""What the powers can choose: every policy lever, once, with unit, range and source."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.config.declare import choice, number, section

ALLOCATIONS = (
    "historical",
    "equal",
    "need",
    "sea_lanes",
    "claimants",
    "trust",
    "optimised",
    "custom",
)
NOT_LEVERS = ("camp", "exchange_rate")  # facts about a power or its currency, not choices
EXPORT_RULES = ("nonlethal", "eased", "lethal")

CAMP = "where the power stands between China (-1) and the United States (+1)"
CREDIBILITY = "how far its commitments are believed"
PRESENCE = "share of the distance to the region that its forward forces take away"


@dataclass(frozen=True, kw_only=True)
class Japan:
    """Japan: security assistance (OSA), development aid, training, exchange."""

    osa_budget: float = number(
        2.0,
        "Official Security Assistance given to the modelled states",
        unit="JPY bn a year",
        high=200.0,
        source="FY2023 initial budget JPY 2.0 bn: Japan Times, 17 Jan 2025; range assumed",
    )
    allocation: str = choice(
        "historical",
        ALLOCATIONS,
        "rule by which OSA is shared among eligible states (optimised: see docs/allocation.md)",
        source="grants of FY2023-25 as reported; the other rules are those under discussion",
    )
    export_rule: str = choice(
        "nonlethal",
        EXPORT_RULES,
        "what equipment may be given: scales capacity per yen and provocation",
        source="rule changes of 22 Dec 2023 and 21 Apr 2026 as reported by Jiji and The Defense News",
    )
    capacity_building: float = number(
        2.0, "training programmes a year in each coastal state", unit="programmes a year", high=20.0
    )
    exercises: float = number(
        2.0, "joint exercises a year with each modelled state", unit="exercises a year", high=20.0
    )
    oda: float = number(
        1.8,
        "development aid to the modelled states, shared as in the past",
        unit="USD bn a year",
        high=40.0,
        source="yearly mean of net ODA 2019-23 to those of the ten with a positive balance (OECD/WDI); range assumed",
    )
    people_to_people: float = number(
        5.0,
        "people exchanged with each modelled state (students, officials, youth)",
        unit="thousand a year",
        high=100.0,
    )
    exchange_rate: float = number(
        140.5,
        "yen to the dollar, for turning the budget into dollars",
        unit="JPY per USD",
        low=50.0,
        high=300.0,
        source="yearly average 2023, rounded (unverified)",
    )
    credibility: float = number(0.6, CREDIBILITY)
    presence: float = number(0.2, PRESENCE)
    camp: float = number(0.5, CAMP, low=-1.0)
    custom: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class China:
    """China: gray-zone pressure, inducement, economic coercion."""

    gray_zone: float = number(0.6, "ambition of gray-zone pressure at sea")
    inducement: float = number(
        10.3,
        "official finance to the modelled states, shared as in the past",
        unit="USD bn a year",
        high=60.0,
        source="yearly mean of the commitments of 2017-21 to the ten (AidData GCDF 3.0); range assumed",
    )
    coercion: float = number(
        0.3, "willingness to use economic leverage against states that lean away"
    )
    credibility: float = number(0.6, CREDIBILITY)
    presence: float = number(0.1, PRESENCE)
    camp: float = number(-1.0, CAMP, low=-1.0)


@dataclass(frozen=True, kw_only=True)
class UnitedStates:
    """The United States: assistance, credibility, presence, pressure of its own."""

    assistance: float = number(
        1.4,
        "assistance to the modelled states, shared as in the past",
        unit="USD bn a year",
        high=20.0,
        source="yearly mean of the disbursements of 2019-23 to the ten (ForeignAssistance.gov); range assumed",
    )
    security_share: float = number(0.15, "part of the assistance that is security assistance")
    credibility: float = number(0.65, CREDIBILITY)
    presence: float = number(0.7, PRESENCE)
    pressure: float = number(
        0.2, "tariffs and values: pressure on states, more on those close to China"
    )
    exercises: float = number(
        3.0, "joint exercises a year with each modelled state", unit="exercises a year", high=20.0
    )
    camp: float = number(1.0, CAMP, low=-1.0)


@dataclass(frozen=True, kw_only=True)
class OtherPower:
    """A further power (India, Australia, Korea), by data and configuration only."""

    security_aid: float = number(0.0, "security assistance", unit="USD bn a year", high=20.0)
    economic_aid: float = number(
        0.0, "development aid and official finance", unit="USD bn a year", high=60.0
    )
    training: float = number(
        0.0, "training programmes in each state", unit="programmes a year", high=20.0
    )
    exercises: float = number(0.0, "exercises with each state", unit="exercises a year", high=20.0)
    people_to_people: float = number(
        0.0, "people exchanged with each state", unit="thousand a year", high=100.0
    )
    gray_zone: float = number(0.0, "ambition of gray-zone pressure at sea")
    coercion: float = number(0.0, "willingness to use economic leverage")
    credibility: float = number(0.5, CREDIBILITY)
    presence: float = number(0.1, PRESENCE)
    camp: float = number(0.3, CAMP, low=-1.0)


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The policies of all powers."""

    japan: Japan = section(Japan)
    china: China = section(China)
    united_states: UnitedStates = section(UnitedStates)
    others: dict[str, OtherPower] = field(default_factory=dict)
