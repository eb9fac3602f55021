"""The forecasts that need no model."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.studies.calibration.hindcast import past_world
from sim.studies.validation import baselines

SHARES = arrays(float, (3, 5), elements=st.floats(0.05, 0.95))


@given(SHARES)
def test_persistence_says_last_year_again(past):
    assert np.median(baselines.persistence(past), axis=0) == pytest.approx(past[-1], abs=1e-9)


@given(SHARES)
def test_a_trend_goes_on_along_a_line(past):
    known = baselines.odds(past[0])
    line = np.stack([known, known + 0.1, known + 0.2])
    told = baselines.odds(np.median(baselines.trend(1 / (1 + np.exp(-line))), axis=0))
    inside = np.abs(known + 0.3) < 3
    assert told[inside] == pytest.approx((known + 0.3)[inside], abs=1e-6)


@given(SHARES)
def test_equal_shares_know_nothing_of_states(past):
    assert np.median(baselines.equal(past, 5), axis=0) == pytest.approx(np.full(5, 0.5))


@given(
    arrays(float, (6, 2), elements=st.floats(-5, 5)), arrays(float, (6,), elements=st.floats(0, 1))
)
def test_a_ridge_with_an_endless_penalty_says_the_mean(columns, told):
    got = baselines.ridge(columns, told, columns, penalty=1e12)
    assert got == pytest.approx(np.full(6, told.mean()), abs=1e-6)


def test_a_ridge_without_penalty_finds_a_line():
    columns = np.array([[0.0, 1.0], [1.0, 0.0], [2.0, 5.0], [3.0, 2.0], [4.0, 4.0]])
    told = 0.1 + 0.05 * columns[:, 0] - 0.02 * columns[:, 1]
    assert baselines.ridge(columns, told, columns, penalty=0.0) == pytest.approx(told)


def test_a_state_left_out_does_not_teach_its_own_forecast():
    columns = baselines.structure(past_world(known=2022, until=2022), known=2022)
    told = np.linspace(0.1, 0.8, len(columns))
    changed = told.copy()
    changed[3] = 0.99
    before, after = (baselines.leave_one_out(columns, one) for one in (told, changed))
    assert before[3] == after[3]
    assert (before != after).sum() == len(columns) - 1
