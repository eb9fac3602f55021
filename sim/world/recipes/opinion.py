"""Recipes of opinion: trust, the forced choice, votes, and the tone of events.

Trust is an index between 0 and 1: the share that trusts plus half of the share that does neither.

1. Where trust and distrust of a state's respondents are both known, neither is what they leave.
2. Where only one is known, the neither share is that of the region for the partner and year, or
   0.2 (assumed) where the region's is not known, and never more than the known share leaves.
3. Japan, where a state's own figure is not known: the region's index of the year plus how far the
   state stood from the mean of the nine states of the 2018 poll ("very" and "rather" trust).

Rules 1 and 2 rest on the state's own respondents (status observed); rule 3 does not (derived).
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sim.world.recipes import economy
from sim.world.recipes.raw import PARTNERS, REGION, STATES, Raw, pairs, table

ASSUMED_NEITHER = 0.2
SEAT_HELD_TO = 2020  # since the coup of 2021 the envoy of those overthrown keeps Myanmar's seat

Key = tuple[str, str, int]  # state, partner, year
Shares = Mapping[Key, float]


def trust(raw: Raw) -> pd.DataFrame:
    """Compute the trust index by the three steps above."""
    trusting, distrusting = _answer_shares(raw, "trust"), _answer_shares(raw, "distrust")
    index = {
        key: trust_index(
            trusting=trusting.get(key),
            distrusting=distrusting.get(key),
            neither=_neither_share(key, trusting, distrusting),
        )
        for key in {*trusting, *distrusting}
    }
    rows = [(*key, value, "observed") for key, value in index.items()]
    rows += _japan_elsewhere(raw, index)
    made = pd.DataFrame(rows, columns=["state", "partner", "year", "value", "status"])
    return table(pairs(made))


def trust_index(*, trusting: float | None, distrusting: float | None, neither: float) -> float:
    """Return trust plus half of neither.

    Parameters
    ----------
    trusting, distrusting : shares between 0 and 1; at most one may be unknown (None).
    neither : share used where one of the two is unknown.

    >>> round(trust_index(trusting=0.3, distrusting=0.5, neither=0.9), 3)
    0.4
    >>> round(trust_index(trusting=None, distrusting=0.5, neither=0.2), 3)
    0.4
    """
    if trusting is not None and distrusting is not None:
        return (1 + trusting - distrusting) / 2
    if trusting is not None:
        return trusting + min(neither, 1 - trusting) / 2
    if distrusting is None:
        raise ValueError("trust and distrust are both unknown")
    return 1 - distrusting - min(neither, 1 - distrusting) / 2


def _answer_shares(raw: Raw, key: str) -> dict[Key, float]:
    rows = raw.read(key).dropna(subset="value")
    rows = rows[rows["partner"].isin(PARTNERS) & rows["state"].isin([*STATES, REGION])]
    named = zip(rows["state"], rows["partner"], rows["year"].astype(int), strict=True)
    return dict(zip(named, rows["value"] / 100, strict=True))


def _neither_share(key: Key, trusting: Shares, distrusting: Shares) -> float:
    region = (REGION, *key[1:])
    if region in trusting and region in distrusting:
        return 1 - trusting[region] - distrusting[region]
    return ASSUMED_NEITHER


def _japan_elsewhere(raw: Raw, index: Shares) -> list[tuple[str, str, int, float, str]]:
    poll = raw.read("trust_japan").set_index("state")["value"] / 100
    apart = poll - poll.mean()
    region = {key[2]: value for key, value in index.items() if key[:2] == (REGION, "JPN")}
    return [
        (str(state), "JPN", year, min(1.0, max(0.0, value + gap)), "derived")
        for state, gap in apart.items()
        for year, value in region.items()
        if (str(state), "JPN", year) not in index
    ]


def forced_choice(raw: Raw) -> pd.DataFrame:
    """Take the share that would choose China over the United States, percent to share."""
    rows = pairs(raw.read("forced_choice"))
    rows = rows[rows["partner"] == "CHN"]
    return table(rows.assign(value=rows["value"] / 100, partner=""))


def survey_size(raw: Raw) -> pd.DataFrame:
    """Take the number of respondents of each state."""
    rows = raw.read("survey_size").assign(partner="")
    return table(rows[rows["state"].isin(STATES)])


def china_share(raw: Raw, key: str) -> pd.DataFrame:
    """Take China's share of the approval of China and the United States together, percent to share."""
    rows = raw.read(key).assign(partner="")
    return table(
        rows[rows["state"].isin(STATES)].assign(value=rows["value"] / 100), status="derived"
    )


def net_trust(raw: Raw) -> pd.DataFrame:
    """Take the yearly mean of net trust, from -100 to 100, as an index between 0 and 1."""
    rows = pairs(raw.read("net_trust"))
    return table(rows.assign(value=(rows["value"] + 100) / 200), status="derived")


def ideal_point(raw: Raw) -> pd.DataFrame:
    """Take the ideal points, but not Myanmar's once its seat is not its government's."""
    rows = economy.own(raw, key="ideal_point")
    exiled = (rows["state"] == "MMR") & (rows["year"] > SEAT_HELD_TO)
    return rows[~exiled]
