"""Neighbours: where fellow members stand, and what they sign (Goh 2005)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from sim.rules import neighbours
from tests.rules.properties import STATES, Rule, Values, check, option, plane, row, seeds

RULES = [
    Rule(
        function=neighbours.leaning,
        takes={"tie": plane(kind="parts"), "camp": row(-1.0, 1.0)},
        within=(-1.0, 1.0),
        rises=("camp",),
    ),
    Rule(
        function=neighbours.others_mean,
        takes={"values": option(), "member": Values("s", kind="flag")},
        alone="run",
        within=(0.0, 1.0),
        rises=("values",),
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_neighbours_is_a_rule(rule: Rule, seed: int) -> None:
    """What the others do is seen by each."""
    check(rule, seed)


@given(seed=seeds)
def test_each_member_sees_the_mean_of_the_other_members(seed: int) -> None:
    """Against a loop that leaves each one out; whoever has no fellows sees itself."""
    lots = np.random.default_rng(seed)
    values, member = lots.uniform(size=(STATES, 3)), lots.integers(0, 2, (STATES, 1)).astype(float)
    told = neighbours.others_mean(values=values, member=member)
    for state in range(STATES):
        fellows = [o for o in range(STATES) if o != state and member[o, 0]]
        seen = values[fellows].mean(axis=0) if fellows and member[state, 0] else values[state]
        np.testing.assert_allclose(told[state], seen)


def test_who_is_no_member_is_not_looked_to() -> None:
    """An outsider's leaning changes nothing that members see."""
    member = np.array([[1.0], [1.0], [1.0], [0.0]])
    seen = [
        neighbours.others_mean(values=np.array([[0.2], [0.3], [0.1], [far]]), member=member)[:3]
        for far in (-0.9, 0.9)
    ]
    assert (seen[0] == seen[1]).all()


def test_a_leaning_is_what_ties_with_the_camps_come_to() -> None:
    """Japan counts by half, who stands between the camps not at all."""
    told = neighbours.leaning(
        tie=np.array([0.2, 0.3, 0.2, 0.3]), camp=np.array([-1.0, 1.0, 0.5, 0.0])
    )
    np.testing.assert_allclose(told, [0.2])
