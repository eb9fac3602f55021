"""The two sentences and the table say what the reasons say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.outcomes.act_reasons import StepDifference
from sim.outcomes.needed_change import Need
from sim.outcomes.reasons import Reason
from sim.outcomes.wording import digits, possessive
from sim.studies.explain.sentences import (
    alignment_sentences,
    difference_sentences,
    move_sentence,
    opinion_sentences,
    step_sentences,
    step_title,
    title_of,
)
from sim.studies.explain.text_table import text_table
from tests.studies.explain.made import ACT, SCARED, TIED, why


def test_a_move_is_told_with_its_reasons_largest_first():
    assert move_sentence(SCARED) == (
        "Between 2024 and 2030 the Philippines' posture moved 3.2 points toward the United States, mostly because of protection "
        "(+2.0) and public opinion (+1.5), held back by leverage (−0.3)."
    )


def test_parts_of_ties_are_told_with_their_partners():
    assert move_sentence(TIED) == (
        "Between 2024 and 2030 the Philippines' structure moved 1.2 points toward China, mostly because of rungs climbed or lost "
        "with China (−1.5) and economic ties with China (−0.2), held back by arms from the United States (+0.5)."
    )


def test_a_difference_of_policies_names_the_other():
    told = [replace(one, against="policy/japan=none", years=(2030, 2030)) for one in (SCARED, TIED)]
    first, second = alignment_sentences(told, None)
    assert first.startswith(
        "In 2030 the Philippines' posture stands 3.2 points nearer to the United States than under policy/japan=none"
    )
    assert "; its structure stands 1.2 points nearer to China than under policy/japan=none" in first
    assert second == (
        "Without protection, +1.2 of +3.2 points of difference would remain in posture; without rungs climbed or lost with "
        "China, +0.3 of −1.2 points of difference would remain in structure."
    )


def test_nothing_moved_is_told_too():
    still = why(Reason(term="offers", change=0.0), Reason(term="opinion", change=0.0))
    assert move_sentence(still) == "Between 2024 and 2030 the Philippines' posture hardly moved."
    assert title_of(still) == "Between 2024 and 2030 the Philippines' posture hardly moved"
    assert "no single reason stands out" in alignment_sentences([still], None)[1].casefold()


def test_an_act_is_told_with_its_luck_and_what_would_have_had_to_be_different():
    assert step_sentences(ACT) == (
        "In 2030 the Philippines stepped up with Japan (chance 0.25, one in four; the draw was 0.20), mostly because of stance "
        "of the government (+0.60) and pressure by Japan's rivals (+0.40), against Japan's usual activity (−2.00).",
        "With stance of the government at 0.25 instead of 0.50, and all else as it was, the same draw would have brought no step "
        "(log-odds −0.30).",
    )
    assert step_title(ACT) == (
        "In 2030 the Philippines stepped up with Japan, mostly because of stance of the government"
    )


def test_a_chance_that_is_halved_is_not_a_draw_that_turns():
    halved = replace(ACT, need=replace(ACT.need, turns=False))
    assert "its chance would have been halved (log-odds −0.30)" in step_sentences(halved)[1]


def test_where_no_motive_would_do_that_is_said():
    none = replace(ACT, need=Need(odds=-2.5, turns=True))
    assert step_sentences(none)[1] == (
        "No single motive within its range would have changed that: it takes log-odds of −2.50 before the same draw "
        "brings no step."
    )


def test_a_year_without_an_act_says_what_chance_there_was():
    quiet = replace(ACT, steps=0, climbed=0, chance=0.7, draw=0.6)
    first, second = step_sentences(quiet)
    assert "took no step with Japan: a step up had a chance of 0.25 (one in four)" in first
    assert "the draw was 0.60" in first and "would have brought a step up" in second
    assert step_title(quiet).endswith("took no step with Japan: a step up had a chance of 0.25")


def test_a_step_that_answered_a_demand_says_so():
    given = replace(ACT, demanded="JPN", accepted=True, need=None, chance=0.4)
    refused = replace(given, steps=-1, accepted=False, chance=0.6)
    assert "stepped up with Japan by giving in to a demand by Japan" in step_sentences(given)[0]
    assert "stepped down with Japan by refusing a demand by Japan" in step_sentences(refused)[0]
    assert step_sentences(given)[1] == "The other answer had a chance of 0.60."


def test_two_chances_are_told_apart():
    other = replace(ACT, up=0.1, steps=0)
    gap = replace(ACT.why, against="policy/japan=none", ends=(-2.0, -1.0))
    first, second = difference_sentences(StepDifference(step=ACT, other=other, why=gap))
    assert "has a chance of 0.25, and of 0.10 under policy/japan=none" in first
    assert second == (
        "By the same draw (0.20) there is a step up, and no step under policy/japan=none."
    )


@pytest.mark.parametrize(("change", "word"), [(-3.0, "fell by 3.0"), (3.0, "rose by 3.0")])
def test_opinion_rises_and_falls(change, word):
    told = why(
        Reason(term="incidents", change=change), kind="opinion", partner="CHN", partner_name="China"
    )
    first, second = opinion_sentences(told)
    assert f"opinion of China in the Philippines {word} points of 100" in first
    assert second.startswith("Without incidents at sea, it would have ended at 52.0")


def test_the_table_sums_small_reasons_and_ends_in_all():
    lines = text_table([SCARED, TIED])
    assert lines[0].startswith("Philippines, 2024 to 2030, run 0 (posture: points")
    assert any("1 smaller" in line and "+0.01" in line for line in lines)
    totals = [line for line in lines if "in all" in line]
    assert [line.split()[-1] for line in totals] == ["+3.21", "−1.20"]
    assert max(map(len, lines[1:])) < 80


def test_two_figures_are_shown_and_names_are_possessed():
    assert [digits(value, 2) for value in (3.2, 0.32, 0.032, 1e-9, float("nan"))] == [2, 2, 3, 6, 2]
    assert possessive("the Philippines") == "the Philippines'"
