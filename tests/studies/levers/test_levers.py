"""Levers: what is read when, what is summed, and the responses held against evidence."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from sim.config import build
from sim.studies.levers.analysis import (
    Effect,
    LeverEffects,
    _after,
    compare,
    counted,
    horizons,
    move,
    read_off,
)
from sim.studies.levers.bars import Bar, bar_rows, bars
from sim.studies.levers.command import has_ten
from sim.studies.levers.words import effect_table, page_rows

SHORT = build({"years": {"last": 2029}})
FOUR = build({"years": {"last": 2026}, "states": ["PHL", "VNM", "KHM", "MYS"]})


def test_effects_are_read_in_the_second_fifth_and_last_year():
    assert horizons(build({})) == (2, 5, 17) and horizons(SHORT) == (2, 5, 6)
    assert horizons(FOUR) == (2, 3) and horizons(build({"years": {"last": 2024}})) == (1,)


def test_what_is_counted_a_year_is_summed_and_what_is_a_level_is_not():
    gap = xr.DataArray(np.arange(12.0).reshape(3, 4), dims=("run", "year"))
    assert counted("acts_up_japan") and counted("incidents") and not counted("alignment")
    assert _after(gap, "incidents", 2).tolist() == [1.0, 9.0, 17.0]
    assert _after(gap, "alignment", 2).tolist() == [1.0, 5.0, 9.0]


def test_a_setting_against_itself_moves_nothing_at_any_horizon():
    effects = compare(FOUR, FOUR, runs=3)
    assert {(each.outcome, each.years) for each in effects} == {
        (name, years) for name in read_off() for years in (2, 3)
    }
    assert all(each.change == each.half == 0.0 and not each.found for each in effects)


def test_a_page_tells_every_horizon_and_zero_where_nothing_is_found():
    effects = tuple(
        Effect(outcome="alignment", years=years, change=change, half=0.1)
        for years, change in ((2, 0.05), (5, -1.0), (17, 2.0))
    )
    row = LeverEffects(lever="policy.japan.oda", unit="USD bn", low=0.0, high=40.0, effects=effects)
    (told,) = page_rows([row])
    assert told["moved"] == ["alignment 0, -1.00, +2.00 ± 0.10 points"] and not told["still"]
    table = effect_table([row])
    assert table["years"].tolist() == [2, 5, 17] and set(table["lever"]) == {"policy.japan.oda"}


def test_more_assistance_reaches_the_agencies():
    effects = {
        (each.outcome, each.years): each
        for each in move(FOUR, "policy.japan.osa_budget", 0.0, 40.0, runs=3)
    }
    assert effects["capacity", 3].found and effects["capacity", 3].change > 0.0
    assert effects["capacity", 3].change > effects["capacity", 2].change


@pytest.mark.parametrize(
    ("change", "met"), [(-0.45, True), (-0.12, True), (-0.46, False), (-0.11, False), (0.3, False)]
)
def test_a_bar_is_met_within_its_bounds_edges_included(change, met):
    bar = Bar(move="m", response="r", unit="", change=change, half=0.5, low=-0.45, high=-0.12)
    assert bar.met is met
    (row,) = bar_rows([bar])
    assert row["bounds"] == "-0.45 to -0.12" and ("missed" in row["met"]) is not met


def test_the_four_levers_are_held_against_their_bounds():
    found = bars(SHORT, runs=3)
    assert len({bar.move for bar in found}) == 4
    assert all(np.isfinite([bar.change, bar.half]).all() for bar in found)
    by_response = {bar.response: bar for bar in found}
    choice = by_response["would choose China, mean of the states, second year"]
    assert choice.change < 0.0 and (choice.low, choice.high) == (-0.45, -0.12)
    vocal = by_response["trust in China, PHL, three years later"]
    quiet = by_response["trust in China, IDN, three years later"]
    assert vocal.change < quiet.change  # incidents cost trust where they are aired
    assert by_response["capacity at sea, recipients, 2029"].met


def test_bars_need_the_ten_states_and_three_powers():
    assert has_ten(SHORT) and not has_ten(FOUR)
    assert not has_ten(build({"partners": ["CHN", "USA"]}))
