"""Demands: the only place where a choice is forced."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from sim.rules import demand
from tests.rules.properties import Rule, check, column, plane, row, seeds

TERMS = {"stance": plane(-2.0, 2.0), "leverage": plane(-1.0, 2.0)}
CAMP = np.array([-1.0, 1.0, 0.5])
EVENLY = (np.arange(20_000) + 0.5)[:, np.newaxis] / 20_000


def _answered(*, accepted: np.ndarray, refused: np.ndarray) -> demand.Demand:
    return demand.Demand(terms={}, likely=accepted, accepted=accepted, refused=refused)


def _answer(**given_: Any) -> tuple[np.ndarray, np.ndarray]:
    told = demand.answer(**given_)
    return told.accepted, told.refused


def _steps(*, accepted: np.ndarray, refused: np.ndarray, camp: np.ndarray) -> np.ndarray:
    answer = _answered(accepted=accepted, refused=refused * (1.0 - accepted))
    return demand.steps_of_answer(answer=answer, camp=camp)


RULES = [
    Rule(
        function=demand.answer,
        takes={"demand": plane(), "terms": TERMS, "chance": column(0.001, 0.999)},
        call=_answer,
        within=(0.0, 1.0),
    ),
    Rule(
        function=demand.steps_of_answer,
        takes={
            "accepted": plane(kind="flag"),
            "refused": plane(kind="flag"),
            "camp": row(-1.0, 1.0),
        },
        call=_steps,
        within=(-1.0, 2.0),
        falls=("refused",),
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_a_demand_is_a_rule(rule: Rule, seed: int) -> None:
    """Answers are yes or no, and bring steps."""
    check(rule, seed)


@given(seed=seeds)
def test_without_demands_nobody_is_forced(seed: int) -> None:
    """Whatever speaks for giving in: nothing is accepted, nothing refused, and no step follows."""
    lots = np.random.default_rng(seed)
    told = demand.answer(
        demand=np.zeros((4, 3)),
        terms={"leverage": lots.normal(size=(4, 3))},
        chance=lots.uniform(size=(4, 1)),
    )
    assert not told.accepted.any()
    assert not told.refused.any()
    assert not demand.steps_of_answer(answer=told, camp=CAMP).any()


@given(seed=seeds)
def test_everybody_who_asks_is_answered_and_at_most_one_is_given_in_to(seed: int) -> None:
    """A state cannot yield to both sides of a war."""
    lots = np.random.default_rng(seed)
    asked = lots.integers(0, 2, (7, 4, 3)).astype(float)
    told = demand.answer(
        demand=asked,
        terms={"leverage": lots.normal(size=(7, 4, 3))},
        chance=lots.uniform(size=(7, 4, 1)),
    )
    np.testing.assert_array_equal(told.accepted + told.refused, asked)
    assert told.accepted.sum(axis=-1).max() <= 1.0


def test_the_terms_are_the_log_odds_of_giving_in() -> None:
    """Against refusing, where one power alone demands the whole; half a demand has half the odds."""
    for size in (1.0, 0.5):
        told = demand.answer(
            demand=np.array([0.0, size, 0.0]),
            terms={"stance": np.full(3, 0.9), "autonomy": np.full(3, -1.5)},
            chance=EVENLY,
        )
        odds = size * np.exp(0.9 - 1.5)
        assert told.accepted[:, 1].mean() == pytest.approx(odds / (1.0 + odds), abs=1e-3)


def test_giving_in_to_one_side_is_a_step_away_from_the_other() -> None:
    """Two steps up with whom it gave in to, one down with his opposites; Japan, half opposed to China, is left alone."""
    for_china = _answered(accepted=np.array([1.0, 0.0, 0.0]), refused=np.zeros(3))
    told = demand.steps_of_answer(answer=for_china, camp=CAMP)
    assert told.tolist() == [2.0, -1.0, 0.0]


def test_who_is_refused_is_stepped_away_from() -> None:
    """And only he, where nobody else asked."""
    refused = _answered(accepted=np.zeros(3), refused=np.array([1.0, 0.0, 0.0]))
    assert demand.steps_of_answer(answer=refused, camp=CAMP).tolist() == [-1.0, 0.0, 0.0]
