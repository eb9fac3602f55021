"""How the powers court and press: sharing out aid, pressing at sea, coercing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from sim.config.levers import ALLOCATIONS
from sim.rules.courtship import china, japan, united_states
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
    world,
)


def _chosen(pick: np.ndarray) -> dict[str, np.ndarray]:
    """Turn a number in [0, 1] by power into the one rule that each power follows."""
    place = np.minimum((pick * len(ALLOCATIONS)).astype(int), len(ALLOCATIONS) - 1)
    return {name: (place == i).astype(float) for i, name in enumerate(ALLOCATIONS)}


def _share_out(*, pick: np.ndarray, **given_: Any) -> np.ndarray:
    return japan.share_out(choice=_chosen(pick), **given_)


RULES = [
    Rule(
        function=japan.allocation_keys,
        takes={
            "historical": Values("sp"),
            "optimised": Values("sp"),
            "custom": Values("sp"),
            "capacity": column(0.0, 2.0),
            "area": Values("s", 0.0, 3000.0),
            "lanes": Values("s"),
            "claimant": Values("s", kind="flag"),
            "trust": plane(),
        },
        within=(0.0, np.inf),
        rises=("trust", "historical", "optimised", "custom", "lanes"),
        falls=("capacity",),
    ),
    Rule(
        function=japan.share_out,
        takes={
            "budget": row(0.0, 500.0),
            "keys": {name: plane() for name in ALLOCATIONS},
            "pick": row(),
            "eligible": Values("sp", kind="flag"),
        },
        alone="run",
        within=(0.0, 500.0),
        call=_share_out,
    ),
    Rule(
        function=japan.equipment,
        takes={"grant": plane(0.0, 200.0), "effectiveness": row(1.0, 10.0)},
        within=(0.0, 2000.0),
        rises=("grant", "effectiveness"),
    ),
    Rule(
        function=japan.provocation,
        takes={"grant": plane(0.0, 200.0), "sting": row(), "half": number(0.1, 1000.0)},
        within=(0.0, 1.0),
        rises=("grant", "sting"),
        falls=("half",),
    ),
    Rule(
        function=japan.coordinated_grants,
        takes={"grant": plane(0.0, 200.0), "coordination": number(-1.0, 1.0)},
        within=(0.0, 400.0),
        rises=("coordination",),
    ),
    Rule(
        function=china.deterrence,
        takes={
            "capacity": column(0.0, 3.0),
            "resolve": column(),
            "collective": world(),
            "capacity_weight": number(0.0, 0.9),
            "collective_weight": number(0.0, 0.9),
            "threshold": number(),
            "steepness": number(0.1, 15.0),
        },
        within=(0.0, 1.0),
        rises=("capacity", "resolve", "collective", "capacity_weight", "collective_weight"),
        falls=("threshold",),
    ),
    Rule(
        function=china.push,
        takes={
            "ambition": row(),
            "stake": plane(),
            "deterred": column(),
            "aligned": plane(),
            "reassurance": plane(),
            "provoked": plane(),
            "sharpening": number(0.0, 3.0),
            "softening": number(),
        },
        within=(0.0, 5.0),
        rises=("ambition", "stake", "aligned", "provoked", "sharpening"),
        falls=("deterred", "reassurance", "softening"),
    ),
    Rule(
        function=china.gray_zone,
        takes={
            "pressure": plane(),
            "first": plane(),
            "push": plane(0.0, 2.0),
            "usual": plane(0.1, 2.0),
            "ambient": world(1.0, 3.0),
            "shock": plane(-0.3, 0.3),
            "adjustment": number(0.05, 0.9),
        },
        within=(0.0, 1.0),
        rises=("pressure", "first", "push", "ambient", "shock"),
    ),
    Rule(
        function=china.economic_aid,
        takes={
            "budget": row(0.0, 60000.0),
            "share": Values("sp"),
            "tie": plane(),
            "stance": column(-1.0, 1.0),
            "favour": number(0.0, 10.0),
            "waver": number(0.0, 5.0),
        },
        alone="run",
        within=(0.0, 60000.0),
        rises=("budget",),
    ),
    Rule(
        function=united_states.split_assistance,
        takes={"budget": number(0.0, 20000.0), "security_share": number()},
        within=(0.0, 20000.0),
        rises=("budget",),
    ),
    Rule(
        function=united_states.coercion,
        takes={
            "coerciveness": row(),
            "aligned_security": plane(),
            "aligned_economic": plane(),
            "indiscriminate": number(),
        },
        within=(0.0, 1.0),
        rises=("coerciveness", "aligned_security", "aligned_economic", "indiscriminate"),
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_courtship_is_a_rule(rule: Rule, seed: int) -> None:
    """Aid follows keys and ties, pressure follows ambition and opportunity."""
    check(rule, seed)


def _keys(seed: int) -> dict[str, np.ndarray]:
    lots = np.random.default_rng(seed)
    return japan.allocation_keys(
        historical=lots.uniform(size=(STATES, PARTNERS)),
        optimised=lots.uniform(size=(STATES, PARTNERS)),
        custom=lots.uniform(size=(STATES, PARTNERS)),
        capacity=lots.uniform(0.0, 1.5, (STATES, 1)),
        area=lots.uniform(0.0, 3000.0, (STATES, 1)),
        lanes=lots.uniform(size=(STATES, 1)),
        claimant=lots.integers(0, 2, (STATES, 1)).astype(float),
        trust=lots.uniform(size=(STATES, PARTNERS)),
    )


def _given(
    rule: str, keys: Mapping[str, np.ndarray], eligible: np.ndarray, budget: np.ndarray
) -> np.ndarray:
    choice = {name: np.full((1, PARTNERS), float(name == rule)) for name in ALLOCATIONS}
    return japan.share_out(budget=budget, keys=keys, choice=choice, eligible=eligible)


@pytest.mark.parametrize("rule", ALLOCATIONS)
@given(seed=seeds)
def test_the_whole_budget_is_given_and_only_to_the_eligible(rule: str, seed: int) -> None:
    """Exactly the budget where anybody is eligible, nothing where nobody is, by every allocation rule."""
    lots = np.random.default_rng(seed)
    eligible = lots.integers(0, 2, (STATES, PARTNERS)).astype(float)
    eligible[:, 0] = 0.0
    budget = lots.uniform(0.0, 100.0, (1, PARTNERS))
    told = _given(rule, _keys(seed), eligible, budget)
    anybody = eligible.any(axis=0)
    np.testing.assert_allclose(told.sum(axis=0), budget[0] * anybody)
    assert not told[eligible == 0.0].any()


@pytest.mark.parametrize("rule", ALLOCATIONS)
@given(seed=seeds)
def test_each_allocation_follows_its_own_key(rule: str, seed: int) -> None:
    """Among the eligible, grants stand to each other as the key says; a key that is silent shares equally."""
    keys = _keys(seed)
    told = _given(rule, keys, np.ones((STATES, PARTNERS)), np.full((1, PARTNERS), 10.0))
    key = np.broadcast_to(keys[rule], told.shape)
    total = key.sum(axis=0)
    expected = np.where(total > 0.0, key / np.where(total > 0.0, total, 1.0), 1.0 / STATES)
    np.testing.assert_allclose(told, 10.0 * expected)


def test_need_is_the_gap_of_a_coastal_state_and_grows_with_its_waters() -> None:
    """Who can police its waters, or has none, is in no need."""
    zero, one = np.zeros((4, 3)), np.ones((4, 1))
    keys = japan.allocation_keys(
        historical=zero,
        optimised=zero,
        custom=zero,
        capacity=np.array([[1.2], [0.5], [0.5], [0.5]]),
        area=np.array([[100.0], [0.0], [100.0], [400.0]]),
        lanes=one,
        claimant=one,
        trust=zero,
    )
    np.testing.assert_allclose(keys["need"][:, 0], [0.0, 0.0, 5.0, 10.0])


def test_non_lethal_equipment_provokes_nobody() -> None:
    """No sting, no provocation, however large the grant."""
    told = japan.provocation(grant=np.array([0.0, 10.0, 1e4]), sting=np.zeros(3), half=20.0)
    assert not told.any()


def test_givers_complement_each_other_or_stand_in_each_others_way() -> None:
    """A lone giver's grant is worth what it is; of two, each is worth more or less by coordination."""
    lone, two = np.array([10.0, 0.0, 0.0]), np.array([10.0, 10.0, 0.0])
    none = np.zeros(3)
    assert japan.coordinated_grants(grant=lone, coordination=0.5).tolist() == lone.tolist()
    assert japan.coordinated_grants(grant=none, coordination=0.5).tolist() == none.tolist()
    assert japan.coordinated_grants(grant=two, coordination=0.5).sum() == pytest.approx(25.0)
    assert japan.coordinated_grants(grant=two, coordination=-0.5).sum() == pytest.approx(15.0)


