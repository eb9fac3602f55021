"""An act's log-odds are its terms, its luck is its chance, and what would have had to be different would have been."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.outcomes.act_reasons import explain_step, step_difference
from sim.outcomes.needed_change import RANGES, needed_change, needed_odds
from sim.rules.acts import hazards, steps
from tests.outcomes.futures import FIRST, LAST, RUNS, STATES, ask, record

PARTNERS = ("CHN", "USA", "JPN")
PLAIN = ask()
LIVELY = ask(policy__china__gray_zone=0.9)
ENOUGH = 1e-6  # log-odds beyond the needed ones


@cache
def every_step():
    """Every year of every pair of the small world, with its record."""
    return [
        (own, partner, year, explain_step(own, partner, year))
        for state in STATES
        for run in range(RUNS)
        for own in [record(LIVELY, state, run)]
        for partner in PARTNERS
        for year in range(FIRST, LAST + 1)
    ]


def outcome_of(rise, fall, draw, score):
    """The step that the rule gives at these odds, with the score moved, by the same draw."""
    none = {"up": np.log([rise]), "down": np.log([max(fall, 1e-300)]), "courtship": np.zeros(1)}
    up, down = hazards(
        terms={"moved": np.array([score])},
        **none,
        size=np.zeros(1),
        standing=np.array([1.0 if fall > 0.0 else 0.0]),
    )
    return (
        float(steps(chance=np.array([draw]), up=up, down=down, double=0.0)[0]),
        float(up[0]),
        float(down[0]),
    )


@given(st.floats(0.01, 20.0), st.floats(0.0, 5.0), st.floats(0.001, 0.999))
def test_the_needed_odds_turn_the_draw_or_halve_the_chance_and_less_does_not(rise, fall, draw):
    odds, turns = needed_odds(rise=rise, fall=fall, draw=draw)
    before, up, down = outcome_of(rise, fall, draw, 0.0)
    way = np.sign(odds)
    after, up_after, down_after = outcome_of(rise, fall, draw, odds + way * ENOUGH)
    short, up_short, down_short = outcome_of(rise, fall, draw, odds - way * ENOUGH)
    if turns:
        assert after != before and short == before
    else:
        assert before != 0.0 and after == before
        was, now, nearly = (
            (up, up_after, up_short) if before > 0.0 else (down, down_after, down_short)
        )
        assert now < 0.5 * was < nearly


def test_what_was_needed_would_have_been_enough():
    """The motive at its other value, all else as it was: the rule and the same draw then give otherwise."""
    tried = 0
    for own, partner, _, step in every_step():
        need = step.need
        if need is None or not need.term:
            continue
        tried += 1
        low, high = RANGES[need.term]
        assert low <= need.other <= high and need.other != need.value
        place = own.partner(partner)
        weight = vars(own.rules.acts)[need.term]
        weight *= float(own.camp[place]) if need.term == "stance" else 1.0
        assert (need.other - need.value) * weight == pytest.approx(need.odds)
        none = 1.0 - step.up - step.down
        odds = need.odds * (1.0 + ENOUGH)
        after, up, down = outcome_of(step.up / none, step.down / none, step.draw, odds)
        if need.turns:
            assert np.sign(after) != np.sign(step.steps)
        else:
            assert (up if step.steps > 0 else down) < 0.5 * (
                step.up if step.steps > 0 else step.down
            )
    assert tried > 50


def test_the_change_named_is_the_smallest_part_of_any_range():
    terms = {"pressure": -0.6, "stance": 0.5, "gap": 0.4}
    weights = {name: 0.0 for name in RANGES} | {"pressure": -1.0, "stance": 1.0, "gap": 0.8}
    found = needed_change(terms=terms, weights=weights, camp=1.0, up=0.3, down=0.05, draw=0.25)
    sizes = {
        name: abs(found.odds / weights[name]) / (RANGES[name][1] - RANGES[name][0])
        for name in terms
    }
    assert found.turns and found.term == min(sizes, key=sizes.get)


def test_no_motive_is_named_where_none_within_its_range_would_do():
    weights = {name: 0.0 for name in RANGES} | {"gap": 0.1}
    found = needed_change(
        terms={"gap": 0.05}, weights=weights, camp=1.0, up=0.3, down=0.0, draw=0.01
    )
    assert found.term == "" and found.odds < 0.0 and np.isnan(found.other)


def test_the_draw_in_the_record_is_the_one_that_decided():
    for _, _, _, step in every_step():
        assert (step.draw < step.up) == (step.steps > 0)
        assert (1.0 - step.draw < step.down) == (step.steps < 0)


def test_luck_is_the_chance_of_what_happened():
    seen = set()
    for own, _, _, step in every_step():
        seen.add(step.steps)
        double = own.rules.acts.double
        expected = {
            2: double * step.up,
            1: step.up,
            0: 1.0 - step.up - step.down,
            -1: step.down,
            -2: double * step.down,
        }
        assert step.chance == pytest.approx(expected[step.steps])
        assert step.one_in == pytest.approx(1.0 / step.chance)
    assert {-1, 0, 1, 2} <= seen


def test_a_year_without_an_act_is_explained_as_a_step_up_that_was_not():
    quiet = next(step for _, _, _, step in every_step() if step.steps == 0)
    assert quiet.why.kind == "up" and quiet.climbed == 0
    assert quiet.why.change == pytest.approx(np.log(quiet.up / (1.0 - quiet.up - quiet.down)))


def test_two_policies_are_told_apart_by_the_same_draw():
    for state in STATES:
        own, other = record(LIVELY, state, 2), record(PLAIN, state, 2)
        found = step_difference(own, other, "USA", LAST, "as declared")
        assert found.step.draw == found.other.draw
        named = {reason.term: reason.change for reason in found.why.reasons}
        assert named["size"] == 0.0 and named.get("courtship", 0.0) == 0.0
        if found.why.kind == "up":
            odds = [
                np.log(each.up / (1.0 - each.up - each.down)) for each in (found.step, found.other)
            ]
            assert sum(named.values()) == pytest.approx(odds[0] - odds[1], abs=1e-9)


@cache
def pressed():
    """A small world in which China demands of everybody in 2026."""
    event = (("year", 2026), ("kind", "demand"), ("partner", "CHN"), ("size", 1.0))
    return ask(scenario__events=(event,))


def test_a_step_that_answered_a_demand_is_explained_by_the_answer():
    answers = []
    for state in STATES:
        for run in range(RUNS):
            own = record(pressed(), state, run)
            step = explain_step(own, "CHN", 2026)
            likely = own.values("likely")[own.index(2026), own.partner("CHN")]
            assert step.demanded == "CHN" and step.why.kind == "answer" and step.need is None
            assert step.accepted == (step.steps > 0)
            assert step.chance == pytest.approx(likely if step.accepted else 1.0 - likely)
            assert step.why.change == pytest.approx(np.log(likely / (1.0 - likely)))
            named = {reason.term: reason.change for reason in step.why.reasons}
            assert named["demand"] == pytest.approx(0.0)  # demanded in full
            answers.append(step.accepted)
            if step.accepted:
                rival = explain_step(own, "USA", 2026)
                assert rival.demanded == "CHN" and rival.steps < 0 and rival.accepted
    assert True in answers and False in answers
