"""The year: simultaneous, the same for one as for all, and every declared number counts in it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from sim.rules import resolve, year
from sim.rules.record import Choice, MaritimeEncounter, Offers
from sim.rules.steps import court, see, settle, stand, weigh
from tests.rules.properties import PARTNERS, STATES, Rule, check, leaves, seeds
from tests.rules.records import MEMORY, RECORDS, RULES_OF_THE_YEAR, drawn, groups, pass_year


def _resolve_wanted(**given_: Any) -> Any:
    """What a state's resolve moves towards, its inputs and numbers put together by name."""
    records = groups(given_)
    told = {name: records[name] for name in ("memory", "structure", "conduct")}
    return resolve.resolve_target(
        **stand.resolve_inputs(**told),
        peers=0.0 * records["memory"].resolve,
        **stand.resolve_numbers(RULES_OF_THE_YEAR),
    )


def _part(name: str) -> Callable[..., Any]:
    return lambda **given_: getattr(pass_year(**given_), name)


RULES = [
    Rule(function=function, takes=RECORDS, alone="run", call=call)
    for function, call in (
        (year.simulate_year, pass_year),
        (see.see, _part("situation")),
        (court.court_and_press, _part("offers")),
        (weigh.weigh_and_choose, _part("choice")),
        (settle.meet_at_sea, _part("at_sea")),
        (settle.settle, _part("memory")),
        (stand.stand_up, lambda **given_: pass_year(**given_).choice.resolve),
        (stand.resolve_inputs, _resolve_wanted),
        (stand.resolve_numbers, _resolve_wanted),
    )
] + [
    Rule(
        function=weigh.economic_aid_share,
        takes={"memory": MEMORY},
        within=(0.0, 3.0),
        call=lambda **given_: weigh.economic_aid_share(groups(given_)["memory"]),
    )
]


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
@profile(max_examples=15)
def test_a_step_of_the_year_is_a_rule(rule: Rule, seed: int) -> None:
    """A crowd of runs is many single runs, and so on."""
    check(rule, seed)


def _played(seed: int) -> tuple[dict[str, Any], year.YearResult]:
    records = drawn(seed, run=3)
    return records, year.simulate_year(**records, rules=RULES_OF_THE_YEAR)


def _assert_same(one: Any, other: Any) -> None:
    for first, second in zip(leaves(one), leaves(other), strict=True):
        np.testing.assert_allclose(first, second, rtol=1e-12, atol=1e-14)


@given(seed=seeds)
@profile(max_examples=15)
def test_what_each_state_chooses_alone_is_what_all_choose(seed: int) -> None:
    """Cut out one state after the other, let each choose and settle; joined, they are the whole."""
    records, whole = _played(seed)
    memory, structure, conduct = (records[name] for name in ("memory", "structure", "conduct"))
    choices, met, settled = [], [], []
    for place in range(STATES):
        mine = {
            "memory": memory.for_state(place),
            "structure": structure.for_state(place),
            "situation": whole.situation.for_state(place),
            "conduct": conduct,
            "rules": RULES_OF_THE_YEAR,
        }
        choice = year.weigh_and_choose(**mine)
        offers, luck = whole.offers.for_state(place), records["luck"].for_state(place)
        at_sea = year.meet_at_sea(
            memory=mine["memory"],
            situation=mine["situation"],
            offers=offers,
            choice=choice,
            luck=luck,
            rules=RULES_OF_THE_YEAR,
        )
        choices.append(choice)
        met.append(at_sea)
        settled.append(year.settle(**mine, offers=offers, choice=choice, at_sea=at_sea, luck=luck))
    _assert_same(Choice.join(choices, axis=-2), whole.choice)
    _assert_same(MaritimeEncounter.join(met, axis=-2), whole.at_sea)
    _assert_same(type(memory).join(settled, axis=-2), whole.memory)


@given(seed=seeds)
@profile(max_examples=15)
def test_what_each_power_does_alone_is_what_all_do(seed: int) -> None:
    """Cut out one power after the other; joined, their offers are the whole."""
    records, whole = _played(seed)
    offers = [
        year.court_and_press(
            memory=records["memory"].for_partner(place),
            structure=records["structure"].for_partner(place),
            situation=whole.situation.for_partner(place),
            conduct=records["conduct"].for_partner(place),
            rules=RULES_OF_THE_YEAR,
        )
        for place in range(PARTNERS)
    ]
    _assert_same(Offers.join(offers, axis=-1), whole.offers)


@given(seed=seeds, order=st.permutations(range(STATES)))
@profile(max_examples=15)
def test_the_order_of_the_states_does_not_matter(seed: int, order: list[int]) -> None:
    """Moves are simultaneous: line the states up otherwise, and each does and meets the same."""
    records, whole = _played(seed)
    other = {name: _reordered(group, order) for name, group in records.items()}
    again = year.simulate_year(**other, rules=RULES_OF_THE_YEAR)
    for part in ("memory", "offers", "choice", "at_sea", "situation"):
        _assert_same(_reordered(getattr(whole, part), order), getattr(again, part))


def _reordered(value: Any, order: list[int]) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
        return dataclasses.replace(value, **_reordered(parts, order))
    if isinstance(value, Mapping):
        return {name: _reordered(item, order) for name, item in value.items()}
    return value[..., order, :] if value.shape[-2] == STATES else value


@given(seed=seeds)
@profile(max_examples=15)
def test_decisions_read_only_last_years_record(seed: int) -> None:
    """This year's luck at sea changes no offer and no choice of this year."""
    records, whole = _played(seed)
    luck = records["luck"]
    other = dataclasses.replace(luck, incidents=1.0 - luck.incidents, mood=-luck.mood)
    again = year.simulate_year(**(records | {"luck": other}), rules=RULES_OF_THE_YEAR)
    _assert_same(again.offers, whole.offers)
    _assert_same(again.choice, whole.choice)


@given(seed=seeds)
@profile(max_examples=15)
def test_memory_keeps_within_its_bounds(seed: int) -> None:
    """Ties are shares of one, trust and pressure lie between 0 and 1, nothing counted is negative."""
    _, whole = _played(seed)
    memory = whole.memory
    for tie in (memory.security_tie, memory.economic_tie):
        assert (tie >= 0.0).all()
        np.testing.assert_allclose(tie.sum(axis=-1), 1.0)
    for name in ("trust", "dependence", "pressure", "coercion", "resolve", "reassurance"):
        value = getattr(memory, name)
        assert value.min() >= -1e-12, name
        assert value.max() <= 1.0 + 1e-12, name
    for name in ("capacity", "salience", "incidents", "security_aid", "economic_aid", "gdp"):
        assert getattr(memory, name).min() >= 0.0, name
    assert memory.dependence.sum(axis=-1).max() <= 1.0 + 1e-12
