"""Coercion: when pressure off the sea becomes an episode, and whether it is given in to."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from sim.rules import coercion
from tests.rules.properties import Rule, check, column, number, plane, seeds

CHANCE = plane(0.001, 0.999)
FLAG = plane(kind="flag")
RULES = [
    Rule(
        function=coercion.outbreak,
        takes={"chance": CHANCE, "coercion": plane(), "episode": FLAG, "rate": number(0.3, 1.0)},
        within=(0.0, 1.0),
        rises=("coercion",),
        falls=("chance",),
    ),
    Rule(
        function=coercion.next_episode,
        takes={"episode": FLAG, "outbreak": FLAG, "chance": CHANCE, "end": number()},
        within=(0.0, 1.0),
        rises=("episode", "outbreak"),
    ),
    Rule(
        function=coercion.usual_episode,
        takes={"coercion": plane(), "rate": number(), "end": number(0.1, 1.0)},
        within=(0.0, 1.0),
        rises=("coercion", "rate"),
        falls=("end",),
    ),
    Rule(
        function=coercion.conceded,
        takes={
            "outbreak": FLAG,
            "chance": CHANCE,
            "coercion": plane(),
            "leverage": plane(),
            "rate": number(0.5, 1.0),
            "yields": number(),
            "leverage_weight": number(),
        },
        within=(0.0, 1.0),
        rises=("outbreak",),
        falls=("chance",),
    ),
    Rule(
        function=coercion.likely_concession,
        takes={"leverage": plane(), "yields": number(), "leverage_weight": number()},
        within=(0.0, 1.0),
        rises=("leverage", "yields"),
    ),
    Rule(
        function=coercion.next_concession,
        takes={"concession": FLAG, "conceded": FLAG, "turned": column(kind="flag")},
        within=(0.0, 1.0),
        rises=("concession", "conceded"),
        falls=("turned",),
    ),
]
EVENLY = (np.arange(20_000) + 0.5)[:, np.newaxis] / 20_000


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_coercion_is_a_rule(rule: Rule, seed: int) -> None:
    """Coerciveness makes episodes likely, leverage makes them work."""
    check(rule, seed)


def _year(episode: np.ndarray, chance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    strength: dict[str, Any] = {"coercion": np.full(3, 0.5), "rate": 0.3}
    broke = coercion.outbreak(chance=chance, episode=episode, **strength)
    return broke, coercion.next_episode(episode=episode, outbreak=broke, chance=chance, end=0.6)


def test_episodes_run_as_often_as_said_and_for_a_year_or_two() -> None:
    """Over many years the part with one is what is usual, and it lasts one over its chance to end."""
    lots, now, seen, begun = np.random.default_rng(11), np.zeros((4000, 3)), [], 0.0
    for _ in range(60):
        broke, now = _year(now, lots.uniform(size=now.shape))
        begun += broke.sum()
        seen.append(now.copy())
    usual = coercion.usual_episode(coercion=np.full(3, 0.5), rate=0.3, end=0.6)
    np.testing.assert_allclose(np.mean(seen[10:], axis=(0, 1)), usual, rtol=0.03)
    assert np.sum(seen) / begun == pytest.approx(1.0 / 0.6, rel=0.03)


def test_who_never_coerces_has_no_episodes() -> None:
    """Whatever the draw."""
    told = coercion.outbreak(chance=EVENLY, coercion=np.zeros(3), episode=np.zeros(3), rate=1.0)
    assert not told.any()


def test_of_episodes_that_break_out_so_many_win_as_leverage_makes_likely() -> None:
    """A fifth without leverage, forty percent with leverage of 0.4; none without an outbreak."""
    given_: dict[str, Any] = {"coercion": np.full(3, 0.8), "rate": 0.5}
    broke = coercion.outbreak(chance=EVENLY, episode=np.zeros(3), **given_)
    won = coercion.conceded(
        outbreak=broke,
        chance=EVENLY,
        leverage=np.array([0.0, 0.4, 2.0]),
        yields=0.2,
        leverage_weight=0.5,
        **given_,
    )
    assert (won <= broke).all()
    np.testing.assert_allclose(won.mean(axis=0) / broke.mean(axis=0), [0.2, 0.4, 1.0], atol=1e-3)


def test_a_demand_refused_is_no_concession() -> None:
    """An episode that breaks out over a refusal, where chance alone would bring none, wins nothing."""
    told = coercion.conceded(
        outbreak=np.ones(3),
        chance=np.full(3, 0.6),
        coercion=np.ones(3),
        leverage=np.ones(3),
        rate=0.5,
        yields=1.0,
        leverage_weight=0.5,
    )
    assert not told.any()


def test_a_concession_stands_until_the_leader_changes() -> None:
    """A new one may be won in the very year of the change."""
    stands: dict[str, Any] = {"concession": np.ones(3)}
    kept = coercion.next_concession(**stands, conceded=np.zeros(3), turned=np.zeros(1))
    gone = coercion.next_concession(**stands, conceded=np.array([0.0, 0.0, 1.0]), turned=np.ones(1))
    assert kept.tolist() == [1.0, 1.0, 1.0]
    assert gone.tolist() == [0.0, 0.0, 1.0]
