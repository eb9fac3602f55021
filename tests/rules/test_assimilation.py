"""Ties and answers together: exactly what conditioning of normal variables gives, for the means and for what is drawn."""

from __future__ import annotations

import dataclasses

import hypothesis
import numpy as np
import pytest

from sim.axes import Array
from sim.rules.assimilation import Assimilated, assimilate, choice_odds, structural_leaning
from tests.rules.properties import Rule, check, column, number, option, plane, row, seeds

OWN = column(-1.0, 1.0)
ODDS = {
    "intercept": number(-1.0, 1.0),
    "stance_weight": number(0.0, 3.0),
    "slope": number(0.0, 3.0),
    "trust_weight": number(0.0, 3.0),
}
RULES = [
    Rule(
        function=structural_leaning,
        takes={
            "security_tie": option(),
            "economic_tie": option(),
            "camp": row(-1.0, 1.0),
            "economic_part": number(),
        },
        within=(-1.0, 1.0),
        rises=("camp",),
    ),
    Rule(
        function=choice_odds,
        takes={"stance": OWN, "structure": OWN, "favour": OWN, **ODDS},
        within=(-10.0, 10.0),
        rises=("stance", "structure", "favour", "intercept"),
    ),
    Rule(
        function=assimilate,
        takes={
            "leaning": OWN,
            "structure": OWN,
            "trust": plane(),
            "stance_sd": column(0.05, 0.4),
            "trust_sd": plane(0.01, 0.2),
            "answer": OWN,
            "precision": column(0.0, 25.0),
            "side": row(-1.0, 1.0),
            "follow": number(),
            **ODDS,
        },
    ),
]
STATES, PARTNERS = 4, 3
SIDE = np.array([[-1.0, 1.0, 0.0]])
WEIGHTS = {"intercept": 0.1, "stance_weight": 1.3, "slope": 1.1, "trust_weight": 2.2}


@pytest.mark.parametrize("rule", RULES, ids=str)
@hypothesis.given(seed=seeds)
def test_assimilation_is_a_rule(rule: Rule, seed: int) -> None:
    """A crowd is many singles, and so on."""
    check(rule, seed)


def given(seed: int = 3) -> dict[str, Array]:
    """Ties, trust and answers of four states, one of which nobody asked."""
    rng = np.random.default_rng(seed)
    return {
        "leaning": rng.uniform(-0.6, 0.6, (STATES, 1)),
        "structure": rng.uniform(-0.5, 0.5, (STATES, 1)),
        "trust": rng.uniform(0.2, 0.8, (STATES, PARTNERS)),
        "stance_sd": np.full((STATES, 1), 0.3),
        "trust_sd": rng.uniform(0.05, 0.2, (STATES, PARTNERS)),
        "answer": rng.normal(0.0, 1.0, (STATES, 1)),
        "precision": np.array([[0.0], [4.0], [10.0], [25.0]]),
        "side": SIDE,
    }


def told(**changed: Array) -> Assimilated:
    return assimilate(**{**given(), **changed}, follow=0.9, **WEIGHTS)


def by_matrices(state: int) -> tuple[Array, Array]:
    """Mean and covariance of stance and trust of one state, by the textbook."""
    known = given()
    mean = np.array([0.9 * known["leaning"][state, 0], *known["trust"][state]])
    cov = np.diag(np.array([known["stance_sd"][state, 0], *known["trust_sd"][state]]) ** 2)
    row = np.array([1.3, *(2.2 * SIDE[0])])
    expected = 0.1 + 1.1 * known["structure"][state, 0] + row @ mean
    gain = cov @ row / (row @ cov @ row + 1.0 / known["precision"][state, 0])
    answered = known["answer"][state, 0] - expected
    return mean + gain * answered, cov - np.outer(gain, row @ cov)


@pytest.mark.parametrize("state", [1, 2, 3])
def test_means_and_draws_are_those_of_conditioning(state: int) -> None:
    """What unit normals are turned into is a root of the conditional covariance."""
    found, (mean, cov) = told(), by_matrices(state)
    np.testing.assert_allclose([found.stance[state, 0], *found.trust[state]], mean, rtol=1e-12)
    root = []
    for place in range(1 + PARTNERS):
        unit = np.zeros((STATES, 1 + PARTNERS))
        unit[:, place] = 1.0
        stance, trust = found.draw(stance=unit[:, :1], trust=unit[:, 1:])
        root.append(np.array([stance[state, 0], *trust[state]]) - mean)
    np.testing.assert_allclose(np.array(root).T @ np.array(root), cov, atol=1e-12)
    sds = np.concatenate(found.spread(), axis=-1)[state]
    np.testing.assert_allclose(sds, np.sqrt(np.diag(cov)), rtol=1e-9)
    row = np.array([1.3, *(2.2 * SIDE[0])])
    np.testing.assert_allclose(found.odds_spread()[state, 0], np.sqrt(row @ cov @ row), rtol=1e-9)


