"""Alignment: the choice as a sum of named terms, exact to explain."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.rules import alignment
from tests.rules.properties import (
    PARTNERS,
    RUNS,
    STATES,
    Rule,
    Values,
    check,
    column,
    number,
    option,
    plane,
    seeds,
    world,
)

MOTIVES = [name for name in alignment.PARTNER_TERMS if name != "concentration"]
TERMS = {name: plane(-3.0, 3.0) for name in alignment.PARTNER_TERMS}
OWN = {name: column(-3.0, 3.0) for name in alignment.SELF_TERMS}
CHOICE = {
    "partner_terms": TERMS,
    "self_terms": OWN,
    "room": world(0.1, 2.0),
    "tie": option(),
    "adjustment": number(0.01, 0.99),
}


def _log_odds(**given_: Any) -> dict[str, np.ndarray]:
    return alignment.log_odds(alignment.choose(**given_), 0, PARTNERS)


RULES = [
    Rule(
        function=alignment.room,
        takes={"rivalry": world(), "ample": number(0.1, 5.0), "shrink": number(0.0, 0.95)},
        within=(0.004, 5.0),
        rises=("ample",),
        falls=("rivalry", "shrink"),
    ),
    Rule(
        function=alignment.autonomy,
        takes={
            "capacity": column(0.0, 3.0),
            "base": number(-5.0, 10.0),
            "capacity_weight": number(0.0, 10.0),
        },
        within=(-5.0, 20.0),
        rises=("capacity", "base", "capacity_weight"),
    ),
    Rule(
        function=alignment.partner_terms,
        takes={
            "motives": {name: plane() for name in MOTIVES},
            "weights": {name: number(0.0, 10.0) for name in alignment.PARTNER_TERMS},
            "tie": plane(kind="parts"),
        },
        within=(-10.0, 10.0),
        falls=("tie",),
    ),
    Rule(
        function=alignment.self_terms,
        takes={
            "autonomy": column(-5.0, 20.0),
            "neighbours": column(0.0, 4.0),
            "weights": {"neighbours": number(0.0, 10.0), "concentration": number(0.0, 10.0)},
            "tie": column(),
        },
        within=(-10.0, 40.0),
        rises=("autonomy", "neighbours"),
        falls=("tie",),
    ),
    Rule(
        function=alignment.total,
        takes=TERMS,
        within=(-30.0, 30.0),
        rises=("attraction", "concentration"),
        call=lambda **terms: alignment.total(terms),
    ),
    Rule(function=alignment.choose, takes=CHOICE, within=(-3.0, 3.0)),
    Rule(function=alignment.log_odds, takes=CHOICE, call=_log_odds),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_alignment_is_a_rule(rule: Rule, seed: int) -> None:
    """Motives draw, costs repel, room blurs."""
    check(rule, seed)


def _chosen(seed: int, **changed: Any) -> alignment.Weighing:
    lots = np.random.default_rng(seed)
    given_: dict[str, Any] = {
        "partner_terms": {name: values.draw(lots) for name, values in TERMS.items()},
        "self_terms": {name: values.draw(lots) for name, values in OWN.items()},
        "room": Values("r", 0.1, 2.0).draw(lots),
        "tie": option().draw(lots),
        "adjustment": 0.08,
    }
    return alignment.choose(**(given_ | changed))


@given(seed=seeds, first=st.integers(0, PARTNERS), second=st.integers(0, PARTNERS))
def test_every_choice_is_explained_exactly_term_by_term(seed: int, first: int, second: int) -> None:
    """The parts sum to the log-odds of any two options, self among them."""
    weighing = _chosen(seed)
    told = sum(alignment.log_odds(weighing, first, second).values())
    shares = weighing.target
    odds = np.log(shares[..., first]) - np.log(shares[..., second])
    np.testing.assert_allclose(told, odds, rtol=1e-10, atol=1e-10)


@given(seed=seeds)
def test_targets_and_ties_are_shares_of_one(seed: int) -> None:
    """Target and tie lie on the simplex, and the tie lies between the old one and the target."""
    weighing = _chosen(seed)
    for shares in (weighing.target, weighing.tie):
        assert (shares >= 0.0).all()
        np.testing.assert_allclose(shares.sum(axis=-1), 1.0)


@given(seed=seeds, partner=st.integers(0, PARTNERS - 1))
def test_what_speaks_for_a_partner_speaks_for_it_alone(seed: int, partner: int) -> None:
    """More aid from one partner raises its share, lowers every other's, and leaves their odds as they were."""
    before = _chosen(seed)
    more = {k: v.copy() for k, v in before.partner_terms.items()}
    more["aid"][..., partner] += 0.5
    after = _chosen(seed, partner_terms=more)
    others = [place for place in range(PARTNERS + 1) if place != partner]
    assert (after.target[..., partner] >= before.target[..., partner]).all()
    assert (after.target[..., others] <= before.target[..., others]).all()
    np.testing.assert_allclose(
        after.target[..., others] / after.target[..., others].sum(axis=-1, keepdims=True),
        before.target[..., others] / before.target[..., others].sum(axis=-1, keepdims=True),
        rtol=1e-9,
    )


@given(seed=seeds)
def test_the_less_room_the_sharper_the_choice(seed: int) -> None:
    """A rivalry that takes room away gives the best option more."""
    wide = _chosen(seed, room=np.full((RUNS, 1, 1), 1.5)).target.max(axis=-1)
    narrow = _chosen(seed, room=np.full((RUNS, 1, 1), 0.5)).target.max(axis=-1)
    assert (narrow >= wide).all()


def test_concentration_insures() -> None:
    """With nothing to choose between partners, the one already leaned on is worth least."""
    nothing = {name: np.zeros((STATES, PARTNERS)) for name in MOTIVES}
    weights = dict.fromkeys(alignment.PARTNER_TERMS, 1.0)
    tie = np.tile([0.5, 0.2, 0.1], (STATES, 1))
    value = alignment.total(alignment.partner_terms(motives=nothing, weights=weights, tie=tie))
    assert (np.diff(value, axis=-1) > 0.0).all()


def test_costs_count_against_and_all_else_counts_for() -> None:
    """Threat, retaliation and entrapment enter with a minus."""
    ones = {name: np.ones((STATES, PARTNERS)) for name in MOTIVES}
    weights = dict.fromkeys(alignment.PARTNER_TERMS, 2.0)
    terms = alignment.partner_terms(
        motives=ones, weights=weights, tie=np.full((STATES, PARTNERS), 0.1)
    )
    against = {name for name, term in terms.items() if (term < 0.0).all()}
    assert against == alignment.COSTS | {"concentration"}
