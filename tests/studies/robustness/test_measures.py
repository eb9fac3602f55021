"""Robustness on tables whose answer is known: a planted best policy, equal policies, nothing but noise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.studies.robustness.measures import (
    Criterion,
    Measured,
    all_met,
    plain_regret,
    probability_best,
    probability_better,
    resampled,
    split_regret,
)

POLICIES, FUTURES, REPLICATES = 3, 40, 12


def noisy(means, noise=1.0, seed=0, futures=FUTURES, replicates=REPLICATES):
    """Values (policy, future, replicate) around the policies' means, each with noise of its own."""
    chance = np.random.default_rng(seed)
    shape = (len(means), futures, replicates)
    return np.array(means)[:, None, None] + noise * chance.normal(size=shape)


def measure(values, at=0.0, **changed):
    given_values = {"sea_lanes": values}
    criteria = {"sea_lanes": Criterion(threshold=at)}
    options = {"better_up": True, "resamples": 300, "seed": 5} | changed
    return resampled(given_values, criteria, "sea_lanes", **options)


def test_a_planted_best_is_found_and_its_rank_is_sure():
    found = measure(noisy([0.0, 2.0, 1.0]))
    assert probability_better(found["mean"])[1].tolist() == [1.0, 0.5, 1.0]
    assert probability_best(found["satisficing"])[1] == 1.0
    np.testing.assert_allclose(found["regret"].estimate, [2.0, 0.0, 1.0], atol=0.15)
    for one in found.values():
        assert (one.low <= one.high).all()


def test_noise_alone_gives_plain_regret_and_no_split_regret():
    split, plain = [], []
    for seed in range(12):
        values = noisy([1.0, 1.0, 1.0, 1.0], seed=seed)
        split.append(split_regret(values, seed=seed).mean())
        plain.append(plain_regret(values).mean())
    assert (
        np.mean(plain) > 0.25
    )  # the mean of the greatest of four means of 12, by noise alone: 1.03 / sqrt(12)
    assert abs(np.mean(split)) < 0.02


def test_true_regret_is_not_overstated_on_average():
    split = [
        split_regret(noisy([1.0, 0.5, 0.9], seed=seed), seed=seed).mean(axis=1)
        for seed in range(12)
    ]
    assert (np.mean(split, axis=0) <= np.array([0.0, 0.5, 0.1]) + 0.03).all()


def test_equal_policies_share_every_rank():
    same = np.repeat(noisy([1.0]), POLICIES, axis=0)
    found = measure(same, at=1.0)
    for name in ("satisficing", "mean"):
        np.testing.assert_array_equal(probability_better(found[name]), np.full((3, 3), 0.5))
        np.testing.assert_allclose(probability_best(found[name]), 1 / 3)
    assert not plain_regret(same).any()
    np.testing.assert_allclose(split_regret(same), 0.0, atol=1e-12)


def test_policies_alike_but_for_their_noise_rank_either_way_about_equally_often():
    first = [
        probability_better(measure(noisy([0.0, 0.0], seed=seed), resamples=150)["mean"])[0, 1]
        for seed in range(30)
    ]
    assert 0.35 < np.mean(first) < 0.65


def test_the_interval_of_a_share_holds_the_true_one_about_as_often_as_it_says():
    """Futures of their own means, so that futures, not replicates, make the spread; the truth is one half."""
    held = []
    for seed in range(40):
        chance = np.random.default_rng(seed)
        values = chance.normal(size=(2, FUTURES, 1)) + 0.1 * chance.normal(size=(2, FUTURES, 6))
        found = measure(values, resamples=200, seed=seed)["satisficing"]
        held.append((found.low <= 0.5) & (found.high >= 0.5))
    assert 0.85 < np.mean(held) <= 1.0


def test_the_domain_share_is_corrected_towards_the_truth():
    """True means lie just above the line in 30 % of futures and far below in the others; noise lifts none of those."""
    chance = np.random.default_rng(1)
    means = np.where(np.arange(200) < 60, 0.2, -5.0)
    values = means[None, :, None] + chance.normal(size=(1, 200, 8))
    found = measure(np.repeat(values, 2, axis=0))["domain"].estimate[0]
    plain = (values.mean(axis=-1) >= 0.0).mean()
    assert abs(found - 0.3) < abs(plain - 0.3)


def test_less_is_better_where_it_is_said_to_be():
    found = measure(noisy([0.0, 2.0]), better_up=False)
    assert probability_better(found["mean"])[0, 1] == 1.0


@given(st.lists(st.floats(-3, 3), min_size=2, max_size=5), st.floats(-2, 2), st.floats(0, 2))
def test_a_higher_line_is_met_no_more_often_and_regret_is_never_below_nothing(means, line, more):
    values = noisy(means, futures=6, replicates=4)
    low, high = (
        all_met({"a": values}, {"a": Criterion(threshold=at)}) for at in (line, line + more)
    )
    assert (high <= low).all()
    assert (plain_regret(values) >= 0.0).all() and (plain_regret(values).min(axis=0) == 0.0).all()


@given(st.integers(2, 5), st.integers(3, 30))
def test_probabilities_of_rank_complete_one_another(policies, resamples):
    drawn = np.random.default_rng(policies).integers(0, 4, size=(resamples, policies)).astype(float)
    matrix = probability_better(Measured(estimate=drawn[0], resampled=drawn))
    np.testing.assert_allclose(matrix + matrix.T, 1.0)
    assert probability_best(Measured(estimate=drawn[0], resampled=drawn)).sum() == pytest.approx(
        1.0
    )
