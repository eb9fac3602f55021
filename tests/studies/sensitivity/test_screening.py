"""Morris effects are SALib's, tornadoes are paired differences, and noise is told apart from both."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.ensemble.design import Dimension
from sim.errors import UserError
from sim.studies.sensitivity.screening import effects, morris, screen
from sim.studies.sensitivity.tornado import swings, tornado, widest_first
from tests.studies.sensitivity.functions import space

FIVE = space(5, low=-2.0, high=4.0)


def crooked(table):
    x = table.to_numpy(float)
    return 3.0 * x[:, 0] + x[:, 1] * x[:, 2] + x[:, 3] ** 2


def test_without_noise_the_screening_is_salibs():
    analyze = pytest.importorskip("SALib.analyze.morris").analyze
    table = morris(FIVE, 20, seed=5)
    values = crooked(table)
    found = screen(effects(table, values[:, np.newaxis], FIVE), times=50)
    asked = {"num_vars": 5, "names": list(table), "bounds": [[0, 1]] * 5}
    theirs = analyze(asked, (table.to_numpy(float) + 2.0) / 6.0, values, num_levels=4)
    for ours, name in ((found.mu, "mu"), (found.mu_star, "mu_star"), (found.sigma, "sigma")):
        np.testing.assert_allclose(ours, np.asarray(theirs[name], float), atol=1e-9)
    assert list(found.above_noise) == [True] * 4 + [False]
    assert (found.low <= found.mu_star).all() and (found.mu_star <= found.high).all()


def test_a_setting_without_effect_is_not_above_noise_and_sigma_is_freed_of_it():
    table = morris(FIVE, 40, seed=5)
    noise = 2.0 * np.random.default_rng(1).normal(size=(len(table), 8))
    noisy = effects(table, crooked(table)[:, np.newaxis] + noise, FIVE)
    found = screen(noisy, times=200)
    assert found.above_noise[0] and not found.above_noise[4]
    assert found.sigma[0] < 1.0 < noisy[0].mean(axis=-1).std(ddof=1)
    # an effect is a difference of two means of 8 over a step of 2/3
    error = np.sqrt(2 * 4.0 / 8) / (2 / 3)
    np.testing.assert_allclose(found.floor, np.sqrt(2 / np.pi) * error, rtol=0.15)


def test_noise_shared_by_all_points_changes_no_effect():
    table = morris(FIVE, 6, seed=1)
    values = crooked(table)[:, np.newaxis] + np.arange(7.0)
    found = effects(table, values, FIVE)
    np.testing.assert_allclose(found, found[..., :1] + 0.0 * found, atol=1e-9)


def test_more_paths_begin_with_the_fewer():
    pd.testing.assert_frame_equal(morris(FIVE, 4, 3), morris(FIVE, 9, 3).head(24))
    assert morris(FIVE, 4, 3).max().max() <= 4.0
    with pytest.raises(UserError, match="at least 4 paths"):
        morris(FIVE, 3, 3)


def test_a_tornado_moves_one_setting_at_a_time_from_the_baseline():
    dims = (FIVE[0], Dimension(name="theory", values=("a", "b", "c"), group=True))
    table = tornado(dims, {"x0": 1.0})
    assert table.to_numpy().tolist() == [
        [1.0, ""],
        [-2.0, ""],
        [4.0, ""],
        *([1.0, name] for name in "abc"),
    ]
    noise = np.random.default_rng(0).normal(size=7)
    runs = np.array([0.0, -1.0, 2.0, 0.0, 5.0, 1.0])[:, np.newaxis] + noise
    found = swings(dims, runs)
    np.testing.assert_allclose([one.change for one in found], [-1, 2, 0, 5, 1], atol=1e-12)
    assert [one.found for one in found] == [True, True, False, True, True]
    assert widest_first(found) == ["theory", "x0"]
