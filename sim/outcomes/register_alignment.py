"""Rows of the register: which way each state leans, by three readings, by its public, and by its acts."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

from sim.axes import STATE, Array
from sim.outcomes import agreements, alignment
from sim.outcomes.outcome import (
    CHINA,
    LEANS,
    NONE,
    PARTNER_JAPAN,
    POWERS,
    SUM,
    UNITED_STATES,
    UP,
    Column,
    Outcome,
)

if TYPE_CHECKING:
    from sim.outcomes.calculator import OutcomeCalculator


def _trust_in(known: OutcomeCalculator, code: str) -> Array:
    return known.of_partner("trust", code)


def _steps_with(known: OutcomeCalculator, code: str, sign: float) -> Array:
    return agreements.steps(steps=known.of_partner("steps", code), sign=sign)


ROWS = (
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
        main=True,
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
        main=True,
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
    *(
        Outcome(
            name=f"trust_{name}",
            of=STATE,
            label=f"Trust in {words}",
            unit="1",
            meaning=f"trust in {words}, 0 to 1",
            group=LEANS,
            better=UP if code == PARTNER_JAPAN else NONE,
            ends=("distrust", "trust"),
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
)
