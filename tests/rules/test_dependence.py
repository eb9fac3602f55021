"""Dependence: trade shares, and leverage as their asymmetry (Hirschman 1945, Keohane and Nye 1977)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from sim.rules import dependence
from tests.rules.properties import Rule, check, number, plane, seeds

RULES = [
    Rule(
        function=dependence.leverage,
        takes={"dependence": plane(), "reverse": plane()},
        within=(0.0, 1.0),
        rises=("dependence",),
        falls=("reverse",),
    ),
    Rule(
        function=dependence.next_dependence,
        takes={
            "first": plane(kind="parts"),
            "first_tie": plane(0.05, 1.0),
            "tie": plane(kind="parts"),
            "episode": plane(kind="flag"),
            "cut": number(-0.2, 1.0),
        },
        within=(0.0, 1.0),
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_dependence_is_a_rule(rule: Rule, seed: int) -> None:
    """Leverage rises with need and falls with being needed; dependence follows ties."""
    check(rule, seed)


def test_equals_have_no_leverage_over_each_other() -> None:
    """Only the excess of need gives power; being needed more gives the partner none."""
    told = dependence.leverage(
        dependence=np.array([0.3, 0.3, 0.3]), reverse=np.array([0.3, 0.1, 0.5])
    )
    np.testing.assert_allclose(told, [0.0, 0.2, 0.0])


@given(seed=seeds)
def test_shares_stay_shares_and_stand_still_while_ties_do(seed: int) -> None:
    """Their sum never passes one, not even where an episode adds trade; ties as at the start leave them as at the start."""
    lots = np.random.default_rng(seed)
    first = lots.dirichlet(np.ones(4), (7, 4))[..., :-1]
    first_tie, tie = lots.uniform(0.05, 0.5, (2, 7, 4, 3))
    episode = lots.integers(0, 2, first.shape).astype(float)
    told = dependence.next_dependence(
        first=first, first_tie=first_tie, tie=tie, episode=episode, cut=-0.2
    )
    assert told.sum(axis=-1).max() <= 1.0 + 1e-12
    still = dependence.next_dependence(
        first=first, first_tie=first_tie, tie=first_tie, episode=0.0 * first, cut=0.05
    )
    np.testing.assert_allclose(still, first)


def test_trade_follows_ties_in_proportion_and_an_episode_cuts_that_with_the_coercer() -> None:
    """A tie half as strong again has half as much trade again; who never traded goes on not to."""
    told = dependence.next_dependence(
        first=np.array([0.2, 0.1, 0.0]),
        first_tie=np.array([0.2, 0.2, 0.0]),
        tie=np.array([0.3, 0.2, 0.1]),
        episode=np.array([0.0, 1.0, 0.0]),
        cut=0.05,
    )
    np.testing.assert_allclose(told, [0.3, 0.095, 0.0])
