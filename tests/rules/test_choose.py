"""Motives of the stance under each theory: the same properties, the same explanation, and other answers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as profile

from sim.config.theories import ALIGNMENTS, BARGAINING, LANDSCAPE, LOGIT
from sim.engines.variables import TERM_GROUPS
from sim.rules import year
from sim.rules.record import Choice
from sim.rules.steps import choose
from sim.rules.steps.motives import reckon
from tests.rules.properties import STATES, Rule, check, leaves, seeds
from tests.rules.records import RECORDS, drawn, groups, rules_of

RIVALS = [LANDSCAPE, BARGAINING]
SEEN = {name: RECORDS[name] for name in ("memory", "structure", "conduct", "outlook")}


def _seen(theory: str) -> Any:
    return lambda **given_: choose.theory_inputs(**groups(given_), rules=rules_of(theory))


def _motives(theory: str) -> Any:
    def call(**given_: Any) -> Any:
        records, rules = groups(given_), rules_of(theory)
        situation = year.see(**records, rules=rules)
        del records["luck"]
        return choose.stance_motives(
            memory=records["memory"],
            situation=situation,
            conduct=records["conduct"],
            reckoning=reckon(**records, rules=rules),
            trust=records["memory"].trust,
            rules=rules,
        )

    return call


RULES = [
    *(
        Rule(function=choose.theory_inputs, takes=SEEN, alone="run", call=_seen(theory))
        for theory in RIVALS
    ),
    *(
        Rule(function=choose.stance_motives, takes=RECORDS, alone="run", call=_motives(theory))
        for theory in ALIGNMENTS
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
@profile(max_examples=10)
def test_a_motive_is_a_rule(rule: Rule, seed: int) -> None:
    """A crowd of runs is many single runs, and so on."""
    check(rule, seed)


@pytest.mark.parametrize("theory", ALIGNMENTS)
@given(seed=seeds)
@profile(max_examples=10)
def test_what_each_state_chooses_alone_is_what_all_choose(theory: str, seed: int) -> None:
    """Cut out one state after the other; joined, they are the whole."""
    records, rules = drawn(seed, run=2), rules_of(theory)
    whole = year.simulate_year(**records, rules=rules)
    parts = [
        year.weigh_and_choose(
            memory=records["memory"].for_state(place),
            structure=records["structure"].for_state(place),
            situation=whole.situation.for_state(place),
            conduct=records["conduct"],
            luck=records["luck"].for_state(place),
            rules=rules,
        )
        for place in range(STATES)
    ]
    for one, other in zip(leaves(Choice.join(parts, axis=-2)), leaves(whole.choice), strict=True):
        whole_of_it = np.broadcast_to(other, one.shape)  # a term of the powers alone stands for all
        np.testing.assert_allclose(one, whole_of_it, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("theory", ALIGNMENTS)
@given(seed=seeds)
@profile(max_examples=10)
def test_every_term_of_a_theory_is_one_that_a_history_keeps(theory: str, seed: int) -> None:
    """And they sum to the log-odds of the stance aimed at, times the room."""
    choice = year.simulate_year(**drawn(seed, run=4), rules=rules_of(theory)).choice
    assert set(choice.stance.terms) <= set(TERM_GROUPS["stance_term"].names)
    told = sum(choice.stance.terms.values()) / choice.room
    np.testing.assert_allclose(np.tanh(told), choice.stance.aim, rtol=1e-9, atol=1e-12)


@given(seed=seeds)
@profile(max_examples=10)
def test_theories_differ_in_the_stance_and_in_what_follows_from_it_alone(seed: int) -> None:
    """Pressure, aid, opinion, resolve and what happens at sea are what they were; the stance is not."""
    logit, *rivals = (year.simulate_year(**drawn(seed), rules=rules_of(one)) for one in ALIGNMENTS)
    for rival in rivals:
        assert not np.allclose(rival.choice.stance.aim, logit.choice.stance.aim)
        for part in ("offers", "at_sea"):
            pairs = zip(leaves(getattr(rival, part)), leaves(getattr(logit, part)), strict=True)
            assert all(np.array_equal(one, other) for one, other in pairs)
        for name in ("trust", "resolve", "capacity", "gdp"):
            assert np.array_equal(getattr(rival.memory, name), getattr(logit.memory, name))


def test_weighted_motives_ask_nothing_further_of_everybody() -> None:
    """So the four weightings pay nothing for the two rivals."""
    records = drawn(1)
    del records["luck"]
    assert choose.theory_inputs(**records, rules=rules_of(LOGIT)) == {}
