"""Stance: named motives, followed within a year or two, jumping with a new leader."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from sim.rules import stance
from tests.rules.properties import Rule, check, column, number, plane, row, seeds, world

WEST = row(0.1, 1.0)


def _next(**given_: Any) -> tuple[np.ndarray, np.ndarray]:
    told = stance.next_stance(**given_)
    return told.aim, told.stance


RULES = [
    Rule(
        function=stance.room,
        takes={"rivalry": world(), "ample": number(0.1, 5.0), "shrink": number(0.0, 0.95)},
        within=(0.0, 5.0),
        rises=("ample",),
        falls=("rivalry", "shrink"),
    ),
    Rule(
        function=stance.protection_motive,
        takes={"protection": plane(), "camp": WEST, "weight": number(0.0, 30.0)},
        within=(0.0, 90.0),
        rises=("protection", "camp", "weight"),
    ),
    Rule(
        function=stance.leverage_motive,
        takes={
            "leverage": plane(),
            "coerciveness": row(),
            "camp": WEST,
            "readiness": number(),
            "weight": number(0.0, 10.0),
        },
        within=(0.0, 30.0),
        rises=("leverage", "coerciveness", "readiness", "weight"),
    ),
    Rule(
        function=stance.opinion_motive,
        takes={
            "trust": plane(),
            "openness": column(),
            "camp": WEST,
            "closed": number(),
            "weight": number(0.0, 10.0),
        },
        within=(0.0, 30.0),
        rises=("trust", "openness", "closed", "weight"),
    ),
    Rule(
        function=stance.values_motive,
        takes={
            "coercion": plane(),
            "openness": column(),
            "camp": WEST,
            "weight": number(0.0, 10.0),
        },
        within=(-30.0, 0.0),
        rises=("openness",),
        falls=("coercion", "weight"),
    ),
    Rule(
        function=stance.next_stance,
        takes={
            "stance": column(-1.0, 1.0),
            "terms": {"protection": column(-2.0, 2.0), "leader": column(-1.0, 1.0)},
            "jump": column(-1.0, 1.0),
            "room": world(0.1, 5.0),
            "speed": number(0.05, 0.95),
        },
        call=_next,
        within=(-1.0, 1.0),
        rises=("stance", "jump"),
    ),
    Rule(
        function=stance.next_disposition,
        takes={
            "disposition": column(-2.0, 2.0),
            "shared": world(-1.0, 1.0),
            "persistence": number(0.1, 0.9),
        },
        within=(-2.0, 2.0),
        rises=("disposition", "shared"),
    ),
    Rule(
        function=stance.resting_disposition,
        takes={
            "stance": column(-1.0, 1.0),
            "terms": {"protection": column(-2.0, 2.0), "opinion": column(-1.0, 1.0)},
            "room": world(0.1, 5.0),
        },
        rises=("stance",),
    ),
]
CAMP = np.array([-1.0, 1.0, 0.5])


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_stance_is_a_rule(rule: Rule, seed: int) -> None:
    """Motives towards a camp move the stance towards it."""
    check(rule, seed)


def _draw(seed: int) -> dict[str, Any]:
    lots = np.random.default_rng(seed)
    return {
        "terms": {name: lots.normal(0.0, 0.5, (4, 1)) for name in ("protection", "opinion")},
        "room": lots.uniform(0.5, 2.0, (1, 1)),
        "stance": lots.uniform(-0.9, 0.9, (4, 1)),
    }


@given(seed=seeds)
def test_a_stance_rests_on_its_disposition_while_its_motives_stay(seed: int) -> None:
    """And leaves it as soon as one of them moves."""
    given_ = _draw(seed)
    given_["terms"]["disposition"] = stance.resting_disposition(**given_)
    still = stance.next_stance(**given_, jump=np.zeros((4, 1)), speed=0.4)
    np.testing.assert_allclose(still.stance, given_["stance"], atol=1e-13)
    given_["terms"]["offers"] = np.full((4, 1), 0.2)
    moved = stance.next_stance(**given_, jump=np.zeros((4, 1)), speed=0.4)
    assert (moved.stance > given_["stance"]).all()


@given(seed=seeds)
def test_a_state_at_rest_jumps_the_whole_way_with_a_new_leader(seed: int) -> None:
    """Not the usual part of it: the leader's own leaning takes hold at once, and is not taken twice."""
    given_ = _draw(seed)
    given_["terms"]["disposition"] = stance.resting_disposition(**given_)
    jump = np.random.default_rng(seed).normal(0.0, 0.5, (4, 1))
    given_["terms"]["leader"] = jump
    first = stance.next_stance(**given_, jump=jump, speed=0.4)
    np.testing.assert_allclose(first.stance, first.aim, atol=1e-13)
    after = stance.next_stance(
        **given_ | {"stance": first.stance}, jump=np.zeros((4, 1)), speed=0.4
    )
    np.testing.assert_allclose(after.stance, first.stance, atol=1e-13)


@given(seed=seeds)
def test_rivalry_magnifies_what_motives_there_are_and_makes_none(seed: int) -> None:
    """With half the room the log-odds of the aim are twice as large, on whichever side they were."""
    given_ = _draw(seed)
    wide, narrow = (
        stance.next_stance(**given_ | {"room": room}, jump=np.zeros((4, 1)), speed=1.0).aim
        for room in (np.full((1, 1), 1.0), np.full((1, 1), 0.5))
    )
    np.testing.assert_allclose(np.arctanh(narrow), 2.0 * np.arctanh(wide))


def test_where_nobody_is_asked_the_public_counts_for_the_closed_part() -> None:
    """Forty percent of what it counts for in an open system."""
    trust = np.array([0.2, 0.7, 0.5])
    shut, open_ = (
        stance.opinion_motive(
            trust=trust, openness=np.full(1, at), camp=CAMP, closed=0.4, weight=0.6
        )
        for at in (0.0, 1.0)
    )
    np.testing.assert_allclose(shut, 0.4 * open_)


def test_an_open_system_does_not_turn_away_from_pressure_on_values() -> None:
    """A closed one turns to the other side, whoever it is that presses."""
    pressed = np.array([0.0, 0.5, 0.0])
    values: dict[str, Any] = {"coercion": pressed, "camp": CAMP, "weight": 1.0}
    assert stance.values_motive(openness=np.ones(1), **values).item() == 0.0
    assert stance.values_motive(openness=np.zeros(1), **values).item() == pytest.approx(-0.5)


def test_leverage_of_a_power_that_never_coerces_is_worth_its_readiness() -> None:
    """It could use it; one that does is worth the whole."""
    lever: dict[str, Any] = {
        "leverage": np.array([0.3, 0.0, 0.0]),
        "camp": CAMP,
        "readiness": 0.4,
        "weight": 1.0,
    }
    meek = stance.leverage_motive(coerciveness=np.zeros(3), **lever)
    ready = stance.leverage_motive(coerciveness=np.ones(3), **lever)
    assert meek.item() == pytest.approx(-0.12)
    assert ready.item() == pytest.approx(-0.3)


def test_shields_of_both_camps_cancel() -> None:
    """Who is shielded alike by both leans to neither."""
    told = stance.protection_motive(
        protection=np.array([0.3, 0.2, 0.2]), camp=CAMP, weight=np.array(5.0)
    )
    assert told.item() == pytest.approx(0.0)
