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
from sim.rules.steps import begin, court, draw, follow, motives, public, see, settle, stand, weigh
from tests.rules.properties import (
    PARTNERS,
    STATES,
    Rule,
    check,
    leaves,
    plane,
    row,
    seeds,
)
from tests.rules.records import (
    BEGINNING,
    RECORDS,
    RULES_OF_THE_YEAR,
    begun,
    drawn,
    groups,
    pass_year,
)


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


def _drawn_opinion(**given_: Any) -> Any:
    records = groups(given_)
    return draw.draw_opinion(luck=records.pop("start"), **records, rules=RULES_OF_THE_YEAR)


def _reckoned(**given_: Any) -> Any:
    return motives.reckon(**groups(given_), rules=RULES_OF_THE_YEAR)


def _aired(*, bound: Any, **given_: Any) -> Any:
    return public.publicity(**groups(given_), bound=bound, rules=RULES_OF_THE_YEAR)


def _drives(*, offers: Any, aired: Any, **given_: Any) -> Any:
    return public.opinion_drives(
        **groups(given_), offers=offers, aired=aired, rules=RULES_OF_THE_YEAR
    )


def _near(**given_: Any) -> Any:
    return motives.effective_proximity(**groups(given_), rules=RULES_OF_THE_YEAR)


def _pushed(**given_: Any) -> Any:
    records = groups(given_)
    records["situation"] = year.see(**records, rules=RULES_OF_THE_YEAR)
    del records["luck"], records["outlook"]
    return court.gray_zone_push(**records, rules=RULES_OF_THE_YEAR)


def _read(**given_: Any) -> Any:
    return follow.read_security_tie(**given_, rules=RULES_OF_THE_YEAR)


def _followed(**given_: Any) -> Any:
    """What follows from a choice once more, from the same stance and acts."""
    records = groups(given_)
    choice = year.simulate_year(**records, rules=RULES_OF_THE_YEAR).choice
    outlook = records.pop("outlook")
    luck = records.pop("luck")
    reckoning = motives.reckon(**records, outlook=outlook, rules=RULES_OF_THE_YEAR)
    return follow.follow(choice, reckoning=reckoning, **records, luck=luck, rules=RULES_OF_THE_YEAR)


def _cut(*names: str) -> dict[str, Any]:
    return {name: RECORDS[name] for name in names}


