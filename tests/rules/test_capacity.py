"""Capacity: own means keep what they pay for; gifts add, and wear out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from sim.rules import capacity
from tests.rules.properties import Rule, check, column, number, plane, seeds

RULES = [
    Rule(
        function=capacity.effort,
        takes={
            "pressure": plane(),
            "salience": plane(0.0, 5.0),
            "effort_max": number(0.0, 5.0),
            "half": number(0.01, 10.0),
        },
        within=(0.0, 5.0),
        rises=("pressure", "salience", "effort_max"),
        falls=("half",),
    ),
    Rule(
        function=capacity.equipment_effect,
        takes={
            "equipment": plane(0.0, 200.0),
            "training": plane(0.0, 20.0),
            "area": column(0.0, 3000.0),
            "gap": column(),
            "staff": column(0.0, 2.0),
            "unit_requirement": number(1.0, 2000.0),
            "effectiveness": number(),
            "absorbed_alone": number(),
            "training_half": number(0.1, 50.0),
            "staff_half": number(0.01, 2.0),
        },
        within=(0.0, np.inf),
        rises=("equipment", "training", "gap", "staff", "effectiveness", "absorbed_alone"),
        falls=("unit_requirement", "training_half", "staff_half"),
    ),
    Rule(
        function=capacity.next_pipeline,
        takes={
            "pipeline": column(0.0, 1.0),
            "given": column(0.0, 1.0),
            "arriving": number(0.01, 0.99),
        },
        within=(0.0, 2.0),
        rises=("pipeline", "given"),
    ),
    Rule(
        function=capacity.next_capacity,
        takes={
            "capacity": column(0.0, 3.0),
            "own": column(0.0, 3.0),
            "wealth": column(0.2, 8.0),
            "effort": column(),
            "added": column(0.0, 0.5),
            "wear": number(0.0, 0.9),
            "elasticity": number(0.0, 2.0),
        },
        within=(0.0, np.inf),
        rises=("capacity", "own", "wealth", "effort", "added"),
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_capacity_is_a_rule(rule: Rule, seed: int) -> None:
    """Grievance calls up effort; equipment counts for more with training; means sustain."""
    check(rule, seed)


def _effect(
    area: float,
    *,
    equipment: float = 30.0,
    training: float = 0.0,
    gap: float = 1.0,
    staff: float = 1e9,
) -> float:
    told = capacity.equipment_effect(
        equipment=np.array([equipment, 0.0, 0.0]),
        training=np.array([training, 0.0, 0.0]),
        area=np.array([area]),
        gap=np.array([gap]),
        staff=np.array([staff]),
        unit_requirement=60.0,
        effectiveness=0.5,
        absorbed_alone=0.4,
        training_half=2.0,
        staff_half=0.1,
    )
    return float(told[0])


def test_a_landlocked_state_has_no_waters_to_police() -> None:
    """Ships given to it add nothing."""
    assert _effect(0.0) == 0.0


def test_the_same_ships_go_less_far_in_wider_waters() -> None:
    """Four times the waters, half the effect."""
    assert _effect(400.0) == pytest.approx(0.5 * _effect(100.0))


def test_equipment_counts_in_full_only_with_training() -> None:
    """Without training only the part absorbed alone counts; with very much of it, nearly all."""
    assert _effect(100.0) == pytest.approx(0.5 * 0.4 * 30.0 / 600.0)
    assert _effect(100.0, training=1e9) == pytest.approx(0.5 * 30.0 / 600.0)


def test_equipment_fills_a_gap_and_finds_people_or_not() -> None:
    """The same ships do half for who lacks half, nothing for who lacks nothing, and half where half the people are there."""
    whole = _effect(100.0)
    assert _effect(100.0, gap=0.5) == pytest.approx(0.5 * whole)
    assert _effect(100.0, gap=0.0) == 0.0
    assert _effect(100.0, staff=0.1) == pytest.approx(0.5 * whole)
    assert _effect(100.0, staff=0.0) == 0.0


def test_what_is_given_arrives_half_in_four_years_and_all_in_the_end() -> None:
    """Nothing is lost on the way."""
    waiting, came = np.zeros(1), []
    for year in range(120):
        waiting, arrived = capacity.next_pipeline(
            pipeline=waiting, given=np.full(1, 1.0 if year == 0 else 0.0), arriving=0.16
        )
        came.append(arrived.item())
    assert sum(came[:4]) == pytest.approx(0.5, abs=0.03)
    assert sum(came) == pytest.approx(1.0)


def test_gifts_wear_out_to_what_own_means_sustain() -> None:
    """A gift once given fades; capacity returns to its own level, and below it climbs back."""
    for now in (np.array([2.0]), np.array([0.1])):
        for _ in range(300):
            now = capacity.next_capacity(
                capacity=now,
                own=np.array([0.5]),
                wealth=np.ones(1),
                effort=np.zeros(1),
                added=np.zeros(1),
                wear=0.06,
                elasticity=0.5,
            )
        assert now.item() == pytest.approx(0.5)


def test_a_state_left_in_peace_adds_nothing_of_its_own() -> None:
    """No grievance, no effort."""
    told = capacity.effort(pressure=np.zeros(3), salience=np.zeros(3), effort_max=0.6, half=1.0)
    assert told.item() == 0.0
