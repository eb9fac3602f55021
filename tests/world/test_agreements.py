"""Rungs, renewal, use and acts follow the coded acts; pairs that were not coded follow pacts, access and partnerships."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sim.world.compile import compile_all
from sim.world.series import read_table
from tests.world.coded import write_raw


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("made")
    compile_all(write_raw(tmp_path_factory.mktemp("raw")), out=out)
    return out


def row(made: Path, name: str, state: str, partner: str) -> pd.DataFrame:
    table = read_table(name, made)
    return table[(table["state"] == state) & (table["partner"] == partner)].set_index("year")


def values(made: Path, name: str, state: str = "PHL", partner: str = "USA") -> dict[int, float]:
    return row(made, name, state, partner)["value"].to_dict()


def test_the_rung_is_the_level_and_its_flag_says_what_was_seen(made: Path) -> None:
    rung = row(made, "rung", "VNM", "CHN")
    assert rung["value"][[2000, 2008, 2020]].tolist() == [0, 4, 3]
    assert rung["status"][[2000, 2008, 2020]].tolist() == ["memory", "partly", "observed"]


def test_a_year_s_steps_are_summed_each_way_to_two_at_most_without_the_partner_s(
    made: Path,
) -> None:
    up, down = values(made, "act_up"), values(made, "act_down")
    assert {year for year, steps in up.items() if steps} == {2014}  # 1998 is before the record
    assert up[2014] == 2 and down[2016] == 2 and up[2016] == 0
    assert values(made, "partner_act")[2016] == -1
    assert values(made, "act_up", "VNM", "CHN")[2018] == 2


def test_economic_acts_are_apart(made: Path) -> None:
    assert values(made, "economic_act_up", "VNM", "CHN")[2019] == 1
    assert values(made, "economic_act_down", "VNM", "CHN")[2019] == 0
    assert values(made, "partner_act", "VNM", "CHN")[2019] == -2
    assert values(made, "act_up", "VNM", "CHN")[2019] == 0


def test_the_weakest_act_of_a_year_flags_it(made: Path) -> None:
    up = row(made, "act_up", "VNM", "CHN")["status"]
    assert up[2018] == "memory" and up[2010] == "derived" and up[2003] == "memory"
    assert row(made, "economic_act_up", "VNM", "CHN")["status"][2019] == "partly"


def test_renewal_counts_from_the_last_step_up_and_before_the_first_from_1995(made: Path) -> None:
    renewed = values(made, "renewed")
    assert renewed[2000] == 2 and renewed[2013] == 15 and renewed[2014] == 0 and renewed[2020] == 6
    china = row(made, "renewed", "VNM", "CHN")
    assert china["value"][[2000, 2017, 2018]].tolist() == [5, 22, 0]
    assert china["status"][[2000, 2020]].tolist() == ["derived", "memory"]


def test_use_follows_every_step_of_either_side_from_its_declared_start(made: Path) -> None:
    """A paper treaty starts at 0.2; VFA and EDCA add 0.2 each, the steps of 2016 take as much as a year may."""
    use = values(made, "use")
    assert use[2000] == 0.4 and use[2014] == 0.6 and use[2016] == 0.4 and use[2023] == 0.4


def test_pairs_that_were_not_coded_follow_their_pacts_and_partnerships(made: Path) -> None:
    rung = row(made, "rung", "TLS", "CHN")
    assert rung["value"][[2013, 2014, 2022, 2023]].tolist() == [0, 1, 1, 4]
    assert set(rung["status"]) == {"derived"}
    assert values(made, "act_up", "TLS", "CHN") == {2014: 1, 2023: 2}
    assert values(made, "renewed", "TLS", "CHN")[2020] == 6
    assert set(values(made, "rung", "PNG", "AUS").values()) == {1}
    assert set(values(made, "rung", "PNG", "CHN").values()) == {0}
