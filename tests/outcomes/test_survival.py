"""Survival: textbook numbers by hand, SciPy beside it, and what must hold of any curve."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from sim.errors import UserError
from sim.outcomes.survival import (
    Durations,
    kaplan_meier,
    restricted,
    to_durations,
)


def cases(years, reached):
    return Durations(years=np.array(years, dtype=float), reached=np.array(reached, dtype=bool))


SIX = cases([1, 2, 2, 4, 5, 5], [1, 1, 0, 1, 0, 0])
groups = st.lists(st.tuples(st.integers(1, 9), st.booleans()), min_size=1, max_size=25).map(
    lambda rows: cases(*zip(*rows, strict=True))
)


def test_a_curve_worked_out_by_hand():
    curve = kaplan_meier(SIX)
    assert curve.year.tolist() == [0, 1, 2, 4, 5]
    assert curve.at_risk.tolist() == [6, 6, 5, 3, 2]
    by_hand = [1.0, 5 / 6, 5 / 6 * 4 / 5, 5 / 6 * 4 / 5 * 2 / 3, 5 / 6 * 4 / 5 * 2 / 3]
    np.testing.assert_allclose(curve.share, by_hand)


def test_greenwoods_interval_by_hand():
    """After year 2: S = 2/3, sum of d / (n (n - d)) = 1/30 + 1/20, on the log-log scale."""
    share, spread = 2 / 3, math.sqrt(1 / 30 + 1 / 20)
    half = 1.959963984540054 * spread / abs(math.log(share))
    curve = kaplan_meier(SIX)
    assert curve.low[2] == pytest.approx(share ** math.exp(half))
    assert curve.high[2] == pytest.approx(share ** math.exp(-half))


@given(groups)
def test_a_curve_is_scipys_and_falls_within_its_band(group):
    curve = kaplan_meier(group)
    found = ecdf(CensoredData.right_censored(group.years, ~group.reached)).sf
    np.testing.assert_allclose(curve.share[1:], found.probabilities)
    assert (np.diff(curve.share) <= 0).all() and curve.share[0] == 1.0
    assert (curve.low <= curve.share + 1e-12).all() and (curve.share <= curve.high + 1e-12).all()
    assert (np.diff(curve.at_risk) <= 0).all() and curve.at_risk[0] == group.years.size


@given(groups)
def test_without_a_cut_in_between_the_curve_is_the_share_that_lasts(group):
    whole = cases(np.where(group.reached, group.years, 9.0), group.reached)
    curve = kaplan_meier(whole)
    still = [((whole.years > year) | ~whole.reached).mean() for year in curve.year]
    np.testing.assert_allclose(curve.share, still)


@given(groups, st.integers(1, 9))
def test_restricted_years_are_the_area_under_the_curve(group, within):
    whole = cases(np.where(group.reached, group.years, 9.0), group.reached)
    curve = kaplan_meier(whole)
    steps = np.append(curve.year, np.inf).clip(max=within)
    area = (np.diff(steps) * curve.share).sum()
    assert restricted(whole, within=within).mean() == pytest.approx(area)


def test_dates_become_years_and_the_horizon_is_the_last_that_can_be_told():
    found = to_durations([2024.0, 2030.0, np.nan], first=2024, last=2040, in_a_row=3)
    assert found.years.tolist() == [1, 7, 15] and found.reached.tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda: to_durations([np.nan], first=2024, last=2025, in_a_row=3), "3 years in a row"),
        (lambda: kaplan_meier(cases([], [])), "at least one"),
        (lambda: restricted(SIX, within=4.0), "at most 2 years"),
    ],
)
def test_what_cannot_be_told_is_said(ask, told):
    with pytest.raises(UserError, match=told):
        ask()