def _deterred(*, resolve: float, collective: float) -> float:
    told = china.deterrence(
        capacity=np.array([1.0]),
        resolve=np.array([resolve]),
        collective=np.array([collective]),
        capacity_weight=0.3,
        collective_weight=0.6,
        threshold=0.6,
        steepness=12.0,
    )
    return float(told[0])


def test_together_claimants_deter_what_none_deters_alone() -> None:
    """Joint resolve past the threshold takes away far more than a lone stand at full resolve."""
    alone = _deterred(resolve=1.0, collective=0.25)
    together = _deterred(resolve=1.0, collective=1.0)
    assert together > 2.0 * alone


def test_joint_resolve_tips() -> None:
    """The same step counts most across the threshold."""
    steps = np.diff([_deterred(resolve=0.5, collective=c) for c in (0.2, 0.4, 0.6, 0.8, 1.0)])
    assert steps[1] > 3.0 * steps[0]
    assert steps[2] > 3.0 * steps[3]


def test_who_has_no_stake_or_is_wholly_deterred_does_not_push() -> None:
    """However ambitious and provoked."""
    given_: dict[str, Any] = {
        "ambition": np.ones(3),
        "aligned": np.ones(3),
        "reassurance": np.zeros(3),
        "provoked": np.ones(3),
        "sharpening": 1.2,
        "softening": 0.6,
    }
    assert not china.push(stake=np.zeros(3), deterred=np.zeros(1), **given_).any()
    assert not china.push(stake=np.ones(3), deterred=np.ones(1), **given_).any()


