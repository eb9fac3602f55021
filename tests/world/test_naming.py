"""States and powers by code or name wherever settings name them; events that change nothing are told of."""

from __future__ import annotations

import pytest

from sim.config import build
from sim.errors import UserError
from sim.world.naming import with_codes
from sim.world.scenario import effects, idle_events

CLASH = {"year": 2027, "kind": "incident", "size": 5, "state": "philippines", "partner": "China"}


def test_every_name_in_settings_becomes_its_code():
    given = {
        "states": ["Vietnam", "phl"],
        "partners": ["china", "United States", "JPN", "India"],
        "policy": {"japan": {"custom": {"Vietnam": 2}}, "others": {"india": {"presence": 0.2}}},
        "scenario": {"events": [CLASH]},
    }
    coded = with_codes(build(given))
    assert coded.states == ("VNM", "PHL") and coded.partners == ("CHN", "USA", "JPN", "IND")
    assert coded.policy.japan.custom == {"VNM": 2.0} and list(coded.policy.others) == ["IND"]
    assert (coded.scenario.events[0].state, coded.scenario.events[0].partner) == ("PHL", "CHN")
    assert with_codes(coded) == coded


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"states": ["Phillipines"]}, "did you mean Philippines"),
        ({"states": ["PHL", "Philippines"]}, "names PHL twice"),
        ({"partners": ["CHN", "Chna"]}, "did you mean"),
        ({"policy": {"japan": {"custom": {"PHL": 1, "philippines": 2}}}}, "names PHL twice"),
        ({"scenario": {"events": [{**CLASH, "partner": "Chyna"}]}}, "did you mean China"),
    ],
)
def test_a_name_of_nobody_is_refused_with_the_nearest(given, message):
    with pytest.raises(UserError, match=message):
        with_codes(build(given))


def test_an_unknown_name_in_an_event_is_not_said_to_stand_in_a_file():
    with pytest.raises(UserError) as refused:
        with_codes(build({"scenario": {"events": [{**CLASH, "state": "Phillipines"}]}}))
    assert "in scenario.events, the incident of 2027" in str(refused.value)
    assert "conf/" not in str(refused.value)


def test_an_event_counts_by_name_as_by_code():
    events = build({"scenario": {"events": [CLASH]}}).scenario.events
    added = effects(events, states=["VNM", "PHL"], partners=["CHN", "USA"], year=2027)
    assert added["incident"].tolist() == [[0, 0], [5, 0]]


@pytest.mark.parametrize(
    ("event", "settings", "told"),
    [
        ({}, {"years": {"last": 2026}}, "the simulated years are 2024 to 2026"),
        ({"year": 2023}, {}, "the simulated years are 2024 to 2040"),
        ({"year": 2020, "until": 2023}, {}, "the simulated years are 2024 to 2040"),
        ({"year": 2020, "until": 2024}, {}, ""),
        ({}, {}, ""),
        ({}, {"states": ["VNM"]}, "PHL is not among the states"),
        ({}, {"partners": ["USA", "JPN"]}, "CHN is not among the partners"),
        ({"year": 2020, "kind": "presence", "size": 0.1}, {}, ""),
    ],
)
def test_an_event_that_changes_nothing_is_told_with_the_reason(event, settings, told):
    given = build({**settings, "scenario": {"events": [{**CLASH, **event}]}})
    notes = idle_events(given)
    assert len(notes) == bool(told) and all(told in note for note in notes)


@pytest.mark.parametrize("nothing", [[], None, "PHL", [[["PHL"]]], ["PHL", 1]])
def test_partners_and_states_are_lists_of_names(nothing):
    with pytest.raises(UserError, match="partners is"):
        build({"partners": nothing})
    if nothing != []:
        with pytest.raises(UserError, match="states is"):
            build({"states": nothing})


def test_a_value_nested_deeply_is_repeated_in_short():
    deep = ["PHL"]
    for _ in range(5_000):
        deep = [deep]
    for given in ({"states": deep}, {"scenario": {"events": deep}}, {"seed": deep}):
        with pytest.raises(UserError) as refused:
            build(given)
        assert len(str(refused.value)) < 400
