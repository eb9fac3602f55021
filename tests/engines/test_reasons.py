"""Both engines give the same reasons, of which the mechanisms that are switched off give none."""

from __future__ import annotations

from copy import deepcopy
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sim.rules.alignment import PARTNER_TERMS

from sim.composition.compose import CONF, Source, compose
from sim.composition.options import take_options
from sim.config import Settings, build
from sim.config.settings import THEORIES, as_mapping, declared
from sim.engines.ensemble import simulate as many
from sim.engines.region import simulate as one
from sim.outcomes.why import NoTie, explain, explain_difference

STATES = ("PHL", "VNM", "KHM", "MYS")
SMALL = {"states": list(STATES), "years": {"last": 2028}, "runs": 7}
DOMAINS = ("security", "economic")


@cache
def future(**changed):
    """Seven runs with the dotted settings changed, two underscores for a dot."""
    given = deepcopy(SMALL)
    for path, value in changed.items():
        *groups, name = path.split("__")
        inner = given
        for group in groups:
            inner = inner.setdefault(group, {})
        inner[name] = value
    return many(build(given), terms=True)


def sums(why):
    return sum(reason.change for reason in why.reasons)


futures = st.builds(
    future,
    rules__security__adjustment=st.sampled_from((0.01, 1.0)),
    policy__china__gray_zone=st.sampled_from((0.0, 1.0)),
)
cells = st.fixed_dictionaries(
    {
        "state": st.sampled_from(STATES),
        "domain": st.sampled_from(DOMAINS),
        "run": st.integers(0, 6),
    }
)


@settings(max_examples=12)
@given(futures, futures, cells, st.integers(2025, 2028))
def test_reasons_sum_exactly_whatever_the_settings(data, other, cell, last):
    why = explain(data, years=(2024, last), **cell)
    ties = data[f"{cell['domain']}_tie"].sel(state=cell["state"], run=cell["run"])
    odds = np.log((ties.sel(option="USA") / ties.sel(option="CHN")).sel(year=[2024, last]))
    moved = float(odds[1] - odds[0])
    assert sums(why) == pytest.approx(moved, abs=1e-12)
    gap = explain_difference(data, other, year=last, **cell)
    assert sums(gap) == pytest.approx(gap.change, abs=1e-12)


def believed(theory, **changed):
    """A small world whose states choose by a theory, with some of its numbers drawn anew."""
    given = compose(Source(folder=CONF, name="config"), [f"theory={theory}"])
    mapping = as_mapping(build(take_options(given)[1])) | deepcopy(SMALL)
    mapping["years"] = {"first": 2024, "last": 2028}
    for path, value in changed.items():
        *groups, name = path.split(".")
        inner = mapping
        for group in groups:
            inner = inner[group]
        inner[name] = value
    return many(build(mapping), terms=True)


WEIGHTS = tuple(
    name
    for name, one in declared().items()
    if name.startswith(("rules.", "policy.china.", "policy.united_states."))
    and one.kind == "number"
    and one.low < one.high
)
drawn = st.dictionaries(st.sampled_from(WEIGHTS), st.floats(0, 1), max_size=6).map(
    lambda shares: {
        name: declared()[name].low + share * (declared()[name].high - declared()[name].low)
        for name, share in shares.items()
    }
)


@settings(max_examples=10, deadline=None)
@given(st.permutations(THEORIES), drawn, drawn, cells, st.integers(2025, 2028))
def test_reasons_sum_exactly_whatever_the_theories(names, one, other, cell, last):
    data, against = believed(names[0], **one), believed(names[1], **other)
    for why in (
        lambda: explain(data, years=(2024, last), **cell),
        lambda: explain_difference(data, against, year=last, **cell),
    ):
        try:
            found = why()
        except NoTie:  # a tie driven to zero has no log-odds
            continue
        assert sums(found) == pytest.approx(found.change, abs=1e-12)
        assert np.isfinite(found.change)


@pytest.mark.parametrize("state", STATES)
def test_both_engines_give_the_same_reasons(state):
    alone = one(build(SMALL), run=3)
    for domain in DOMAINS:
        asked = {"state": state, "domain": domain, "run": 3, "years": (2024, 2028)}
        first, second = explain(alone, **asked), explain(future(), **asked)
        for mine, theirs in zip(first.reasons, second.reasons, strict=True):
            assert mine.change == pytest.approx(theirs.change, abs=1e-10)


@pytest.mark.parametrize("term", [*PARTNER_TERMS, "room"])
def test_a_mechanism_switched_off_gives_no_reason(term):
    weighed = [name for name in DOMAINS if hasattr(getattr(Settings().rules, name), term)]
    off = {f"rules__{name}__{term}": 0.0 for name in weighed}
    data = future(**{"rules__room__shrink": 0.0} if term == "room" else off)
    for domain in DOMAINS:
        why = explain(data, state="VNM", domain=domain, years=(2024, 2028), run=1)
        found = {reason.term: reason.change for reason in why.reasons}
        assert found[term] == 0.0 and any(found.values())


def test_no_reason_is_given_for_policies_that_do_not_differ():
    for domain in DOMAINS:
        asked = {"state": "PHL", "domain": domain, "run": 2}
        why = explain_difference(future(), future(), **asked)
        assert {reason.change for reason in why.reasons} == {0.0}


def test_a_weight_that_differs_explains_the_difference_it_makes():
    why = explain_difference(
        future(rules__security__trust=1.4),
        future(),
        state="PHL",
        domain="security",
        year=2024,
        run=0,
    )
    found = {reason.term: reason.change for reason in why.reasons}
    assert abs(found["trust"]) > 1e-3
    assert {term for term, change in found.items() if change} <= {"trust", "inertia"}


def test_what_observation_left_at_zero_is_explained_from_the_first_choice():
    why = explain(future(), state="KHM", domain="security")
    assert why.years == (2024, 2028) and sums(why) == pytest.approx(why.change, abs=1e-12)
