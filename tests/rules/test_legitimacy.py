"""Legitimacy: whom a government may be seen with (Kuik 2008)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from sim.rules import legitimacy
from tests.rules.properties import Rule, check, column, number, row, seeds

RULES = [
    Rule(
        function=legitimacy.affinity,
        takes={
            "ideal_point": column(-3.0, 3.0),
            "partner_ideal_point": row(-3.0, 3.0),
            "scale": number(0.1, 10.0),
        },
        within=(0.0, 1.0),
        rises=("scale",),
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_legitimacy_is_a_rule(rule: Rule, seed: int) -> None:
    """The wider the scale, the more alike everybody is."""
    check(rule, seed)


def test_who_votes_alike_is_wholly_akin_whichever_side_it_differs_to() -> None:
    """Affinity is one at the same point, and the same at equal distance on either side."""
    told = legitimacy.affinity(
        ideal_point=np.array([0.5]), partner_ideal_point=np.array([0.5, 1.5, -0.5]), scale=2.0
    )
    np.testing.assert_allclose(told, [1.0, np.exp(-0.5), np.exp(-0.5)])
