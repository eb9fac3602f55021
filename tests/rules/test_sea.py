"""At sea: incidents, a contest of means (Tullock 1980, Hirshleifer 1989), and how safe the lanes are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.rules import sea
from tests.rules.properties import STATES, Rule, Values, check, column, number, plane, seeds

RULES = [
    Rule(
        function=sea.felt_incidents,
        takes={"mean": plane(0.01, 8.0), "severity": column(0.1, 4.0)},
        within=(0.0, 30.0),
    ),
    Rule(
        function=sea.incident_rate,
        takes={
            "pressure": plane(),
            "resolve": column(),
            "rate": number(0.0, 100.0),
            "passive": number(0.0, 0.9),
        },
        within=(0.0, 100.0),
        rises=("pressure", "resolve", "rate", "passive"),
    ),
    Rule(
        function=sea.encroachment,
        takes={
            "pressure": plane(),
            "capacity": column(0.0, 3.0),
            "resolve": column(),
            "passive": number(),
            "decisiveness": number(0.1, 5.0),
        },
        within=(0.0, 1.0),
        rises=("pressure",),
        falls=("capacity", "resolve", "passive"),
    ),
    Rule(
        function=sea.next_salience,
        takes={
            "salience": plane(0.0, 5.0),
            "incidents": plane(0.0, 40.0),
            "coercion": plane(),
            "fade": number(),
            "weight": number(),
        },
        within=(0.0, np.inf),
        rises=("salience", "incidents", "coercion", "fade", "weight"),
    ),
    Rule(
        function=sea.lane_security,
        takes={"safety": column(), "littoral": Values("sl", 0.0, 1.0 / STATES)},
        alone="run",
        within=(0.0, 1.0),
        rises=("safety", "littoral"),
    ),
    Rule(
        function=sea.safety,
        takes={"capacity": column(0.0, 3.0), "encroachment": column(), "half": number(0.01, 5.0)},
        within=(0.0, 1.0),
        rises=("capacity",),
        falls=("encroachment", "half"),
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_the_sea_is_a_rule(rule: Rule, seed: int) -> None:
    """Pressure brings incidents and gains ground; means and resolve hold it."""
    check(rule, seed)


@given(means=st.floats(0.01, 3.0), decisiveness=st.floats(0.1, 5.0))
def test_equal_means_win_half(means: float, decisiveness: float) -> None:
    """The contest is fair, however decisive; swapped means swap what is won and what is held."""

    def won(attack: float, defence: float) -> float:
        told = sea.encroachment(
            pressure=np.array([attack, 0.0, 0.0]),
            capacity=np.array([defence]),
            resolve=np.ones(1),
            passive=0.25,
            decisiveness=decisiveness,
        )
        return float(told[0])

    assert won(means, means) == pytest.approx(0.5)
    assert won(means, 0.7) == pytest.approx(1.0 - won(0.7, means))


def test_unpressed_a_state_loses_nothing_and_undefended_everything() -> None:
    """No pressure wins nothing even from the helpless; pressure on the helpless wins all."""
    told = sea.encroachment(
        pressure=np.array([[0.0, 0.0], [0.3, 0.0]]),
        capacity=np.zeros((2, 1)),
        resolve=np.zeros((2, 1)),
        passive=0.25,
        decisiveness=1.0,
    )
    assert told[:, 0].tolist() == [0.0, 1.0]


def test_it_takes_two_to_have_an_incident() -> None:
    """Without pressure there is none; without resolve only the passive part."""
    told = sea.incident_rate(
        pressure=np.array([[0.0], [0.5], [0.5]]),
        resolve=np.array([[1.0], [0.0], [1.0]]),
        rate=10.0,
        passive=0.25,
    )
    np.testing.assert_allclose(told[:, 0], [0.0, 1.25, 5.0])


def test_a_memory_not_renewed_fades_away() -> None:
    """What is kept each year is a part; in the end nothing is left."""
    now = np.array([4.0])
    for _ in range(100):
        now = sea.next_salience(
            salience=now, incidents=np.zeros(1), coercion=np.zeros(1), fade=0.7, weight=0.1
        )
    assert now.item() == pytest.approx(0.0, abs=1e-12)


def test_a_lane_is_as_safe_as_its_littoral_states_make_it() -> None:
    """The mean of their grips by their part in it; a lane that nobody holds has none."""
    told = sea.lane_security(
        safety=np.array([[1.0], [0.4]]), littoral=np.array([[0.5, 1.0, 0.0], [0.5, 0.0, 0.0]])
    )
    np.testing.assert_allclose(told, [0.7, 1.0, 0.0])
