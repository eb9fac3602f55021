"""The year under rival theories: the same properties, the same explanation, and other answers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from sim.config.theories import ALIGNMENTS, BARGAINING, LANDSCAPE, LOGIT
from sim.rules import alignment, year
from sim.rules.record import Choice
from sim.rules.steps import choose
from tests.rules.properties import PARTNERS, STATES, Rule, check, leaves, seeds
from tests.rules.records import CONDUCT as DEEDS
from tests.rules.records import MEMORY, OUTLOOK, RECORDS, STRUCTURE, drawn, groups, rules_of

RIVALS = [LANDSCAPE, BARGAINING]
SEEN = {"memory": MEMORY, "structure": STRUCTURE, "conduct": DEEDS, "outlook": OUTLOOK}


def _whole(theory: str) -> Any:
    def call(**given_: Any) -> Any:
        return year.simulate_year(**groups(given_), rules=rules_of(theory)).choice

    return call


def _seen(theory: str) -> Any:
    return lambda **given_: choose.theory_inputs(**groups(given_), rules=rules_of(theory))


def _near(**given_: Any) -> Any:
    return choose.effective_proximity(**groups(given_), rules=rules_of(LOGIT))


RULES = [
    *(
        Rule(function=choose.choose_by_theory, takes=RECORDS, alone="run", call=_whole(theory))
        for theory in RIVALS
    ),
    *(
        Rule(function=choose.theory_inputs, takes=SEEN, alone="run", call=_seen(theory))
        for theory in RIVALS
    ),
    Rule(
        function=choose.effective_proximity,
        takes={"structure": STRUCTURE, "conduct": DEEDS},
        within=(0.0, 1.0),
        call=_near,
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
@profile(max_examples=10)
def test_a_rival_choice_is_a_rule(rule: Rule, seed: int) -> None:
    """A crowd of runs is many single runs, and so on."""
    check(rule, seed)


@pytest.mark.parametrize("theory", RIVALS)
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
            rules=rules,
        )
        for place in range(STATES)
    ]
    for one, other in zip(leaves(Choice.join(parts, axis=-2)), leaves(whole.choice), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("theory", ALIGNMENTS)
@given(seed=seeds, first=st.integers(0, PARTNERS), second=st.integers(0, PARTNERS))
@profile(max_examples=10)
def test_every_choice_is_explained_exactly(theory: str, seed: int, first: int, second: int) -> None:
    """Named terms sum to the log-odds of any two targets, in both domains."""
    choice = year.simulate_year(**drawn(seed, run=4), rules=rules_of(theory)).choice
    for weighing in (choice.security, choice.economic):
        told = sum(alignment.log_odds(weighing, first, second).values())
        odds = np.log(weighing.target[..., first]) - np.log(weighing.target[..., second])
        np.testing.assert_allclose(told, odds, rtol=1e-9, atol=1e-9)
        assert set(weighing.partner_terms) | set(weighing.self_terms) <= set(alignment.TERMS)


@given(seed=seeds)
@profile(max_examples=10)
def test_theories_differ_in_ties_and_in_nothing_else_the_same_year(seed: int) -> None:
    """Pressure, aid, resolve and what happens at sea are what they were; targets are not."""
    logit, *rivals = (year.simulate_year(**drawn(seed), rules=rules_of(one)) for one in ALIGNMENTS)
    for rival in rivals:
        assert not np.allclose(rival.choice.security.target, logit.choice.security.target)
        assert not np.allclose(rival.choice.economic.target, logit.choice.economic.target)
        for part in ("offers", "at_sea"):
            pairs = zip(leaves(getattr(rival, part)), leaves(getattr(logit, part)), strict=True)
            assert all(np.array_equal(one, other) for one, other in pairs)
        assert np.array_equal(rival.memory.resolve, logit.memory.resolve)


def test_weighted_motives_ask_nothing_further_of_everybody() -> None:
    """So the four weightings pay nothing for the two rivals."""
    records = drawn(1)
    del records["luck"]
    assert choose.theory_inputs(**records, rules=rules_of(LOGIT)) == {}
