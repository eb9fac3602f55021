"""Leadership: leaders change, and some of the new ones realign."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from sim.rules import leadership
from tests.rules.properties import Rule, check, column, number, seeds

CHANCE = column(0.001, 0.999)
RULES = [
    Rule(
        function=leadership.turned,
        takes={"chance": CHANCE, "turnover": column()},
        within=(0.0, 1.0),
        rises=("turnover",),
        falls=("chance",),
    ),
    Rule(
        function=leadership.next_lean,
        takes={
            "lean": column(-1.0, 1.0),
            "chance": CHANCE,
            "leaning": column(-3.0, 3.0),
            "turnover": column(),
            "realigning": number(),
            "realigned": number(0.0, 3.0),
            "ordinary": number(0.0, 3.0),
        },
        within=(-9.0, 9.0),
        rises=("lean", "leaning"),
    ),
]
SPREADS = {"realigning": 0.3, "realigned": 0.5, "ordinary": 0.1}


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_leadership_is_a_rule(rule: Rule, seed: int) -> None:
    """A new leader leans by a leaning of his own."""
    check(rule, seed)


def _many(**given_: Any) -> tuple[np.ndarray, np.ndarray]:
    lots = np.random.default_rng(3)
    drawn = {"chance": lots.uniform(size=(200_000, 1)), "turnover": np.full((1, 1), 0.2)}
    told = leadership.next_lean(
        lean=np.full((200_000, 1), 0.4),
        leaning=lots.normal(size=(200_000, 1)),
        **drawn,
        **(SPREADS | given_),
    )
    return told, leadership.turned(**drawn)


def test_the_leaning_changes_with_the_leader_and_only_then() -> None:
    """Where he stays his leaning stays, to the last digit; one draw tells of both."""
    told, turned = _many()
    assert (told[turned == 0.0] == 0.4).all()
    assert (told[turned == 1.0] != 0.4).all()
    assert turned.mean() == pytest.approx(0.2, abs=0.005)


def test_some_of_the_new_leaders_realign() -> None:
    """So many as declared are drawn from the wide spread, the rest from the narrow one; on average to neither side."""
    told, turned = _many()
    new = told[turned == 1.0]
    assert new.std() == pytest.approx((0.3 * 0.5**2 + 0.7 * 0.1**2) ** 0.5, rel=0.03)
    assert abs(new.mean()) < 0.01
    none, _ = _many(realigning=0.0)
    assert none[turned == 1.0].std() == pytest.approx(0.1, rel=0.03)


def test_a_year_that_the_record_says_brought_no_change_brings_none() -> None:
    """A chance of zero is never met, a chance of one always."""
    chance = np.random.default_rng(1).uniform(size=(7, 1))
    for observed in (0.0, 1.0):
        told = leadership.turned(chance=chance, turnover=np.full((7, 1), observed))
        assert (told == observed).all()
