"""The sampler finds what it should, and the posterior that ships is sound."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.config import Settings, declared
from sim.engines.points import stage_key
from sim.ensemble import posterior
from sim.ensemble.priors import READING, apply, priors
from sim.errors import UserError
from sim.studies.calibration.calibrate import SmcSettings, calibrate, prior_sample
from sim.studies.calibration.persistence import persistence_check
from sim.studies.calibration.weights import effective, normalised, resample

LOGS = arrays(float, (9,), elements=st.floats(-50, 50))


class Bell:
    """Stands in for a hindcast: the record puts the first weight at 1.5, and says nothing of the rest."""

    def fit(self, z):
        return -0.5 * ((z[:, 0] - 1.5) / 0.25) ** 2


def test_the_sampler_finds_a_known_posterior():
    cloud = calibrate(Bell(), SmcSettings(draws=1024, moves=6, seed=3))
    precision = 1 + 1 / 0.25**2
    assert cloud.z[:, 0].mean() == pytest.approx(1.5 / 0.25**2 / precision, abs=0.06)
    assert cloud.z[:, 0].std() == pytest.approx(precision**-0.5, rel=0.2)
    assert np.abs(cloud.z[:, 1:].mean(axis=0)).max() < 0.35


def test_what_the_record_is_silent_on_is_said_to_be_unknown():
    table = posterior.identifiability(prior_sample(512, seed=1))
    assert set(table["data_say"]) == {"nothing"}
    assert posterior.verdict(0.2) == "something"


@given(LOGS)
def test_weights_sum_to_one_and_are_never_worth_more_than_their_number(logs):
    weights = normalised(logs)
    assert weights.sum() == pytest.approx(1.0)
    assert 1.0 - 1e-9 <= effective(weights) <= len(weights) + 1e-6


@given(LOGS, st.integers(0, 2**32))
def test_resampling_gives_each_draw_its_due(logs, seed):
    weights = normalised(logs)
    places = resample(weights, 50, np.random.default_rng(seed))
    counts = np.bincount(places, minlength=len(weights))
    assert (np.abs(counts - 50 * weights) < 1.0 + 1e-6).all()


def test_the_posterior_that_ships_can_be_drawn_from():
    some = posterior.draws(5)
    assert len(some) == 5
    assert set(some[0]) == {p.path for p in priors() if p.path in declared()} | set(READING)
    assert some[0] != some[1]


def test_draws_share_one_stage():
    keys = {stage_key(apply(Settings(), draw)) for draw in posterior.draws(20)}
    assert len(keys) == 1


def test_the_posterior_that_ships_says_where_it_comes_from():
    told = posterior.provenance()
    assert told["known_to"] == "2022"
    assert {"seed", "targets", "data_versions", "version", "method"} <= set(told)


def test_a_draw_puts_its_numbers_in_place_and_leaves_the_rest():
    changed = apply(Settings(), {"rules.security.threat": 3.25, "error.swing": 0.5})
    assert changed.rules.security.threat == 3.25
    assert changed.policy == Settings().policy


@pytest.mark.parametrize("count", [0, 100_000])
def test_more_draws_than_there_are_are_refused(count):
    with pytest.raises(UserError, match="draws of the posterior"):
        posterior.draws(count)


def test_a_missing_posterior_is_told_in_one_message(tmp_path):
    with pytest.raises(UserError, match="calibrate.py"):
        posterior.read(tmp_path / "posterior.csv")


def test_draws_written_are_read_back(tmp_path):
    found = {p.path: p.value(np.array([-1.0, 0.0, 1.0])) for p in priors()}
    path = tmp_path / "posterior.csv"
    path.write_text(posterior.as_csv(found, {"seed": "1"}), encoding="utf-8")
    assert posterior.provenance(path) == {"seed": "1"}
    back = posterior.arrays(path)
    for name, column in found.items():
        assert back[name] == pytest.approx(column, rel=1e-5)


def test_a_run_from_2000_is_held_against_no_change_at_all():
    some = {path: column[:2] for path, column in posterior.arrays().items()}
    table = persistence_check({path: some[path] for path in some if path not in READING})
    assert list(table["quantity"]) == ["security ties", "shares of trade"]
    assert ((table["model"] > 0) & (table["model"] < 0.3)).all()