def _pressed(push: list[float], *, ambient: float = 1.0) -> np.ndarray:
    """Where pressure settles, from what was observed of three states that the usual conduct pushes alike."""
    return china.gray_zone(
        pressure=np.array([0.6, 0.0, 0.9]),
        first=np.array([0.6, 0.0, 0.9]),
        push=np.array(push),
        usual=np.full(3, 0.8),
        ambient=np.full(1, ambient),
        shock=np.zeros(3),
        adjustment=1.0,
    )


def test_the_declared_conduct_presses_as_it_was_observed_to() -> None:
    """Whoever was pressed so far goes on to be, who was left alone goes on to be left alone."""
    np.testing.assert_allclose(_pressed([0.8, 0.8, 0.8]), [0.6, 0.0, 0.9])


def test_less_push_takes_off_in_proportion_and_more_adds_what_it_is_worth() -> None:
    """Without a push there is no pressure; with more of it they too are pressed who were not so far; nobody beyond the whole."""
    np.testing.assert_allclose(_pressed([0.4, 0.4, 0.0]), [0.3, 0.0, 0.0])
    np.testing.assert_allclose(_pressed([1.0, 1.0, 1.0]), [0.8, 0.2, 1.0])


def test_presence_adds_up_while_pressure_levels_off() -> None:
    """Twice as many ships leave the square of what was left free; where there were none there are none."""
    np.testing.assert_allclose(_pressed([0.8, 0.8, 0.8], ambient=2.0), [0.84, 0.0, 0.99])


@given(seed=seeds)
def test_economic_aid_gives_the_budget_and_charm_pays_friends(seed: int) -> None:
    """The budget, exactly, or nothing where nothing was given in the past; closeness shifts it."""
    lots = np.random.default_rng(seed)
    share, tie = lots.uniform(size=(STATES, PARTNERS)), np.zeros((STATES, PARTNERS))
    share[:, 2] = 0.0
    tie[0] = 0.5
    budget = np.full((1, PARTNERS), 100.0)
    given_: dict[str, Any] = {"budget": budget, "share": share, "tie": tie}
    firm = np.full((STATES, 1), 0.7)
    plain = china.economic_aid(**given_, stance=firm, favour=0.0, waver=0.3)
    charm = china.economic_aid(**given_, stance=firm, favour=1.5, waver=0.3)
    np.testing.assert_allclose(plain.sum(axis=0), [100.0, 100.0, 0.0])
    np.testing.assert_allclose(charm.sum(axis=0), [100.0, 100.0, 0.0])
    assert (charm[0, :2] > plain[0, :2]).all()


@given(seed=seeds)
def test_aid_goes_to_those_who_waver(seed: int) -> None:
    """Whichever side they used to lean to; among states that waver alike wavering counts for nothing."""
    lots = np.random.default_rng(seed)
    share = lots.uniform(0.1, 1.0, (STATES, PARTNERS))
    given_: dict[str, Any] = {
        "budget": np.full((1, PARTNERS), 100.0),
        "share": share,
        "tie": np.zeros((STATES, PARTNERS)),
        "favour": 1.5,
    }
    stance = np.array([[0.0], [0.8], [-0.8], [0.8]])
    told = china.economic_aid(**given_, stance=stance, waver=0.3)
    np.testing.assert_allclose(told.sum(axis=0), 100.0)
    assert (told[0] > 100.0 * share[0] / share.sum(axis=0)).all()
    alike = china.economic_aid(**given_, stance=np.abs(stance[1:2]) + 0.0 * stance, waver=5.0)
    np.testing.assert_allclose(alike, 100.0 * share / share.sum(axis=0))


def test_assistance_is_split_without_loss() -> None:
    """What is not security is development."""
    assert united_states.split_assistance(budget=1000.0, security_share=0.15) == (150.0, 850.0)


def test_coercion_falls_on_the_rivals_friends_and_a_part_on_everybody() -> None:
    """Who stands far from the rival meets the indiscriminate part alone."""
    told = united_states.coercion(
        coerciveness=np.array([0.4, 0.4, 0.0]),
        aligned_security=np.array([0.0, 1.0, 1.0]),
        aligned_economic=np.array([0.0, 1.0, 1.0]),
        indiscriminate=0.25,
    )
    np.testing.assert_allclose(told, [0.1, 0.4, 0.0])