def test_who_was_never_asked_is_where_ties_and_trust_are_as_wide_as_before() -> None:
    found, known = told(), given()
    assert found.stance[0, 0] == 0.9 * known["leaning"][0, 0]
    np.testing.assert_array_equal(found.trust[0], known["trust"][0])
    stance_sd, trust_sd = found.spread()
    assert stance_sd[0, 0] == known["stance_sd"][0, 0]
    np.testing.assert_array_equal(trust_sd[0], known["trust_sd"][0])


def test_trust_in_a_power_outside_the_question_learns_nothing() -> None:
    np.testing.assert_array_equal(told().trust[:, 2], given()["trust"][:, 2])


def test_the_surer_an_answer_the_nearer_to_it_and_never_past_it() -> None:
    known, gaps = given(), []
    for precision in (0.0, 0.5, 3.0, 40.0, 1e6):
        found = told(precision=np.full((STATES, 1), precision))
        odds = choice_odds(
            stance=found.stance,
            structure=known["structure"],
            favour=(SIDE * found.trust).sum(axis=-1, keepdims=True),
            **WEIGHTS,
        )
        gaps.append(known["answer"] - odds)
    sizes = np.abs(gaps)[:, :, 0]
    assert (np.diff(sizes, axis=0) < 0.0).all()
    assert (np.sign(gaps[0]) == np.sign(gaps[3])).all() and sizes[-1].max() < 1e-4


def test_what_is_open_is_correlated_as_answers_ask() -> None:
    """Given what was chosen, who trusts China more wants more of the United States, and the reverse."""
    _, cov = by_matrices(3)
    found = told()
    rng = np.random.default_rng(1)
    stance, trust = found.draw(
        stance=rng.standard_normal((20_000, STATES, 1)),
        trust=rng.standard_normal((20_000, STATES, PARTNERS)),
    )
    drawn = np.cov(np.concatenate([stance, trust], axis=-1)[:, 3].T)
    assert drawn[0, 1] > 0.0 > drawn[0, 2]
    np.testing.assert_allclose(drawn, cov, atol=6e-4)


def test_nothing_open_is_a_point() -> None:
    nothing = told(stance_sd=np.zeros((STATES, 1)), trust_sd=np.zeros((STATES, PARTNERS)))
    stance, trust = nothing.draw(
        stance=np.ones((STATES, 1)), trust=np.full((STATES, PARTNERS), -2.0)
    )
    np.testing.assert_array_equal(stance, 0.9 * given()["leaning"])
    np.testing.assert_array_equal(trust, given()["trust"])


def test_a_crowd_is_many_single_states_and_arguments_stay_as_they_were() -> None:
    known = given()
    before = {name: value.copy() for name, value in known.items()}
    whole = assimilate(**known, follow=0.9, **WEIGHTS)
    for name, value in known.items():
        np.testing.assert_array_equal(value, before[name])
    for state in range(STATES):
        one = {k: v if k == "side" else v[state : state + 1] for k, v in known.items()}
        alone = assimilate(**one, follow=0.9, **WEIGHTS)
        for field in dataclasses.fields(alone):
            got, want = getattr(whole, field.name), getattr(alone, field.name)
            np.testing.assert_allclose(got[state : state + 1], want, rtol=1e-12)


def test_leanings_weigh_ties_by_camp() -> None:
    """All with China is -1, all with the United States 1, nothing with anybody 0; the blend lies between its parts."""
    camp = np.array([[-1.0, 1.0, 0.5]])
    security = np.array([[1.0, 0, 0, 0], [0, 1.0, 0, 0], [0, 0, 0, 1.0]])
    economic = np.array([[0.0, 0, 1.0, 0], [1.0, 0, 0, 0], [0, 0, 0, 1.0]])
    leaning, both = structural_leaning(
        security_tie=security, economic_tie=economic, camp=camp, economic_part=0.25
    )
    np.testing.assert_allclose(leaning[:, 0], [-1.0, 1.0, 0.0])
    np.testing.assert_allclose(both[:, 0], [-0.75 + 0.25 * 0.5, 0.75 - 0.25, 0.0])
