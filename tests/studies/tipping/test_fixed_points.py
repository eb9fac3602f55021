"""The rule of resolve alone: how many equilibria, and where the second comes and goes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from sim.rules.forms import logistic
from sim.studies.tipping.fixed_points import extremes, folds

CLAIMANT = np.array([[1.0], [1.0], [0.0], [1.0]])


def numbers(weight, steepness=5.0, threshold=1.0):
    names = ("capacity_weight", "salience_weight", "exposure_weight")
    return dict.fromkeys(names, 0.0) | {
        "backing_weight": 1.0,
        "peers_weight": weight,
        "threshold": threshold,
        "steepness": steepness,
    }


def alike(drive):
    """Inputs of four states, three of them claimants with the same drive besides the others'."""
    nothing = np.zeros((4, 1))
    return {
        "capacity": nothing,
        "backing": np.full((4, 1), drive),
        "salience": nothing,
        "exposure": nothing,
        "claimant": CLAIMANT,
    }


def roots(drive, weight, steepness, threshold):
    def off(r):
        return float(logistic(np.array(steepness * (drive + weight * r - threshold)))) - r

    grid = np.linspace(-1e-9, 1.0 + 1e-9, 4001)
    signs = np.sign([off(r) for r in grid])
    return [brentq(off, grid[i], grid[i + 1]) for i in np.flatnonzero(np.diff(signs))]


@pytest.mark.parametrize(("weight", "drive"), [(0.4, 0.7), (0.8, 0.55), (1.2, 0.4), (2.0, 0.0)])
def test_the_extremes_are_the_first_and_the_last_root(weight, drive):
    least, greatest = extremes(inputs=alike(drive), numbers=numbers(weight))
    found = roots(drive, weight, 5.0, 1.0)
    assert float(least) == pytest.approx(found[0], abs=1e-5)
    assert float(greatest) == pytest.approx(found[-1], abs=1e-5)


@settings(max_examples=20)
@given(st.floats(4.4, 12.0), st.floats(1.0, 8.0), st.floats(-1.0, 2.0))
def test_between_the_folds_there_are_two_and_beyond_them_one(product, steepness, threshold):
    weight = product / steepness
    low, high = folds(steepness=steepness, weight=weight, threshold=threshold)
    for drive, two in ((0.5 * (low + high), True), (low - 0.05, False), (high + 0.05, False)):
        pair = extremes(inputs=alike(drive), numbers=numbers(weight, steepness, threshold))
        assert (pair[1] - pair[0] > 0.05) == two


@given(st.floats(0.1, 3.9), st.floats(1.0, 8.0))
def test_no_fold_without_enough_complementarity(product, steepness):
    assert folds(steepness=steepness, weight=product / steepness, threshold=1.0) is None


@given(st.lists(st.floats(-1.0, 2.0), min_size=4, max_size=4), st.floats(0.0, 2.0))
def test_the_least_is_never_above_the_greatest_however_unlike_the_states(drives, weight):
    inputs = alike(0.0) | {"backing": np.array(drives)[:, np.newaxis]}
    least, greatest = extremes(inputs=inputs, numbers=numbers(weight))
    assert 0.0 <= least <= greatest + 1e-9 and greatest <= 1.0
