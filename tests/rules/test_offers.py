"""Offers: what aid is worth against what a state has come to expect."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.rules import offers
from tests.rules.properties import Rule, check, number, plane, seeds

RULES = [
    Rule(
        function=offers.worth,
        takes={
            "security_aid": plane(0.0, 300.0),
            "economic_aid": plane(0.0, 0.2),
            "security_half": number(0.1, 1000.0),
            "economic_half": number(0.0001, 1.0),
        },
        within=(0.0, 30.0),
        rises=("security_aid", "economic_aid"),
        falls=("security_half", "economic_half"),
    ),
    Rule(
        function=offers.answered,
        takes={"worth": plane(0.0, 8.0), "usual": plane(0.0, 8.0), "cut": number(1.0, 5.0)},
        within=(-40.0, 8.0),
        rises=("worth",),
        falls=("usual", "cut"),
    ),
    Rule(
        function=offers.next_usual_worth,
        takes={"usual": plane(0.0, 8.0), "worth": plane(0.0, 8.0), "habit": number(0.0, 0.9)},
        within=(0.0, 8.0),
        rises=("usual", "worth"),
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_an_offer_is_a_rule(rule: Rule, seed: int) -> None:
    """More aid is worth more, each doubling alike."""
    check(rule, seed)


def test_a_doubling_is_worth_one_whatever_it_doubles() -> None:
    """The first unit of what is the first doubling, and every doubling of the whole after it."""
    none = np.zeros(4)
    told = offers.worth(
        security_aid=np.array([0.0, 20.0, 60.0, 140.0]),
        economic_aid=none,
        security_half=20.0,
        economic_half=0.005,
    )
    np.testing.assert_allclose(told, [0.0, 1.0, 2.0, 3.0])


@given(seed=seeds, cut=st.floats(1.0, 5.0))
def test_a_cut_moves_so_many_times_as_far_as_a_gift_of_the_same_size(seed: int, cut: float) -> None:
    """Twice, by default."""
    usual, change = np.random.default_rng(seed).uniform(0.1, 4.0, (2, 3))
    gift = offers.answered(worth=usual + change, usual=usual, cut=cut)
    lost = offers.answered(worth=usual - change, usual=usual, cut=cut)
    np.testing.assert_allclose(lost, -cut * gift)


def test_what_goes_on_is_got_used_to() -> None:
    """In twenty years nine tenths of a gift are taken for granted, and ending it is a cut."""
    usual, given_ = np.zeros(1), np.full(1, 2.0)
    for _ in range(22):
        usual = offers.next_usual_worth(usual=usual, worth=given_, habit=0.1)
    assert 0.0 < offers.answered(worth=given_, usual=usual, cut=2.0).item() < 0.2
    assert offers.answered(worth=np.zeros(1), usual=usual, cut=2.0).item() < -3.6


def test_the_usual_moves_nobody() -> None:
    """Aid that is what it was is neither a gift nor a cut."""
    told = offers.answered(worth=np.full(3, 1.3), usual=np.full(3, 1.3), cut=2.0)
    assert not told.any()
