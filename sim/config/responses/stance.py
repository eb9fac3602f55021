"""How a government's stance responds (rules/stance.py)."""

from __future__ import annotations

from dataclasses import dataclass

from sim.config.declare import number
from sim.config.responses.prior import FITTED, JUDGED, a_prior


@dataclass(frozen=True, kw_only=True)
class Stance:
    """Stance of the government (rules/stance.py): weights of motives in log-odds."""

    speed: float = number(
        0.45,
        "part of the way to the aim moved in a year",
        low=0.05,
        prior=a_prior(0.4, 0.25, 0.7, "B", "lags of thirty episodes, 1995-2023"),
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
        prior=a_prior(3.0, 0.5, 5.5, "B", "Philippines 2012-14, 2022-23; Finland 2022"),
    )
    entrapment: float = number(
        -0.081,
        "weight of the fear of being dragged in",
        low=-5.0,
        high=10.0,
        prior=a_prior(0.0, -0.6, 0.6, "C", JUDGED),
    )
    leverage: float = number(
        0.75,
        "weight of whoever could make the state pay",
        low=-5.0,
        high=10.0,
        prior=a_prior(
            0.8, 0.0, 1.6, "C", "Hirschman 1945; no response of votes to trade found in the region"
        ),
    )
    readiness: float = number(0.4, "worth of leverage in the hands of a partner that never coerces")
    opinion: float = number(
        0.69,
        "weight of the public's view in an open system",
        low=-3.0,
        high=10.0,
        prior=a_prior(0.6, 0.1, 1.1, "C", "Philippines 2012, against 2016"),
    )
    closed: float = number(0.4, "part of that weight that counts in a wholly closed system")
    offers: float = number(
        0.025,
        "weight of a doubling of aid beyond the usual",
        source=FITTED,
        low=-1.0,
        high=2.0,
        prior=a_prior(
            0.05, -0.02, 0.12, "B", "aid and votes, 1973-2014; no effect of Japan's found"
        ),
    )
    values: float = number(
        1.1,
        "weight of full coercion in a wholly closed system",
        low=-5.0,
        high=10.0,
        prior=a_prior(1.0, 0.2, 1.8, "B", "Thailand 2014, Cambodia 2017, Indonesia 1999"),
    )
    legitimacy: float = number(
        0.32,
        "weight of political affinity",
        source=FITTED,
        low=-5.0,
        high=5.0,
        prior=a_prior(0.0, -0.6, 0.6, "C", "no response found in votes"),
    )
    neighbours: float = number(
        0.094,
        "weight of where the other members stand",
        source=FITTED,
        low=-3.0,
        high=5.0,
        prior=a_prior(0.2, -0.2, 0.6, "C", JUDGED),
    )
