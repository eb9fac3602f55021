"""Protection and entrapment: the two fears of the alliance dilemma (Snyder 1984)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from sim.rules import protection
from tests.rules.properties import Rule, check, number, plane, row, seeds, world

RULES = [
    Rule(
        function=protection.commitment,
        takes={
            "bound": plane(),
            "use": plane(),
            "rung": plane(0.0, 5.0),
            "exercises": row(0.0, 20.0),
            "base": number(0.0, 0.9),
            "rung_weight": number(0.0, 0.9),
            "exercise_weight": number(0.0, 0.9),
            "exercise_half": number(0.1, 50.0),
        },
        within=(0.0, 1.0),
        rises=(
            *("bound", "use", "rung", "exercises"),
            *("base", "rung_weight", "exercise_weight"),
        ),
        falls=("exercise_half",),
    ),
    Rule(
        function=protection.protection,
        takes={
            "power": row(kind="shares"),
            "proximity": plane(),
            "credibility": row(),
            "commitment": plane(),
            "threat": plane(),
            "ambient": number(0.0, 3.0),
        },
        within=(0.0, 5.0),
        rises=("power", "proximity", "credibility", "commitment", "threat", "ambient"),
    ),
    Rule(
        function=protection.entrapment,
        takes={
            "rivalry": world(),
            "tie": plane(kind="parts"),
            "power": row(kind="shares"),
            "camp": row(-1.0, 1.0),
        },
        within=(0.0, 1.0),
        rises=("rivalry", "tie", "power"),
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_protection_is_a_rule(rule: Rule, seed: int) -> None:
    """Bonds, nearness and credibility shield; rivalry and closeness entrap."""
    check(rule, seed)


def test_who_has_bound_itself_to_nothing_protects_from_nothing() -> None:
    """Zero commitment, zero protection, whatever the threat; and the same for credibility."""
    full: dict[str, Any] = {
        "power": np.ones(3),
        "proximity": np.ones(3),
        "threat": np.ones(3),
        "ambient": 1.0,
    }
    unbound = protection.protection(commitment=np.zeros(3), credibility=np.ones(3), **full)
    unbelieved = protection.protection(commitment=np.ones(3), credibility=np.zeros(3), **full)
    assert not unbound.any()
    assert not unbelieved.any()


def test_nobody_protects_against_itself() -> None:
    """A partner's own threat adds nothing to what it shields from, and does add to what others do."""
    kind = dict.fromkeys(("power", "proximity", "credibility", "commitment"), np.ones(3))
    calm = protection.protection(threat=np.zeros(3), ambient=0.5, **kind)
    tense = protection.protection(threat=np.array([0.8, 0.0, 0.0]), ambient=0.5, **kind)
    np.testing.assert_allclose(tense - calm, [0.0, 0.8, 0.8])


def test_a_pact_in_use_leaves_nothing_open_and_one_on_paper_six_tenths() -> None:
    """Of what is open without any bond, which is all but the base; a bond that is not there is used in vain."""
    none = np.zeros(3)
    told = protection.commitment(
        bound=np.array([1.0, 1.0, 0.0]),
        use=np.array([1.0, 0.0, 1.0]),
        rung=none,
        exercises=none,
        base=0.1,
        rung_weight=0.3,
        exercise_weight=0.3,
        exercise_half=6.0,
    )
    np.testing.assert_allclose(told, [1.0, 1.0 - 0.9 * 0.6, 0.1])


def test_without_rivalry_nobody_is_dragged_into_a_quarrel() -> None:
    """Entrapment is zero at zero rivalry, and for a partner that has no rivals."""
    tie, power = np.array([0.5, 0.3, 0.1]), np.array([0.4, 0.4, 0.2])
    camp = np.array([-1.0, 1.0, 0.0])
    calm = protection.entrapment(rivalry=np.zeros(1), tie=tie, power=power, camp=camp)
    hot = protection.entrapment(rivalry=np.ones(1), tie=tie, power=power, camp=camp)
    assert not calm.any()
    np.testing.assert_allclose(hot, [0.5 * 0.4, 0.3 * 0.4, 0.0])
