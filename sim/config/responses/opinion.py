"""How opinion of each partner responds (rules/opinion.py)."""

from __future__ import annotations

from dataclasses import dataclass

from sim.config.declare import number
from sim.config.responses.prior import FITTED, JUDGED, a_prior


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """Opinion of each partner (rules/opinion.py)."""

    swing: float = number(
        0.57,
        "part of a swing gone in a year",
        source=FITTED,
        low=0.05,
        prior=a_prior(0.6, 0.4, 0.85, "B", "Social Weather Stations 2012-19, Gallup 2009-14"),
    )
    scar: float = number(
        0.081,
        "part of a swing that stays in the base",
        prior=a_prior(0.1, 0.03, 0.17, "C", JUDGED),
    )
    back: float = number(
        0.11,
        "return of the base to where it rests: half-life 7 years",
        unit="a year",
        low=0.01,
        prior=a_prior(
            0.1, 0.05, 0.15, "C", "order of states 2009-14 predicts 2020-23 at .7 to .86"
        ),
    )
    aid: float = number(
        0.0066,
        "trust gained per doubling of aid beyond the usual",
        source=FITTED,
        high=0.2,
        prior=a_prior(
            0.01, 0.001, 0.03, "A", "Goldsmith, Horiuchi and Wood 2014, scaled to ordinary aid"
        ),
    )
    exchange: float = number(
        0.011,
        "trust gained per doubling of people exchanged",
        high=0.2,
        prior=a_prior(0.01, 0.0, 0.02, "B", "leaders' visits: Goldsmith, Horiuchi and Matush 2021"),
    )
    incidents: float = number(
        0.11,
        "trust lost per natural log of one plus incidents, fully aired",
        source=FITTED,
        prior=a_prior(
            0.1, 0.05, 0.16, "A", "Philippines 2012 (Social Weather Stations); Gallup 2010-13"
        ),
    )
    severity: float = number(
        0.22,
        "how much worse an encounter is at full resolve",
        low=0.0,
        high=3.0,
        prior=a_prior(0.2, 0.0, 0.6, "C", "Philippines 2022-23"),
    )
    episode: float = number(
        0.12,
        "trust in the coercer lost a year while an episode runs",
        prior=a_prior(0.12, 0.05, 0.2, "A", "Australia 2018-22 (Lowy), Korea and Canada"),
    )
    coercion: float = number(
        0.051,
        "trust lost a year under full coercion short of an episode (tariffs, pressure on values)",
        prior=a_prior(
            0.05,
            0.01,
            0.1,
            "B",
            "views of the United States after tariffs and withdrawal from trade pacts, 2017",
        ),
    )
    credibility: float = number(
        0.4,
        "trust that full credibility is worth",
        source=FITTED,
        high=2.0,
        prior=a_prior(
            0.35, 0.2, 0.55, "A", "change of US leader 2016 and 2020 (Gallup, Pew, ISEAS)"
        ),
    )
    legitimacy: float = number(
        0.22,
        "trust lost by a blow to standing the size of Iraq 2003",
        prior=a_prior(0.2, 0.08, 0.35, "B", "Pew, Indonesia 2002-03"),
    )
    noise: float = number(
        0.05,
        "yearly swing of opinion, standard deviation",
        source=FITTED,
        high=0.3,
        prior=a_prior(0.04, 0.025, 0.055, "B", "innovations of Gallup 2009-14: 3 to 4 points"),
    )
    publicity: float = number(
        -3.0, "log-odds of airing an incident without any reason", low=-8.0, high=4.0
    )
    publicity_quarrel: float = number(
        10.0,
        "log-odds added by one militarised dispute a year in the past",
        source=FITTED,
        high=20.0,
        prior=a_prior(
            8.0,
            3.0,
            13.0,
            "B",
            "approval of China 2010-13: Philippines and Vietnam against Malaysia and Indonesia",
        ),
    )
    publicity_shield: float = number(
        0.83,
        "log-odds added by a pact with the partner's rivals",
        high=5.0,
        prior=a_prior(0.8, 0.0, 1.6, "C", JUDGED),
    )
    publicity_openness: float = number(
        0.62,
        "log-odds added by a wholly open system",
        low=-3.0,
        high=5.0,
        prior=a_prior(0.5, -0.5, 1.5, "C", JUDGED),
    )
    publicity_stance: float = number(
        1.9,
        "log-odds added by full stance against the partner",
        high=8.0,
        prior=a_prior(2.0, 0.5, 3.5, "C", JUDGED),
    )
    hush: float = number(0.5, "part of publicity that a standing concession takes away")
    exchange_half: float = number(
        30.0,
        "people exchanged that are the first doubling",
        unit="thousand a year",
        low=0.1,
        high=1000.0,
    )
