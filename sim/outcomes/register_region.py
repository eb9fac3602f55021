"""Rows of the register: what is of the whole region, of sea lanes, or of Japan's purposes."""

from __future__ import annotations

import math

from sim.outcomes import autonomy, scorecard, sea
from sim.outcomes.outcome import (
    AT_SEA,
    COST,
    DOWN,
    JAPAN,
    LANE,
    LEANS,
    MEAN,
    PARTNER_JAPAN,
    REGION,
    SUM,
    UP,
    Column,
    Outcome,
)

ROWS = (
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
