"""Retaliation: what leaning costs, because rivals can make one pay (Kuik 2008, Hirschman 1945)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from sim.rules import retaliation
from tests.rules.properties import Rule, check, number, plane, row, seeds, world

RULES = [
    Rule(
        function=retaliation.retaliation,
        takes={
            "rivalry": world(),
            "leverage": plane(kind="parts"),
            "coerciveness": row(),
            "camp": row(-1.0, 1.0),
            "readiness": number(),
        },
        within=(0.0, 1.0),
        rises=("rivalry", "leverage", "coerciveness", "readiness"),
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_retaliation_is_a_rule(rule: Rule, seed: int) -> None:
    """Leaning costs more with rivalry and with the rival's leverage."""
    check(rule, seed)


def _cost(rivalry: float, leverage: list[float]) -> np.ndarray:
    return retaliation.retaliation(
        rivalry=np.array([rivalry]),
        leverage=np.array(leverage),
        coerciveness=np.array([0.3, 0.2, 0.0]),
        camp=np.array([-1.0, 1.0, 0.5]),
        readiness=0.4,
    )


def test_without_rivalry_leaning_costs_nothing() -> None:
    """Zero rivalry, zero retaliation."""
    assert not _cost(0.0, [0.5, 0.2, 0.1]).any()


def test_it_is_the_rivals_leverage_that_makes_leaning_costly() -> None:
    """China's leverage makes leaning to the United States cost, to Japan half of it, to China nothing."""
    told = _cost(1.0, [0.4, 0.0, 0.0])
    assert told[0] == 0.0
    assert told[1] == pytest.approx(2.0 * told[2])
    assert told[1] > 0.0
