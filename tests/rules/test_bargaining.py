"""Bargaining in the year: states give way to the stronger coalition (Bueno de Mesquita 1985; KTAB)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from sim.rules import bargaining
from sim.theories.bargaining import turn_zero
from tests.rules.properties import (
    PARTNERS,
    STATES,
    Rule,
    Values,
    check,
    column,
    number,
    plane,
    row,
    seeds,
)

CONTEST = {
    "lean": Values("rs", -1.0, 1.0),
    "camp": row(-1.0, 1.0),
    "states_weight": Values("rs", 0.0, 0.1),
    "powers_weight": row(),
}
RULES = [
    Rule(
        function=bargaining.position,
        takes={"lean": column(-1.0, 1.0)},
        within=(0.0, 1.0),
        rises=("lean",),
    ),
    Rule(
        function=bargaining.states_clout,
        takes={"size": column(0.0, 0.1), "capacity": column(0.0, 3.0)},
        within=(0.0, 0.1),
        rises=("size", "capacity"),
    ),
    Rule(
        function=bargaining.powers_clout,
        takes={"power": row(kind="shares"), "proximity": plane(), "credibility": row()},
        alone="run",
        within=(0.0, 1.0),
        rises=("power", "proximity", "credibility"),
    ),
    Rule(
        function=bargaining.everybody,
        takes={"states": column(), "powers": row()},
        alone="run",
        within=(0.0, 1.0),
        rises=("states", "powers"),
    ),
    Rule(function=bargaining.contest, takes=CONTEST, alone="run", within=(-0.5, 1.0)),
    Rule(
        function=bargaining.bargaining_terms,
        takes={
            "lean": column(-1.0, 1.0),
            "camp": row(-1.0, 1.0),
            "yielding": plane(),
            "risk": column(-0.5, 1.0),
            "contest_weight": number(0.0, 20.0),
            "closeness": number(0.0, 20.0),
        },
        within=(-20.0, 20.0),
        rises=("yielding",),
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_bargaining_is_a_rule(rule: Rule, seed: int) -> None:
    """The strong draw, the far repel."""
    check(rule, seed)


@given(seed=seeds)
def test_the_contest_is_turn_zero_of_the_published_model(seed: int) -> None:
    """One dimension, saliences alike: the same victories and risks as a table of actors gives."""
    lots = np.random.default_rng(seed)
    lean, camp = lots.uniform(-1, 1, (STATES, 1)), lots.uniform(-1, 1, (1, PARTNERS))
    own, theirs = lots.uniform(size=(STATES, 1)), lots.uniform(size=(1, PARTNERS))
    yielding, risk = bargaining.contest(
        lean=lean, camp=camp, states_weight=own, powers_weight=theirs
    )
    stand = bargaining.position(np.concatenate([lean, camp.T]))
    turn = turn_zero(
        capability=np.concatenate([own[:, 0], theirs[0]]),
        position=stand,
        salience=np.full_like(stand, 0.4),
    )
    np.testing.assert_allclose(yielding, turn.victory[STATES:, :STATES].T, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(risk[:, 0], turn.risk[:STATES], rtol=1e-9, atol=1e-9)


@given(seed=seeds)
def test_mirrored_positions_are_mirrored_contests(seed: int) -> None:
    """China and the United States are names of ends."""
    lots = np.random.default_rng(seed)
    given_ = {name: values.draw(lots) for name, values in CONTEST.items()}
    mirrored = given_ | {name: -given_[name] for name in ("lean", "camp")}
    for one, other in zip(
        bargaining.contest(**given_), bargaining.contest(**mirrored), strict=True
    ):
        np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-9)


def _shares(**given_: Any) -> np.ndarray:
    lean, camp = np.array([[0.1], [-0.3]]), np.array([[-1.0, 1.0]])
    weights = {"states_weight": np.full((2, 1), 0.01), "powers_weight": np.array([[0.5, 0.5]])}
    return bargaining.contest(lean=lean, camp=camp, **(weights | given_))[0]


def test_nobody_gives_way_to_a_power_that_brings_nothing_and_whom_nobody_joins() -> None:
    """All the weight lies at the other end."""
    alone = _shares(powers_weight=np.array([[0.0, 0.9]]), states_weight=np.zeros((2, 1)))
    assert (alone[:, 0] == 0.0).all() and (alone[:, 1] == 1.0).all()


def test_a_power_that_grows_bold_may_press_less() -> None:
    """Against first sight, and as published: who stands out is bold, and to the bold the middle looks nearly as good."""
    even, strong = _shares(), _shares(powers_weight=np.array([[0.5, 0.9]]))
    assert strong[0, 1] < even[0, 1]
