"""Sums of named terms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from sim.rules import terms
from tests.rules.properties import Rule, check, plane, row, seeds

RULES = [
    Rule(
        function=terms.total,
        takes={"one": plane(-2.0, 2.0), "other": plane(-2.0, 2.0), "third": row(-2.0, 2.0)},
        call=lambda **named: terms.total(named),
        within=(-6.0, 6.0),
        rises=("one", "other", "third"),
    ),
    Rule(
        function=terms.signed,
        takes={"camp": row(0.1, 1.0), "quantity": plane(-1.0, 1.0)},
        within=(-3.0, 3.0),
        rises=("quantity",),
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_a_sum_is_a_rule(rule: Rule, seed: int) -> None:
    """What is added raises the sum."""
    check(rule, seed)


def test_a_partner_between_the_camps_counts_for_neither() -> None:
    """What speaks for China is taken from what speaks for the United States; who stands between says nothing."""
    camp = np.array([-1.0, 1.0, 0.0])
    told = terms.signed(camp=camp, quantity=np.array([0.3, 0.5, 9.0]))
    np.testing.assert_allclose(told, [0.2])
