"""The scores: CRPS is exact, rewards the right spread, and coverage counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.studies.validation.scores import covered, crps, rank_correlation, score

SHARES = st.floats(0.0, 1.0, allow_nan=False, width=32)


@given(arrays(float, (7, 3), elements=SHARES), arrays(float, (3,), elements=SHARES))
def test_crps_is_the_double_sum(samples, observed):
    apart = np.abs(samples[:, np.newaxis] - samples[np.newaxis]).mean(axis=(0, 1))
    plain = np.abs(samples - observed).mean(axis=0) - 0.5 * apart
    assert crps(samples, observed) == pytest.approx(plain, abs=1e-9)


@given(arrays(float, (7, 3), elements=SHARES), arrays(float, (3,), elements=SHARES))
def test_crps_is_the_area_between_the_steps(samples, observed):
    edges = np.unique(np.concatenate([[0.0, 1.0], samples.ravel(), observed]))
    middles, widths = 0.5 * (edges[1:] + edges[:-1]), np.diff(edges)
    below = (samples[:, :, np.newaxis] <= middles).mean(axis=0)
    step = observed[:, np.newaxis] <= middles
    assert crps(samples, observed) == pytest.approx(
        ((below - step) ** 2 * widths).sum(-1), abs=1e-6
    )


@given(arrays(float, (1, 4), elements=SHARES), arrays(float, (4,), elements=SHARES))
def test_one_member_scores_its_absolute_error(samples, observed):
    assert crps(samples, observed) == pytest.approx(np.abs(samples[0] - observed))


@given(arrays(float, (9, 2), elements=SHARES), arrays(float, (2,), elements=SHARES))
def test_crps_is_never_negative_and_ignores_the_order_of_samples(samples, observed):
    assert (crps(samples, observed) >= -1e-12).all()
    assert crps(samples[::-1], observed) == pytest.approx(crps(samples, observed))


def test_the_right_spread_beats_a_wider_and_a_narrower_one():
    rng = np.random.default_rng(1)
    observed = rng.standard_normal(4000)
    told = {s: crps(s * rng.standard_normal((400, 4000)), observed).mean() for s in (0.3, 1.0, 3.0)}
    assert told[1.0] < min(told[0.3], told[3.0])


def test_coverage_counts_what_lies_inside():
    samples = np.linspace(0, 1, 101)[:, np.newaxis] + np.zeros(3)
    assert list(covered(samples, np.array([0.04, 0.5, 0.96]))) == [False, True, False]


def test_rank_of_a_forecast_that_never_varies_is_unknown():
    assert np.isnan(rank_correlation(np.full(5, 0.5), np.arange(5.0)))
    assert rank_correlation(np.arange(5.0) ** 3, np.arange(5.0)) == pytest.approx(1.0)


def test_a_score_names_its_cases():
    got = score(np.full((5, 4), 0.25), np.full(4, 0.5))
    assert (got.miss, got.crps, got.coverage, got.cases) == (0.25, 0.25, 0.0, 4)
