"""Recipes of politics: leaders, regimes, rivalries, visits, and two declared readings of American standing.

The effective leader is the head of the government in parliamentary states, the president in presidential ones and in
Timor-Leste, and the general secretary of the party in Vietnam and Laos. The leader list ends in February 2021; the years after
it, and states that it lacks, come from a table made by hand, in which each row names its source or says that it is from memory.
"""

from __future__ import annotations

from itertools import product

import pandas as pd

from sim.world.recipes.raw import PARTNERS, STATES, Raw, pairs, table, years

LISTED_TO = 2020  # last whole year of the leader list
AMERICA_RECEIVED = ("america_president", "america_secretary")
CHINA_RECEIVED = ("china_president", "china_premier")


def turnover(raw: Raw) -> pd.DataFrame:
    """Say whether the effective leader changed in the year; the table made by hand overrules the list."""
    listed = raw.read("leader_change")
    listed = listed[listed["state"].isin(STATES) & (listed["year"] <= LISTED_TO)]
    listed = listed.assign(value=(listed["value"] > 0).astype(float), status="observed", partner="")
    both = pd.concat([_by_hand(raw, "turnover"), table(listed)])
    return both.drop_duplicates(["state", "year"], keep="first")


def openness(raw: Raw) -> pd.DataFrame:
    """Take the electoral democracy index from the table made by hand."""
    return _by_hand(raw, "openness")


def credibility_shift(raw: Raw) -> pd.DataFrame:
    """Take the declared changes of a power's credibility."""
    return _declared(raw, "credibility_shift")


def legitimacy_shock(raw: Raw) -> pd.DataFrame:
    """Take the declared shocks to a power's legitimacy."""
    return _declared(raw, "legitimacy_shock")


def ambition_shift(raw: Raw) -> pd.DataFrame:
    """Take the declared changes of how hard a power presses at sea."""
    return _declared(raw, "ambition_shift")


def strategic_rivalry(raw: Raw) -> pd.DataFrame:
    """Take the pairs of a state and a power, in either order, that are rivals in any year; every other pair is none."""
    rows = raw.read("rivalry")
    named = {*zip(rows["state"], rows["partner"], strict=True)}
    named |= {(partner, state) for state, partner in named}
    made = [
        {"state": s, "partner": p, "value": float((s, p) in named)}
        for s, p in product(STATES, PARTNERS)
    ]
    return table(pd.DataFrame(made), status="derived")


def visits_received(raw: Raw) -> pd.DataFrame:
    """Count the stays of the American president and secretary of state, and the visits of China's president and premier."""
    return _summed(raw, [*AMERICA_RECEIVED, *CHINA_RECEIVED])


def visits_made(raw: Raw) -> pd.DataFrame:
    """Take the official visits of the state's leaders to the United States."""
    return _summed(raw, ["leader_visits"])


def _summed(raw: Raw, keys: list[str]) -> pd.DataFrame:
    rows = pairs(pd.concat([raw.read(key) for key in keys]))
    total = pd.DataFrame(rows.groupby(["state", "partner", "year"], as_index=False)["value"].sum())
    return table(total, status="derived")


def _by_hand(raw: Raw, name: str) -> pd.DataFrame:
    rows = raw.by_hand(name)
    rows = rows.assign(year=pd.to_numeric(rows["year"]), value=pd.to_numeric(rows["value"]))
    return table(rows[rows["state"].isin(STATES) & rows["year"].isin(years(raw.last))])


def _declared(raw: Raw, name: str) -> pd.DataFrame:
    rows = raw.by_hand("shifts")
    rows = rows[rows["series"] == name]
    rows = rows.assign(year=pd.to_numeric(rows["year"]), value=pd.to_numeric(rows["value"]))
    return table(rows[rows["year"] <= raw.last], status="assumed")
