"""Names and groups become dimensions; what cannot be varied is refused with what can."""

from __future__ import annotations

import pytest

from sim.config import Settings
from sim.config.settings import as_mapping, declared
from sim.errors import UserError
from sim.studies.sensitivity.problem import flat, problem, refuse_overlap
from sim.studies.sensitivity.saltelli import check_samples, saltelli

GROUPS = {"theory": ("insurance", "commerce"), "policy/japan": ("none", "osa_2023")}
START = flat(as_mapping(Settings()))


def names(given, **further):
    return [one.name for one in problem(given, GROUPS, START, **further)]


def test_a_part_of_the_tree_is_all_that_is_in_it_but_facts():
    found = names(["policy.china", "theory"])
    assert found == [
        *(f"policy.china.{name}" for name in ("gray_zone", "inducement", "coercion")),
        *("policy.china.credibility", "policy.china.presence", "theory"),
    ]
    assert "policy.japan.allocation" in names(["policy"])
    assert "policy.japan.allocation" not in names(["policy"], numbers=True)


def test_all_is_every_declared_number():
    every = [n for n, one in declared().items() if one.kind != "choice" and "." in n]
    assert names(["all"]) == [name for name in every if not name.startswith("years.")]


def test_span_draws_ranges_in_around_where_a_setting_starts():
    (rivalry, _) = problem(["scenario.rivalry", "rules.room.ample"], GROUPS, START, span=0.5)
    assert (rivalry.low, rivalry.high) == pytest.approx((0.3, 0.8))


@pytest.mark.parametrize("span", [0.3, 1.0])
def test_no_range_leads_out_of_the_declared_one(span):
    for one in problem(["all"], GROUPS, START, span=span):
        known = declared()[one.name]
        assert known.low <= one.low < one.high <= known.high
        if span == 1.0 and known.prior is None:
            assert (one.low, one.high) == pytest.approx((known.low, known.high))


def test_ranges_may_be_given():
    found = problem({"policy.japan.osa_budget": [0, 40], "theory": None}, GROUPS, START)
    assert (found[0].high, found[1].values) == (40, ("insurance", "commerce"))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["policy.china.gray_zon"], "policy.china.gray_zone"),
        (["everything"], "it must be a setting"),
        (["theory"], "at least two"),
        (["theory", "theory"], "twice"),
        (["seed", "theory"], "not a setting"),
        ({"policy.japan.osa_budget": [0, 999], "theory": None}, "between 0 and 200"),
        ({"theory": ["insurence"], "scenario.rivalry": None}, "insurance"),
    ],
)
def test_a_mistake_is_told(given, told):
    with pytest.raises(UserError, match=told):
        problem(given, GROUPS, START)


def test_responses_are_the_numbers_with_a_prior_and_range_over_its_90_percent():
    known = declared()
    space = {one.name: one for one in problem(["responses"], GROUPS, START)}
    assert set(space) == {name for name, one in known.items() if one.prior is not None}
    leverage = known["rules.stance.leverage"].prior
    assert leverage is not None
    found = space["rules.stance.leverage"]
    assert (found.low, found.high) == (leverage.low, leverage.high)
    half = problem(["rules.stance.leverage", "policy.japan.oda"], GROUPS, START, span=0.5)
    at = START["rules.stance.leverage"]
    assert half[0].low == pytest.approx(0.5 * (at + leverage.low))
    assert (half[1].low, half[1].high) == pytest.approx(
        (0.9, 20.9)
    )  # half way from 1.8 to 0 and to 40


def test_a_screening_takes_no_choices():
    with pytest.raises(UserError, match="moves numbers by steps"):
        names(["theory", "policy"], numbers=True)
    with pytest.raises(UserError, match="moves numbers by steps"):
        names(["policy.japan.allocation", "policy"], numbers=True)


def test_a_choice_and_a_number_it_sets_are_not_varied_side_by_side():
    space = problem(["theory", "rules.stance"], GROUPS, START)
    with pytest.raises(UserError, match=r"undo what the choice sets"):
        refuse_overlap(space, {"theory": ["rules.stance.leverage"]})
    refuse_overlap(space, {"theory": ["rules.room.ample"]})


@pytest.mark.parametrize(
    ("samples", "told"),
    [(100, "nearest is 128"), (80, "nearest is 64"), (8, "from 16"), (2**21, "from 16")],
)
def test_samples_are_a_power_of_two(samples, told):
    with pytest.raises(UserError, match=told):
        check_samples(samples)


def test_a_larger_sample_begins_with_the_smaller():
    space = problem(["policy.china", "theory"], GROUPS, START)
    small, large = saltelli(space, 16, 1), saltelli(space, 64, 1)
    assert small.equals(large.head(len(small))) and len(large) == 64 * 8
