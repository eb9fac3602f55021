"""The settings: every number declared once, every mistake told in one message, nothing changed afterwards."""

from __future__ import annotations

import dataclasses
import math
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.config import Settings, build, declared, defaults
from sim.config.declare import Declaration
from sim.config.settings import EVENT_KINDS, as_mapping
from sim.errors import UserError, nearest

DECLARED = declared()
NUMBERS = {name: d for name, d in DECLARED.items() if d.kind != "choice"}
CHOICES = {name: d for name, d in DECLARED.items() if d.kind == "choice"}
# A number without a unit beyond [-1, 1] must be one of these by nature.
DIMENSIONLESS = (
    "weight",
    "worth",
    "cost",
    "steepness",
    "log-odds",
    "threat",
    "drive",
    "room",
    "salience",
    "grievance",
    "capacity",
    "elasticity",
    "how",
    "pressure",
    "seed",
    "number of",
)


def _nested(name: str, value: Any) -> dict[str, Any]:
    head, _, rest = name.partition(".")
    return {head: _nested(rest, value) if rest else value}


def _found(settings: Settings, name: str) -> Any:
    value: Any = settings
    for part in name.split("."):
        value = getattr(value, part)
    return value


def _refused(given_: Any) -> UserError:
    with pytest.raises(UserError) as refused:
        build(given_)
    error = refused.value
    assert error.given
    assert error.allowed
    assert error.where
    assert error.exit_status == 2
    for part in (error.given, error.allowed, error.where):
        assert part in str(error)
    return error


@pytest.mark.parametrize("name", DECLARED)
def test_a_declaration_is_whole(name: str) -> None:
    """It says what it is and where it comes from; its default lies in its range."""
    declaration = DECLARED[name]
    assert declaration.doc
    assert declaration.source
    if declaration.kind == "choice":
        assert declaration.default in declaration.choices
        return
    assert declaration.low < declaration.high
    assert declaration.low <= declaration.default <= declaration.high
    if not declaration.unit and (declaration.low < -1.0 or declaration.high > 1.0):
        assert any(word in declaration.doc for word in DIMENSIONLESS), "a unit is missing"


def test_defaults_build_the_default_settings() -> None:
    """Nothing given, or all defaults given, is the same."""
    assert build({}) == build(defaults()) == Settings()


def test_what_is_built_can_be_written_out_and_built_again() -> None:
    """Settings, plain mapping, settings: nothing is lost, events and other powers included."""
    settings = build(
        {
            "policy": {
                "japan": {"osa_budget": 7, "custom": {"PHL": 2, "VNM": 1}},
                "others": {"IND": {"security_aid": 0.2}},
            },
            "scenario": {
                "name": "two blows",
                "events": [
                    {"year": 2027, "kind": "incident", "size": 5, "state": "PHL", "partner": "CHN"},
                    {"year": 2028, "kind": "ambition", "size": 0.1, "until": 2030, "note": "ships"},
                ],
            },
            "states": ["PHL", "VNM"],
            "years": {"last": 2030},
        }
    )
    assert build(as_mapping(settings)) == settings
    assert pickle.loads(pickle.dumps(settings)) == settings


@given(name=st.sampled_from(sorted(NUMBERS)), place=st.floats(0.0, 1.0))
def test_a_number_within_its_range_is_taken_as_it_is(name: str, place: float) -> None:
    """And lands where its name says, in its declared type."""
    declaration = NUMBERS[name]
    value = min(declaration.low + place * (declaration.high - declaration.low), declaration.high)
    if declaration.kind == "integer":
        value = min(int(value), int(declaration.high))
    if name.startswith("years."):
        return
    told = _found(build(_nested(name, value)), name)
    assert told == value
    assert isinstance(told, int if declaration.kind == "integer" else float)


@given(
    name=st.sampled_from(sorted(NUMBERS)),
    beyond=st.floats(1e-3, 1e9) | st.just(math.inf) | st.just(math.nan),
    above=st.booleans(),
)
def test_a_number_out_of_range_is_refused(name: str, beyond: float, above: bool) -> None:
    """The message says which setting, what it was, what may be, and how to change it."""
    declaration = NUMBERS[name]
    value = declaration.high + 1.0 + beyond if above else declaration.low - 1.0 - beyond
    if declaration.low <= value <= declaration.high:  # lost in rounding beside a very large bound
        value = 2.0 * declaration.high
    error = _refused(_nested(name, value))
    assert name in error.given
    assert repr(value) in error.given
    assert declaration.allowed in error.allowed
    assert declaration.unit in error.allowed
    assert f"{name}=" in error.where


@given(
    name=st.sampled_from(sorted(NUMBERS)),
    value=st.text(max_size=5) | st.none() | st.booleans() | st.lists(st.integers(), max_size=2),
)
def test_what_is_no_number_is_refused(name: str, value: Any) -> None:
    """Text, nothing, yes and no, and lists are not numbers."""
    error = _refused(_nested(name, value))
    assert name in error.given
    assert "number" in error.allowed


@pytest.mark.parametrize("name", ["runs", "seed", "policy.japan.osa_budget"])
def test_a_number_too_large_for_any_machine_is_refused_too(name: str) -> None:
    """A whole number of four hundred digits is out of range, not a crash."""
    assert name in _refused(_nested(name, 10**400)).given


