"""The shapes: rising and levelling off, tipping, sharing, opposing, counting."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit
from scipy.stats import poisson

from sim.rules import forms
from tests.rules.properties import Rule, check, column, number, option, plane, row, seeds


def _started(mean: Any) -> tuple[Any, Any, Any]:
    """Nothing counted yet: the probability of no event."""
    none = np.exp(-np.asarray(mean))
    return np.zeros_like(none), none, none


def _climbed(*, chance: Any, mean: Any) -> Any:
    """Count all events, from none."""
    return forms.poisson_inverse_cdf(np.asarray(chance), np.asarray(mean), _started(mean), 150)


def _first(*, chance: Any, mean: Any) -> Any:
    """Count the first event, if there is one."""
    return forms._next_term(1, np.asarray(chance), np.asarray(mean), _started(mean))[0]


RULES = [
    Rule(
        function=forms.place_of_draw,
        takes={"chance": column(), "shares": plane(kind="parts")},
        within=(0.0, 1.0),
    ),
    Rule(
        function=forms.saturating,
        takes={"amount": plane(0.0, 100.0), "half": number(0.1, 50.0)},
        within=(0.0, 1.0),
        rises=("amount",),
        falls=("half",),
    ),
    Rule(
        function=forms.share,
        takes={"amount": plane(0.0, 1.0), "total": plane(1.0, 3.0)},
        within=(0.0, 1.0),
        rises=("amount",),
        falls=("total",),
    ),
    Rule(
        function=forms.logistic,
        takes={"value": plane(-30.0, 30.0)},
        within=(0.0, 1.0),
        rises=("value",),
    ),
    Rule(
        function=forms.softmax,
        takes={"value": plane(-50.0, 50.0)},
        within=(0.0, 1.0),
    ),
    Rule(
        function=forms.partial_adjustment,
        takes={"current": option(), "target": option(), "rate": number()},
        within=(0.0, 1.0),
    ),
    Rule(
        function=forms.sum_over_rivals,
        takes={"camp": row(-1.0, 1.0), "quantity": plane(0.0, 5.0)},
        within=(0.0, 15.0),
        rises=("quantity",),
    ),
    Rule(
        function=forms.poisson_count,
        takes={"chance": plane(1e-9, 1.0 - 1e-9), "mean": plane(0.0, 40.0)},
        within=(0.0, 150.0),
        rises=("chance", "mean"),
    ),
    Rule(
        function=forms.poisson_inverse_cdf,
        takes={"chance": plane(1e-9, 1.0 - 1e-9), "mean": plane(0.0, 40.0)},
        within=(0.0, 150.0),
        rises=("chance", "mean"),
        call=_climbed,
    ),
    Rule(
        function=forms._next_term,
        takes={"chance": plane(1e-9, 1.0 - 1e-9), "mean": plane(0.0, 1.0)},
        within=(0.0, 1.0),
        rises=("chance", "mean"),
        call=_first,
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_a_form_is_a_rule(rule: Rule, seed: int) -> None:
    """Every form keeps what every rule keeps."""
    check(rule, seed)


@given(half=st.floats(0.1, 1000.0))
def test_the_first_unit_counts_most(half: float) -> None:
    """Each further unit adds less than the one before, and `half` gives one half."""
    told = forms.saturating(amount=np.arange(20.0), half=half)
    assert (np.diff(told, n=2) < 0.0).all()
    assert forms.saturating(amount=np.array(half), half=half) == pytest.approx(0.5)


def test_the_logistic_neither_overflows_nor_favours_a_side() -> None:
    """Far out it is 0 or 1; its two sides mirror each other."""
    value = np.array([-1e6, -3.0, 0.0, 3.0, 1e6])
    told = forms.logistic(value)
    assert told[0] == 0.0
    assert told[-1] == 1.0
    np.testing.assert_allclose(told + told[::-1], 1.0)


@given(value=st.floats(-700.0, 700.0))
def test_the_logistic_keeps_its_digits_however_small_it_is(value: float) -> None:
    """A power below one would bring lost digits to light."""
    assert forms.logistic(np.array(value)) == pytest.approx(expit(value), rel=1e-14)


@given(total=st.floats(0.0, 2.0 * forms.FAINT))
def test_what_rounding_leaves_of_a_total_is_nobodys_whole(total: float) -> None:
    """A residue moves no share by more than a thousand of it, wherever it is added."""
    before, after = (
        forms.share(amount=np.array(each), total=np.array(each)) for each in (total, total + 1e-16)
    )
    assert abs(after - before) <= 1.01e-16 / forms.FAINT + 2.3e-16


@given(seed=seeds, shift=st.floats(-500.0, 500.0))
def test_shares_sum_to_one_and_mind_only_differences(seed: int, shift: float) -> None:
    """A worth added to every option changes no share; one option's worth raises its own share alone."""
    value = np.random.default_rng(seed).uniform(-5.0, 5.0, (7, 4, 3))
    share = forms.softmax(value)
    np.testing.assert_allclose(share.sum(axis=-1), 1.0)
    np.testing.assert_allclose(forms.softmax(value + shift), share, rtol=1e-9)
    better = forms.softmax(value + np.array([1.0, 0.0, 0.0]))
    assert (better[..., 0] > share[..., 0]).all()
    assert (better[..., 1:] < share[..., 1:]).all()


