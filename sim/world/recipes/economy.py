"""Recipes of the economy: product, people, trade, investment, public money."""

from __future__ import annotations

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
    years,
)

WINDOW = 5  # years of a trailing mean of public money
CHINA_COVERED = (2000, 2021)  # years the Chinese finance data cover
AMERICA_COVERED = (2001, 9999)  # first year of the American table; it ends after ours
JAPAN_COVERED = (1995, 9999)  # first year of the Japanese table; it ends after ours


def own(raw: Raw, key: str) -> pd.DataFrame:
    """Take a yearly series of states and powers as it stands."""
    rows = raw.read(key)
    return table(rows[rows["state"].isin(EVERYONE)].assign(partner=""))


def paired(raw: Raw, key: str) -> pd.DataFrame:
    """Take a yearly series of states and partners as it stands."""
    return table(pairs(raw.read(key)))


def reverse_trade_share(raw: Raw) -> pd.DataFrame:
    """Divide the state's trade with the partner by all goods trade of the partner.

    Numerator as the state reports it (where it names only exports or only imports, the other counts
    as none), denominator as the partner reports it; only years that both report in full.
    """
    flows = pd.concat([raw.read("exports"), raw.read("imports")])
    reported = flows[flows["partner"] == "WLD"].groupby(["state", "year"])["value"]
    world = reported.sum()[reported.count() == 2]
    trade = pairs(flows).groupby(["state", "partner", "year"], as_index=False)["value"].sum()
    trade = trade[[(s, y) in world.index for s, y in zip(trade.state, trade.year, strict=True)]]
    whole = trade.join(world.rename("whole"), on=["partner", "year"]).dropna()
    whole["value"] /= whole["whole"]
    return table(whole, status="derived")


def fdi_share(raw: Raw) -> pd.DataFrame:
    """Take the ten-year share of inward investment, percent to share."""
    rows = pairs(raw.read("fdi")).drop(columns="year")
    return table(rows.assign(value=rows["value"] / 100))


def china_finance(raw: Raw) -> pd.DataFrame:
    """Take Chinese official finance by year of commitment, USD to USD million."""
    rows = pairs(raw.read("china_finance"))
    return table(rows.assign(value=rows["value"] / 1e6), status="derived")


def official_finance(raw: Raw) -> pd.DataFrame:
    """Smooth the three donors' yearly amounts by a trailing mean of five years.

    A year without a record counts as zero; where the source begins inside the window the mean is
    taken over the covered part. Years after the source ends are left to the rule for gaps.
    """
    china, america = raw.read("china_finance"), raw.read("america_assistance")
    parts = [
        _trailing_mean(china, partner="CHN", scale=1e-6, covered=CHINA_COVERED, last=raw.last),
        _trailing_mean(
            raw.read("oda"), partner="JPN", scale=1, covered=JAPAN_COVERED, last=raw.last
        ),
        _trailing_mean(america, partner="USA", scale=1e-6, covered=AMERICA_COVERED, last=raw.last),
    ]
    return table(pd.concat(parts), status="derived")


def _trailing_mean(
    rows: pd.DataFrame, *, partner: str, scale: float, covered: tuple[int, int], last: int
) -> pd.DataFrame:
    span = years(min(covered[1], last), first=covered[0])
    grid = wide(pairs(rows), span=span)
    every = pd.MultiIndex.from_product([STATES, [partner]], names=["state", "partner"])
    grid = grid.reindex(columns=every).fillna(0.0) * scale
    return long(grid.rolling(WINDOW, min_periods=1).mean())


def security_grant(raw: Raw) -> pd.DataFrame:
    """Take American grant-funded sales, USD to USD million."""
    rows = pairs(raw.read("america_grants"))
    return table(rows.assign(value=rows["value"] / 1e6))


def osa_grant(raw: Raw) -> pd.DataFrame:
    """Take Japanese security grants to 2026; an unpublished amount stays blank."""
    rows = raw.read("osa_grants", last=OSA_LAST)
    return table(rows[rows["state"].isin(STATES)].assign(partner=""))


def osa_designated(raw: Raw) -> pd.DataFrame:
    """Take the first fiscal year a state was designated; talks count for the year after."""
    grants = raw.read("osa_grants", last=OSA_LAST).groupby("state")["year"].min()
    talks = raw.read("osa_talks", last=OSA_LAST).groupby("state")["year"].min() + 1
    rows = [{"state": s, "value": y, "status": "observed"} for s, y in grants.items()]
    rows += [
        {"state": s, "value": y, "status": "derived"} for s, y in talks.items() if s not in grants
    ]
    made = pd.DataFrame(rows)
    return table(made[made["state"].isin(STATES)])


def osa_budget(raw: Raw) -> pd.DataFrame:
    """Take the yearly budget of security assistance, JPY million to JPY billion."""
    rows = raw.read("osa_budget", last=OSA_LAST)
    rows = rows.assign(state=rows["partner"], partner="", value=rows["value"] / 1000)
    return table(rows[rows["state"].isin(PARTNERS)])


OSA_LAST = 2026  # assistance series are levers, never targets: they may run past the record
