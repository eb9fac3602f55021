"""Survival over a store: planted times are found, pairs stay pairs, and who was never in is left out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from sim.ensemble.store.finished import Stored
from sim.errors import UserError
from sim.outcomes.survival import kaplan_meier
from sim.studies.survival.analysis import (
    REGION,
    collect,
    differences,
    pairs,
    regional,
    restricted_mean_table,
)
from sim.studies.survival.groups import dates_of, grouped
from tests.ensemble.small import plan

REPLICATES = 25
SPACE = {
    "theory": ["insurance", "commerce"],
    "policy/japan": ["none", "osa_2023"],
    "policy.china.gray_zone": [0.2, 0.4, 0.8],
}


def stored(dates=None, **more):
    """A finished sweep of 2 x 2 x 3 points in which commerce ends two years later than insurance, in every run."""
    made = plan(space=SPACE, replicates=REPLICATES, design="grid")
    chance = np.random.default_rng(2)
    luck = chance.integers(2025, 2030, size=(REPLICATES, 3)).astype(float)
    if dates is None:
        later = 2.0 * (made.points["theory"] == "commerce").to_numpy()
        dates = luck + later[:, None, None]
        dates[..., 2] = 2024.0  # out from the first year on
    values = {"time_to_choice": (("point", "replicate", "state"), dates)} | more
    outcomes = xr.Dataset(
        values, {"state": ["PHL", "VNM", "KHM"], "point": range(12), "replicate": range(REPLICATES)}
    )
    return Stored(folder=Path("planted"), plan=made, outcomes=outcomes, version="0")


@pytest.fixture(autouse=True)
def many_years(monkeypatch):
    monkeypatch.setattr(Stored, "years", property(lambda _: (2024, 2040)))


def laid_out(store, over="theory", between="policy/japan"):
    return grouped(store.plan, store.folder, over=over, between=between)


def test_a_planted_gain_is_found_run_by_run():
    store = stored()
    groups = laid_out(store)
    found = differences(collect(store, groups, "time_to_choice"), groups)
    across = found[
        found["choice"].str.startswith("commerce") & found["against"].str.startswith("insurance")
    ]
    np.testing.assert_allclose(across[["gained", "low", "high"]], 2.0)
    within = found[~found.index.isin(across.index)]
    np.testing.assert_allclose(within["gained"], 0.0)
    assert (across["runs"] == 3 * REPLICATES).all()


def test_who_was_out_from_the_first_year_is_left_out_of_everything():
    store = stored()
    groups = laid_out(store)
    followed = collect(store, groups, "time_to_choice")
    assert followed.left_out == ("KHM",) and followed.states == ("PHL", "VNM")
    assert set(restricted_mean_table(followed)["state"]) == {"PHL", "VNM", REGION}


def test_the_regions_curve_is_the_mean_of_its_states():
    store = stored()
    groups = laid_out(store)
    cases = collect(store, groups, "time_to_choice").cases["insurance", "none"]
    curve = regional(cases, 15.0)
    each = [kaplan_meier(cases[:, place]) for place in range(2)]
    for year, share in zip(curve.year, curve.share, strict=True):
        told = [one.share[np.searchsorted(one.year, year, side="right") - 1] for one in each]
        assert share == pytest.approx(np.mean(told))
    assert (curve.low <= curve.share).all() and (curve.share <= curve.high).all()


def test_each_choice_is_measured_against_the_first_of_its_kind():
    groups = laid_out(stored())
    assert (("insurance", "osa_2023"), ("insurance", "none")) in pairs(groups)
    assert (("commerce", "none"), ("insurance", "none")) in pairs(groups)
    assert len(pairs(groups)) == 4 and groups.runs == 3 * REPLICATES


def test_dates_that_never_come_do_not_vary():
    store = stored(np.full((12, REPLICATES, 3), np.nan))
    assert not collect(store, laid_out(store), "time_to_choice").varies


def test_another_threshold_is_read_off_the_paths():
    path = np.full((12, REPLICATES, 3, 17), 0.7)
    path[..., 6:] = 0.45
    store = stored(hedging_path=(("point", "replicate", "state", "year"), path))
    store = replace(store, outcomes=store.outcomes.assign_coords(year=range(2024, 2041)))
    assert np.unique(dates_of(store, "time_to_choice", 0.5)).tolist() == [2030]
    assert np.isnan(dates_of(store, "time_to_choice", 0.4)).all()


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda s: laid_out(s, over="theroy"), "did you mean theory"),
        (lambda s: laid_out(s, between="theory"), "both theory"),
        (lambda s: dates_of(s, "time_to_chose"), "did you mean time_to_choice"),
        (lambda s: dates_of(s, "time_to_choice", 0.4), "sweep.paths=true"),
    ],
)
def test_what_a_store_cannot_tell_is_said(ask, told):
    with pytest.raises(UserError, match=told):
        ask(stored())


def test_too_few_runs_are_refused_with_how_many_it_takes():
    store = stored()
    store = replace(store, plan=replace(store.plan, replicates=6))
    with pytest.raises(UserError, match="at least 20.*sweep.replicates=7"):
        laid_out(store)
