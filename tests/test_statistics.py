"""Means, intervals and paired differences, on numbers whose answers are known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from sim.errors import UserError
from sim.statistics import (
    PAIRED,
    mean_interval,
    paired_difference,
    paired_summary,
    sampling_error,
    share_interval,
    summary,
)
from tests.ensemble.small import numbers

SEEDS = st.integers(0, 2**31)


@given(SEEDS, st.integers(2, 90), st.floats(-50, 50), st.floats(0.1, 9))
def test_a_summary_agrees_with_numpy(seed, count, mean, sd):
    values = mean + sd * numbers((3, count), seed)
    found = summary(values)
    np.testing.assert_allclose(found["mean"], values.mean(-1), atol=1e-9)
    np.testing.assert_allclose(found["sd"], values.std(-1, ddof=1), rtol=1e-9)
    for name, part in (("q05", 0.05), ("q50", 0.5), ("q95", 0.95)):
        np.testing.assert_allclose(found[name], np.quantile(values, part, axis=-1), atol=1e-9)
    np.testing.assert_allclose(found["mc_error"], found["sd"] / np.sqrt(count), rtol=1e-12)


def test_what_is_blank_is_left_out_and_counted():
    values = np.array([[1.0, np.nan, 3.0, np.nan], [np.nan] * 4, [2.0, np.nan, np.nan, np.nan]])
    found = summary(values)
    np.testing.assert_array_equal(found["mean"], [2.0, np.nan, 2.0])
    np.testing.assert_array_equal(found["share"], [0.5, 0.0, 0.25])
    assert np.isnan(found["sd"][2]) and found["q50"][0] == 2.0 and found["sd"][0] == 2.0**0.5


def test_the_interval_covers_the_truth_as_often_as_it_says():
    found = summary(3.0 + numbers((4000, 12)))
    covered = ((found["low95"] <= 3.0) & (found["high95"] >= 3.0)).mean()
    assert 0.94 < covered < 0.96


@given(SEEDS, st.floats(-3, 3), st.floats(0.05, 0.5))
def test_common_luck_narrows_a_difference(seed, effect, own):
    luck = numbers((400,), seed)
    policy, baseline = luck + effect + own * numbers((400,), seed + 1), luck
    found = paired_difference(policy, baseline)
    assert found.low <= found.mean <= found.high and found.runs == 400
    assert found.variance_reduction == pytest.approx(
        (policy.var(ddof=1) + baseline.var(ddof=1)) / (policy - baseline).var(ddof=1)
    )
    assert found.replicates_saved == pytest.approx(400 * (found.variance_reduction - 1))
    assert found.variance_reduction > 3


def test_without_common_luck_nothing_is_saved():
    found = paired_difference(numbers((50_000,), 1), numbers((50_000,), 2))
    assert found.variance_reduction == pytest.approx(1, abs=0.05) and not found.found


def test_the_same_effect_in_every_run_is_certain():
    luck = numbers((30,)).round(2)
    found = paired_difference(luck + 2.0**10, luck + 2.0**10)
    assert found.mean == 0.0 and found.variance_reduction == np.inf


@pytest.mark.parametrize("pair", [([1.0, 2.0], [1.0]), ([1.0], [1.0]), ([1.0, np.nan], [1.0, 2.0])])
def test_too_few_pairs_are_refused(pair):
    with pytest.raises(UserError):
        paired_difference(*pair)


@given(SEEDS, st.integers(2, 40))
def test_differences_of_many_rows_are_those_of_each(seed, count):
    policy, baseline = numbers((3, count), seed), numbers((3, count), seed + 1)
    policy[1, 0] = np.nan
    found = paired_summary(policy, baseline)
    assert tuple(found) == PAIRED
    for row in (0, 2):
        alone = paired_difference(policy[row], baseline[row])
        gap = policy[row] - baseline[row]
        assert found["difference"][row] == pytest.approx(gap.mean(), abs=1e-12)
        assert found["mc_error"][row] == pytest.approx(gap.std(ddof=1) / count**0.5)
        assert (alone.low, alone.high) == (found["low95"][row], found["high95"][row])
    assert found["pairs"].tolist() == [count, count - 1, count]


def test_one_pair_has_a_difference_without_an_interval_and_none_has_neither():
    found = paired_summary([[1.0, np.nan], [np.nan, 2.0]], [[0.5, 1.0], [2.0, np.nan]])
    np.testing.assert_array_equal(found["difference"], [0.5, np.nan])
    assert found["pairs"].tolist() == [1, 0] and np.isnan(found["low95"]).all()


def test_where_nothing_varies_nothing_is_saved():
    found = paired_summary(np.full((2, 5), 3.0), np.full((2, 5), 1.0))
    assert found["variance_reduction"].tolist() == [1.0, 1.0]
    assert found["replicates_saved"].tolist() == [0.0, 0.0]


@given(SEEDS, st.integers(2, 30), st.floats(-50, 50), st.floats(0.1, 9))
def test_an_interval_moves_stretches_and_forgets_order_as_its_numbers_do(seed, count, shift, scale):
    values = numbers((3, count), seed)
    mean, half = mean_interval(values)
    moved, same = mean_interval(values + shift)
    np.testing.assert_allclose(moved, mean + shift, atol=1e-12)
    np.testing.assert_allclose(same, half, rtol=1e-9)
    stretched = mean_interval(-scale * values)
    np.testing.assert_allclose(stretched, (-scale * mean, scale * half), atol=1e-12)
    shuffled = np.random.default_rng(seed).permutation(values, axis=-1)
    np.testing.assert_allclose(mean_interval(shuffled), (mean, half), rtol=1e-9, atol=1e-12)


@given(SEEDS, st.integers(2, 30), st.integers(0, 5))
def test_the_interval_of_a_mean_is_that_of_the_pairs_and_of_the_summary(seed, count, blank):
    policy, baseline = numbers((count,), seed), numbers((count,), seed + 1)
    lone = np.concatenate([np.full(blank, np.nan), np.ones(blank)])  # pairs with one side alone
    found = paired_summary(np.concatenate([policy, lone]), np.concatenate([baseline, lone[::-1]]))
    mean, half = mean_interval(policy - baseline)
    whole = summary(policy - baseline)
    assert found["pairs"] == count
    for low, high in ((found["low95"], found["high95"]), (whole["low95"], whole["high95"])):
        np.testing.assert_allclose((low, high), (mean - half, mean + half), rtol=1e-9, atol=1e-12)


def test_from_one_number_there_is_no_interval_and_from_none_no_mean():
    mean, half = mean_interval([[np.nan, 4.0], [np.nan, np.nan]])
    np.testing.assert_array_equal(mean, [4.0, np.nan])
    assert np.isnan(half).all()


@given(st.integers(0, 40), st.integers(1, 40))
def test_the_interval_of_a_share_is_wilsons(hits, misses):
    count = hits + misses
    expected = binomtest(hits, count).proportion_ci(0.95, method="wilson")
    assert share_interval(hits / count, count) == pytest.approx(
        (expected.low, expected.high), abs=1e-9
    )


def test_sampling_error_is_the_textbook_one():
    error = sampling_error(np.array([0.5, 0.5]), np.array([100.0, np.nan]))
    assert error[0] == pytest.approx(0.098, abs=1e-5)
    assert np.isnan(error[1])
