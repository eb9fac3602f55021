"""Holding out hides what it says, and what is drawn and projected has its shape."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from sim.ensemble import posterior
from sim.ensemble.priors import priors, values
from sim.plots import style
from sim.studies.calibration import figures as weights
from sim.studies.calibration.calibrate import set_hindcast
from sim.studies.calibration.hindcast import OPINION, past_stage, past_world
from sim.studies.validation import figures as validation
from sim.studies.validation.analysis import year_ahead
from sim.studies.validation.forecast import samples
from sim.studies.validation.heldout import Trial
from sim.studies.validation.projection import project

STATE, YEAR = 4, 2021


@pytest.fixture(scope="module")
def hindcast():
    return set_hindcast(replicates=1)


@pytest.fixture(scope="module")
def found():
    return values(np.random.default_rng(1).standard_normal((3, len(priors()))))


@pytest.fixture(scope="module")
def predicted(hindcast, found):
    return hindcast.of(found)


def _with_choice(hindcast, where):
    choice = hindcast.targets.choice.copy()
    choice[where] = 0.93
    return dataclasses.replace(
        hindcast, targets=dataclasses.replace(hindcast.targets, choice=choice)
    )


def test_a_state_held_out_is_not_seen(hindcast, predicted, found):
    other = _with_choice(hindcast, np.s_[:, STATE])
    blind = [one.without(states=[STATE]).judge(predicted, found) for one in (hindcast, other)]
    assert np.array_equal(*blind)
    assert not np.array_equal(hindcast.judge(predicted, found), other.judge(predicted, found))


def test_a_survey_held_out_is_not_seen(hindcast, predicted, found):
    other = _with_choice(hindcast, np.s_[YEAR - 2020, :])
    blind = [one.without(years=[YEAR]).judge(predicted, found) for one in (hindcast, other)]
    assert np.array_equal(*blind)


def test_trust_hidden_is_the_mean_of_the_others():
    world = past_world(known=2022, until=2022)
    blind = past_stage(OPINION, blind=["LAO"]).world["trust"].sel(year=2022)
    others = world["trust"].sel(year=2022).drop_sel(state="LAO").mean("state")
    assert blind.sel(state="LAO").values == pytest.approx(others.values)
    assert blind.drop_sel(state="LAO").equals(world["trust"].sel(year=2022).drop_sel(state="LAO"))


def test_errors_widen_a_forecast_and_keep_its_middle(found):
    eta = np.full((3, 2, 4), 0.4)
    many = {path: np.repeat(column, 3000) for path, column in found.items()}
    drawn = samples(np.repeat(eta, 3000, axis=0), many, seed=1)
    assert np.median(drawn) == pytest.approx(1 / (1 + np.exp(-0.4)), abs=0.02)
    assert drawn.std() > 0.05


def test_the_year_ahead_is_foretold_by_all_rivals(hindcast, found):
    trial = year_ahead(hindcast, found, seed=1)
    table = trial.table()
    assert len(table) == 5
    assert (table["cases"] == 10).all()
    assert (table["crps"] <= table["miss"] + 1e-9).all()


def test_projections_say_all_quantiles_in_order():
    some = {path: column[:3] for path, column in posterior.arrays().items()}
    table = project({p.path: some[p.path] for p in priors()}, replicates=2)
    assert len(table) == 2 * 10 * 3
    assert set(table["year"]) == {2024, 2025, 2026}
    ordered = table[["q05", "q25", "median", "q75", "q95"]].to_numpy()
    assert (np.diff(ordered, axis=1) >= 0).all()


def test_every_chart_of_the_validation_can_be_drawn(tmp_path):
    rng = np.random.default_rng(2)
    told, seen = rng.random((20, 3, 2)), rng.random((3, 2))
    attrs = {"seed": 1, "version": "0"}
    trial = Trial(name="a test", observed=seen[0], cases=[("PHL", 2022), ("VNM", 2022)])
    names = {"PHL": "Philippines", "VNM": "Vietnam"}
    with style.context():
        figures = [
            validation.draw_heldout([(trial.name, told[:, 0], seen[0], ["PHL", "VNM"])], attrs),
            weights.draw_weights(
                rng.standard_normal((30, 7)), list("abcdefg"), ["nothing"] * 7, attrs
            ),
            validation.draw_checks(told, seen, [2021, 2022, 2023], names, attrs, fitted=2022),
        ]
        for place, figure in enumerate(figures):
            assert all(path.is_file() for path in style.save(figure, tmp_path, str(place)))
