"""Facts about addresses: a set-up survives the round trip, and a spoilt address says what is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.config.settings import as_mapping
from sim.dashboard import share
from sim.dashboard.controls import SHARED, controls
from sim.dashboard.measures import MEASURES
from sim.dashboard.presets import OF_SIDE, USUAL, presets
from sim.dashboard.setup import START, Setup, Side, read, settings_of
from sim.dashboard.share import REGION, View
from sim.errors import UserError

FREE = [name for name in controls() if name not in SHARED]


@st.composite
def sides(draw: st.DrawFn) -> Side:
    """Any scenario a visitor can set."""
    groups = draw(st.lists(st.sampled_from(OF_SIDE), unique=True))
    choices = {group: draw(st.sampled_from(sorted(presets()[group]))) for group in groups}
    names = draw(st.lists(st.sampled_from(FREE), unique=True, max_size=5))
    changes = {name: draw(values(name)) for name in names}
    usual = {group: name for group, name in choices.items() if name != USUAL[group]}
    return Side(choices=usual, changes=changes)


def values(name: str) -> st.SearchStrategy[object]:
    """Any value that a setting may take."""
    told = controls()[name].declaration
    if told.kind == "choice":
        return st.sampled_from(told.choices)
    return st.floats(told.low, told.high, allow_nan=False)


SETUPS = st.builds(
    Setup,
    a=sides(),
    b=sides(),
    both=st.builds(
        Side,
        choices=st.sampled_from([{}, {"world": "asean11"}]),
        changes=st.fixed_dictionaries({}, optional={"years.last": st.integers(2024, 2100)}),
    ),
)
VIEWS = st.builds(
    View,
    year=st.sampled_from([0, 2031]),
    place=st.sampled_from([REGION, "PHL"]),
    measure=st.sampled_from(sorted(MEASURES)),
    difference=st.booleans(),
)


@given(SETUPS, VIEWS)
def test_a_set_up_survives_the_round_trip(setup: Setup, view: View) -> None:
    assert share.read(share.write(setup, view)) == (setup, view, [])
    assert share.read("?" + share.write(setup, view))[0] == setup
    assert read(setup.as_data()) == setup


def test_an_empty_address_begins_with_more_aid_against_more_pressure() -> None:
    assert share.read("") == (START, View(), [])
    assert share.read(share.write(START))[0] == START


def test_both_sides_unchanged_have_an_address_of_their_own() -> None:
    assert share.write(Setup()) and share.read(share.write(Setup())) == (Setup(), View(), [])


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("a.policy/japan=osa_2032", "it must be one of"),
        ("a.policy.japan.osa_budget=500", "between 0 and 200"),
        ("a.policy.japan.osa_budget=lots", "must be a number"),
        ("a.policy.japan.osa_budget=nan", "must be a number"),
        ("b.policy.japan.osa_budgt=5", "did you mean policy.japan.osa_budget"),
        ("b.world=asean11", "is not a group of choices here"),
        ("a.runs=5", "runs is not a setting here"),
        ("a.theory=hope", "it must be one of"),
        ("policy/japan=none", "is not known"),
        ("c.scenario=cold_war", "is not known"),
        ("years.first=2035&years.last=2030", "between 2001 and 2024"),
        ("years.last=2010", "must not come before"),
        ("year=soon", "such as 2035"),
        ("place=ATL", "did you mean"),
        ("measure=algnment", "did you mean alignment"),
        ("=&&&=%00%ff", "is not known"),
        ("a.scenario.events=5", "is not a setting here"),
        ("x=" + "y" * 9000, "was not read"),
    ],
)
def test_a_spoilt_address_says_what_is_wrong_and_the_rest_is_used(query: str, told: str) -> None:
    setup, _, problems = share.read(f"a.scenario.rivalry=0.25&{query}")
    assert any(told in problem for problem in problems), problems
    settings_of(setup, "a")


def test_what_can_be_used_of_a_spoilt_address_is_used() -> None:
    setup, view, problems = share.read("a.scenario=cold_war&b.policy/china=rude&place=VNM")
    assert setup.a.choices == {"scenario": "cold_war"} and view.place == "VNM"
    assert len(problems) == 1


@given(st.text(max_size=60))
def test_no_address_breaks_the_page(query: str) -> None:
    setup, view, problems = share.read(query)
    assert isinstance(setup, Setup) and isinstance(view, View) and isinstance(problems, list)


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "setup",
        {},
        {"a": {}, "b": {}, "both": {}},
        {**Setup().as_data(), "c": {}},
        {**Setup().as_data(), "a": {"choices": {"world": "asean11"}, "changes": {}}},
        {**Setup().as_data(), "a": {"choices": {}, "changes": {"seed": 3}}},
        {**Setup().as_data(), "a": {"choices": {}, "changes": {"policy.japan.oda": "4"}}},
        {**Setup().as_data(), "both": {"choices": {}, "changes": {"runs": 10**9}}},
        {**Setup().as_data(), "both": {"choices": {"world": ["asean11"]}, "changes": {}}},
    ],
)
def test_what_is_no_set_up_is_refused(data: object) -> None:
    with pytest.raises(UserError):
        read(data)


def test_a_view_of_a_state_outside_the_world_shows_the_region() -> None:
    assert share.shown(View(place="TLS"), "asean10").place == REGION
    assert share.shown(View(place="TLS"), "asean11").place == "TLS"


def test_settings_hold_what_was_changed_last() -> None:
    side = Side(choices={"policy/japan": "none"}, changes={"policy.japan.osa_budget": 7.5})
    mapping = as_mapping(settings_of(Setup(a=side), "a", runs=7))
    assert mapping["policy"]["japan"]["osa_budget"] == 7.5
    assert mapping["policy"]["japan"]["exercises"] == 0 and mapping["runs"] == 7
