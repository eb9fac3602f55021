"""How likely dated steps are with each partner (rules/acts.py)."""

from __future__ import annotations

from dataclasses import dataclass

from sim.config.declare import number
from sim.config.responses.prior import FITTED, JUDGED, a_prior


@dataclass(frozen=True, kw_only=True)
class Acts:
    """Dated steps with each partner (rules/acts.py): log-odds."""

    up_china: float = number(
        -1.3,
        "log-odds of a step up with China in a year without reason",
        source=FITTED,
        low=-8.0,
        high=3.0,
        prior=a_prior(-1.7, -2.7, -0.7, "A", "0.22 a year, 2000-22"),
    )
    up_united_states: float = number(
        -1.6,
        "the same with the United States",
        unit="log-odds",
        source=FITTED,
        low=-8.0,
        high=3.0,
        prior=a_prior(-1.7, -2.7, -0.7, "A", "0.22 a year, 1995-2022"),
    )
    up_japan: float = number(
        -1.9,
        "the same with Japan",
        unit="log-odds",
        source=FITTED,
        low=-8.0,
        high=3.0,
        prior=a_prior(-2.1, -3.1, -1.1, "A", "0.15 a year, 2006-22"),
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
        prior=a_prior(-2.8, -3.8, -1.8, "A", "0.065 a year, 2000-22"),
    )
    down_united_states: float = number(
        -3.2,
        "the same with the United States",
        unit="log-odds",
        source=FITTED,
        low=-9.0,
        high=3.0,
        prior=a_prior(-3.5, -4.5, -2.5, "A", "0.03 a year, 1995-2022"),
    )
    down_japan: float = number(
        -5.4,
        "the same with Japan",
        unit="log-odds",
        source=FITTED,
        low=-9.0,
        high=3.0,
        prior=a_prior(-5.0, -7.0, -3.5, "A", "none recorded, 2006-22"),
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
        prior=a_prior(0.3, 0.1, 0.5, "C", "waves of steps with each partner, 1995-2022"),
    )
    size: float = number(
        0.27,
        "log-odds of any step per natural log of GDP above the mean",
        source=FITTED,
        low=-2.0,
        high=3.0,
        prior=a_prior(0.2, 0.0, 0.4, "C", JUDGED),
    )
    pressure: float = number(
        -0.98,
        "weight of the partner's own pressure",
        source=FITTED,
        low=-8.0,
        high=5.0,
        prior=a_prior(
            -0.6, -1.6, 0.4, "B", "steps down with China by the Philippines, 2013, 2022-23"
        ),
    )
    counterpressure: float = number(
        0.83,
        "weight of its rivals' pressure",
        source=FITTED,
        low=-5.0,
        high=8.0,
        prior=a_prior(0.8, 0.0, 1.6, "B", "security ties of vocal claimants, 2010-23"),
    )
    stance: float = number(
        1.0,
        "weight of a full stance towards the partner's camp",
        source=FITTED,
        low=-5.0,
        high=8.0,
        prior=a_prior(1.5, 0.5, 2.5, "B", JUDGED),
    )
    offers: float = number(
        -0.032,
        "weight of a doubling of the partner's aid beyond the usual",
        source=FITTED,
        low=-3.0,
        high=3.0,
        prior=a_prior(
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
        prior=a_prior(0.7, -0.3, 1.7, "C", JUDGED),
    )
    compensation: float = number(
        -0.26,
        "weight of own recent steps with the partner's rivals",
        source=FITTED,
        low=-4.0,
        high=4.0,
        prior=a_prior(
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
        prior=a_prior(0.0, -0.8, 0.8, "C", "within noise in the record"),
    )
    turnover: float = number(
        -0.17,
        "weight of a new leader in the year",
        source=FITTED,
        low=-4.0,
        high=4.0,
        prior=a_prior(0.0, -0.5, 0.5, "B", "within noise in the record"),
    )
    rivalry: float = number(
        0.35,
        "weight of full rivalry between the powers",
        low=-4.0,
        high=4.0,
        prior=a_prior(0.4, -0.1, 0.9, "C", "upgrades on both sides, 2013 and 2023"),
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
