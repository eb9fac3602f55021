"""The register of outcomes: one row each. Whatever judges, keeps, compares, prints or draws outcomes goes through it.

To add one: its formula in a file of its own, a row here, a test (docs/howto/add_an_outcome.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from sim.axes import STATE, Array
from sim.errors import UserError, nearest
from sim.outcomes import agreements, alignment, autonomy, hedging, posture, scorecard, sea
from sim.outcomes.outcome import (
    BELOW,
    CODE,
    DOWN,
    LANE,
    MEAN,
    NONE,
    REDUCTIONS,
    REGION,
    SHARE,
    SINCE,
    SUM,
    UP,
    Column,
    Outcome,
)

if TYPE_CHECKING:
    from sim.outcomes.calculator import OutcomeCalculator

LEANS, ROOM, AT_SEA = "which way they lean", "room to hedge", "at sea"
JAPAN, COST = "Japan's three purposes", "what it costs"
GROUPS = (LEANS, ROOM, AT_SEA, JAPAN, COST)  # in the order in which pages show them
CHINA, UNITED_STATES, PARTNER_JAPAN = "CHN", "USA", "JPN"
POWERS = (
    ("china", "China", CHINA),
    ("united_states", "the United States", UNITED_STATES),
    ("japan", "Japan", PARTNER_JAPAN),
)


def _outside(known: OutcomeCalculator, source: str) -> Array:
    return posture.outside_band(combined=known[source], band=known.numbers.band)


def _trust_in(known: OutcomeCalculator, code: str) -> Array:
    return known.of_partner("trust", code)


def _steps_with(known: OutcomeCalculator, code: str, sign: float) -> Array:
    return agreements.steps(steps=known.of_partner("steps", code), sign=sign)


_ROWS = (
    Outcome(
        name="alignment",
        of=STATE,
        label="Alignment",
        unit="points",
        meaning="alignment, 0 = China, 100 = United States",
        group=LEANS,
        decimals=1,
        high=100.0,
        ends=("China", "United States"),
        main=True,
        path=True,
        compute=lambda known: alignment.combined(
            first=known["alignment_structural"],
            second=known["alignment_posture"],
            second_part=known.numbers.posture_part,
        ),
    ),
    Outcome(
        name="alignment_posture",
        of=STATE,
        label="Posture alignment",
        unit="points",
        meaning="alignment by what the government wants, 0 = China, 100 = United States",
        group=LEANS,
        decimals=1,
        high=100.0,
        ends=("China", "United States"),
        path=True,
        compute=lambda known: alignment.points(known.seen["stance"]),
    ),
    Outcome(
        name="alignment_structural",
        of=STATE,
        label="Structural alignment",
        unit="points",
        meaning="alignment by agreements, arms and economic ties, 0 = China, 100 = United States",
        group=LEANS,
        decimals=1,
        high=100.0,
        ends=("China", "United States"),
        path=True,
        compute=lambda known: alignment.combined(
            first=known["alignment_security"],
            second=known["alignment_economic"],
            second_part=known.numbers.economic_part,
        ),
    ),
    Outcome(
        name="alignment_security",
        of=STATE,
        label="Security alignment",
        unit="points",
        meaning="security alignment, 0 = China, 100 = United States",
        group=LEANS,
        decimals=1,
        high=100.0,
        compute=lambda known: alignment.points(known.lean_security),
    ),
    Outcome(
        name="alignment_economic",
        of=STATE,
        label="Economic alignment",
        unit="points",
        meaning="economic alignment, 0 = China, 100 = United States",
        group=LEANS,
        decimals=1,
        high=100.0,
        compute=lambda known: alignment.points(known.lean_economic),
    ),
    Outcome(
        name="outside_band",
        of=STATE,
        label="Outside the hedging band",
        unit="1",
        meaning="1 outside the hedging band, 0 inside it",
        group=ROOM,
        keep=(
            Column(
                name="left_band",
                reduce=SINCE,
                unit="year",
                label="Time to leaving the band",
                meaning="first of 3 years in a row outside the hedging band; blank if never",
                until="alignment stays outside the hedging band",
                still=(
                    "stay in the hedging band",
                    "alignment is not yet outside the hedging band for good",
                ),
                shares={
                    "left_band_share": "share of runs that leave the hedging band for three years or more "
                    "(region: in which any state does)"
                },
            ),
            Column(
                name="hedging_share",
                reduce=SHARE,
                of=REGION,
                label="Hedging share",
                meaning="share of states inside the hedging band in the last year",
                main=True,
            ),
        ),
        compute=lambda known: posture.outside_band(
            combined=known["alignment"], band=known.numbers.band
        ),
    ),
    *(
        Outcome(
            name=f"outside_band_{reading}",
            of=STATE,
            label=f"Outside the hedging band, by {reading}",
            unit="1",
            meaning=f"1 where the {word} alignment is outside the hedging band, 0 inside it",
            group=ROOM,
            keep=(
                Column(
                    name=f"left_band_{reading}",
                    reduce=SINCE,
                    unit="year",
                    label=f"Time to leaving the band, by {reading}",
                    meaning=f"first of 3 years in a row with the {word} alignment outside the hedging band; blank if never",
                    until=f"{word} alignment stays outside the hedging band",
                    still=(
                        "stay in the hedging band",
                        f"{word} alignment is not yet outside the hedging band for good",
                    ),
                    default=False,
                ),
            ),
            compute=partial(_outside, source=source),
        )
        for reading, word, source in (
            ("posture", "posture", "alignment_posture"),
            ("structure", "structural", "alignment_structural"),
        )
    ),
    Outcome(
        name="forced_choice",
        of=STATE,
        label="Would choose China",
        unit="1",
        meaning="share that would choose China if forced to",
        group=LEANS,
        ends=("United States", "China"),
        path=True,
        compute=lambda known: alignment.forced_choice(
            stance=known.seen["stance"],
            structure=known["alignment_structural"],
            trust_in_china=known.of_partner("trust", CHINA),
            trust_in_united_states=known.of_partner("trust", UNITED_STATES),
            intercept=known.numbers.intercept,
            stance_weight=known.numbers.posture,
            slope=known.numbers.slope,
            trust_weight=known.numbers.trust,
        ),
    ),
    Outcome(
        name="hedging",
        of=STATE,
        label="Hedging",
        unit="1",
        meaning="hedging index, 0 to 1",
        group=ROOM,
        ends=("one side", "hedges"),
        main=True,
        path=True,
        keep=(
            Column(name="hedging"),
            Column(
                name="time_to_choice",
                reduce=BELOW,
                unit="year",
                label="Time to choice",
                meaning="first of 3 years in a row below the hedging threshold; blank if never",
                until="the hedging index stays below {threshold:g}",
                still=("keep hedging", "hedging index is not yet below {threshold:g} for good"),
            ),
        ),
        compute=lambda known: hedging.hedging(
            effective=known["effective_partners"],
            alignment=known["alignment"],
            contradiction=known["contradiction"],
            partners=len(known.partners),
        ),
    ),
    Outcome(
        name="effective_partners",
        of=STATE,
        label="Effective partners",
        unit="partners",
        meaning="effective number of partners",
        group=ROOM,
        low=1.0,
        high=math.inf,
        keep=(Column(name="effective_partners", default=False),),
        compute=lambda known: hedging.effective_partners(
            security_tie=known.seen["security_tie"], economic_tie=known.seen["economic_tie"]
        ),
    ),
    Outcome(
        name="contradiction",
        of=STATE,
        label="Contradiction of leanings",
        unit="1",
        meaning="distance between security and economic leanings, 0 to 1",
        group=ROOM,
        keep=(Column(name="contradiction", default=False),),
        compute=lambda known: hedging.contradiction(
            security=known.lean_security, economic=known.lean_economic
        ),
    ),
    Outcome(
        name="autonomy",
        of=STATE,
        label="Autonomy",
        unit="1",
        meaning="autonomy index, 0 to 1",
        group=ROOM,
        better=UP,
        ends=("little room", "much room"),
        compute=lambda known: autonomy.autonomy(
            capacity=known.seen["capacity"],
            unaligned=known.seen["security_tie"][..., -1:],
            dependence=known.seen["dependence"],
        ),
    ),
    *(
        Outcome(
            name=f"trust_{name}",
            of=STATE,
            label=f"Trust in {words}",
            unit="1",
            meaning=f"trust in {words}, 0 to 1",
            group=LEANS,
            better=UP if code == PARTNER_JAPAN else NONE,
            path=code != PARTNER_JAPAN,
            keep=(Column(name=f"trust_{name}", default=False),),
            compute=partial(_trust_in, code=code),
        )
        for name, words, code in POWERS
    ),
    *(
        Outcome(
            name=f"acts_{way}_{name}",
            of=STATE,
            label=f"Steps {way} with {words}",
            unit="a year",
            meaning=f"steps {way} with {words} in the year",
            group=LEANS,
            decimals=1,
            high=math.inf,
            over_states="sum",
            keep=(Column(name=f"acts_{way}_{name}", reduce=SUM, unit="steps", default=False),),
            compute=partial(_steps_with, code=code, sign=sign),
        )
        for way, sign in (("up", 1.0), ("down", -1.0))
        for name, words, code in POWERS
    ),
    Outcome(
        name="two_sided",
        of=STATE,
        label="Steps to both sides",
        unit="1",
        meaning="1 in a year with steps up to both sides",
        group=ROOM,
        over_states="sum",
        keep=(Column(name="two_sided", reduce=SUM, unit="years", default=False),),
        compute=lambda known: agreements.two_sided(
            steps=known.seen["steps"], camp=known.fixed.camp
        ),
    ),
    Outcome(
        name="concessions",
        of=STATE,
        label="Concessions",
        unit="a year",
        meaning="concessions won by coercion in the year",
        group=ROOM,
        better=DOWN,
        decimals=1,
        high=math.inf,
        over_states="sum",
        keep=(Column(name="concessions", reduce=SUM, unit="count", default=False),),
        compute=lambda known: agreements.concessions(conceded=known.seen["conceded"]),
    ),
    Outcome(
        name="capacity",
        of=STATE,
        label="Capacity at sea",
        unit="of need",
        meaning="maritime capacity, 1 = able to police one's own waters",
        group=AT_SEA,
        better=UP,
        high=math.inf,
        ends=("none", "polices its waters"),
        main=True,
        path=True,
        compute=lambda known: known.seen["capacity"],
    ),
    Outcome(
        name="resolve",
        of=STATE,
        label="Resolve",
        unit="1",
        meaning="resolve, 0 to 1",
        group=AT_SEA,
        keep=(Column(name="resolve", default=False),),
        compute=lambda known: known.seen["resolve"],
    ),
    Outcome(
        name="pressure",
        of=STATE,
        label="Pressure at sea",
        unit="1",
        meaning="pressure at sea, 0 to 1",
        group=AT_SEA,
        better=DOWN,
        ends=("none", "full"),
        main=True,
        path=True,
        keep=(
            Column(name="pressure"),
            Column(name="pressure_mean", reduce=MEAN, default=False),
        ),
        compute=lambda known: sea.pressed(pressure=known.seen["pressure"]),
    ),
    Outcome(
        name="incidents",
        of=STATE,
        label="Incidents at sea",
        unit="a year",
        meaning="incidents at sea in the year",
        group=AT_SEA,
        better=DOWN,
        decimals=1,
        high=math.inf,
        ends=("none", "more"),
        over_states="sum",
        main=True,
        keep=(Column(name="incidents", reduce=SUM, unit="count"),),
        compute=lambda known: sea.incidents(incidents=known.seen["incidents"]),
    ),
    Outcome(
        name="posture",
        of=STATE,
        label="Posture",
        unit="1",
        meaning="posture on Kuik's spectrum",
        group=ROOM,
        low=posture.MISSING,
        high=len(posture.POSTURES) - 1.0,
        codes=posture.POSTURES,
        keep=(
            Column(
                name="posture",
                reduce=CODE,
                shares={"posture_hedging": "share of runs that end in the posture of hedging"},
            ),
        ),
        compute=lambda known: posture.posture(
            security=known["alignment_security"],
            economic=known["alignment_economic"],
            combined=known["alignment"],
            band=known.numbers.band,
        ),
    ),
    Outcome(
        name="cohesion",
        of=REGION,
        label="Cohesion of ASEAN",
        unit="1",
        meaning="cohesion of ASEAN's members, 0 to 1",
        group=LEANS,
        better=UP,
        compute=lambda known: autonomy.cohesion(
            alignment=known["alignment"], share=known.fixed.members
        ),
    ),
    Outcome(
        name="collective_resolve",
        of=REGION,
        label="Collective resolve",
        unit="1",
        meaning="mean resolve of the claimants, 0 to 1",
        group=AT_SEA,
        compute=lambda known: sea.collective_resolve(
            resolve=known.seen["resolve"], share=known.fixed.claimants
        ),
    ),
    Outcome(
        name="deterrence",
        of=REGION,
        label="Deterrence",
        unit="points",
        meaning="Japan's score: gray-zone pressure deterred, 0 to 100",
        group=JAPAN,
        better=UP,
        decimals=1,
        high=100.0,
        main=True,
        keep=(Column(name="deterrence"), Column(name="deterrence_mean", reduce=MEAN)),
        compute=lambda known: scorecard.deterrence(
            pressed=known["pressure"],
            encroachment=known.seen["encroachment"],
            share=known.fixed.stakes,
        ),
    ),
    Outcome(
        name="sea_lanes",
        of=REGION,
        label="Sea lanes",
        unit="points",
        meaning="Japan's score: sea lanes kept open, 0 to 100",
        group=JAPAN,
        better=UP,
        decimals=1,
        high=100.0,
        main=True,
        keep=(Column(name="sea_lanes"), Column(name="sea_lanes_mean", reduce=MEAN)),
        compute=lambda known: scorecard.sea_lanes(
            safety=known.seen["safety"], share=known.fixed.lanes
        ),
    ),
    Outcome(
        name="soft_power",
        of=REGION,
        label="Soft power",
        unit="points",
        meaning="Japan's score: soft power and connections, 0 to 100",
        group=JAPAN,
        better=UP,
        decimals=1,
        high=100.0,
        main=True,
        compute=lambda known: scorecard.soft_power(
            trust=known.of_partner("trust", PARTNER_JAPAN),
            security=known.of_partner("security_tie", PARTNER_JAPAN),
            economic=known.of_partner("economic_tie", PARTNER_JAPAN),
        ),
    ),
    Outcome(
        name="rivalry",
        of=REGION,
        label="Great-power rivalry",
        unit="1",
        meaning="great-power rivalry, 0 to 1",
        group=AT_SEA,
        better=DOWN,
        compute=lambda known: known.seen["rivalry"],
    ),
    Outcome(
        name="lane_security",
        of=LANE,
        label="Lane security",
        unit="1",
        meaning="security of each sea lane, 0 to 1",
        group=AT_SEA,
        better=UP,
        keep=(),  # runs are kept by state and region: sea_lanes is their mean for Japan, weakest_lane their least
        compute=lambda known: sea.lane_security(
            safety=known.seen["safety"], littoral=known.fixed.littoral
        ),
    ),
    Outcome(
        name="weakest_lane",
        of=REGION,
        label="Weakest sea lane",
        unit="1",
        meaning="security of the least secure sea lane, 0 to 1",
        group=AT_SEA,
        better=UP,
        keep=(Column(name="weakest_lane", default=False),),
        compute=lambda known: sea.weakest_lane(
            secure=known["lane_security"], littoral=known.fixed.littoral
        ),
    ),
    Outcome(
        name="osa_spent",
        of=REGION,
        label="Security assistance given",
        unit="JPY bn a year",
        meaning="security assistance Japan gave in the year",
        group=COST,
        high=math.inf,
        keep=(Column(name="osa_spent", reduce=SUM, unit="JPY bn", default=False),),
    ),
)
OUTCOMES: dict[str, Outcome] = {row.name: row for row in _ROWS}


def computed(of: str) -> dict[str, Outcome]:
    """Return the outcomes of "state" or "region" that are numbers worked out from a history, in order."""
    return {
        name: outcome
        for name, outcome in OUTCOMES.items()
        if outcome.of == of and outcome.is_number and outcome.compute is not None
    }


def grouped() -> dict[str, list[Outcome]]:
    """Return the outcomes by group, in the order in which pages show them."""
    groups = dict.fromkeys([*GROUPS, *(outcome.group for outcome in OUTCOMES.values())])
    return {
        group: [outcome for outcome in OUTCOMES.values() if outcome.group == group]
        for group in groups
    }


def columns(of: str = "") -> dict[str, Column]:
    """Return every number that can be kept of a run, in the order in which stores and tables have them.

    Parameters
    ----------
    of : "state" or "region" for these alone.
    """
    every = _outcome_columns(tuple(OUTCOMES.values()))
    return {column.name: column for column in every if not of or column.of == of}


@lru_cache(maxsize=4)
def _outcome_columns(rows: tuple[Outcome, ...]) -> tuple[Column, ...]:
    every = [column for row in rows for column in row.columns]
    order = list(REDUCTIONS)
    return tuple(sorted(every, key=lambda one: (one.of == REGION, order.index(one.reduce))))


def dates() -> tuple[str, ...]:
    """Name the columns that are years, blank in runs that never come to them."""
    return tuple(name for name, column in columns().items() if column.is_date)


def averaged(of: str = "") -> tuple[str, ...]:
    """Name the columns of which every run has a number, of "state" or "region" or both."""
    return tuple(name for name, column in columns(of).items() if column.is_number)


def main_columns() -> tuple[str, ...]:
    """Name the columns printed in short tables."""
    return tuple(name for name, column in columns().items() if column.main)


def kept(further: Iterable[str] = ()) -> tuple[str, ...]:
    """Name what is kept of a run: what always is, and `further`, in order.

    Raises
    ------
    UserError : no such number.
    """
    known, wanted = columns(), set(further)
    for name in sorted(wanted - set(known)):
        raise UserError(
            given=f"sweep.keep names {name}, which no run is judged by",
            allowed=nearest(name, list(known)),
            where="on the command line: sweep.keep=[trust_japan]",
        )
    return tuple(name for name, item in known.items() if item.default or name in wanted)


def paths() -> tuple[str, ...]:
    """Name the outcomes kept by year where paths are."""
    return tuple(name for name, outcome in OUTCOMES.items() if outcome.path)


def label_of(name: str) -> str:
    """What an outcome, or a number kept of it, is called.

    >>> label_of("hedging_share"), label_of("capacity"), label_of("made_up")
    ('Hedging share', 'Capacity at sea', 'made up')
    """
    known = columns().get(name) or OUTCOMES.get(name)
    return name.replace("_", " ") if known is None else known.label
