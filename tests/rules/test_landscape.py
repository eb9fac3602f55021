"""Landscape in the year: a state is worth most to itself where it is least frustrated (Axelrod and Bennett 1993)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from sim.rules import landscape
from tests.rules.properties import (
    PARTNERS,
    STATES,
    Rule,
    Values,
    check,
    number,
    option,
    plane,
    row,
    seeds,
)

DRIVES = ("affinity", "trust", "trade", "threat")
TERMS = {
    "propensity": {drive: plane(-2.0, 2.0) for drive in DRIVES},
    "size": row(kind="shares"),
    "camp": row(-1.0, 1.0),
    "bloc": option(),
    "steepness": number(0.1, 50.0),
    "bloc_weight": number(0.0, 3.0),
}
RULES = [
    Rule(
        function=landscape.propensities,
        takes={
            **{name: plane() for name in ("affinity", "trust", "dependence")},
            **{name: plane() for name in ("proximity", "hostility")},
            "weights": {drive: number(0.0, 3.0) for drive in DRIVES},
        },
        within=(-3.0, 3.0),
        rises=("affinity", "trust", "dependence"),
        falls=("proximity", "hostility"),
    ),
    Rule(
        function=landscape.option_positions,
        takes={"camp": row(-1.0, 1.0)},
        within=(-1.0, 1.0),
        rises=("camp",),
    ),
    Rule(
        function=landscape.bloc_frustration,
        takes={
            "lean": Values("rs", -1.0, 1.0),
            "size": Values("rs", 0.0, 0.1),
            "member": Values("s", kind="flag"),
            "camp": row(-1.0, 1.0),
        },
        alone="run",
        within=(0.0, 0.1 * STATES),
    ),
    Rule(
        function=landscape.landscape_terms,
        takes=TERMS,
        within=(-150.0, 100.0),
        falls=("bloc",),
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_landscape_is_a_rule(rule: Rule, seed: int) -> None:
    """Friends draw, foes repel, the larger the more."""
    check(rule, seed)


def _drawn(seed: int, **changed: Any) -> dict[str, np.ndarray]:
    lots = np.random.default_rng(seed)
    given_ = {
        name: {key: one.draw(lots) for key, one in value.items()}
        if isinstance(value, dict)
        else value.draw(lots)
        for name, value in TERMS.items()
    }
    return landscape.landscape_terms(**(given_ | changed))


@given(seed=seeds)
def test_terms_are_minus_steepness_times_frustration_counted_one_by_one(seed: int) -> None:
    """Against a loop over powers and options."""
    lots = np.random.default_rng(seed)
    camp, size = lots.uniform(-1, 1, PARTNERS), lots.dirichlet(np.ones(PARTNERS))
    wish, bloc = lots.normal(size=PARTNERS), lots.uniform(size=PARTNERS + 1)
    told = landscape.landscape_terms(
        propensity={"trade": wish}, size=size, camp=camp, bloc=bloc, steepness=4.0, bloc_weight=0.5
    )
    for place, here in enumerate([*camp, 0.0]):
        felt = sum(size[k] * wish[k] * abs(here - camp[k]) / 2 for k in range(PARTNERS))
        np.testing.assert_allclose(told["trade"][place], -4.0 * felt, atol=1e-13)
    np.testing.assert_allclose(told["neighbours"], -2.0 * bloc)


@given(seed=seeds)
def test_changing_the_sign_of_every_camp_changes_sides_and_nothing_else(seed: int) -> None:
    """The name of a camp means nothing."""
    camp = np.random.default_rng(seed).uniform(-1, 1, (7, 1, PARTNERS))
    one, other = _drawn(seed, camp=camp), _drawn(seed, camp=-camp)
    for name, term in one.items():
        np.testing.assert_allclose(term, other[name], atol=1e-12)


@given(seed=seeds)
def test_a_state_moves_to_the_camp_of_those_it_wishes_to_be_with(seed: int) -> None:
    """With two powers in the two camps and no bloc, the better camp is that of the larger s p: their downhill flip."""
    lots = np.random.default_rng(seed)
    size, wish = lots.dirichlet(np.ones(2)), lots.normal(size=2)
    told = landscape.landscape_terms(
        propensity={"trust": wish},
        size=size,
        camp=np.array([-1.0, 1.0]),
        bloc=np.zeros(3),
        steepness=8.0,
        bloc_weight=0.0,
    )["trust"]
    assert (told[1] > told[0]) == (size[1] * wish[1] > size[0] * wish[0])
    np.testing.assert_allclose(told[2], told[:2].mean(), atol=1e-12)


def test_who_is_no_member_neither_feels_the_bloc_nor_is_felt() -> None:
    """An outsider's leaning is nothing to members."""
    given_: dict[str, Any] = {
        "size": np.full((4, 1), 0.02),
        "member": np.array([[1.0], [1.0], [1.0], [0.0]]),
        "camp": np.array([[-1.0, 1.0, 0.5]]),
    }
    one, other = (
        landscape.bloc_frustration(lean=np.array([[0.2], [0.3], [-0.1], [far]]), **given_)
        for far in (-1.0, 1.0)
    )
    assert (one == other).all() and (one[3] == 0.0).all() and (one[:3] > 0.0).all()
