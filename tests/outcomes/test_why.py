"""Reasons sum to what they explain, exactly; they add up over years, and turn round with the question."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sim.rules.alignment import PARTNER_TERMS

from sim.errors import UserError
from sim.outcomes.decomposition import adjustment_speed
from sim.outcomes.trajectory import read_trajectory
from sim.outcomes.why import NoTie, explain, explain_difference, of_domains, table
from tests.outcomes.chosen import FIRST, RUNS, YEARS, history
from tests.outcomes.made import STATES

EXACT = 1e-12
few = settings(max_examples=20)
OPTIONS = ("CHN", "USA", "JPN", "self")
made = cache(history)  # for tests that change nothing; every cell of one is a choice of its own
seeds = st.integers(0, 8)
rates = st.sampled_from((0.001, 0.067, 0.3, 1.0))
cells = st.fixed_dictionaries(
    {
        "state": st.sampled_from(STATES),
        "domain": st.sampled_from(("security", "economic")),
        "run": st.integers(0, RUNS - 1),
        "options": st.permutations(OPTIONS).map(lambda order: tuple(order[:2])),
    }
)
spans = st.tuples(*[st.integers(FIRST - 1, FIRST + YEARS - 1)] * 2).filter(lambda ab: ab[0] < ab[1])


def odds(data, year, *, state, domain, run, options):
    tie = data[f"{domain}_tie"].sel(state=state, run=run, year=year)
    return float(np.log(tie.sel(option=options[0]) / tie.sel(option=options[1])))


def changes(why):
    return {reason.term: reason.change for reason in why.reasons}


@few
@given(seeds, rates, cells, spans)
def test_reasons_sum_to_the_change_of_the_ties(seed, rate, cell, years):
    data = made(seed, adjustment=rate)
    why = explain(data, years=years, **cell)
    moved = odds(data, years[1], **cell) - odds(data, years[0], **cell)
    assert sum(changes(why).values()) == pytest.approx(moved, abs=EXACT)
    for place, year in enumerate(years):
        levels = sum(reason.levels[place] for reason in why.reasons)
        assert levels == pytest.approx(odds(data, year, **cell), abs=EXACT)


@few
@given(seeds, seeds, rates, rates, cells, st.integers(FIRST - 1, FIRST + YEARS - 1))
def test_reasons_sum_to_the_difference_of_two_policies(one, other, rate, slower, cell, year):
    pair = made(one, adjustment=rate), made(other, adjustment=slower)
    why = explain_difference(*pair, year=year, **cell)
    gap = odds(pair[0], year, **cell) - odds(pair[1], year, **cell)
    assert sum(changes(why).values()) == pytest.approx(gap, abs=EXACT)
    turned = changes(explain_difference(*pair[::-1], year=year, **cell))
    assert turned == pytest.approx({k: -v for k, v in changes(why).items()}, abs=EXACT)


@few
@given(seeds, rates, cells, spans)
def test_the_question_turned_round_turns_every_reason(seed, rate, cell, years):
    data = made(seed, adjustment=rate)
    one = explain(data, years=years, **cell)
    other = explain(data, years=years, **cell | {"options": cell["options"][::-1]})
    assert changes(other) == pytest.approx({k: -v for k, v in changes(one).items()}, abs=EXACT)


@few
@given(seeds, rates, cells)
def test_reasons_of_successive_years_add_up_term_by_term(seed, rate, cell):
    data = made(seed, adjustment=rate)
    whole = changes(explain(data, years=(2023, 2028), **cell))
    steps = [changes(explain(data, years=year, **cell)) for year in range(2024, 2029)]
    assert whole == pytest.approx({k: sum(s[k] for s in steps) for k in whole}, abs=EXACT)


@few
@given(seeds, rates, st.sampled_from(PARTNER_TERMS), cells)
def test_a_mechanism_switched_off_explains_nothing(seed, rate, term, cell):
    data = made(seed, adjustment=rate, off=term)
    against = made(seed + 1, adjustment=rate, off=term)
    assert changes(explain(data, years=None, **cell))[term] == 0.0
    assert changes(explain_difference(data, against, **cell))[term] == 0.0


@few
@given(seeds, rates, cells)
def test_a_motive_the_same_under_both_policies_explains_nothing(seed, rate, cell):
    data = made(seed, adjustment=rate, shrink=0.0)
    against = data.copy(deep=True)
    against["security_term"].loc[{"term": "aid"}] += 0.7
    found = changes(explain_difference(data, against, **cell | {"domain": "security"}))
    assert {term for term, change in found.items() if change} <= {"aid", "inertia"}


@few
@given(seeds, rates, cells)
def test_the_same_policy_twice_differs_by_nothing(seed, rate, cell):
    data = made(seed, adjustment=rate)
    why = explain_difference(data, data, **cell)
    assert set(changes(why).values()) == {0.0} and why.change == 0.0


@few
@given(seeds, cells, spans.filter(lambda ab: ab[0] >= FIRST))
def test_without_inertia_a_term_moves_ties_by_its_own_change(seed, cell, years):
    data = made(seed, adjustment=1.0, shrink=0.0)
    found = changes(explain(data, years=years, **cell))
    own = data[f"{cell['domain']}_term"].sel(state=cell["state"], run=cell["run"])
    gap = own.sel(option=cell["options"][0]) - own.sel(option=cell["options"][1])
    for term in PARTNER_TERMS:
        moved = float(gap.sel(term=term, year=years[1]) - gap.sel(term=term, year=years[0]))
        assert found[term] == pytest.approx(moved, abs=1e-9)
    assert found["inertia"] == pytest.approx(0.0, abs=1e-9)
    assert found["room"] == 0.0


@few
@given(seeds, rates, cells)
def test_ties_that_only_catch_up_are_moved_by_inertia_alone(seed, rate, cell):
    data = made(seed, adjustment=rate, still=True)
    found = changes(explain(data, **cell))
    assert {term for term, change in found.items() if abs(change) > EXACT} <= {"inertia"}


@few
@given(seeds, rates, cells)
def test_inertia_only_fades(seed, rate, cell):
    data = made(seed, adjustment=rate)
    left = [
        explain(data, years=year, **cell).reasons[-1].levels[1] for year in range(FIRST, FIRST + 5)
    ]
    assert (np.diff(np.abs(left)) <= 1e-9).all()
    assert np.ptp(np.sign(np.where(np.abs(left) > 1e-9, left, left[0]))) == 0


@few
@given(seeds, rates, cells)
def test_the_speed_is_that_of_the_adjustment(seed, rate, cell):
    data = made(seed, adjustment=rate)
    course = read_trajectory(data, **cell)
    own = {"state": cell["state"], "run": cell["run"], "option": cell["options"][1]}
    years = slice(FIRST, None)
    part = rate * data[f"{cell['domain']}_target"].sel(own).sel(year=years)
    part = (part / data[f"{cell['domain']}_tie"].sel(own).sel(year=years)).values
    gap = course.wanted - course.odds[:-1]
    wide = (np.abs(gap) > 0.01) & (np.abs(gap) < 10)  # beyond that `known` is lost to rounding
    known = np.log1p(part[wide] * np.expm1(gap[wide])) / gap[wide]
    assert adjustment_speed(course)[wide] == pytest.approx(known, rel=1e-8)


@few
@given(seeds, cells, spans)
def test_points_are_split_in_proportion_and_sum_to_the_alignment(seed, cell, years):
    why = explain(made(seed), years=years, **cell | {"options": ("USA", "CHN")})
    points = [reason.points for reason in why.reasons]
    if why.change * why.moved > 0.0:
        assert sum(points) == pytest.approx(why.moved, rel=1e-6)
    else:
        assert np.isnan(points).all()


def test_points_are_not_split_between_options_of_one_camp():
    why = explain(history(3), state="VNM", domain="security", options=("USA", "self"))
    assert np.isnan([reason.points for reason in why.reasons]).all()


def test_one_year_is_explained_since_the_year_before_and_none_means_all():
    data = history(1)
    assert explain(data, state="PHL", domain="security", years=2026).years == (2025, 2026)
    assert explain(data, state="PHL", domain="security").years == (2023, 2028)


def test_a_single_history_is_one_of_many():
    data = history(2)
    alone = explain(data.sel(run=4), state="BRN", domain="economic")
    among = explain(data, state="BRN", domain="economic", run=4)
    assert changes(alone) == changes(among) and alone.run == among.run == 4


def test_a_term_nobody_has_heard_of_keeps_its_name():
    data = history(5).assign_coords(
        term=["frustration" if t == "trust" else t for t in history(5)["term"].values]
    )
    why = explain(data, state="PHL", domain="security")
    assert {"frustration": "frustration", "attraction": "protection"}.items() <= {
        reason.term: reason.label for reason in why.reasons
    }.items()


@few
@given(seeds, seeds, rates, cells, st.integers(FIRST - 1, FIRST + YEARS - 1))
def test_a_term_only_one_side_has_is_zero_on_the_other(seed, other, rate, cell, year):
    data, against = made(seed, adjustment=rate), made(other, adjustment=rate, off="trust")
    lacking = against.sel(term=[t for t in against["term"].values[::-1] if t != "trust"])
    for pair, zeros in (
        ((data, lacking), (data, against)),
        ((lacking, data), (against, data)),
    ):
        why = explain_difference(*pair, year=year, **cell)
        known = changes(explain_difference(*zeros, year=year, **cell))
        gap = odds(pair[0], year, **cell) - odds(pair[1], year, **cell)
        assert changes(why) == pytest.approx(known, abs=EXACT)
        assert sum(changes(why).values()) == pytest.approx(gap, abs=EXACT)


def test_what_only_the_other_choice_holds_beyond_its_terms_is_not_lost():
    data, against = history(6), history(7)
    against["security_term"].loc[{"term": "trust"}] = 0.0
    found = changes(explain_difference(data, against, state="PHL", domain="security", run=1))
    assert found["rest"] != 0.0
    gap = explain_difference(data, against, state="PHL", domain="security", run=1).change
    assert sum(found.values()) == pytest.approx(gap, abs=EXACT)


def test_what_a_choice_holds_beyond_its_terms_is_named():
    data = history(6)
    data["security_term"].loc[{"term": "trust"}] = 0.0
    why = explain(data, state="PHL", domain="security", run=1)
    assert changes(why)["rest"] != 0.0
    assert sum(changes(why).values()) == pytest.approx(why.change, abs=EXACT)
    assert "rest" not in changes(explain(data, state="PHL", domain="economic", run=1))


def test_a_tie_of_zero_is_told_and_later_years_are_explained():
    data = history(7)
    data["security_tie"].loc[{"year": 2023, "state": "LAO", "option": "USA"}] = 0.0
    with pytest.raises(NoTie, match="above zero from 2024"):
        explain(data, state="LAO", domain="security", years=(2023, 2026))
    why = explain(data, state="LAO", domain="security")
    assert why.years == (2024, 2028)
    assert sum(changes(why).values()) == pytest.approx(why.change, abs=EXACT)
    gap = explain_difference(data, history(8), state="LAO", domain="security", year=2025)
    assert sum(changes(gap).values()) == pytest.approx(gap.change, abs=EXACT)
    told, untold = of_domains(lambda d: explain(data, state="LAO", domain=d, years=(2023, 2026)))
    assert [why.domain for why in told] == ["economic"] and len(untold) == 1


def test_a_tie_that_is_never_there_is_told():
    data = history(9)
    data["economic_tie"].loc[{"option": "JPN"}] = 0.0
    with pytest.raises(NoTie, match="in every year"):
        explain(data, state="PHL", domain="economic", options=("JPN", "CHN"))


def test_explaining_leaves_the_history_as_it_was():
    data = history(10)
    before = data.copy(deep=True)
    explain(data, state="PHL", domain="security")
    assert data.identical(before)


def test_the_table_has_a_row_a_reason():
    whys, _ = of_domains(lambda domain: explain(history(11), state="PHL", domain=domain))
    rows = table(whys)
    assert list(rows["domain"].unique()) == ["security", "economic"]
    for why in whys:
        own = rows[rows["domain"] == why.domain]
        assert own["change"].sum() == pytest.approx(why.change, abs=EXACT)
        sides = own[["by_first", "by_second"]].sum(axis=1)
        assert sides.iloc[:-2].to_numpy() == pytest.approx(own["change"].iloc[:-2].to_numpy())


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"state": "XXX"}, "valid names are BRN"),
        ({"domain": "securty"}, "did you mean security"),
        ({"options": ("USA", "RUS")}, "an option is 'RUS'; did you mean USA"),
        ({"options": ("USA", "USA")}, "two different"),
        ({"run": 7}, "runs 0 to 6"),
        ({"years": (2022, 2025)}, "from 2023"),
        ({"years": 2029}, "to 2028"),
        ({"years": (2026, 2025)}, "before the last"),
    ],
)
def test_what_the_history_does_not_have_is_refused(asked, told):
    with pytest.raises(UserError, match=told):
        explain(history(0), **{"state": "PHL", "domain": "security"} | asked)


def test_a_history_without_terms_says_how_to_get_them():
    bare = history(0).drop_vars(["security_term", "economic_term"])
    with pytest.raises(UserError, match="terms=True"):
        explain(bare, state="PHL", domain="security")


def test_histories_of_other_years_are_not_compared():
    data = history(0)
    with pytest.raises(UserError, match="differ in their years"):
        explain_difference(data, data.isel(year=slice(0, 4)), state="PHL", domain="security")