SEEN = ("memory", "structure", "conduct", "outlook")
RULES = [
    *(
        Rule(function=function, takes=RECORDS, alone="run", call=call)
        for function, call in (
            (year.simulate_year, pass_year),
            (see.see, _part("situation")),
            (court.court_and_press, _part("offers")),
            (court.gray_zone_push, _pushed),
            (weigh.weigh_and_choose, _part("choice")),
            (follow.follow, _followed),
            (settle.meet_at_sea, _part("at_sea")),
            (settle.settle, _part("memory")),
            (stand.stand_up, lambda **given_: pass_year(**given_).choice.resolve),
            (stand.resolve_inputs, _resolve_wanted),
            (stand.resolve_numbers, _resolve_wanted),
        )
    ),
    Rule(
        function=begin.begin,
        takes=BEGINNING,
        alone="run",
        call=lambda **given_: begun(**groups(given_)),
    ),
    Rule(
        function=draw.draw_opinion,
        takes={name: BEGINNING[name] for name in ("memory", "conduct", "reading", "start")},
        alone="run",
        call=_drawn_opinion,
    ),
    Rule(function=motives.reckon, takes=_cut(*SEEN), alone="run", call=_reckoned),
    Rule(
        function=motives.effective_proximity,
        takes=_cut("structure", "conduct"),
        within=(0.0, 1.0),
        call=_near,
    ),
    Rule(
        function=public.publicity,
        takes=_cut(*SEEN) | {"bound": plane()},
        within=(0.0, 1.0),
        call=_aired,
        rises=("bound",),
    ),
    Rule(
        function=public.opinion_drives,
        takes=_cut(*SEEN) | {"offers": plane(-4.0, 4.0), "aired": plane()},
        within=(-1.0, 1.0),
        call=_drives,
        rises=("offers",),
        falls=("aired",),
    ),
    Rule(
        function=follow.read_security_tie,
        takes={
            "arms": plane(kind="parts"),
            "bound": plane(),
            "use": plane(),
            "rung": plane(0.0, 5.0),
            "renewed": plane(0.0, 30.0),
            "forward": row(),
        },
        within=(0.0, 1.0),
        call=_read,
    ),
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
        whole = np.broadcast_to(second, first.shape)  # a term of the powers alone stands for all
        np.testing.assert_allclose(first, whole, rtol=1e-12, atol=1e-14)


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
        offers, luck = whole.offers.for_state(place), records["luck"].for_state(place)
        choice = year.weigh_and_choose(**mine, luck=luck)
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
    """This year's luck at sea and the outbreaks of this year change no offer and no choice of this year."""
    records, whole = _played(seed)
    luck = records["luck"]
    other = dataclasses.replace(luck, incidents=1.0 - luck.incidents, coercion=1.0 - luck.coercion)
    again = year.simulate_year(**(records | {"luck": other}), rules=RULES_OF_THE_YEAR)
    _assert_same(again.offers, whole.offers)
    _assert_same(again.choice, whole.choice)


REACH = {  # what each draw of the year must not reach, of choice and memory
    "mood": ("offers", "at_sea", "choice.resolve", "memory.capacity", "memory.gdp"),
    "act": ("offers", "at_sea", "choice.opinion", "choice.stance", "choice.demand"),
    "contract": ("offers", "at_sea", "choice.stance", "choice.acts", "memory.economic_tie"),
    "trade": ("offers", "at_sea", "choice.acts", "memory.arms", "memory.security_tie"),
    "answer": ("offers", "at_sea", "choice.opinion", "choice.stance", "memory.trust"),
    "incidents": ("offers", "choice", "situation", "memory.stance", "memory.trust"),
    "leaning": ("offers", "at_sea", "choice.opinion", "memory.capacity"),
}


def _at(result: year.YearResult, path: str) -> Any:
    value: Any = result
    for name in path.split("."):
        value = getattr(value, name)
    return value


@pytest.mark.parametrize("mechanism", REACH)
@given(seed=seeds)
@profile(max_examples=10)
def test_the_draw_of_one_mechanism_reaches_no_other(mechanism: str, seed: int) -> None:
    """Another number drawn for it leaves alone whatever does not follow from it, to the last digit."""
    records, whole = _played(seed)
    luck = records["luck"]
    drawn_ = getattr(luck, mechanism)
    other = 1.0 - drawn_ if mechanism in ("act", "contract", "answer", "incidents") else -drawn_
    changed = dataclasses.replace(luck, **{mechanism: other})
    again = year.simulate_year(**(records | {"luck": changed}), rules=RULES_OF_THE_YEAR)
    for path in REACH[mechanism]:
        for one, two in zip(leaves(_at(whole, path)), leaves(_at(again, path)), strict=True):
            np.testing.assert_array_equal(one, two, err_msg=path)


@given(seed=seeds)
@profile(max_examples=15)
def test_the_terms_of_every_act_are_its_log_odds(seed: int) -> None:
    """Their sum with what a year without reason, courtship and size give is the log-odds of a step against none."""
    records, whole = _played(seed)
    signed, numbers = whole.choice.acts, RULES_OF_THE_YEAR.acts
    score = sum(signed.terms.values())
    size = numbers.size * (np.log(records["memory"].gdp) - whole.situation.mean_gdp)
    none = 1.0 - signed.up - signed.down
    np.testing.assert_allclose(
        np.log(signed.up / none),
        records["conduct"].up + whole.situation.courtship + size + score,
        atol=1e-9,
    )


@given(seed=seeds)
@profile(max_examples=15)
def test_the_terms_of_opinion_and_stance_tell_the_whole_move(seed: int) -> None:
    """Trust moves by the sum of its terms; the sum of the motives over the room is where the stance aims."""
    records, whole = _played(seed)
    choice = whole.choice
    np.testing.assert_allclose(
        sum(choice.opinion.terms.values()),
        choice.opinion.trust - records["memory"].trust,
        atol=1e-14,
    )
    np.testing.assert_allclose(
        np.tanh(sum(choice.stance.terms.values()) / choice.room), choice.stance.aim, atol=1e-13
    )


@given(seed=seeds)
@profile(max_examples=15)
def test_without_a_demand_steps_are_those_that_the_draws_tell(seed: int) -> None:
    """And with one, whoever is asked steps as he answered, whatever the draw of the year."""
    records, whole = _played(seed)
    asked = (records["outlook"].demand > 0.0) | (whole.choice.demand.accepted > 0.0)
    peace = dataclasses.replace(records["outlook"], demand=0.0 * records["outlook"].demand)
    calm = year.simulate_year(**(records | {"outlook": peace}), rules=RULES_OF_THE_YEAR)
    assert not calm.choice.demand.accepted.any() and not calm.choice.demand.refused.any()
    answered = whole.choice.demand.accepted > 0.0
    np.testing.assert_array_equal(whole.choice.acts.steps[answered], 2.0)
    np.testing.assert_array_equal(
        np.minimum(whole.choice.acts.steps, 0.0)[whole.choice.demand.refused > 0.0], -1.0
    )
    assert asked.any()


@given(seed=seeds)
@profile(max_examples=15)
def test_what_begins_a_run_leaves_the_record_as_it_was(seed: int) -> None:
    """Stance and trust are drawn, anchors set; of agreements, arms, trade and wealth nothing is touched."""
    given_ = drawn(seed, run=2, of=BEGINNING)
    first, read = begun(**given_), given_["memory"]
    for name in ("rung", "use", "arms", "economic_tie", "gdp", "pressure", "capacity"):
        np.testing.assert_array_equal(getattr(first, name), getattr(read, name), err_msg=name)
    np.testing.assert_array_equal(first.first_stance, first.stance)
    np.testing.assert_array_equal(first.first_pressure, first.pressure)
    start = given_["start"]
    other = begun(**(given_ | {"start": dataclasses.replace(start, stance=-start.stance)}))
    assert (other.stance != first.stance).any()


@given(seed=seeds)
@profile(max_examples=15)
def test_memory_keeps_within_its_bounds(seed: int) -> None:
    """Ties are shares of one, trust and pressure lie between 0 and 1, nothing counted is negative."""
    _, whole = _played(seed)
    memory = whole.memory
    for tie in (memory.security_tie, memory.economic_tie):
        assert (tie >= 0.0).all()
        np.testing.assert_allclose(tie.sum(axis=-1), 1.0)
    of_one = ("trust", "trust_base", "use", "pressure", "coercion", "resolve", "reassurance")
    flags = ("episode", "outbreak", "concession", "conceded")
    for name in (*of_one, "arms", "dependence", *flags):
        value = getattr(memory, name)
        assert value.min() >= -1e-12, name
        assert value.max() <= 1.0 + 1e-12, name
    for name in flags:
        assert np.isin(getattr(memory, name), (0.0, 1.0)).all(), name
    counted = ("capacity", "salience", "incidents", "security_aid", "economic_aid", "gdp")
    for name in (*counted, "renewed", "recent", "usual_worth", "pipeline"):
        assert getattr(memory, name).min() >= 0.0, name
    assert memory.rung.min() >= 0.0 and memory.rung.max() <= 5.0
    assert np.abs(memory.stance).max() <= 1.0
    for name in ("arms", "dependence"):
        assert getattr(memory, name).sum(axis=-1).max() <= 1.0 + 1e-12
