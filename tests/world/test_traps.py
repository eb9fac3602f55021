"""The traps of the sources: what a careless reading of them would get wrong."""

from __future__ import annotations

import numpy as np
import pytest

from sim.world.impute import CARRIED, MISSING, REGIONAL, ZERO
from sim.world.load import load
from sim.world.roster import ASEAN_10, DEFAULT_PARTNERS, OSA_RECIPIENTS
from sim.world.series import read_sources, read_table

PARTNERS = list(DEFAULT_PARTNERS)
YEARLY = [n for n, s in read_sources().items() if "year" in s.dims]


@pytest.mark.parametrize("name", [n for n in YEARLY if not n.startswith("osa_")])
def test_nothing_but_assistance_is_known_after_2023(name: str) -> None:
    assert read_table(name)["year"].max() <= 2023
    assert read_table(name)["year"].min() >= 2000


def test_japanese_aid_keeps_its_negative_years() -> None:
    data = load(ASEAN_10, PARTNERS).sel(partner="JPN")
    assert (data["oda_net"].sel(state="IDN") < 0).any()
    assert (data["official_finance"].sel(state="THA") < 0).any()


def test_patrol_days_are_calendar_days_and_not_ship_days() -> None:
    days = load(ASEAN_10, PARTNERS)["patrol_days"].sel(partner="CHN")
    assert (
        days.sel(state="PHL", year=2023) == 302 + 311
    )  # Thitu, watched from 2022 only, is left out
    assert days.sel(state="SGP", year=2023) == 0
    assert np.isnan(days.sel(state="VNM", year=2019))
    assert np.isnan(days.sel(year=2018)).all()


def test_spending_is_kept_only_as_a_ratio_to_japan() -> None:
    data = load(ASEAN_10, [*PARTNERS, "IND"])
    assert (data["partner_military_ratio"].sel(partner="JPN") == 1).all()
    assert (read_table("military_ratio")["status"] == "derived").all()
    assert read_table("military_ratio")["value"].max() < 60


def test_a_grant_without_a_published_amount_is_not_zero() -> None:
    data = load(OSA_RECIPIENTS, PARTNERS, last=2026)
    assert np.isnan(data["osa_grant"].sel(state="THA", year=2025))
    assert data["osa_grant"].sel(state="VNM", year=2025) == 0
    assert data["osa_grant"].sel(state="PHL", year=2024) == 1600
    assert data["osa_budget"].sel(partner="JPN", year=2026) == 18.1


def test_what_ends_early_is_carried_or_left_unknown_and_says_so() -> None:
    data = load(ASEAN_10, PARTNERS)
    assert (data["trade_share_flag"].sel(year=2023) == CARRIED).all()
    assert (data["disputes_flag"].sel(year=2015) == MISSING).all()
    assert data["trust_flag"].sel(state="BRN", partner="JPN", year=2023) == REGIONAL
    assert np.isnan(data["fdi_share"].sel(partner="JPN")).all()
    assert data["access_flag"].sel(state="BRN", partner="USA", year=2023) == ZERO


def test_a_fourth_partner_needs_data_only() -> None:
    data = load(ASEAN_10, [*PARTNERS, "IND"]).sel(partner="IND")
    for name in ("distance", "trade_share", "arms_share", "defence_pact", "partner_gdp"):
        assert data[name].notnull().all()
    assert data["trust"].isnull().all()