@pytest.mark.parametrize("name", ["runs", "seed", "years.last"])
def test_a_whole_number_must_be_whole(name: str) -> None:
    """2030.5 is refused; 2030.0 is 2030."""
    assert "whole number" in _refused(_nested(name, 2030.5)).allowed
    told = _found(build(_nested(name, 2030.0)), name)
    assert told == 2030
    assert isinstance(told, int)


@given(
    name=st.sampled_from(sorted(CHOICES)),
    value=st.text(max_size=8) | st.integers() | st.none() | st.just(["equal"]),
)
def test_what_is_no_choice_is_refused(name: str, value: Any) -> None:
    """The message names every valid choice."""
    declaration = CHOICES[name]
    if value in declaration.choices:
        return
    error = _refused(_nested(name, value))
    assert name in error.given
    for valid in declaration.choices:
        assert valid in error.allowed


@pytest.mark.parametrize(
    ("given_", "meant"),
    [
        ({"policy": {"japan": {"osa_budgt": 3}}}, "policy.japan.osa_budget"),
        ({"rules": {"threat": {"gradent": 3}}}, "rules.threat.gradient"),
        ({"polcy": {}}, "policy"),
        ({"yeers": {}}, "years"),
        ({"policy": {"others": {"IND": {"exercise": 3}}}}, "policy.others.IND.exercises"),
    ],
)
def test_an_unknown_name_is_met_with_the_nearest_ones(given_: dict[str, Any], meant: str) -> None:
    """A slip of the pen is answered with what was probably meant."""
    assert meant in _refused(given_).allowed


@pytest.mark.parametrize(
    "given_",
    [
        {"policy": 3},
        {"policy": {"japan": [1]}},
        {"states": "PHL"},
        {"states": ["PHL", 3]},
        {"states": ["PHL", "PHL"]},
        {"partners": 5},
        {"world": 7},
        {"scenario": {"name": 7}},
        {"scenario": {"events": "war"}},
        {"scenario": {"events": ["war"]}},
        {"scenario": {"events": [{"year": 2025, "kind": "growth"}]}},
        {"scenario": {"events": [{"year": 2025, "kind": "storm", "size": 1}]}},
        {"scenario": {"events": [{"year": 1925, "kind": "growth", "size": 1}]}},
        {"scenario": {"events": [{"year": 2025, "kind": "growth", "size": "big"}]}},
        {"scenario": {"events": [{"year": 2025, "kind": "growth", "size": 1, "who": "PHL"}]}},
        {"scenario": {"events": [{"year": 2025, "kind": "growth", "size": 1, "state": 5}]}},
        {"scenario": {"events": [{"year": 2025, "kind": ["growth"], "size": 1}]}},
        {"policy": {"japan": {"custom": [1, 2]}}},
        {"policy": {"japan": {"custom": {"PHL": -1}}}},
        {"policy": {"others": ["IND"]}},
        {"years": {"first": 2024, "last": 2023}},
    ],
    ids=str,
)
def test_what_has_the_wrong_shape_is_refused(given_: dict[str, Any]) -> None:
    """Never a traceback for a user's mistake."""
    _refused(given_)


@pytest.mark.parametrize("kind", EVENT_KINDS)
def test_every_kind_of_event_can_be_declared(kind: str) -> None:
    """An event needs no more than a year, a kind and a size."""
    event = {"year": 2026, "kind": kind, "size": 0.1}
    (told,) = build({"scenario": {"events": [event]}}).scenario.events
    assert (told.year, told.kind, told.size) == (2026, kind, 0.1)
    assert told.state == told.partner == ""


def test_settings_cannot_be_changed() -> None:
    """At no depth."""
    settings: Any = Settings()
    for group, name in (
        (settings, "seed"),
        (settings.policy.japan, "osa_budget"),
        (settings.rules.threat, "gradient"),
        (settings.years, "last"),
    ):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(group, name, 3)


def test_what_is_built_does_not_follow_what_it_was_built_from() -> None:
    """Changing the mapping afterwards changes no settings."""
    custom = {"PHL": 2.0}
    settings = build({"policy": {"japan": {"custom": custom}}})
    custom["PHL"] = 9.0
    assert settings.policy.japan.custom == {"PHL": 2.0}


def test_an_error_survives_the_way_between_processes() -> None:
    """A worker's refusal arrives whole."""
    error = UserError(given="x is 3", allowed="it must be less", where="on the command line: x=2")
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error)
    assert (again.given, again.allowed, again.where) == (error.given, error.allowed, error.where)


@given(name=st.text(max_size=12))
def test_some_valid_name_is_always_offered(name: str) -> None:
    """However far off the mistake."""
    assert any(valid in nearest(name, ["oda", "exercises"]) for valid in ("oda", "exercises"))


def test_what_is_allowed_is_told_in_words() -> None:
    """Range and unit, whole number or not, or the list of names."""
    number = Declaration(kind="number", default=1.0, doc="", unit="km", low=0.0, high=5.0)
    whole = Declaration(kind="integer", default=1, doc="", low=0, high=5)
    name = Declaration(kind="choice", default="a", doc="", choices=("a", "b"))
    assert number.allowed == "it must be a number between 0 and 5 km"
    assert whole.allowed == "it must be a whole number between 0 and 5"
    assert name.allowed == "it must be one of a, b"
