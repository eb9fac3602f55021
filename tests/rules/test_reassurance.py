"""Reassurance: leaning further to one side is paid back on the other (Kuik 2016, 2021)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from sim.rules import reassurance
from tests.rules.properties import Rule, check, number, plane, row, seeds

RULES = [
    Rule(
        function=reassurance.reassurance,
        takes={
            "rise": plane(-0.2, 0.2),
            "leverage": plane(),
            "camp": row(-1.0, 1.0),
            "rate": number(0.0, 50.0),
        },
        within=(0.0, 1.0),
        rises=("rise", "leverage", "rate"),
    ),
]
CAMP = np.array([-1.0, 1.0, 0.5])


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_reassurance_is_a_rule(rule: Rule, seed: int) -> None:
    """It rises with the slight and with the slighted power's leverage."""
    check(rule, seed)


@given(seed=seeds)
def test_who_has_slighted_nobody_reassures_nobody(seed: int) -> None:
    """Ties that stand still or fall call for nothing."""
    fall = -np.random.default_rng(seed).uniform(size=3)
    told = reassurance.reassurance(rise=fall, leverage=np.ones(3), camp=CAMP, rate=60.0)
    assert not told.any()


def test_a_rise_towards_tokyo_is_paid_back_to_beijing_alone() -> None:
    """Engagement goes to the slighted power, not to the one that was favoured."""
    told = reassurance.reassurance(
        rise=np.array([0.0, 0.0, 0.05]), leverage=np.full(3, 0.2), camp=CAMP, rate=60.0
    )
    assert told[0] > 0.0
    assert not told[1:].any()


def test_a_power_without_leverage_need_not_be_reassured() -> None:
    """No leverage, no compensation."""
    told = reassurance.reassurance(
        rise=np.array([0.0, 0.1, 0.1]), leverage=np.zeros(3), camp=CAMP, rate=60.0
    )
    assert not told.any()
