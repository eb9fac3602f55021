"""Reasons sum exactly, in every theory, run, state and span of years, and say nothing where nothing differs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from sim.config.settings import declared
from sim.engines.region import simulate as one_run
from sim.errors import UserError
from sim.outcomes.decomposition import traced_return
from sim.outcomes.posture_reasons import posture_without
from sim.outcomes.reasons import table
from sim.outcomes.structure_reasons import structural_points
from sim.outcomes.why import (
    explain_opinion,
    explain_posture,
    explain_step,
    explain_structure,
    opinion_difference,
    posture_difference,
    read_record,
    step_difference,
    structure_difference,
)
from tests.outcomes.futures import (
    FIRST,
    LAST,
    RUNS,
    STATES,
    THEORIES,
    Asked,
    ask,
    future,
    record,
    settings,
)

PARTNERS = ("CHN", "USA", "JPN")
EXACT = 1e-9
NUMBERS = tuple(
    name
    for name, one in declared().items()
    if name.startswith(("rules.stance.", "rules.opinion.", "rules.acts.", "rules.room.", "policy."))
    and one.kind == "number"
    and one.low < one.high
)


def drawn_settings(seed):
    """Three theories in turn, each with some numbers drawn anew."""
    lots = np.random.default_rng(seed)
    chosen = lots.choice(len(NUMBERS), size=5, replace=False)
    numbers = []
    for name in sorted(NUMBERS[index] for index in chosen):
        low, high = declared()[name].low, declared()[name].high
        numbers.append((name, float(low + lots.uniform(0.05, 0.95) * (high - low))))
    return Asked((f"theory={THEORIES[seed % 3]}",), tuple(numbers))


asked = st.sampled_from([drawn_settings(seed) for seed in range(9)])
states, runs = st.sampled_from(STATES), st.integers(0, RUNS - 1)
partners, years = st.sampled_from(PARTNERS), st.integers(FIRST, LAST)
spans = st.tuples(years, years).filter(lambda pair: pair[0] < pair[1])
PLAIN, ASSERTIVE = ask(), ask("policy/china=assertive")


def total(why):
    return sum(reason.change for reason in why.reasons)


def outcome(each, year):
    """The three numbers that are explained, straight from the history."""
    at = each.index(year)
    return {
        "posture": 50.0 + 50.0 * each.values("stance")[at],
        "structure": structural_points(each)[at],
    }


@effort(max_examples=60, deadline=None)
@given(asked, states, runs, spans, partners)
def test_reasons_of_a_span_sum_exactly(given, state, run, span, partner):
    own = record(given, state, run)
    for kind, why in (
        ("posture", explain_posture(own, *span)),
        ("structure", explain_structure(own, *span)),
    ):
        moved = outcome(own, span[1])[kind] - outcome(own, span[0])[kind]
        assert total(why) == pytest.approx(moved, abs=EXACT)
    opinion = explain_opinion(own, partner, *span)
    trust = own.values("trust")[:, own.partner(partner)]
    moved = 100.0 * (trust[own.index(span[1])] - trust[own.index(span[0])])
    assert total(opinion) == pytest.approx(moved, abs=EXACT)


@effort(max_examples=60, deadline=None)
@given(asked, states, runs, years, partners)
def test_log_odds_of_an_act_sum_exactly(given, state, run, year, partner):
    own = record(given, state, run)
    step = explain_step(own, partner, year)
    none = 1.0 - step.up - step.down
    if none > 1e-6 and min(step.up, step.down if step.steps < 0 else 1.0) > 1e-12:
        chance = step.down if step.steps < 0 else step.up
        assert total(step.why) == pytest.approx(np.log(chance / none), abs=EXACT)
    assert step.why.change == pytest.approx(total(step.why), abs=EXACT)


@effort(max_examples=60, deadline=None)
@given(asked, asked, states, runs, years, partners)
def test_reasons_of_a_difference_sum_exactly(given, other, state, run, year, partner):
    own, less = record(given, state, run), record(other, state, run)
    for kind, why in (
        ("posture", posture_difference(own, less, year, "other")),
        ("structure", structure_difference(own, less, year, "other")),
    ):
        gap = outcome(own, year)[kind] - outcome(less, year)[kind]
        assert total(why) == pytest.approx(gap, abs=EXACT)
    trust = [each.values("trust")[each.index(year), each.partner(partner)] for each in (own, less)]
    opinion = opinion_difference(own, less, partner, year, "other")
    assert total(opinion) == pytest.approx(100.0 * (trust[0] - trust[1]), abs=EXACT)
    found = step_difference(own, less, partner, year, "other")
    assert total(found.why) == pytest.approx(found.why.change, abs=EXACT)


@effort(max_examples=30, deadline=None)
@given(asked, states, runs, st.sets(years, min_size=3, max_size=3), partners)
def test_reasons_of_adjoining_spans_add_up_one_by_one(given, state, run, ends, partner):
    first, middle, last = sorted(ends)
    own = record(given, state, run)
    for explain in (
        explain_posture,
        explain_structure,
        lambda each, *span: explain_opinion(each, partner, *span),
    ):
        parts = [explain(own, first, middle), explain(own, middle, last)]
        whole = explain(own, first, last)
        for index, reason in enumerate(whole.reasons):
            summed = sum(part.reasons[index].change for part in parts)
            assert summed == pytest.approx(reason.change, abs=EXACT)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("run", [0, 3])
def test_inertia_is_what_the_first_year_lacked_of_its_aim_and_fades(state, run):
    own = record(PLAIN, state, run)
    gap = 50.0 * (own.values("aim")[0] - own.values("stance")[0])
    for last in range(FIRST + 1, LAST + 1):
        kept = (1.0 - own.rules.stance.speed) ** (last - FIRST)
        why = explain_posture(own, FIRST, last)
        inertia = why.reasons[-1]
        assert inertia.term == "inertia"
        assert inertia.change == pytest.approx(gap * (1.0 - kept), abs=EXACT)


@pytest.mark.parametrize("state", STATES)
def test_opinion_returns_from_nothing_but_its_own_blows(state):
    """The start rests, so nothing is left for its own return: every blow keeps its name."""
    for partner in PARTNERS:
        why = explain_opinion(record(PLAIN, state, 1), partner, FIRST, LAST)
        found = {reason.term: reason.change for reason in why.reasons}
        assert found["return"] == pytest.approx(0.0, abs=EXACT) and found["luck"] != 0.0


@pytest.mark.parametrize("state", STATES)
def test_of_a_difference_in_opinion_every_blow_keeps_its_name(state):
    """Both return to the same start, so nothing of their difference is left to the return of the start."""
    own, other = record(PLAIN, state, 1), record(ASSERTIVE, state, 1)
    for partner in PARTNERS:
        for year in (2026, LAST):
            why = opinion_difference(own, other, partner, year, "assertive")
            found = {reason.term: reason.change for reason in why.reasons}
            assert found["return"] == pytest.approx(0.0, abs=EXACT)
            assert found["luck"] == pytest.approx(0.0, abs=EXACT)


def test_a_lone_blow_is_half_way_back_when_the_rule_says_so():
    drives = np.zeros((4, 1))
    drives[0] = -0.2
    left = traced_return(drives=drives, swing=0.5, scar=0.0, back=0.0)[:, 0]
    np.testing.assert_allclose(left, [-0.2, -0.1, -0.05, -0.025])


def test_both_engines_give_the_same_reasons():
    told = one_run(settings(PLAIN), run=3)
    for state in STATES:
        alone = read_record(told, settings(PLAIN).rules, state=state)
        together = record(PLAIN, state, 3)
        for explain in (explain_posture, explain_structure):
            pairs = zip(
                explain(alone, FIRST, LAST).reasons,
                explain(together, FIRST, LAST).reasons,
                strict=True,
            )
            for mine, theirs in pairs:
                assert mine.change == pytest.approx(theirs.change, abs=EXACT)
        steps = [explain_step(each, "JPN", 2026) for each in (alone, together)]
        assert steps[0].why.change == pytest.approx(steps[1].why.change, abs=EXACT)


@pytest.mark.parametrize("term", ["protection", "leverage", "opinion", "offers", "neighbours"])
def test_a_motive_without_weight_is_no_reason(term):
    silent = ask(**{f"rules__stance__{term}": 0.0})
    why = explain_posture(record(silent, "VNM", 1), FIRST, LAST)
    found = {reason.term: reason.change for reason in why.reasons}
    assert found[term] == 0.0 and any(found.values())


def test_room_that_does_not_shrink_is_no_reason():
    ample = ask(rules__room__shrink=0.0)
    why = explain_posture(record(ample, "VNM", 1), FIRST, LAST)
    assert next(reason for reason in why.reasons if reason.term == "room").change == 0.0


def test_policies_that_do_not_differ_give_no_reasons():
    own = record(PLAIN, "PHL", 2)
    for why in (
        posture_difference(own, own, LAST, "itself"),
        structure_difference(own, own, LAST, "itself"),
        opinion_difference(own, own, "CHN", LAST, "itself"),
        step_difference(own, own, "JPN", LAST, "itself").why,
    ):
        assert {reason.change for reason in why.reasons} == {0.0}


def test_a_difference_of_policies_has_no_inertia():
    """Both start alike and take in their motives at one pace, so all of the difference has a name."""
    for state in STATES:
        own, other = record(PLAIN, state, 1), record(ASSERTIVE, state, 1)
        for year in (FIRST, 2026, LAST):
            why = posture_difference(own, other, year, "assertive")
            assert why.reasons[-1].change == pytest.approx(0.0, abs=EXACT)


def test_a_power_that_changes_camp_is_a_reason_of_its_own():
    moved = ask(policy__japan__camp=-0.5)
    own, other = record(PLAIN, "VNM", 1), record(moved, "VNM", 1)
    why = structure_difference(own, other, LAST, "another Japan")
    gap = outcome(own, LAST)["structure"] - outcome(other, LAST)["structure"]
    assert total(why) == pytest.approx(gap, abs=EXACT)
    camps = {reason.partner: reason.change for reason in why.reasons if reason.term == "camp"}
    assert camps["JPN"] > 1.0 and camps["CHN"] == camps["USA"] == 0.0


@pytest.mark.parametrize("state", STATES)
def test_a_motive_held_where_it_was_leads_where_the_rule_would_lead(state):
    own = record(PLAIN, state, 0)
    stance = 50.0 + 50.0 * own.values("stance")[-1]
    still = explain_posture(own, FIRST, LAST)
    for reason in still.reasons[:-1]:
        held = posture_without(own, reason.term, FIRST, LAST)
        assert abs(held - stance) < 60.0
        if reason.change == 0.0:
            assert held == pytest.approx(stance, abs=EXACT)


def test_the_table_holds_every_reason_in_full():
    own = record(PLAIN, "PHL", 0)
    rows = table([explain_posture(own, FIRST, LAST), explain_structure(own, FIRST, LAST)])
    for _, part in rows.groupby("of"):
        moved = part["after"].iloc[0] - part["before"].iloc[0]
        assert part["change"].sum() == pytest.approx(moved, abs=EXACT)
    assert set(rows[rows["of"] == "structure"]["partner"]) == set(PARTNERS)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (lambda: record(PLAIN, "PHX", 0), "did you mean PHL"),
        (lambda: record(PLAIN, "PHL", 9), "runs 0 to 4"),
        (lambda: explain_posture(record(PLAIN, "PHL", 0), 2023, 2026), "known from 2024"),
        (lambda: explain_structure(record(PLAIN, "PHL", 0), 2026, 2026), "before the last"),
        (lambda: explain_opinion(record(PLAIN, "PHL", 0), "RUS", 2024, 2026), "USA"),
        (
            lambda: posture_difference(
                record(PLAIN, "PHL", 0), record(PLAIN, "VNM", 0), 2026, "other"
            ),
            "cannot be paired",
        ),
        (
            lambda: structure_difference(
                record(PLAIN, "PHL", 0),
                record(ask(rules__ties__arms=0.1), "PHL", 0),
                2026,
                "other",
            ),
            "other weights",
        ),
        (
            lambda: read_record(
                future(PLAIN).drop_vars("stance_term"), settings(PLAIN).rules, state="PHL", run=0
            ),
            "keeps every term",
        ),
    ],
)
def test_what_cannot_be_explained_is_refused(question, told):
    with pytest.raises(UserError, match=told):
        question()
