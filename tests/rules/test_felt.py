"""Incidents as opinion feels them: a chance count weighs as its mean logarithm, not as the logarithm of its mean."""

from __future__ import annotations

import numpy as np

from sim.rules.sea import felt_incidents

MEAN = np.array([[0.0, 0.0, 0.0], [0.2, 0.0, 0.0], [5.4, 0.0, 0.6], [60.0, 1.0, 0.0]])
SEVERITY = np.array([[1.0], [1.1], [1.2], [2.0]])


def test_what_is_felt_is_what_chance_brings_on_average() -> None:
    found = np.log1p(SEVERITY * felt_incidents(mean=MEAN, severity=SEVERITY))
    whole = MEAN.sum(axis=-1, keepdims=True)
    count = np.random.default_rng(2).poisson(whole, size=(100_000, 4, 1))
    share = MEAN / np.maximum(whole, 1e-300)
    np.testing.assert_allclose(found, np.log1p(SEVERITY * share * count).mean(axis=0), atol=0.01)


def test_it_is_less_than_the_mean_and_nothing_where_nothing_happens() -> None:
    felt = felt_incidents(mean=MEAN, severity=SEVERITY)
    assert (felt[MEAN > 0.0] < MEAN[MEAN > 0.0]).all() and (felt[MEAN > 0.0] > 0.0).all()
    assert not felt[MEAN == 0.0].any()


def test_more_pressure_is_felt_more() -> None:
    means = np.linspace(0.0, 100.0, 301)[:, np.newaxis, np.newaxis] * np.array([[1.0, 0.0, 0.0]])
    felt = felt_incidents(mean=means, severity=np.ones((1, 1)))[:, 0, 0]
    assert (np.diff(felt) > 0.0).all()
