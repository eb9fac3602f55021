"""Policy minus baseline over a store: the right point, run by run, and what has not been run left out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from sim.ensemble.executors.options import ExecutorOptions
from sim.ensemble.run import sweep
from sim.ensemble.store.opening import open_store
from sim.ensemble.store.rows import read_table
from sim.errors import UserError
from sim.outcomes.definitions import dates
from sim.statistics import paired_difference
from sim.studies.difference.baseline import NONE, baselines
from sim.studies.difference.measures import of_region, of_states
from sim.studies.difference.paths import path_of
from sim.studies.difference.table import write_differences
from tests.ensemble.small import plan

AID, GRAY, JAPAN = "policy.japan.osa_budget", "policy.china.gray_zone", "policy/japan"
SPACE = {JAPAN: ["none", "osa_2023"], GRAY: [0, 1]}


@pytest.fixture(scope="module")
def made():
    return plan(space=SPACE, levels=3, paths=True)


@pytest.fixture(scope="module")
def store(made, tmp_path_factory):
    folder = tmp_path_factory.mktemp("difference") / "store"
    sweep(made, folder, executor=ExecutorOptions(kind="serial"))
    return open_store(folder)


def grid(rows: int, columns: int) -> pd.DataFrame:
    return pd.DataFrame(
        [(float(a), f"s{b}") for a in range(rows) for b in range(columns)],
        columns=[AID, "scenario"],
    )


@given(st.integers(2, 6), st.integers(1, 5), st.integers(0, 5))
def test_the_baseline_differs_in_what_is_named_alone(rows, columns, level):
    points = grid(rows, columns)
    wanted = level % rows
    found = baselines({"osa_budget": wanted}, points)
    for point, base in enumerate(found):
        assert points[AID][base] == wanted
        assert points["scenario"][base] == points["scenario"][point]


def test_one_point_may_be_the_baseline_of_all():
    assert baselines("point:3", grid(3, 2)).tolist() == [3] * 6


def test_a_point_without_a_baseline_is_left_without():
    points = grid(3, 2).drop(index=0).reset_index(drop=True)
    found = baselines({AID: 0}, points)
    alone = points["scenario"] == "s0"
    assert (found[alone] == NONE).all() and (found[~alone] == 0).all()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("point:99", "points 0 to 5"),
        ("point:-1", "point:N"),
        ("7", "point:N"),
        ({"osa_budgt": 0}, "osa_budget"),
        ({AID: 7}, "the sweep has it at 0, 1, 2"),
        ({AID: "none"}, "the sweep has it at"),
        ({AID: [0, 1]}, "the sweep has it at"),
        ({AID: True}, "the sweep has it at"),
        ({AID: None}, "the sweep has it at"),
        ({"scenario": "s9"}, "s0, s1"),
        ({AID: 0, "scenario": "s9"}, "s0, s1"),
    ],
)
def test_a_baseline_there_is_not_is_refused(given, told):
    with pytest.raises(UserError) as refused:
        baselines(given, grid(3, 2))
    assert told in str(refused.value)


def test_a_name_that_several_columns_end_in_is_refused():
    points = pd.DataFrame({"rules.acts.offers": [0.0, 1.0], "rules.stance.offers": [0.0, 1.0]})
    with pytest.raises(UserError, match="several columns end in"):
        baselines({"offers": 0}, points)


def test_a_design_with_nothing_to_compare_is_refused():
    with pytest.raises(UserError, match="differ from a baseline"):
        baselines("point:0", grid(1, 1))


def test_every_row_is_the_paired_difference_of_its_runs(store, made, tmp_path):
    bases = baselines({JAPAN: "none"}, made.points)
    assert bases.tolist() == [0, 1, 2, 0, 1, 2]
    told = write_differences(store, made.points, bases, tmp_path)
    table = read_table(tmp_path / "differences.csv")
    assert (told.points, told.blank, told.without) == (3, 0, 0)
    assert set(table["state"]) == {"PHL", "KHM", "REGION"}
    with xr.open_dataset(store.folder / "outcomes.nc", engine="scipy") as data:
        for name, state, point in (("capacity", "PHL", 4), ("incidents", "KHM", 5)):
            one, other = (
                data[name].sel(point=p, state=state).values for p in (point, bases[point])
            )
            _agrees(table, point, state, name, paired_difference(one, other))
        one, other = (
            data["alignment"].sel(point=p).astype(float).mean("state").values for p in (3, 0)
        )
        _agrees(table, 3, "REGION", "alignment", paired_difference(one, other))
        one, other = (data["deterrence"].sel(point=p).values for p in (5, 2))
        _agrees(table, 5, "REGION", "deterrence", paired_difference(one, other))
    assert (table["found"] == ((table["low95"] > 0) | (table["high95"] < 0))).all()
    assert not ((table["outcome"] == "deterrence") & (table["state"] == "PHL")).any()


def _agrees(table, point, state, name, expected):
    at = (table["point"] == point) & (table["state"] == state) & (table["outcome"] == name)
    (row,) = table[at].to_dict("records")
    for column, value in (
        ("difference", expected.mean),
        ("low95", expected.low),
        ("mc_error", expected.mc_error),
        ("variance_reduction", expected.variance_reduction),
        ("replicates_saved", expected.replicates_saved),
        ("pairs", expected.runs),
    ):
        assert row[column] == pytest.approx(value, rel=1e-4, abs=1e-7), column


def test_the_table_stands_as_parquet_too(store, made, tmp_path):
    pytest.importorskip("pyarrow")
    write_differences(store, made.points, baselines("point:0", made.points), tmp_path)
    pd.testing.assert_frame_equal(
        pd.read_parquet(tmp_path / "differences.parquet"), read_table(tmp_path / "differences.csv")
    )


def test_what_has_not_been_run_is_left_out_and_counted(store, made, tmp_path):
    part = open_store(store.folder)
    bases = baselines({JAPAN: "none"}, made.points)
    for block in list(part.done)[4:]:
        del part.done[block]
    told = write_differences(part, made.points, bases, tmp_path)
    assert (told.points, told.blank) == (1, 2)
    assert set(read_table(tmp_path / "differences.csv")["point"]) == {3}


def test_a_store_cut_across_replicates_pairs_what_both_have(tmp_path):
    made = plan(space=SPACE, levels=1, replicates=7, block=3)
    sweep(made, tmp_path / "s", executor=ExecutorOptions(kind="serial"))
    part = open_store(tmp_path / "s")
    for block in list(part.done):
        if block.first_point == 1 and block.first == 3:
            del part.done[block]
    write_differences(part, made.points, baselines("point:0", made.points), tmp_path)
    table = read_table(tmp_path / "differences.csv")
    assert set(table.loc[~table["outcome"].isin(dates()), "pairs"]) == {4}


def test_a_region_alone_is_written_where_states_would_be_too_many(
    store, made, tmp_path, monkeypatch
):
    monkeypatch.setattr("sim.studies.difference.table.MOST_ROWS", 10)
    told = write_differences(store, made.points, baselines("point:0", made.points), tmp_path)
    table = read_table(tmp_path / "differences.csv")
    assert not told.by_state and set(table["state"]) == {"REGION"} and len(table) > 5


def test_paths_come_back_as_they_are_stored(store):
    found = path_of(store, "alignment_path", 4)
    with xr.open_dataset(store.folder / "outcomes.nc", engine="scipy") as data:
        np.testing.assert_array_equal(found.values, data["alignment_path"].sel(point=4).values)
    assert found.dims == ("replicate", "year", "state")


def test_shares_are_of_runs_that_are_there():
    cells = {
        name: np.full((2, 3), 0.5)
        for name in (
            *("alignment", "alignment_security", "alignment_economic", "forced_choice", "hedging"),
            *("autonomy", "capacity", "pressure", "incidents", "left_band", "time_to_choice"),
        )
    }
    cells["posture"] = np.array([[0, 1, 1], [1, 1, -1]])
    cells["alignment"][1, 2] = np.nan
    cells["left_band"][0] = [2030.0, np.nan, np.nan]
    cells |= {
        name: np.zeros(2)
        for name in (
            *("cohesion", "collective_resolve", "deterrence", "sea_lanes", "soft_power", "rivalry"),
            *("deterrence_mean", "sea_lanes_mean", "hedging_share"),
        )
    }
    states, region = of_states(cells), of_region(cells)
    np.testing.assert_array_equal(states["left_band_share"], [[1, 0, 0], [1, 1, np.nan]])
    np.testing.assert_array_equal(region["left_band_share"], [1, 1])
    shares = [region[name] for name in region if name.startswith("posture_")]
    np.testing.assert_allclose(np.sum(shares, axis=0), 1.0)
