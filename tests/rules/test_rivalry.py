"""Rivalry: a path the scenario sets, and what the region's sides add (Jervis 1978)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.rules import rivalry
from tests.rules.properties import Rule, Values, check, number, seeds, world

RULES = [
    Rule(
        function=rivalry.next_rivalry,
        takes={
            "rivalry": world(),
            "level": number(),
            "polarisation": world(),
            "shock": world(-0.3, 0.3),
            "chance": world(-3.0, 3.0),
            "adjustment": number(0.0, 0.9),
            "feedback": number(0.0, 0.5),
            "noise": number(0.0, 0.3),
        },
        within=(0.0, 1.0),
        rises=("rivalry", "level", "polarisation", "shock", "chance", "feedback"),
    ),
    Rule(
        function=rivalry.regional_polarisation,
        takes={"lean": Values("rs", -1.0, 1.0)},
        alone="run",
        within=(0.0, 1.0),
    ),
]
ONE = np.ones((1, 1))


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_rivalry_is_a_rule(rule: Rule, seed: int) -> None:
    """It follows the scenario's level, events, and sides taken."""
    if rule.function is rivalry.next_rivalry:
        _unclipped_somewhere(seed)
    check(rule, seed)


def _unclipped_somewhere(seed: int) -> None:
    """Half a rivalry moved a little stays within its range: the cut at 0 and 1 is not always at work."""
    chance = np.random.default_rng(seed).uniform(-1.0, 1.0, (7, 1, 1))
    told = _next(np.full((7, 1, 1), 0.5), level=0.5, chance=chance, noise=0.02)
    np.testing.assert_allclose(told, 0.5 + 0.02 * chance)


def _next(
    now: np.ndarray,
    *,
    level: float,
    chance: np.ndarray,
    noise: float = 0.0,
    adjustment: float = 0.2,
) -> np.ndarray:
    return rivalry.next_rivalry(
        rivalry=now,
        level=level,
        polarisation=0.0 * ONE,
        shock=0.0 * ONE,
        chance=chance,
        adjustment=adjustment,
        feedback=0.03,
        noise=noise,
    )


@given(start=st.floats(0.0, 1.0), level=st.floats(0.0, 1.0), rate=st.floats(0.1, 0.9))
def test_without_noise_rivalry_settles_at_the_scenarios_level(
    start: float, level: float, rate: float
) -> None:
    """Whatever it begins with, and without passing the level on the way."""
    now = start * ONE
    for _ in range(300):
        later = _next(now, level=level, chance=ONE, adjustment=rate)
        assert abs(later.item() - level) <= abs(now.item() - level) + 1e-15
        now = later
    assert now.item() == pytest.approx(level, abs=1e-9)


def test_it_does_not_matter_which_side_is_taken() -> None:
    """Polarisation is the size of leanings, whichever way."""
    lean = np.array([[0.3], [-0.5], [0.0], [0.4]])
    assert rivalry.regional_polarisation(lean=lean) == rivalry.regional_polarisation(lean=-lean)
    assert rivalry.regional_polarisation(lean=lean).item() == pytest.approx(0.3)
