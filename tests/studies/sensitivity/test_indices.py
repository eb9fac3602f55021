"""Indices of known functions come out; noise of known size is recovered, and biases only what is not corrected."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import sobol_indices

from sim.studies.sensitivity.indices import needed, sobol
from sim.studies.sensitivity.noise import same_everywhere, split
from tests.studies.sensitivity.functions import FIRST, TOTAL, VARIANCE, laid


def inside(truth, low, high):
    return ((low - 1e-9 <= truth) & (truth <= high + 1e-9)).all()


def test_ishigami_without_noise():
    found = sobol(laid(4096, 1), times=200)
    np.testing.assert_allclose(found.first, FIRST, atol=0.02)
    np.testing.assert_allclose(found.total, TOTAL, atol=0.02)
    assert inside(FIRST, found.first_low, found.first_high)
    assert inside(TOTAL, found.total_low, found.total_high)
    np.testing.assert_array_equal(found.total, found.plain_total)


def test_without_noise_they_are_scipys():
    runs = laid(256, 1)
    ours = sobol(runs, times=20)
    parts = {"f_A": runs[:, 0].T, "f_B": runs[:, 1].T, "f_AB": runs[:, 2:].transpose(1, 2, 0)}
    theirs = sobol_indices(func=parts, n=256)
    np.testing.assert_allclose(ours.first, theirs.first_order.ravel(), rtol=1e-10)
    np.testing.assert_allclose(ours.total, theirs.total_order.ravel(), rtol=1e-10)


@pytest.mark.parametrize("shared", [0.0, 5.0])
def test_noise_is_taken_out_and_what_is_not_corrected_is_biased(shared):
    found = sobol(laid(2048, 7, uneven=6.0, shared=shared), times=200)
    assert inside(FIRST, found.first_low, found.first_high)
    assert inside(TOTAL, found.total_low, found.total_high)
    np.testing.assert_allclose(found.total, TOTAL, atol=0.08)
    assert (found.plain_total > found.total_high).all()
    # (T V + s^2 / R) / (V + s^2 / R), the total that means of seven replicates must show
    noise = 36.0 / 7
    expected = (TOTAL * VARIANCE + noise) / (VARIANCE + noise)
    np.testing.assert_allclose(found.plain_total, expected, atol=0.04)
    assert (found.plain_first[:2] < FIRST[:2]).all()


def test_noise_that_meets_a_setting_is_no_effect_of_it():
    """Y = x + z y with z of mean zero: y moves single runs, but not their expectation."""
    chance = np.random.default_rng(3)
    rows = chance.uniform(-1, 1, (512, 4, 2))
    rows[:, 2:] = rows[:, :1]
    rows[:, 2, 0], rows[:, 3, 1] = rows[:, 1, 0], rows[:, 1, 1]
    runs = rows[..., :1] + 2.0 * rows[..., 1:] * chance.normal(size=8)
    found = sobol(runs, times=300)
    assert found.total_low[1] <= 0.0 <= found.total_high[1]
    assert found.swamped[1] and found.plain_total[1] > 0.1
    assert found.by_replicates > 0.0


def test_noise_of_known_size_is_recovered():
    runs = laid(2048, 11, uneven=3.0, shared=2.0)
    found = split(runs[:, :2].reshape(-1, 11))
    assert found.settings == pytest.approx(VARIANCE, rel=0.05)
    shared = runs[:, :2].reshape(-1, 11).mean(axis=0).var(ddof=1)
    assert found.stochastic == pytest.approx(9.0 + shared, rel=0.05)
    assert found.shared == pytest.approx(shared, rel=0.05)
    assert found.share == pytest.approx((9.0 + shared) / (9.0 + shared + VARIANCE), rel=0.05)
    assert found.left == pytest.approx(9.0 / 11 / (9.0 / 11 + VARIANCE), rel=0.1)


def test_one_replicate_knows_no_stochastic_part():
    found = split(np.arange(7.0)[:, np.newaxis])
    assert found.stochastic == found.share == found.left == 0.0
    assert found.settings == pytest.approx(np.arange(7.0).var(ddof=1))


def test_more_runs_narrow_the_widest_interval_as_foretold():
    found = sobol(laid(128, 5, uneven=4.0), times=300)
    samples, replicates = needed(found, 128, 5, found.width / 2)
    assert samples >= 512 and samples & (samples - 1) == 0 and replicates >= 5
    again = sobol(laid(samples, replicates, uneven=4.0), times=300)
    assert again.width < found.width / 1.5
    assert needed(found, 128, 5, found.width) == (128, 5)


def test_an_outcome_that_never_varies_is_seen():
    assert same_everywhere(np.full((5, 3), 0.1) + 1e-13) and not same_everywhere(np.eye(3))
