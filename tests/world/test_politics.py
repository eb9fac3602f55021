"""Leaders, openness, rivals and visits: how their tables are made, and how often leaders change."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.world.compile import HAND
from sim.world.impute import MEMORY, OBSERVED
from sim.world.load import load
from sim.world.politics import (
    CLASSES,
    CUTS,
    class_rates,
    pooled_rate,
    turnover_chance,
)
from sim.world.recipes import opinion, politics
from sim.world.recipes.raw import Raw
from sim.world.roster import ASEAN_10, OSA_RECIPIENTS, WORLDS, powers
from sim.world.series import STATUS

NAMES = ("gallup_share", "net_trust", "turnover", "openness", "credibility_shift")
RAW = ["indicator", "state", "partner", "year", "value", "unit", "source", "note"]


def raw_of(
    folder: Path, rows: Sequence[tuple[str, str, str, int, float]], *, last: int = 2023
) -> Raw:
    """Raw observations with every indicator an input of its own name, and two tables by hand."""
    lines = [(*row, "u", "s", "n") for row in rows]
    pd.DataFrame(lines, columns=RAW).to_csv(folder / "file.csv", index=False)
    hand = "state,year,value,status,source\nVNM,2003,1,memory,x\nVNM,2024,1,memory,x\n"
    (folder / "turnover.csv").write_text(hand, encoding="utf-8")
    shifts = "series,state,year,value,source\nlegitimacy_shock,USA,2003,1,x\nother,USA,2004,1,x\n"
    (folder / "shifts.csv").write_text(shifts, encoding="utf-8")
    inputs = {name: ("file", name) for name in {row[0] for row in rows}}
    return Raw(folder=folder, inputs=inputs, hand=folder, last=last)


def test_the_table_by_hand_overrules_the_list_and_several_changes_count_once(
    tmp_path: Path,
) -> None:
    rows = [("leader_change", "VNM", "", y, v) for y, v in ((2002, 4), (2003, 0), (2021, 1))]
    made = politics.turnover(raw_of(tmp_path, rows)).set_index("year")
    assert made["value"].to_dict() == {2003: 1.0, 2002: 1.0}  # the list is not used after 2020
    assert made["status"].to_dict() == {2003: "memory", 2002: "observed"}


def test_a_rivalry_counts_in_either_order_and_all_other_pairs_have_none(tmp_path: Path) -> None:
    rows = [("rivalry", "CHN", "VNM", 2001, 1.0), ("rivalry", "CHN", "USA", 2001, 1.0)]
    made = politics.strategic_rivalry(raw_of(tmp_path, rows)).set_index(["state", "partner"])
    assert made.loc[("VNM", "CHN"), "value"] == 1 and made["value"].sum() == 1
    assert len(made) == len(OSA_RECIPIENTS) * len(powers())


def test_visits_of_all_leaders_of_a_partner_are_added_up(tmp_path: Path) -> None:
    keys = (*politics.AMERICA_RECEIVED, *politics.CHINA_RECEIVED)
    rows = [(key, "VNM", "USA" if key.startswith("a") else "CHN", 2001, 2.0) for key in keys]
    made = politics.visits_received(raw_of(tmp_path, rows)).set_index("partner")
    assert made["value"].to_dict() == {"USA": 4.0, "CHN": 4.0}


def test_a_declared_shift_is_marked_as_assumed(tmp_path: Path) -> None:
    raw = raw_of(tmp_path, [("none", "VNM", "", 2001, 1.0)])
    made = politics.legitimacy_shock(raw)
    assert made[["state", "year", "value", "status"]].to_numpy().tolist() == [
        ["USA", 2003, 1, "assumed"]
    ]


def test_shares_and_net_trust_become_numbers_between_nought_and_one(tmp_path: Path) -> None:
    rows = [("share", "VNM", "CHN", 2013, 20.0), ("net_trust", "PHL", "CHN", 2012, -50.0)]
    raw = raw_of(tmp_path, rows)
    assert opinion.china_share(raw, key="share")["value"].tolist() == [0.2]
    assert opinion.net_trust(raw)["value"].tolist() == [0.25]


def test_myanmar_s_votes_count_only_while_the_seat_is_its_government_s(tmp_path: Path) -> None:
    rows = [("ideal_point", s, "", y, -1.0) for s in ("MMR", "VNM") for y in (2020, 2021)]
    made = opinion.ideal_point(raw_of(tmp_path, rows))
    assert set(zip(made["state"], made["year"], strict=True)) == {
        ("MMR", 2020),
        ("VNM", 2020),
        ("VNM", 2021),
    }


@pytest.mark.parametrize("world", WORLDS)
def test_every_world_and_every_power_has_the_record_of_politics(world: str) -> None:
    data = load(WORLDS[world], list(powers()), only=NAMES)
    assert not np.isnan(data["turnover"]).any() and not np.isnan(data["openness"]).any()
    assert set(np.unique(data["turnover"])) <= {0.0, 1.0}
    america = data["credibility_shift"].sel(partner="USA").to_series()
    assert america[2018] < 0 == america[2016] == america[2022]
    assert (data["credibility_shift"].drop_sel(partner="USA") == 0).all()


def test_what_is_known_of_leaders_is_marked_by_where_it_comes_from() -> None:
    data = load(ASEAN_10, ["CHN"], only=NAMES)
    flag = data["turnover_flag"].to_series()
    assert flag[2022, "MYS"] == OBSERVED and flag[2022, "VNM"] == MEMORY
    change = data["turnover"].to_series()
    assert change[2021, "MMR"] == change[2022, "MYS"] == change[2023, "THA"] == 1
    assert change[2023, "VNM"] == change[2023, "SGP"] == 0


def test_every_row_by_hand_says_where_it_is_from_and_no_state_of_asean_lacks_a_late_year() -> None:
    leaders = pd.read_csv(HAND / "turnover.csv", dtype={"source": str})
    assert leaders["status"].isin(STATUS).all() and leaders["source"].str.len().gt(5).all()
    late = leaders[leaders["year"] > politics.LISTED_TO]
    assert set(zip(late["state"], late["year"], strict=True)) >= {
        (state, year) for state in (*ASEAN_10, "TLS") for year in (2021, 2022, 2023)
    }
    openness = pd.read_csv(HAND / "openness.csv")
    assert openness.groupby("state").size().to_dict() == dict.fromkeys(sorted(OSA_RECIPIENTS), 24)
    assert set(openness.loc[openness["status"] == "assumed", "state"]) == {"BRN"}
    assert pd.read_csv(HAND / "shifts.csv")["source"].str.len().gt(20).all()


def test_the_classes_hold_what_the_record_holds() -> None:
    data = load(ASEAN_10, ["CHN"], only=NAMES).sel(year=slice(2000, 2022))
    before, changes = data["openness"].values[:-1], data["turnover"].values[1:]
    for k, each in enumerate(CLASSES):
        inside = np.digitize(before, CUTS) == k
        assert (each.state_years, each.changes) == (inside.sum(), changes[inside].sum())


def test_rates_are_drawn_towards_the_pooled_rate_without_changing_their_order() -> None:
    raw = np.array([c.changes / c.state_years for c in CLASSES])
    rates, pooled = class_rates(), pooled_rate()
    assert (np.abs(rates - pooled) < np.abs(raw - pooled)).all()
    assert np.array_equal(np.argsort(rates), np.argsort(raw))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=7))
def test_the_chance_of_a_change_is_a_chance_and_never_falls_with_openness(
    openness: list[float],
) -> None:
    chance = turnover_chance(np.sort(openness))
    assert ((chance > 0) & (chance < 1)).all() and (np.diff(chance) >= 0).all()


def test_where_openness_is_not_known_the_pooled_rate_stands() -> None:
    assert turnover_chance(np.array([np.nan])).item() == pooled_rate()