def test_partial_adjustment_stands_still_or_arrives() -> None:
    """At rate 0 nothing moves, at rate 1 the target is reached."""
    here, there = np.array([0.2, 0.7]), np.array([0.9, 0.1])
    np.testing.assert_array_equal(
        forms.partial_adjustment(current=here, target=there, rate=0.0), here
    )
    np.testing.assert_array_equal(
        forms.partial_adjustment(current=here, target=there, rate=1.0), there
    )


def test_what_is_left_behind_leaves_nothing_behind() -> None:
    """A target of next to nothing is reached to its last digit, and never undershot."""
    tiny = forms.partial_adjustment(
        current=np.array([0.3, 0.7]), target=np.array([1e-30, 0.0]), rate=1.0
    )
    assert tiny.tolist() == [1e-30, 0.0]


@given(seed=seeds)
def test_opposition_is_mutual(seed: int) -> None:
    """What one power counts against another by its camp, the other counts against it; no power opposes itself."""
    camp = np.random.default_rng(seed).uniform(-1.0, 1.0, 5)
    table = np.array([forms.sum_over_rivals(camp=camp, quantity=unit) for unit in np.eye(5)])
    expected = np.where(np.outer(camp, camp) < 0.0, -np.outer(camp, camp), 0.0)
    np.testing.assert_allclose(table, expected, atol=1e-15)
    np.testing.assert_allclose(table, table.T)


def test_those_of_one_camp_do_not_oppose_each_other() -> None:
    """Where all stand on one side, or in the middle, nothing is counted against anybody."""
    ones = np.ones(3)
    for camp in (np.array([0.2, 0.7, 1.0]), np.array([-0.2, -0.7, 0.0]), np.zeros(3)):
        assert not forms.sum_over_rivals(camp=camp, quantity=ones).any()


@given(chance=st.floats(1e-9, 1.0 - 1e-9), mean=st.floats(0.0, 60.0))
def test_counts_are_those_of_the_poisson_distribution(chance: float, mean: float) -> None:
    """The count is the inverse of the distribution function, at every chance and mean."""
    told = forms.poisson_count(chance=np.array([chance]), mean=np.array([mean]))
    assert told[0] == max(poisson.ppf(chance, mean), 0.0)


def test_counts_are_cut_off_and_nothing_expected_is_nothing_counted() -> None:
    """A mean of 0 gives 0; the largest count is the cut."""
    zero = forms.poisson_count(chance=np.array([0.999]), mean=np.array([0.0]))
    most = forms.poisson_count(chance=np.array([0.5]), mean=np.array([500.0]))
    assert zero[0] == 0.0
    assert most[0] == 150.0
