"""Made-up explanations: a move of posture, one of structure, and an act."""

from __future__ import annotations

from dataclasses import replace

from sim.outcomes.act_reasons import Step
from sim.outcomes.needed_change import Need
from sim.outcomes.reasons import Reason, Why

ATTRS = {"version": "0.1.0", "seed": 7}


def why(*reasons: Reason, **changed: object) -> Why:
    """A move of the Philippines' posture from 52, by these reasons."""
    total = sum(one.change for one in reasons)
    made = Why(
        kind="posture",
        state="PHL",
        name="Philippines",
        years=(2024, 2030),
        run=0,
        ends=(52.0, 52.0 + total),
        reasons=reasons,
    )
    return replace(made, **changed)


SCARED = why(
    Reason(term="protection", change=2.0),
    Reason(term="opinion", change=1.5),
    Reason(term="offers", change=0.01),
    Reason(term="leverage", change=-0.3),
)
TIED = why(
    Reason(term="climbs", change=-1.5, partner="CHN"),
    Reason(term="arms", change=0.5, partner="USA"),
    Reason(term="economic", change=-0.2, partner="CHN"),
    kind="structure",
)
ACT = Step(
    why=why(
        Reason(term="partner", change=-2.0),
        Reason(term="stance", change=0.6),
        Reason(term="counterpressure", change=0.4),
        kind="up",
        partner="JPN",
        partner_name="Japan",
        years=(2030, 2030),
        ends=(0.0, -1.0),
    ),
    steps=1,
    climbed=1,
    up=0.25,
    down=0.05,
    draw=0.2,
    chance=0.25,
    partner_name="Japan",
    need=Need(odds=-0.3, turns=True, term="stance", value=0.5, other=0.25),
)
