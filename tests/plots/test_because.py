"""The sentence and the waterfall say what the reasons say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.outcomes.reasons import UNKNOWN, Reason, Why
from sim.plots import style
from sim.studies.explain import figures as waterfall
from sim.studies.explain.figures import draw_why
from sim.studies.explain.sentences import (
    digits,
    explanation,
    headline,
    policy_explanation,
    reason_clause,
)

ATTRS = {"version": "0.1.0", "seed": 7}


def reason(term, change, sides=None, label=""):
    return Reason(
        term=term,
        label=label or term,
        change=change,
        sides=sides or (change, 0.0),
        levels=(0.0, change),
        points=10.0 * change,
    )


def why(*reasons, **changed):
    total = sum(one.change for one in reasons)
    made = Why(
        state="PHL",
        name="Philippines",
        domain="security",
        options=("USA", "CHN"),
        names=("United States", "China"),
        years=(2024, 2030),
        run=0,
        against="",
        odds=(0.1, 0.1 + total),
        alignment=(52.0, 52.0 + 10.0 * total),
        room=(0.8, 0.7),
        reasons=reasons,
    )
    return replace(made, **changed)


SCARED = why(
    reason("threat", 0.2, (0.0, 0.2)),
    reason("aid", 0.15),
    reason("trust", 0.001),
    reason("retaliation", -0.03),
)


def test_a_change_is_told_with_its_reasons_largest_first():
    assert explanation(SCARED) == (
        "Between 2024 and 2030 the Philippines' security ties moved toward the United States (log-odds of the United States "
        "against China +0.32; security alignment +3.2 points): mostly because China frightened it more (+0.20) and the United "
        "States gave more aid (+0.15); held back because leaning to the United States risked more punishment (−0.03)."
    )


def test_the_title_gives_the_one_reason_that_counts_most():
    assert policy_explanation(SCARED).endswith(
        "toward the United States, mostly because China frightened it more"
    )


def test_a_difference_of_policies_names_the_other():
    other = replace(SCARED, against="policy/japan=none", years=(2030, 2030))
    assert headline(other) == (
        "In 2030 the Philippines' security ties stand nearer to the United States than under policy/japan=none"
    )
    small = why(reason("aid", 0.001), against="policy/japan=none", years=(2030, 2030))
    assert "stand almost where they do under policy/japan=none" in policy_explanation(small)


def test_the_other_way_is_toward_the_second_option():
    assert "moved toward China" in headline(why(reason("aid", -0.3)))
    alone = why(
        reason("autonomy", -0.3, (0.0, -0.3)),
        options=("USA", "self"),
        names=("United States", "self"),
    )
    assert "toward staying unaligned" in headline(alone)
    assert reason_clause(alone.reasons[0], alone) == "standing alone was worth more"


@pytest.mark.parametrize(
    ("term", "label", "sides", "said"),
    [
        ("threat", "", (0.0, 0.2), "China frightened it more"),
        ("threat", "", (0.2, 0.0), "the United States frightened it less"),
        ("threat", "", (-0.2, 0.1), "the United States frightened it more"),
        ("attraction", "protection", (0.2, 0.0), "the United States had more protection to offer"),
        ("attraction", "market", (0.0, -0.2), "China's market weighed more"),
        ("frustration", "", (0.0, 0.2), "frustration spoke less for China"),
    ],
)
def test_each_side_of_a_reason_has_its_clause(term, label, sides, said):
    one = reason(term, sum(sides), sides, label)
    assert reason_clause(one, why(one)) == said


@pytest.mark.parametrize("against", ["", "theory=commerce"])
def test_reasons_of_neither_option_have_clauses_too(against):
    for term in ("room", "rest", "inertia"):
        one = reason(term, 0.3, UNKNOWN)
        assert explanation(why(one, against=against)).count("(+0.30)") == 1
    assert "narrower room" in explanation(why(reason("room", 0.3, UNKNOWN)))


def test_alignment_that_moved_the_other_way_is_explained():
    one = replace(reason("aid", 0.3), points=float("nan"))
    assert "which counts other ties too" in explanation(why(one, alignment=(52.0, 51.0)))


def test_nothing_moved_is_told_too():
    still = why(reason("aid", 0.0), reason("trust", 0.0))
    assert "hardly moved" in explanation(still) and "no reason stands out" in explanation(still)


def test_two_figures_are_shown():
    assert [digits(value, 2) for value in (3.2, 0.32, 0.032, 1e-9, np.nan)] == [2, 2, 3, 6, 2]


def test_the_waterfall_leaves_out_what_did_not_move_and_keeps_the_order():
    rows = waterfall.rows_of(why(reason("aid", 0.1), reason("trust", 0.0), reason("threat", -0.2)))
    assert [row.term for row in rows] == ["aid", "threat"]


def test_bars_end_where_the_ties_do():
    with style.context():
        axes = waterfall.draw([SCARED], ATTRS).axes[0]
    bars = axes.patches
    assert bars[0].get_x() == 0.0
    assert bars[-1].get_width() == pytest.approx(SCARED.change)
    assert bars[-2].get_x() + bars[-2].get_width() == pytest.approx(SCARED.change)
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        *("threat", "aid", "trust", "retaliation", "in all")
    ]


@pytest.mark.parametrize(
    "whys",
    [
        [SCARED],
        [SCARED, replace(SCARED, domain="economic", against="policy/japan=none")],
        [why(reason("aid", 0.0))],
        [why(reason("aid", -1e-9), options=("self", "CHN"), names=("self", "China"))],
    ],
)
def test_every_waterfall_is_written(whys, tmp_path):
    assert [path.name for path in draw_why(whys, tmp_path, ATTRS)] == ["why.png", "why.svg"]
    first = (tmp_path / "why.svg").read_bytes()
    draw_why(whys, tmp_path, ATTRS)
    assert (tmp_path / "why.svg").read_bytes() == first
