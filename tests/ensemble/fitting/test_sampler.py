"""The sampler finds what it should, whatever the shape, and says how well."""

from __future__ import annotations

import numpy as np
import pytest

from sim.ensemble.fitting.sampler import sample


def test_the_sampler_finds_a_known_posterior():
    """The record puts the first number at 1.5 and ties the second to the third; of the rest it says nothing."""

    def worth(u):
        return -0.5 * ((u[:, 0] - 1.5) / 0.25) ** 2 - 0.5 * ((u[:, 1] - u[:, 2]) / 0.1) ** 2

    chains = sample(worth, 9, walkers=300, steps=40, seed=3)
    flat = chains.u.reshape(-1, 9)
    precision = 1 + 1 / 0.25**2
    assert flat[:, 0].mean() == pytest.approx(1.5 / 0.25**2 / precision, abs=0.04)
    assert flat[:, 0].std() == pytest.approx(precision**-0.5, rel=0.1)
    assert np.corrcoef(flat[:, 1], flat[:, 2])[0, 1] > 0.97
    assert flat[:, 1].std() == pytest.approx(np.sqrt(101 / 201), rel=0.15)
    assert flat[:, 4:].std(axis=0) == pytest.approx(np.ones(5), rel=0.12)
    assert chains.r_hat.max() < 1.05
    assert (chains.effective > 200).all()


def test_a_skewed_posterior_is_not_taken_for_a_gaussian():
    """Of a Poisson count of nothing at all in twenty the posterior of the log rate is far from Gaussian."""
    chains = sample(lambda u: -20.0 * np.exp(u[:, 0]), 1, walkers=400, steps=60, seed=5)
    even = np.linspace(-9, 4, 4001)
    density = np.exp(-0.5 * even**2 - 20.0 * np.exp(even))
    cumulative = np.cumsum(density) / density.sum()
    expected = np.interp([0.05, 0.5, 0.95], cumulative, even)
    assert np.quantile(chains.u, [0.05, 0.5, 0.95]) == pytest.approx(expected, abs=0.1)


def test_the_same_seed_gives_the_same_chains():
    def worth(u):
        return -0.5 * (u**2).sum(axis=1)

    one, same, other = (sample(worth, 3, walkers=40, steps=8, seed=s) for s in (1, 1, 2))
    assert np.array_equal(one.u, same.u)
    assert not np.array_equal(one.u, other.u)


def test_walkers_that_disagree_are_told():
    chains = sample(lambda u: 0.0 * u[:, 0], 2, walkers=80, steps=8, seed=1)
    chains.u[:, :10] += 3.0
    assert chains.r_hat.min() > 1.2
