"""The scores: CRPS is exact, rewards the right spread, and coverage counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.studies.validation.scores import (
    brier,
    coverage_curve,
    covered,
    crps,
    effective_number,
    log_score,
    mean_difference,
    probability_transform,
    rank_correlation,
    score,
)

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


CHANCES = arrays(float, (4, 3), elements=st.floats(0.01, 1.0)).map(
    lambda rows: rows / rows.sum(axis=1, keepdims=True)
)


@given(CHANCES, CHANCES)
def test_no_other_chances_score_better_than_the_true_ones(truth, other):
    outcomes = np.eye(3)
    for rule in (brier, lambda said, seen: log_score((said * seen).sum(-1), np.ones(len(said)))):
        expected = [
            sum(
                truth[:, k] * rule(said, np.broadcast_to(outcomes[k], said.shape)) for k in range(3)
            )
            for said in (truth, other)
        ]
        assert (expected[0] <= expected[1] + 1e-9).all()


@given(CHANCES)
def test_brier_lies_between_certainty_in_the_truth_and_certainty_in_another(chances):
    outcome = np.broadcast_to(np.eye(3)[1], chances.shape)
    scores = brier(chances, outcome)
    assert (scores >= 0.0).all() and (scores <= 2.0).all()
    assert brier(np.eye(3)[1], np.eye(3)[1]) == 0.0 and brier(np.eye(3)[0], np.eye(3)[1]) == 2.0


@given(arrays(float, (5,), elements=st.floats(0.0, 1.0)))
def test_log_scores_of_a_chance_and_of_its_complement_say_the_same(chance):
    yes, no = log_score(chance, np.ones(5)), log_score(1.0 - chance, np.zeros(5))
    assert yes == pytest.approx(no)
    assert np.isfinite(yes).all() and (yes >= 0.0).all()


def test_an_honest_forecast_covers_as_often_as_it_says_and_a_narrow_one_less():
    rng = np.random.default_rng(2)
    observed, levels = rng.standard_normal(3000), (0.2, 0.5, 0.9)
    samples = rng.standard_normal((500, 3000))
    assert coverage_curve(samples, observed, levels) == pytest.approx(levels, abs=0.03)
    assert (coverage_curve(0.5 * samples, observed, levels) < np.array(levels) - 0.05).all()


@given(arrays(float, (9, 4), elements=SHARES), arrays(float, (4,), elements=SHARES))
def test_places_lie_between_0_and_1_and_turn_round_with_the_forecast(samples, observed):
    places = probability_transform(samples, observed)
    assert ((places >= 0.0) & (places <= 1.0)).all()
    assert probability_transform(-samples, -observed) == pytest.approx(1.0 - places)


def test_years_that_hang_together_are_worth_one_and_years_that_do_not_are_worth_all():
    rng = np.random.default_rng(4)
    apart, same = rng.random((40, 50)), np.broadcast_to(rng.random(50), (40, 50))
    assert effective_number(same) == pytest.approx(50.0)
    assert effective_number(apart) > 0.5 * apart.size
    assert 50.0 <= effective_number(0.5 * same + 0.5 * apart) < effective_number(apart)


def test_a_difference_counts_states_not_years():
    first = np.zeros((6, 4)) + np.arange(4.0)
    mean, error = mean_difference(first, np.zeros((6, 4)))
    assert mean == 1.5 and error == pytest.approx(np.arange(4.0).std(ddof=1) / 2.0)
    gone = first.copy()
    gone[:3] = np.nan
    assert mean_difference(gone, np.zeros((6, 4))) == pytest.approx((mean, error))
