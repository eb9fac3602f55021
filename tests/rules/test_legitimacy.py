"""Legitimacy: what a government can sell at home (Kuik 2008)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from sim.rules import legitimacy
from tests.rules.properties import Rule, check, column, number, plane, row, seeds

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
    Rule(
        function=legitimacy.legitimacy,
        takes={
            "affinity": plane(),
            "lean": column(-1.0, 1.0),
            "camp": row(-1.0, 1.0),
            "salience": plane(0.0, 5.0),
            "coercion": plane(),
            "affinity_weight": number(0.0, 3.0),
            "lean_weight": number(0.0, 3.0),
            "anger_weight": number(0.0, 3.0),
        },
        within=(-6.0, 6.0),
        rises=("affinity", "affinity_weight"),
        falls=("salience", "coercion", "anger_weight"),
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_legitimacy_is_a_rule(rule: Rule, seed: int) -> None:
    """Closeness sells better with affinity, worse with anger."""
    check(rule, seed)


def test_who_votes_alike_is_wholly_akin_whichever_side_it_differs_to() -> None:
    """Affinity is one at the same point, and the same at equal distance on either side."""
    told = legitimacy.affinity(
        ideal_point=np.array([0.5]), partner_ideal_point=np.array([0.5, 1.5, -0.5]), scale=2.0
    )
    np.testing.assert_allclose(told, [1.0, np.exp(-0.5), np.exp(-0.5)])


def test_a_government_finds_its_own_side_easier_to_sell() -> None:
    """A leaning to the United States helps it and its camp, harms China, and the reverse."""
    nothing = np.zeros(3)
    given_: dict[str, Any] = {
        "affinity": nothing,
        "camp": np.array([-1.0, 1.0, 0.5]),
        "salience": nothing,
        "coercion": nothing,
        "affinity_weight": 1.0,
        "lean_weight": 0.6,
        "anger_weight": 1.0,
    }
    west = legitimacy.legitimacy(lean=np.array([0.5]), **given_)
    east = legitimacy.legitimacy(lean=np.array([-0.5]), **given_)
    np.testing.assert_allclose(west, [-0.3, 0.3, 0.15])
    np.testing.assert_allclose(east, -west)
