"""Acts: two hazards whose log-odds are sums of named terms, and one draw for what happens."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from sim.rules import acts
from tests.rules.properties import Rule, check, column, number, plane, row, seeds

HAZARD = {
    "terms": {"pressure": plane(-2.0, 2.0), "stance": plane(-1.5, 1.5)},
    "up": row(-5.0, 1.0),
    "down": row(-5.0, 1.0),
    "courtship": row(-1.0, 1.0),
    "size": column(-1.0, 1.0),
    "standing": plane(kind="flag"),
}
CHANCE = plane(0.001, 0.999)
RULES = [
    Rule(
        function=acts.score_terms,
        takes={
            "motives": {"pressure": plane(), "offers": plane(-2.0, 2.0)},
            "weights": {"pressure": number(-8.0, 5.0), "offers": number(-3.0, 3.0)},
        },
        within=(-8.0, 8.0),
    ),
    Rule(
        function=acts.hazards,
        takes=HAZARD,
        call=lambda **given_: acts.hazards(**given_)[0],
        within=(0.0, 1.0),
        rises=("up", "courtship", "size"),
        falls=("down", "standing"),
    ),
    Rule(
        function=acts.hazards,
        takes=HAZARD,
        call=lambda **given_: acts.hazards(**given_)[1],
        within=(0.0, 1.0),
        rises=("down", "size", "standing"),
        falls=("up", "courtship"),
    ),
    Rule(
        function=acts.steps,
        takes={
            "chance": CHANCE,
            "up": plane(0.0, 0.5),
            "down": plane(0.0, 0.5),
            "double": number(),
        },
        within=(-2.0, 2.0),
        rises=("up",),
        falls=("chance", "down"),
    ),
    Rule(
        function=acts.climbs,
        takes={
            "chance": CHANCE,
            "up": plane(0.0, 0.5),
            "down": plane(0.0, 0.5),
            "climb": number(),
            "leap": number(),
            "slip": number(),
        },
        within=(-1.0, 2.0),
        rises=("up", "climb"),
        falls=("chance", "down"),
    ),
    Rule(
        function=acts.next_recent,
        takes={"recent": plane(0.0, 4.0), "steps": plane(-2.0, 2.0), "fade": number()},
        within=(0.0, 6.0),
        rises=("recent", "steps", "fade"),
    ),
    Rule(
        function=acts.next_courtship,
        takes={
            "courtship": row(-2.0, 2.0),
            "chance": row(-3.0, 3.0),
            "keep": number(),
            "drift": number(0.0, 2.0),
        },
        within=(-8.0, 8.0),
        rises=("courtship", "chance"),
    ),
]
EVENLY = (np.arange(20_000) + 0.5)[:, np.newaxis] / 20_000


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_acts_is_a_rule(rule: Rule, seed: int) -> None:
    """Hazards follow their terms, steps follow their hazards."""
    check(rule, seed)


def _chances(score: float = 0.0, standing: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    return acts.hazards(
        terms={"stance": np.full(3, score)},
        up=np.array([-1.7, -1.7, -2.1]),
        down=np.array([-2.8, -3.5, -5.0]),
        courtship=np.zeros(3),
        size=np.zeros(1),
        standing=np.full(3, standing),
    )


def test_a_score_multiplies_the_odds_of_a_step_up_and_divides_those_of_one_down() -> None:
    """So that named terms explain an act exactly, in log-odds against taking no step."""
    plain, moved = _chances(), _chances(0.7)
    for before, after, sign in zip(plain, moved, (1.0, -1.0), strict=True):
        rest = [1.0 - sum(chances) for chances in (plain, moved)]
        odds = np.log(after / rest[1]) - np.log(before / rest[0])
        np.testing.assert_allclose(odds, sign * 0.7)


def test_who_stands_on_no_rung_cannot_step_down() -> None:
    """There is nothing to step down from, and stepping up is the likelier for it."""
    rise, fall = _chances(standing=0.0)
    assert not fall.any()
    assert (rise > _chances()[0]).all()


@given(seed=seeds)
def test_the_chances_of_all_that_may_happen_stay_below_one(seed: int) -> None:
    """However large the score is on either side."""
    score = np.random.default_rng(seed).uniform(-60.0, 60.0)
    rise, fall = _chances(score)
    assert (rise + fall < 1.0 + 1e-15).all()


def test_steps_are_as_frequent_as_their_chances_say() -> None:
    """Over all draws alike the mean step is (up - down) times one plus the part that counts twice."""
    up, down = np.array([0.3, 0.1, 0.0]), np.array([0.1, 0.0, 0.4])
    told = acts.steps(chance=EVENLY, up=up, down=down, double=0.25)
    np.testing.assert_allclose(told.mean(axis=0), 1.25 * (up - down), atol=1e-3)
    np.testing.assert_allclose((told > 0.0).mean(axis=0), up, atol=1e-3)


def test_a_steps_climbs_follow_the_same_draw() -> None:
    """Nobody climbs without a step up, or slips without one down; so many of either do as declared."""
    given_: dict[str, Any] = {
        "chance": EVENLY,
        "up": np.array([0.3, 0.1, 0.0]),
        "down": np.array([0.1, 0.0, 0.4]),
    }
    step = acts.steps(**given_, double=0.25)
    climb = acts.climbs(**given_, climb=0.34, leap=0.27, slip=0.2)
    assert (step[climb > 0.0] > 0.0).all()
    assert (step[climb < 0.0] < 0.0).all()
    assert (step[climb == 2.0] == 2.0).all()
    assert (climb[step > 0.0] > 0.0).mean() == pytest.approx(0.34, abs=1e-3)
    assert (climb[climb > 0.0] == 2.0).mean() == pytest.approx(0.27, abs=1e-3)
    assert (climb[step < 0.0] < 0.0).mean() == pytest.approx(0.2, abs=1e-3)


def test_steps_down_leave_no_trace_to_be_compensated() -> None:
    """Only what was gained counts, and it is forgotten by halves."""
    told = acts.next_recent(
        recent=np.array([1.0, 1.0, 0.0]), steps=np.array([2.0, -2.0, -1.0]), fade=0.5
    )
    np.testing.assert_allclose(told, [2.5, 0.5, 0.0])


def test_courtship_wanders_and_comes_back() -> None:
    """Its spread in the long run is that of the step over the root of one less the kept part squared."""
    lots = np.random.default_rng(5)
    now = np.zeros((4000, 3))
    for _ in range(60):
        now = acts.next_courtship(
            courtship=now, chance=lots.normal(size=(4000, 3)), keep=0.85, drift=0.3
        )
    assert now.std() == pytest.approx(0.3 / (1.0 - 0.85**2) ** 0.5, rel=0.03)
