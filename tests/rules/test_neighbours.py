"""Neighbours: doing as fellow members do, and neutrality while the bloc holds (Goh 2005)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from sim.rules import neighbours
from tests.rules.properties import STATES, Rule, Values, check, number, option, plane, row, seeds

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
    Rule(
        function=neighbours.cohesion,
        takes={"lean": Values("rs", -1.0, 1.0), "member": Values("s", kind="flag")},
        alone="run",
        within=(0.0, 1.0),
    ),
    Rule(
        function=neighbours.neighbour_pull,
        takes={
            "others": option(),
            "cohesion": Values("r"),
            "neutrality": number(0.0, 3.0),
        },
        within=(0.0, 4.0),
        rises=("others", "cohesion", "neutrality"),
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_neighbours_is_a_rule(rule: Rule, seed: int) -> None:
    """What the others do pulls, and their neutrality the more, the more they hold together."""
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


def test_a_bloc_that_leans_alike_is_whole_and_a_split_one_is_not() -> None:
    """Cohesion is one whatever the common side, zero where halves stand at opposite ends."""
    all_of_us = np.ones((4, 1))
    alike = neighbours.cohesion(lean=np.full((4, 1), -0.7), member=all_of_us)
    split = neighbours.cohesion(lean=np.array([[-1.0], [-1.0], [1.0], [1.0]]), member=all_of_us)
    assert alike.item() == pytest.approx(1.0)
    assert split.item() == pytest.approx(0.0)


def test_who_is_no_member_does_not_count() -> None:
    """An outsider's leaning changes neither cohesion nor what members see."""
    member = np.array([[1.0], [1.0], [1.0], [0.0]])
    lean = np.array([[0.2], [0.3], [0.1], [0.9]])
    other = np.array([[0.2], [0.3], [0.1], [-0.9]])
    assert neighbours.cohesion(lean=lean, member=member) == neighbours.cohesion(
        lean=other, member=member
    )
    seen = [neighbours.others_mean(values=v, member=member)[:3] for v in (lean, other)]
    assert (seen[0] == seen[1]).all()


def test_a_broken_bloc_makes_neutrality_worth_no_more_than_imitation() -> None:
    """Without cohesion the unaligned share counts like any other."""
    others = np.array([0.2, 0.1, 0.3, 0.4])
    partners, own = neighbours.neighbour_pull(others=others, cohesion=np.zeros(1), neutrality=0.5)
    np.testing.assert_allclose(np.append(partners, own), others)
