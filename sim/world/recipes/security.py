"""Recipes of security: arms, ships, pacts, access, disputes, patrols."""

from __future__ import annotations

from itertools import product

import pandas as pd

from sim.world.recipes.raw import (
    EVERYONE,
    PARTNERS,
    STATES,
    Raw,
    long,
    pairs,
    table,
    wide,
    year_of,
    years,
)
from sim.world.series import FIRST_YEAR

SHIP_WINDOW = 10  # years a delivered vessel counts
HISTORY = (1992, 2014)  # years of disputes behind the long-run rate
DISPUTES_LAST = 2014
PACTS_LAST = 2018  # last year of the alliance data; carried from there
PATROLS = (2019, 2023)  # years with a count of patrol days
LATER_FEATURES = (
    "Thitu Island",
)  # watched from 2022 only: left out, so that sums stay like for like

PARTNERSHIP_LEVEL = {  # assumed scale, highest reached counts
    "comprehensive_strategic_partnership": 1.0,
    "comprehensive_strategic_cooperation": 0.8,
    "all_round_high_quality_future_oriented_partnership": 0.8,
    "strategic_cooperative_partnership": 0.6,
    "strategic_partnership": 0.6,
    "comprehensive_partnership": 0.5,
    "all_round_cooperative_partnership": 0.5,
    "defence_cooperation_arrangement": 0.5,
}
ACCESS_LEVEL = {  # assumed scale of base access: 0.5 begun, 1.0 in use
    "edca_signed": 0.5,
    "edca_four_more_sites_named": 1.0,
    "ream_pier_construction_start": 0.5,
    "ream_first_plan_warships": 1.0,
}


def military_ratio(raw: Raw) -> pd.DataFrame:
    """Divide military spending by Japan's of the same year; one table where both stand in it.

    Constant-price spending comes first, the current-price table fills what it lacks. Only the ratio
    is kept: both tables are copyright.
    """
    first, second = _to_japan(raw.read("spending")), _to_japan(raw.read("spending_current"))
    both = pd.concat([first, second]).drop_duplicates(["state", "year"], keep="first")
    return table(both[both["state"].isin(EVERYONE)], status="derived")


def _to_japan(rows: pd.DataFrame) -> pd.DataFrame:
    japan = rows[rows["state"] == "JPN"].set_index("year")["value"]
    rows = rows[rows["value"].notna() & rows["year"].isin(japan.index)]
    return rows.assign(value=rows["value"] / rows["year"].map(japan), partner="")


def ships(raw: Raw) -> pd.DataFrame:
    """Count the vessels delivered by all suppliers in the ten years to and with each year."""
    rows = raw.read("ships").assign(partner="")
    grid = wide(rows[rows["state"].isin(STATES)], span=years(raw.last, first=1995)).fillna(0.0)
    made = long(grid.rolling(SHIP_WINDOW, min_periods=1).sum())
    return table(made[made["value"] > 0], status="derived")


def fact(raw: Raw, key: str) -> pd.DataFrame:
    """Take a fact about state and partner that has no year."""
    return table(pairs(raw.read(key)).drop(columns="year"))


def landlocked(raw: Raw) -> pd.DataFrame:
    """Take who has no coast, states and powers."""
    rows = raw.read("landlocked").drop(columns=["year", "partner"])
    return table(rows[rows["state"].isin(EVERYONE)])


def eez_area(raw: Raw) -> pd.DataFrame:
    """Take the sea zones from the table made by hand."""
    rows = raw.by_hand("eez_area")
    return table(rows.assign(value=pd.to_numeric(rows["value"])))


def defence_pact(raw: Raw) -> pd.DataFrame:
    """Take defence obligations to 2018, carry them, and add treaties known by their date."""
    treaties = _years_onwards(_begin_years(raw, {"defence_treaty": 1.0}), last=raw.last)
    return _highest_level(pd.concat([_pact_years(raw, "defence_pact"), treaties]))


def consultation_pact(raw: Raw) -> pd.DataFrame:
    """Take consultation obligations to 2018 and carry them."""
    return table(_pact_years(raw, "consultation_pact"))


def _pact_years(raw: Raw, key: str) -> pd.DataFrame:
    rows = pairs(raw.read(key))
    final = rows[rows["year"] == PACTS_LAST]
    later = [final.assign(year=y, status="derived") for y in years(raw.last, first=PACTS_LAST + 1)]
    return pd.concat([rows.assign(status="observed"), *later])


