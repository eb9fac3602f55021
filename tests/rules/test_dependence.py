"""Dependence: trade shares, and leverage as their asymmetry (Hirschman 1945, Keohane and Nye 1977)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.rules import dependence
from tests.rules.properties import Rule, check, number, plane, row, seeds

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
            "dependence": plane(kind="parts"),
            "economic_tie": plane(kind="parts"),
            "partner_growth": row(-0.1, 0.1),
            "world_growth": number(-0.05, 0.1),
            "adjustment": number(0.0, 0.9),
        },
        within=(0.0, 1.0),
        rises=("economic_tie",),
        falls=("world_growth",),
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


@given(seed=seeds, growth=st.floats(-0.05, 0.1))
def test_shares_stay_shares_and_stand_still_when_all_grow_alike(seed: int, growth: float) -> None:
    """Trade shares never pass one in sum; equal growth everywhere moves none of them."""
    share = np.random.default_rng(seed).dirichlet(np.ones(4), (7, 4))[..., :-1]
    told = dependence.next_dependence(
        dependence=share,
        economic_tie=share[..., ::-1],
        partner_growth=np.full(3, growth),
        world_growth=growth,
        adjustment=0.3,
    )
    assert (told.sum(axis=-1) <= 1.0 + 1e-12).all()
    still = dependence.next_dependence(
        dependence=share,
        economic_tie=share,
        partner_growth=np.full(3, growth),
        world_growth=growth,
        adjustment=0.0,
    )
    np.testing.assert_allclose(still, share)


def test_trade_drifts_to_whoever_grows_fastest() -> None:
    """A partner that outgrows all others gains share; the rest lose it."""
    share = np.array([0.2, 0.2, 0.2])
    told = dependence.next_dependence(
        dependence=share,
        economic_tie=share,
        partner_growth=np.array([0.08, 0.02, 0.02]),
        world_growth=0.02,
        adjustment=0.0,
    )
    assert told[0] > 0.2
    assert (told[1:] < 0.2).all()
