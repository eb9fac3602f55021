"""Mean products of different replicates: what they are, and that their weights mean what they say."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.studies.sensitivity.crossed import drawn, even, product, square_of_mean, variance

SEEDS = st.integers(0, 2**32 - 1)


def numbers(seed, *shape):
    return np.random.default_rng(seed).normal(size=shape)


@given(SEEDS)
def test_it_is_the_mean_over_pairs_of_different_replicates(seed):
    left, right = numbers(seed, 7, 3, 4), numbers(seed + 1, 7, 3, 4)
    pairs = [left[..., r] * right[..., s] for r, s in itertools.permutations(range(4), 2)]
    expected = np.mean(pairs, axis=0).mean(axis=0)
    found = product(left, right, even(7), even(4))[:, 0]
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)


@given(SEEDS, st.floats(-50, 50))
def test_variance_ignores_noise_that_all_rows_share(seed, shift):
    runs = numbers(seed, 7, 5)
    moved = runs + shift * np.arange(5.0)
    one, other = (variance(each, even(7), even(5)) for each in (runs, moved))
    np.testing.assert_allclose(one, other, rtol=1e-6, atol=1e-8)


@given(SEEDS)
def test_weights_sum_to_one_and_a_row_counted_twice_is_two_rows(seed):
    chance = np.random.default_rng(seed)
    np.testing.assert_allclose(drawn(5, 7, chance, few=True).sum(axis=1), 1.0)
    runs = numbers(seed, 3, 1, 4)
    twice = product(runs[[0, 0, 1, 2]], runs[[0, 0, 1, 2]], even(4), even(4))
    weighted = product(runs, runs, np.array([[0.5, 0.25, 0.25]]), even(4))
    np.testing.assert_allclose(twice, weighted, rtol=1e-9, atol=1e-12)


def test_one_replicate_is_taken_as_it_is():
    runs = numbers(0, 7, 3, 1)
    np.testing.assert_allclose(
        product(runs, runs, even(7), even(1))[:, 0], (runs[..., 0] ** 2).mean(axis=0)
    )
    np.testing.assert_allclose(square_of_mean(np.array([[3.0]]), even(1)), [9.0])


def test_weights_of_few_replicates_vary_a_mean_as_fresh_ones_would():
    """The variance of a weighted mean over draws is s^2 / R, with s^2 the sample variance."""
    values = numbers(4, 5)
    means = drawn(5, 20_000, np.random.default_rng(1), few=True) @ values
    np.testing.assert_allclose(means.var(), values.var(ddof=1) / 5, rtol=0.05)