def partnership(raw: Raw) -> pd.DataFrame:
    """Raise the level of partnership on each date, and keep the highest; dates found wrong are left out.

    The table made by hand adds the rungs that the raw dates lack, and its column ``instead_of`` names the year of a
    raw date that it mends.
    """
    added = raw.by_hand("partnership")
    wrong = added.loc[added["instead_of"] != "", ["state", "partner", "instead_of"]]
    dated = _begin_years(raw, PARTNERSHIP_LEVEL)
    keys = pd.MultiIndex.from_frame(dated[["state", "partner", "year"]].astype(str))
    dated = dated[~keys.isin(pd.MultiIndex.from_frame(wrong))]
    return _highest_level(_years_onwards(pd.concat([dated, _numbers(added)]), last=raw.last))


def access(raw: Raw) -> pd.DataFrame:
    """Raise the level of base access on each date, from the raw dates and those added by hand."""
    added = _numbers(raw.by_hand("access"))
    dated = _begin_years(raw, ACCESS_LEVEL)
    return _highest_level(_years_onwards(pd.concat([dated, added]), last=raw.last))


def _numbers(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(year=pd.to_numeric(rows["year"]), value=pd.to_numeric(rows["value"]))


def _begin_years(raw: Raw, levels: dict[str, float]) -> pd.DataFrame:
    result = []
    for key, level in levels.items():
        rows = pairs(raw.text(key))
        result.append(rows.assign(year=[year_of(v) for v in rows["value"]], value=level))
    return pd.concat(result)


def _years_onwards(rows: pd.DataFrame, *, last: int) -> pd.DataFrame:
    made = [
        {"state": s, "partner": p, "year": y, "value": v, "status": "derived"}
        for s, p, begin, v in rows[["state", "partner", "year", "value"]].itertuples(index=False)
        for y in years(last, first=max(int(begin), FIRST_YEAR))
    ]
    return pd.DataFrame(made, columns=["state", "partner", "year", "value", "status"])


def _highest_level(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows.sort_values("value", kind="stable", ascending=False)
    return table(rows.drop_duplicates(["state", "partner", "year"], keep="first"))


def disputes(raw: Raw) -> pd.DataFrame:
    """Take the militarised disputes under way in a year, to 2014."""
    return table(pairs(raw.read("disputes")))


def dispute_history(raw: Raw) -> pd.DataFrame:
    """Average disputes a year over 1992 to 2014; a year without a row counts as none."""
    rows = pairs(raw.read("disputes"))
    rows = rows[rows["year"].between(*HISTORY)]
    total = rows.groupby(["state", "partner"], as_index=False)["value"].sum()
    span = HISTORY[1] - HISTORY[0] + 1
    return table(total.assign(value=total["value"] / span), status="derived")


def patrol_days(raw: Raw) -> pd.DataFrame:
    """Sum calendar days over the features of each state watched since 2020; zero for those without one.

    Ship-days, which the source counts too, are another unit and are left out, and so are features that were
    added later: a sum that rises because more is watched says nothing about pressure.
    """
    rows = pairs(raw.read("patrol_days"))
    feature = rows["note"].str.extract("feature: ([^;]+)", expand=False)
    rows = rows[~feature.isin(LATER_FEATURES)]
    seen = rows.groupby(["state", "partner", "year"], as_index=False)["value"].sum()
    watched = set(zip(seen["state"], seen["partner"], strict=True))
    others = [pair for pair in product(STATES, PARTNERS) if pair not in watched]
    span = years(min(PATROLS[1], raw.last), first=PATROLS[0])
    none = [
        {"state": s, "partner": p, "year": y, "value": 0.0, "status": "derived"}
        for (s, p), y in product(others, span)
    ]
    return table(pd.concat([seen.assign(status="observed"), pd.DataFrame(none)]))


def rivalry_dyad(raw: Raw) -> pd.DataFrame:
    """Take strategic rivalries between powers, both ways round."""
    rows = raw.read("rivalry")
    rows = rows[rows["state"].isin(PARTNERS) & rows["partner"].isin(PARTNERS)]
    turned = rows.rename(columns={"state": "partner", "partner": "state"})
    return table(pd.concat([rows, turned]).drop_duplicates(["state", "partner", "year"]))
