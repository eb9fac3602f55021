"""Leadership: governments change, and with them the leaning (Kuik 2008)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from sim.rules import leadership
from tests.rules.properties import Rule, check, column, number, seeds

RULES = [
    Rule(
        function=leadership.next_lean,
        takes={
            "lean": column(-1.0, 1.0),
            "chance": column(),
            "leaning": column(-3.0, 3.0),
            "turnover": number(),
            "inheritance": number(),
            "spread": number(),
        },
        within=(-1.0, 1.0),
        rises=("lean", "leaning"),
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_leadership_is_a_rule(rule: Rule, seed: int) -> None:
    """A successor leans by what it inherits and by its own."""
    check(rule, seed)


@given(seed=seeds)
def test_the_leaning_changes_only_with_the_government(seed: int) -> None:
    """Where the draw lies above the chance of turnover the old leaning stays, to the last digit."""
    lots = np.random.default_rng(seed)
    lean, chance = lots.uniform(-1.0, 1.0, (7, 4, 1)), lots.uniform(size=(7, 4, 1))
    told = leadership.next_lean(
        lean=lean,
        chance=chance,
        leaning=lots.normal(size=(7, 4, 1)),
        turnover=0.3,
        inheritance=0.3,
        spread=0.35,
    )
    stays = chance >= 0.3
    assert (told[stays] == lean[stays]).all()
    assert (told[~stays] != lean[~stays]).all()


def test_a_successor_that_inherits_all_and_differs_in_nothing_changes_nothing() -> None:
    """Full inheritance without spread keeps the leaning, though the government falls."""
    lean = np.array([0.4, -0.7])
    told = leadership.next_lean(
        lean=lean, chance=np.zeros(2), leaning=np.ones(2), turnover=1.0, inheritance=1.0, spread=0.0
    )
    np.testing.assert_allclose(told, lean)
