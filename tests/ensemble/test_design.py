"""A design holds the points that were asked for, and refuses what is not declared."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.config.settings import declared
from sim.ensemble.design import read_space
from sim.ensemble.design_points import make_points, read_table
from sim.ensemble.options import SweepOptions
from sim.errors import UserError
from tests.ensemble.small import GROUPS, SPACE, plan

MIXED = {"theory": ["insurance", "commerce"], "policy": {"japan": {"osa_budget": [0, 40]}}}


def points(design, space, **numbers):
    asked = {"points": 0, "levels": 3, "seed": 1} | numbers
    return make_points(design, read_space(space, GROUPS, listed=design == "zip"), **asked)


def test_a_grid_has_every_combination_once_the_first_slowest():
    table = points("grid", MIXED)
    assert list(table["theory"]) == ["insurance"] * 3 + ["commerce"] * 3
    assert list(table["policy.japan.osa_budget"]) == [0.0, 20.0, 40.0] * 2


def test_two_numbers_are_a_range_and_three_are_values():
    (one,) = read_space({"policy.japan.osa_budget": [0, 40]}, {})
    assert one.is_range and one.levels(2) == [0.0, 40.0]
    (other,) = read_space({"policy.japan.osa_budget": [0, 10, 40]}, {})
    assert other.levels(9) == [0.0, 10.0, 40.0]
    (named,) = read_space({"policy.japan.osa_budget": {"values": [0, 40]}}, {})
    assert named.values == (0.0, 40.0)


@given(st.integers(1, 70), st.integers(1, 70), st.integers(0, 99))
def test_a_sobol_design_extends(few, more, seed):
    few, more = sorted((few, more))
    small, large = (points("sobol", MIXED, points=count, seed=seed) for count in (few, more))
    pd.testing.assert_frame_equal(small, large.head(few))


@given(st.sampled_from(["lhs", "sobol"]), st.integers(1, 60), st.integers(0, 2**40))
def test_drawn_points_lie_in_their_ranges_and_repeat(design, count, seed):
    table = points(design, MIXED | {"years.last": [2030, 2033]}, points=count, seed=seed)
    assert table["policy.japan.osa_budget"].between(0, 40).all()
    assert set(table["years.last"]) <= {2030, 2031, 2032, 2033}
    assert set(table["theory"]) <= {"insurance", "commerce"}
    again = points(design, MIXED | {"years.last": [2030, 2033]}, points=count, seed=seed)
    pd.testing.assert_frame_equal(table, again)


def test_a_latin_hypercube_has_one_point_in_each_layer():
    table = points("lhs", SPACE, points=13)
    layers = np.floor(table["policy.japan.osa_budget"] / 40 * 13)
    assert sorted(layers) == list(range(13))


def test_lists_side_by_side_are_paired():
    table = points("zip", {"theory": ["insurance", "commerce"], "policy.china.gray_zone": [0, 1]})
    assert table.to_numpy().tolist() == [["insurance", 0.0], ["commerce", 1.0]]
    with pytest.raises(UserError, match="differ in length"):
        points("zip", {"theory": ["insurance"], "policy.china.gray_zone": [0, 1]})


def test_a_table_is_read_as_it_stands(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text("policy/japan,policy.china.gray_zone\nnone,0.5\nosa_2023,1\n", "utf-8")
    table = read_table(str(path), GROUPS)
    assert table.to_numpy().tolist() == [["none", 0.5], ["osa_2023", 1.0]]


def test_a_table_of_a_spreadsheet_is_read_exactly(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text(
        "\ufefftheory;seed;policy.china.gray_zone\ncommerce;9007199254740993;0,5\n", "utf-8"
    )
    table = read_table(str(path), GROUPS)
    assert table.to_numpy().tolist() == [["commerce", 9007199254740993, 0.5]]


@pytest.mark.parametrize("note", ["5,a note\n", "0,5\n", "5\n\n5,6\n"])
def test_a_row_longer_than_its_heading_never_moves_the_columns(note, tmp_path):
    (tmp_path / "points.csv").write_text("policy.japan.osa_budget\n" + note, "utf-8")
    with pytest.raises(UserError, match="cells, and the heading 1"):
        read_table(str(tmp_path / "points.csv"), GROUPS)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("policy.china.gray_zone\nnan\n", "line 2"),
        ("policy.china.gray_zone,theory\n,commerce\n", "line 2"),
        ("policy.china.gray_zon\n1\n", "gray_zone"),
        ("policy.china.gray_zone\n7\n", "line 2"),
        ("policy/japan\nosa_1999\n", "osa_1999"),
        ("policy.china.gray_zone\n", "no rows"),
        ("", "it is empty"),
    ],
)
def test_an_unfit_table_is_refused(text, told, tmp_path):
    path = tmp_path / "points.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(UserError, match=told):
        read_table(str(path), GROUPS)


def test_a_table_that_is_not_there_is_refused():
    with pytest.raises(UserError, match="it is missing"):
        read_table("nowhere.csv", GROUPS)


@pytest.mark.parametrize(
    ("space", "told"),
    [
        ({"policy.japan.osa_budgt": [0, 1]}, "osa_budget"),
        ({"policy.japan.osa_budget": [0, 900]}, "between 0 and 200"),
        ({"policy.japan.osa_budget": [9, 3]}, "low below high"),
        ({"policy.japan.osa_budget": ["a", "b"]}, "must be a number"),
        ({"policy.japan.osa_budget": []}, "range"),
        ({"theory": ["insuranc"]}, "insurance"),
        ({"runs": [1, 2]}, "sweep.replicates"),
        ({}, "empty"),
    ],
)
def test_an_unfit_space_is_refused(space, told):
    with pytest.raises(UserError, match=told):
        read_space(space, GROUPS)


@given(st.sampled_from([name for name, one in declared().items() if one.kind == "number"]))
def test_every_declared_number_may_be_varied_over_its_range(name):
    one = declared()[name]
    (dimension,) = read_space({name: [one.low, one.high]}, {})
    assert dimension.levels(3)[0] == one.low and dimension.levels(3)[-1] == one.high


def test_runs_cap_points_times_replicates():
    assert plan(replicates=0, runs=100).runs == 99
    drawn = plan(design="sobol", replicates=10, points=0, runs=205)
    assert (len(drawn.points), drawn.replicates) == (20, 10)
    drawn = plan(design="sobol", replicates=0, points=0, runs=100)
    assert (len(drawn.points), drawn.replicates) == (10, 10)
    many = plan(design="lhs", replicates=0, points=0, runs=20_000)
    assert (len(many.points), many.replicates) == (200, 100)
    with pytest.raises(UserError, match="at least one run a point"):
        plan(runs=3)


def test_a_large_sweep_must_be_confirmed():
    with pytest.raises(UserError, match="sweep.confirm=true"):
        plan(levels=500, replicates=100)
    assert SweepOptions().confirm is False
    assert plan(levels=2, replicates=400_000, confirm=True).runs == 1_600_000


def test_points_of_a_grid_are_not_asked_for_by_number():
    with pytest.raises(UserError, match="sobol"):
        plan(points=5)


def test_years_out_of_order_are_refused_before_anything_runs():
    with pytest.raises(UserError, match=r"years\.last"):
        plan(space={"years.last": [2020, 2030]})
    with pytest.raises(UserError, match="yearly paths"):
        plan(space={"years.last": [2030, 2032]}, paths=True)


@pytest.mark.parametrize(
    "space",
    [
        {"theory": ["insurance", "insurance"]},
        {"policy.japan.osa_budget": [5, 0, 5]},
        {"policy.japan.osa_budget": {"values": [0, 0.0]}},
    ],
)
def test_a_value_given_twice_is_refused_but_in_lists_side_by_side(space):
    with pytest.raises(UserError, match="stands twice"):
        read_space(space, GROUPS)
    assert read_space(space, GROUPS, listed=True)


def test_a_mistake_in_a_table_is_to_be_changed_there(tmp_path):
    (tmp_path / "points.csv").write_text("policy.japan.osa_budget\n5\n-7\n", "utf-8")
    with pytest.raises(UserError, match=r"line 3, .* is -7.*Change it in that table"):
        read_table(str(tmp_path / "points.csv"), GROUPS)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("theory,theory\ninsurance,commerce\n", "'theory' again"),
        ("polcy.japan.osa_budget\n5\n", "points.csv names polcy.japan.osa_budget"),
    ],
)
def test_a_table_with_columns_that_cannot_be_is_refused(text, told, tmp_path):
    (tmp_path / "points.csv").write_text(text, "utf-8")
    with pytest.raises(UserError, match=told):
        read_table(str(tmp_path / "points.csv"), GROUPS)


@pytest.mark.parametrize(
    "changed", [{"table": "points.csv"}, {"design": "table", "table": "x.csv"}]
)
def test_a_table_and_a_space_are_not_both_given(changed):
    with pytest.raises(UserError, match="sweep.space and sweep.table are both given"):
        plan(**changed)
