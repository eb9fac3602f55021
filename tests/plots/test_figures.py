"""Every figure is drawn, whatever the world, the years, the runs; and always the same."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest
import xarray as xr

from sim.errors import UserError
from sim.plots.story import Story, paired
from sim.plots.ternary import enclosing_window
from sim.plots.tiles import PLACES, commonest_posture, places
from sim.studies.scenario.figures import draw_all, draw_comparison
from sim.studies.scenario.figures.triangle import combined_shares

from .conftest import ALL, without

NAMES = ["triangle", "paths", "readings", "forced_choice", "tiles", "sea", "scorecard"]
WORLDS = {
    "ten states, one run, with a baseline": ({}, True),
    "sixteen states": ({"states": ALL}, False),
    "one state without a claim": ({"states": ("LAO",)}, False),
    "one claimant": ({"states": ("PHL",), "runs": 3}, True),
    "twenty runs": ({"runs": 20}, True),
    "four partners, seven runs": ({"partners": ("CHN", "USA", "JPN", "IND"), "runs": 7}, False),
    "a single year": ({"first": 2040, "last": 2040}, True),
    "observed years only": ({"last": 2023}, False),
    "eighty years, an unknown state": ({"states": ("PHL", "XYZ"), "last": 2079}, True),
}


@pytest.mark.parametrize("world", WORLDS)
def test_every_figure_is_written(world, make, tmp_path):
    kind, with_baseline = WORLDS[world]
    history, outcomes = make(**kind)
    written = draw_all(
        history, outcomes, tmp_path / "new", without(outcomes) if with_baseline else None
    )
    assert [path.name for path in written] == [
        f"{n}.{end}" for n in NAMES for end in ("png", "svg")
    ]
    assert all(path.stat().st_size > 1000 for path in written)


@pytest.mark.parametrize("runs", [0, 5])
@pytest.mark.parametrize("count", [1, 9])
def test_comparisons_are_written(runs, count, make, tmp_path):
    _, outcomes = make(runs=runs, states=("PHL", "LAO", "VNM"))
    named = {f"choice_{k}": without(outcomes, seed=k) for k in range(count)}
    written = draw_comparison(named, tmp_path, baseline=f"choice_{count - 1}")
    assert [path.name for path in written] == ["comparison.png", "comparison.svg"]


def test_equal_data_give_equal_bytes(make, tmp_path):
    for folder in ("one", "two"):
        history, outcomes = make(states=("PHL", "LAO"), runs=3)
        draw_all(history, outcomes, tmp_path / folder, without(outcomes))
        draw_comparison({"a": outcomes, "b": without(outcomes)}, tmp_path / folder)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_figures_leave_the_data_as_they_found_them(make, tmp_path):
    history, outcomes = make(states=("PHL", "LAO"))
    before = history.copy(deep=True), outcomes.copy(deep=True)
    draw_all(history, outcomes, tmp_path)
    xr.testing.assert_identical(history, before[0])
    xr.testing.assert_identical(outcomes, before[1])


def test_unknown_values_are_left_out(make, tmp_path):
    history, outcomes = make(states=("PHL", "LAO"))
    past = outcomes["year"] < 2024
    for name in ("deterrence", "sea_lanes", "collective_resolve", "incidents", "lane_security"):
        outcomes[name] = outcomes[name].where(~past)
    outcomes["posture"] = outcomes["posture"].where(~past, -1)
    (sea,) = [p for p in draw_all(history, outcomes, tmp_path) if p.name == "sea.svg"]
    assert ElementTree.parse(sea).getroot().tag.endswith("svg")
    assert "nan" not in Story(history=history, outcomes=outcomes).baseline_label


def test_a_missing_variable_or_an_unknown_baseline_is_refused(make, tmp_path):
    history, outcomes = make(states=("PHL",))
    with pytest.raises(UserError, match="no alignment"):
        draw_all(history, outcomes.drop_vars("alignment"), tmp_path)
    with pytest.raises(UserError, match="did you mean none"):
        draw_comparison({"none": outcomes}, tmp_path, baseline="nonne")
    with pytest.raises(UserError, match="nothing was given"):
        draw_comparison({}, tmp_path)


def test_a_folder_that_cannot_be_made_is_refused(make, tmp_path):
    history, outcomes = make(states=("PHL",))
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UserError, match="cannot be written"):
        draw_all(history, outcomes, tmp_path / "file")


def test_shares_of_the_three_corners_sum_to_one(make):
    history, _ = make(runs=4, partners=("CHN", "USA", "JPN", "IND"))
    np.testing.assert_allclose(combined_shares(history).sum("option"), 1.0)


def test_the_window_holds_every_share(make):
    values = combined_shares(make()[0]).values
    least, side = enclosing_window(values)
    assert (values >= least).all()
    assert least.sum() + side == pytest.approx(1.0)


def test_no_two_states_share_a_tile():
    assert set(PLACES) == set(ALL)
    spots = list(places([*ALL, "XYZ", "ABC"]).values())
    assert len(set(spots)) == len(spots)
    assert min(c for c, _ in spots) == min(r for _, r in spots) == 0


def test_the_commonest_posture_wins():
    posture = xr.DataArray([[2, 2], [2, 5], [1, 5]], dims=("run", "state"))
    assert commonest_posture(posture).values.tolist() == [2, 5]


def test_a_paired_difference_has_no_width_for_equal_luck():
    values = xr.DataArray([1.0, 2.0, 3.0], dims="run")
    assert paired(values + 2, values) == (2.0, 0.0)
    assert paired(xr.DataArray(3.0), xr.DataArray(1.0)) == (2.0, 0.0)


def test_the_baseline_is_called_by_what_it_is(make):
    history, outcomes = make(states=("PHL",))
    story = Story(history=history, outcomes=outcomes, baseline=without(outcomes))
    assert (story.start, story.end, story.baseline_label) == (2023, 2040, "without OSA")
    other = Story(history=history, outcomes=outcomes, baseline=without(outcomes, osa=2.0))
    assert other.baseline_label == "baseline"
