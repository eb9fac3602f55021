"""Charts of sweeps and of differences: which are drawn, of which points, and what they say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from sim.plots import fans, style
from sim.plots.fans import paired_story
from sim.plots.levers import across, described, evenly_spaced
from sim.studies.difference.figures import draw_differences
from sim.studies.difference.figures.points import Compared, draw_along, draw_forest, far_point
from sim.studies.sweep.figures import draw_sweep

AID, SCENARIO = "policy.japan.osa_budget", "scenario"
STATES = ("PHL", "KHM", "VNM")
OUTCOMES = ("alignment", "capacity", "pressure", "hedging")


def points(levels: int = 4, others: int = 2) -> pd.DataFrame:
    rows = [(10.0 * a, f"s{b}") for a in range(levels) for b in range(others)]
    return pd.DataFrame(rows, columns=[AID, SCENARIO])


def compared(design: pd.DataFrame, levers: tuple[str, ...] = (AID,)) -> Compared:
    """Alignment moves by a hundredth of a point for each of aid, of VNM alone by nothing."""
    rows = []
    for point, row in design.iterrows():
        if row[AID] == 0:
            continue
        (base,) = design.index[(design[AID] == 0) & (design[SCENARIO] == row[SCENARIO])]
        for state in (*STATES, "REGION"):
            for name in OUTCOMES:
                gap = 0.0 if state == "VNM" else 0.01 * row[AID]
                rows.append((point, base, state, name, gap, gap - 0.02, gap + 0.02))
    columns = ["point", "baseline", "state", "outcome", "difference", "low95", "high95"]
    return Compared(
        table=pd.DataFrame(rows, columns=columns),
        points=design,
        levers=list(levers),
        baseline="OSA budget 0",
        year=2030,
        attrs={"version": "0.0.0", "seed": 1},
    )


def texts(figure) -> str:
    return " ".join(text.get_text() for text in figure.texts).replace("\n", " ")


def paths(points: int = 3, runs: int = 7, years: int = 5) -> xr.Dataset:
    chance = np.random.default_rng(0)
    values = 50 + chance.normal(size=(runs, years, 3)).cumsum(axis=1)
    values = np.stack([values + 0.5 * point for point in range(points)])
    return xr.Dataset(
        {
            "alignment_path": (("point", "replicate", "year", "state"), values),
            "alignment": (("point", "replicate", "state"), values[:, :, -1]),
            "hedging": (("point", "replicate", "state"), values[:, :, 0] / 100),
        },
        {
            "state": list(STATES),
            "year": range(2024, 2024 + years),
            AID: ("point", 10.0 * np.arange(points)),
        },
        {"seed": 1, "config": "rules: {observation: {band: 7.0}}"},
    )


def names(written: list[Path]) -> set[str]:
    assert all(path.stat().st_size > 1000 for path in written)
    return {path.stem for path in written if path.suffix == ".png"}


def test_a_forest_and_lines_along_the_lever_are_drawn(tmp_path: Path) -> None:
    assert names(draw_differences(compared(points()), tmp_path)) == {
        "differences",
        "differences_along",
    }


def test_the_forest_says_who_moves_most_and_how_much_is_shown() -> None:
    with style.context():
        said = texts(draw_forest(compared(points(others=5))))
    assert "against OSA budget 0: by 2030" in said and "0.3 points toward the United States" in said
    assert "all else the same" in said and "Shown: 4 of 15 points" in said


def test_the_lines_begin_at_the_baseline_and_the_title_counts_states() -> None:
    with style.context():
        figure = draw_along(compared(points()))
    assert figure is not None
    assert "for two of three states, by 0.3 points at most" in texts(figure)
    for axes in figure.axes:
        assert any(line.get_xdata()[0] == 0 and line.get_ydata()[0] == 0 for line in axes.lines[:1])


def test_two_places_make_no_line() -> None:
    with style.context():
        assert draw_along(compared(points(levels=2))) is None


def test_many_other_factors_are_pooled(tmp_path: Path) -> None:
    design = points(others=6)
    for name in ("rules.a", "rules.b"):
        design[name] = np.tile(np.arange(6.0), 4)
    what = compared(design)
    assert what.pooled and "posterior" in what.read()
    rows = what.rows()
    part = rows[(rows["state"] == "PHL") & (rows["outcome"] == "alignment")]
    np.testing.assert_allclose(part["difference"], [0.1, 0.2, 0.3])
    np.testing.assert_allclose(part["low95"], part["difference"])  # of means over what else varies
    assert names(draw_differences(what, tmp_path)) == {"differences", "differences_along"}


def test_the_far_point_has_most_of_the_lever_and_its_own_baseline() -> None:
    assert far_point(compared(points())) == (7, 1, "OSA budget 30, scenario=s1")


def test_fans_are_drawn_with_their_baseline_where_there_are_years(tmp_path: Path) -> None:
    made = paths()["alignment_path"]
    sides = made.isel(point=2), made.isel(point=0)
    written = draw_differences(compared(points()), tmp_path, (*sides, "OSA budget 20"))
    assert {"fans", "fans_difference"} <= names(written)


def test_runs_that_either_lacks_are_left_out_of_a_pair() -> None:
    made = paths()["alignment_path"]
    policy, baseline = made.isel(point=1).copy(), made.isel(point=0).copy()
    policy[2], baseline[4] = np.nan, np.nan
    story = paired_story(
        policy, baseline, {"config": "rules: {observation: {band: 7.0}}"}, ("more", "none")
    )
    assert story.runs == 5 and story.band == (43.0, 57.0) and story.baseline_label == "none"
    with style.context():
        said = texts(fans.draw_difference(story))
    assert "more: by 2028" in said and "+0.5 points" in said and "5 runs" in said
    with style.context():
        said = texts(fans.draw(story))
    assert "Dotted" not in said and "more, 5 runs" in said and "Dashed: none" in said


def test_one_lever_is_drawn_state_by_state_and_years_as_fans(tmp_path: Path) -> None:
    assert names(draw_sweep(paths(), tmp_path)) == {
        *("along_alignment", "along_hedging", "fans", "fans_difference")
    }


def test_named_choices_are_drawn_as_points_side_by_side(tmp_path: Path) -> None:
    data = paths(points=4).drop_vars([AID, "alignment_path"]).isel(replicate=[0])
    data = data.assign_coords(
        {
            "policy.japan": ("point", ["none", "more"] * 2),
            "scenario": ("point", ["a", "a", "b", "b"]),
        }
    )
    assert names(draw_sweep(data, tmp_path)) == {"along_alignment", "along_hedging"}


@pytest.mark.parametrize("columns", [0, 3])
def test_nothing_is_drawn_of_no_lever_or_of_many(columns: int, tmp_path: Path) -> None:
    data = paths(points=4).drop_vars([AID, "alignment_path"])
    levers = {f"rules.x{place}": ("point", np.arange(4.0)) for place in range(columns)}
    assert draw_sweep(data.assign_coords(levers), tmp_path) == []


def test_a_lever_with_numbers_is_preferred_and_few_are_chosen_evenly() -> None:
    design = points()
    assert across(design, [SCENARIO, AID]) == AID and across(design, [SCENARIO]) == SCENARIO
    assert evenly_spaced(range(9), 3) == [0, 4, 8]
    assert described({AID: 5.0, SCENARIO: "calm"}, [AID, SCENARIO]) == "OSA budget 5, scenario=calm"
