"""The structural ruler: agreements, bonds in use and arms make a tie."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from sim.axes import self_of
from sim.rules import ruler
from tests.rules.properties import Rule, check, number, plane, seeds

TIE: dict[str, Any] = {
    "arms": plane(kind="parts"),
    "bound": plane(),
    "use": plane(),
    "rung": plane(0.0, 5.0),
    "arms_weight": number(0.0, 0.2),
    "bond_weight": number(0.0, 0.2),
    "agreements_weight": number(0.0, 0.2),
    "bend": number(0.5, 50.0),
    "own_least": number(),
}


def own(**given: Any) -> Any:
    """What stays the state's own."""
    return self_of(ruler.security_tie(**given))


RULES = [
    Rule(
        function=ruler.next_use,
        takes={"use": plane(), "steps": plane(-4.0, 4.0), "per_step": number()},
        within=(0.0, 1.0),
        rises=("use", "steps"),
    ),
    Rule(
        function=ruler.next_rung,
        takes={"rung": plane(0.0, 5.0), "climbs": plane(-4.0, 4.0)},
        within=(0.0, 5.0),
        rises=("rung", "climbs"),
    ),
    Rule(
        function=ruler.next_renewed,
        takes={"renewed": plane(0.0, 30.0), "steps": plane(-4.0, 4.0)},
        within=(0.0, 31.0),
        rises=("renewed",),
        falls=("steps",),
    ),
    Rule(
        function=ruler.faded_rung,
        takes={
            "rung": plane(0.0, 5.0),
            "renewed": plane(0.0, 30.0),
            "bound": plane(),
            "years": number(1.0, 200.0),
        },
        within=(0.0, 5.0),
        rises=("rung", "bound", "years"),
        falls=("renewed",),
    ),
    Rule(function=ruler.security_tie, takes=TIE, within=(0.0, 1.0)),
    Rule(
        function=ruler.security_tie,
        call=own,
        takes=TIE,
        within=(0.0, 1.0),
        rises=("bend", "own_least"),
        falls=(
            *("arms", "bound", "use", "rung"),
            *("arms_weight", "bond_weight", "agreements_weight"),
        ),
    ),
]
DECLARED = {
    "arms_weight": 0.2,
    "bond_weight": 0.25,
    "agreements_weight": 0.4,
    "bend": 5.0,
    "own_least": 0.1,
}
NOTHING = np.zeros(3)


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_the_ruler_is_a_rule(rule: Rule, seed: int) -> None:
    """Steps lead up; what nobody renews fades; whatever binds leaves the state less of its own."""
    check(rule, seed)


@given(seed=seeds)
def test_ties_sum_to_one_and_leave_the_least_that_is_the_state_s_own(seed: int) -> None:
    lots = np.random.default_rng(seed)
    given = {name: values.draw(lots) for name, values in TIE.items()}
    tie = ruler.security_tie(**given)
    np.testing.assert_allclose(tie.sum(axis=-1), 1.0, rtol=1e-12)
    assert (self_of(tie) >= given["own_least"] - 1e-12).all()


def test_a_state_bound_to_nobody_is_its_own() -> None:
    tie = ruler.security_tie(arms=NOTHING, bound=NOTHING, use=np.ones(3), rung=NOTHING, **DECLARED)
    np.testing.assert_allclose(tie, [0.0, 0.0, 0.0, 1.0], atol=1e-15)


def test_a_pact_in_use_counts_and_one_on_paper_counts_two_fifths() -> None:
    """By hand: a quarter for a pact in full use, 0.4 of it on paper; a top rung 0.4 (1 - 1/e)."""
    tie = ruler.security_tie(
        arms=NOTHING,
        bound=np.array([1.0, 1.0, 0.0]),
        use=np.array([1.0, 0.0, 1.0]),
        rung=np.array([0.0, 0.0, 5.0]),
        **DECLARED,
    )
    np.testing.assert_allclose(tie[:3], [0.25, 0.10, 0.4 * (1.0 - np.exp(-1.0))])


def test_a_rung_fades_to_37_per_cent_unless_a_pact_holds_it() -> None:
    faded = ruler.faded_rung(
        rung=np.full(3, 4.0),
        renewed=np.array([0.0, 15.0, 15.0]),
        bound=np.array([0.0, 0.0, 1.0]),
        years=15.0,
    )
    np.testing.assert_allclose(faded, [4.0, 4.0 / np.e, 4.0])


def test_steps_that_cancel_renew_nothing_and_a_step_up_renews() -> None:
    renewed = ruler.next_renewed(
        renewed=np.array([3.0, 3.0, 3.0]), steps=np.array([0.0, 1.0, -1.0])
    )
    np.testing.assert_array_equal(renewed, [4.0, 0.0, 4.0])
