"""Stocks: arms in lumps, trade in drifts, each following the shares aimed at."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from sim.rules import stocks
from tests.rules.properties import Rule, check, column, number, option, plane, row, seeds

EVENLY = (np.arange(30_000) + 0.5)[:, np.newaxis] / 30_000


def _aimed(*, first: np.ndarray, **terms: Any) -> np.ndarray:
    rest = 1.0 - first.sum(axis=-1, keepdims=True)
    return stocks.aimed_shares(first=first, rest=rest, terms=terms)


RULES = [
    Rule(
        function=stocks.aimed_shares,
        takes={
            "first": plane(kind="parts"),
            "stance": plane(-3.0, 3.0),
            "offers": plane(-3.0, 3.0),
        },
        call=_aimed,
        within=(0.0, 1.0),
    ),
    Rule(
        function=stocks.next_arms_mix,
        takes={"mix": plane(kind="parts"), "aim": plane(kind="parts"), "pace": number()},
        within=(0.0, 1.0),
        rises=("mix", "aim"),
    ),
    Rule(
        function=stocks.next_arms,
        takes={
            "arms": plane(kind="parts"),
            "mix": plane(kind="parts"),
            "chance": column(0.001, 0.999),
            "contracts": number(0.2, 1.0),
            "lump": number(0.0, 1.0),
        },
        within=(0.0, 1.0),
        rises=("arms",),
    ),
    Rule(
        function=stocks.next_economic_tie,
        takes={
            "tie": option(),
            "aim": plane(kind="parts"),
            "pace": row(),
            "swing": plane(-0.2, 0.2),
        },
        within=(0.0, 1.0),
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_stocks_is_a_rule(rule: Rule, seed: int) -> None:
    """Shares stay shares."""
    check(rule, seed)


@given(seed=seeds)
def test_where_nothing_speaks_for_anybody_the_first_shares_are_aimed_at(seed: int) -> None:
    """And what raises one partner's share takes from all others alike, its own rest among them."""
    lots = np.random.default_rng(seed)
    first = lots.dirichlet(np.ones(4), (7, 4))[..., :-1]
    np.testing.assert_allclose(_aimed(first=first, none=0.0 * first), first)
    told = _aimed(first=first, offers=np.array([0.7, 0.0, 0.0]) + 0.0 * first)
    assert (told[..., 0] > first[..., 0]).all()
    lost = told[..., 1:] / first[..., 1:]
    np.testing.assert_allclose(lost[..., 0], lost[..., 1])
    rest = (1.0 - told.sum(axis=-1)) / (1.0 - first.sum(axis=-1))
    np.testing.assert_allclose(rest, lost[..., 0])


def test_who_never_sold_arms_is_not_turned_to() -> None:
    """A share of nothing is moved by nothing."""
    told = _aimed(first=np.array([0.4, 0.0, 0.1]), stance=np.array([0.0, 9.0, 0.0]))
    assert told[1] == 0.0


@given(seed=seeds)
def test_an_arms_contract_goes_to_a_supplier_by_the_mix(seed: int) -> None:
    """The mean over all draws is partial adjustment at the declared pace."""
    lots = np.random.default_rng(seed)
    arms, aim = lots.dirichlet(np.ones(4), 2)[:, :-1]
    told = stocks.next_arms(arms=arms, mix=aim, chance=EVENLY, contracts=0.25, lump=0.24)
    np.testing.assert_allclose(told.mean(axis=0), arms + 0.06 * (aim - arms), atol=1e-4)


@given(seed=seeds)
def test_in_a_year_without_a_contract_nothing_moves_and_in_others_one_supplier_gains(
    seed: int,
) -> None:
    """A contract renews the same part of the stock whoever gets it."""
    lots = np.random.default_rng(seed)
    arms, aim = lots.dirichlet(np.ones(4), 2)[:, :-1]
    told = stocks.next_arms(arms=arms, mix=aim, chance=EVENLY, contracts=0.25, lump=0.24)
    none = EVENLY[:, 0] >= 0.25
    np.testing.assert_array_equal(told[none], np.broadcast_to(arms, told[none].shape))
    gained = (told[~none] > arms).sum(axis=-1)
    assert gained.max() == 1
    rest = aim.sum() < 1.0 - 1e-3
    assert (gained == 0).any() == rest  # a supplier that is none of the partners


@given(seed=seeds)
def test_economic_ties_sum_to_one_and_stand_still_at_what_they_aim_at(seed: int) -> None:
    """Without a swing; each partner closes its own part of the gap, and self takes what is left."""
    lots = np.random.default_rng(seed)
    tie, aim = lots.dirichlet(np.ones(4), (2, 7, 4))
    pace = lots.uniform(size=(7, 1, 3))
    told = stocks.next_economic_tie(
        tie=tie, aim=aim[..., :-1], pace=pace, swing=np.zeros((7, 4, 3))
    )
    np.testing.assert_allclose(told.sum(axis=-1), 1.0)
    moved = tie[..., :-1] + pace * (aim - tie)[..., :-1]
    fits = moved.sum(axis=-1) <= 1.0
    np.testing.assert_allclose(told[fits][:, :-1], moved[fits], atol=1e-14)
    still = stocks.next_economic_tie(
        tie=tie, aim=tie[..., :-1], pace=pace, swing=np.zeros((7, 4, 3))
    )
    np.testing.assert_allclose(still, tie, atol=1e-15)


def test_a_swing_past_all_there_is_leaves_self_with_nothing_and_no_less() -> None:
    """Shares of partners are then cut in proportion."""
    told = stocks.next_economic_tie(
        tie=np.array([0.5, 0.3, 0.2, 0.0]),
        aim=np.array([0.5, 0.3, 0.2]),
        pace=np.full(3, 0.1),
        swing=np.full(3, 0.5),
    )
    np.testing.assert_allclose(told, [0.5, 0.3, 0.2, 0.0], atol=1e-15)
