"""Rows of the register: what room each state keeps, and when it lost it."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

from sim.axes import STATE, Array
from sim.outcomes import agreements, autonomy, hedging, posture
from sim.outcomes.outcome import (
    BELOW,
    CODE,
    DOWN,
    REGION,
    ROOM,
    SHARE,
    SINCE,
    SUM,
    UP,
    Column,
    Outcome,
)

if TYPE_CHECKING:
    from sim.outcomes.calculator import OutcomeCalculator


def _outside(known: OutcomeCalculator, source: str) -> Array:
    return posture.outside_band(combined=known[source], band=known.numbers.band)


ROWS = (
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
)
