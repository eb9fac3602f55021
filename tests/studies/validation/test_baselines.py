"""The forecasts that need no model."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.studies.validation import baselines, choice
from sim.world.load import load
from sim.world.roster import ASEAN_10

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
    columns = baselines.structure(load(ASEAN_10, ["CHN", "USA", "JPN"], last=2022), known=2022)
    told = np.linspace(0.1, 0.8, len(columns))
    changed = told.copy()
    changed[3] = 0.99
    before, after = (baselines.leave_one_out(columns, one) for one in (told, changed))
    assert before[3] == after[3]
    assert (before != after).sum() == len(columns) - 1


def test_a_random_walk_starts_where_the_record_ends_and_widens_with_the_root_of_time():
    past = np.cumsum(np.random.default_rng(1).standard_normal((30, 4)), axis=0)
    walk = baselines.random_walk(past, years=9, seed=2)
    size = np.sqrt(np.mean(np.diff(past, axis=0) ** 2))
    assert walk.mean(axis=0) == pytest.approx(np.broadcast_to(past[-1], (9, 4)), abs=0.4)
    assert walk.std(axis=0).mean(axis=-1) == pytest.approx(
        size * np.sqrt(np.arange(1, 10)), rel=0.1
    )


@given(st.floats(0.0, 1.0), st.integers(1, 30), st.floats(0.0, 100.0))
def test_a_smoothed_rate_lies_between_the_own_and_the_base_rate(base, years, strength):
    own = np.array([0.0, 0.5, 1.0])
    rates = baselines.smoothed_rates(own * years, np.full(3, years), base, strength)
    low, high = np.minimum(own, base), np.maximum(own, base)
    assert ((rates >= low - 1e-12) & (rates <= high + 1e-12)).all()


def test_rivals_of_the_forced_choice_never_read_its_answers(monkeypatch):
    partners = ["CHN", "USA", "JPN"]
    before = choice.without_model(ASEAN_10, partners)
    monkeypatch.setattr(choice, "load", lambda *a, last, **k: load(*a, last=min(last, 2022), **k))
    after = choice.without_model(ASEAN_10, partners)
    assert set(before) == set(choice.RIVALS)
    assert all(np.array_equal(before[name], after[name]) for name in before)
