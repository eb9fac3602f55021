"""Rows of the register: what happens to each state at sea."""

from __future__ import annotations

import math

from sim.axes import STATE
from sim.outcomes import sea
from sim.outcomes.outcome import AT_SEA, DOWN, MEAN, SUM, UP, Column, Outcome

ROWS = (
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
)
