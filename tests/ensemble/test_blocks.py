"""A run is known by its point and its number: what stands beside it in a block changes nothing."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from experiments.sweep import main as run_sweep
from sim.config import build
from sim.engines import ensemble
from sim.engines.region import simulate
from sim.ensemble.block_runs import block_outcomes
from sim.ensemble.blocks import lattice, partition
from sim.ensemble.summary import first_sustained_year, reduce_runs
from sim.outcomes import compute_outcomes
from sim.outcomes.definitions import columns, paths
from tests.ensemble.small import TINY, plan

EVERY = tuple(columns())


@pytest.fixture(scope="module")
def settings():
    made = plan()
    return [made.settings(point) for point in (0, 3, 5, 8)]


@pytest.fixture(scope="module")
def block(settings):
    return block_outcomes(settings, 0, 9, keep=EVERY, paths=True)


@pytest.mark.parametrize(("point", "first", "replicates"), [(1, 0, 9), (2, 4, 3), (3, 8, 1)])
def test_the_block_a_run_is_in_does_not_matter(point, first, replicates, settings, block):
    alone = block_outcomes([settings[point]], first, replicates, keep=EVERY, paths=True)
    there = block.isel(point=[point], replicate=slice(first, first + replicates))
    xr.testing.assert_equal(alone.drop_vars("point"), there.drop_vars("point"))


def test_a_block_tells_what_the_region_tells(settings, block):
    outcomes = compute_outcomes(
        simulate(settings[2], run=5).sel(year=slice(2024, None)), settings[2].rules.observation
    )
    reduced = reduce_runs(outcomes.drop_vars("run").expand_dims(run=[5]), threshold=0.5)
    told = block.isel(point=2).sel(replicate=5)
    for name in EVERY:
        np.testing.assert_allclose(told[name], reduced[name].isel(run=0), rtol=1e-10)


def test_the_compiled_engine_tells_the_same_of_a_block(settings, block):
    pytest.importorskip("jax")
    compiled = block_outcomes(settings, 0, 9, keep=EVERY, paths=True, compiled=True)
    for name, values in block.data_vars.items():
        np.testing.assert_allclose(compiled[name], values, rtol=1e-10, atol=1e-12)
        assert compiled[name].dtype == values.dtype and compiled[name].dims == values.dims


def test_a_compiled_sweep_without_jax_is_refused_before_it_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(ensemble, "find_spec", lambda name: None)
    argv = ["sweep.space.policy.japan.osa_budget=[0,4]", "sweep.levels=2", "sweep.replicates=2"]
    assert run_sweep([*argv, "sweep.engine=compiled", f"out={tmp_path / 's'}"]) == 2
    told = capsys.readouterr().err
    assert "jax is not installed" in told and "sweep.engine=numpy" in told
    assert not (tmp_path / "s").exists()


def test_a_block_holds_all_that_is_kept_of_a_run(block):
    assert {*EVERY, *(f"{name}_path" for name in paths())} == set(block.data_vars)
    assert all("long_name" in values.attrs for values in block.data_vars.values())
    assert block["posture"].dtype == np.int8


def test_different_worlds_may_stand_in_one_block():
    few, many = build(TINY), build(TINY | {"states": ["PHL", "KHM", "VNM"]})
    mixed = block_outcomes([many, few, many], 0, 2)
    assert list(mixed["state"].values) == ["PHL", "KHM", "VNM"]
    assert np.isnan(mixed["alignment"].sel(state="VNM").isel(point=1)).all()
    assert (mixed["posture"].sel(state="VNM").isel(point=1) == -1).all()
    alone = block_outcomes([few], 0, 2)
    np.testing.assert_array_equal(mixed["hedging"].isel(point=1)[:, :2], alone["hedging"][0])


def test_events_of_one_point_leave_its_neighbour_alone():
    event = {"year": 2025, "kind": "growth", "size": -5, "state": "PHL"}
    shocked = build(TINY | {"scenario": {"events": [event]}})
    calm = build(TINY)
    for pair in ([shocked, calm], [calm, shocked]):
        both = block_outcomes(pair, 0, 3)
        place = pair.index(calm)
        np.testing.assert_array_equal(
            both["capacity"][place], block_outcomes([calm], 0, 3)["capacity"][0]
        )


@pytest.mark.parametrize(
    ("holds", "year"),
    [
        ((0, 1, 1, 1, 0), 2025),
        ((1, 1, 0, 1, 1), None),
        ((1, 1, 1, 0, 0), 2024),
        ((0, 0, 1, 1, 1), 2026),
    ],
)
def test_the_first_of_three_years_in_a_row(holds, year):
    found = first_sustained_year(np.array(holds, bool), np.arange(2024, 2029))
    assert np.isnan(found) if year is None else found == year


EXTENTS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=4)


@given(EXTENTS, st.integers(1, 20), st.integers(1, 40))
def test_blocks_cover_every_run_once_and_stay_when_a_sweep_grows(steps, replicates, runs):
    extents, points, longest = [], 1, 1
    for more_points, more_runs in steps:
        points, longest = points + more_points, longest + more_runs
        extents.append((points, longest))
    cells = lattice(replicates, runs)
    blocks = partition(extents, cells)
    count = np.zeros(extents[-1], dtype=int)
    for one in blocks:
        count[one.first_point : one.last_point, one.first : one.last] += 1
    assert (count == 1).all()
    assert blocks[: len(partition(extents[:-1], cells))] == partition(extents[:-1], cells)
