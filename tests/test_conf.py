"""The configuration folder: every choice composes, and numbers stand once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml

from sim.composition.check import check_names, choices_of, groups_of
from sim.composition.compose import CONF, Source, compose
from sim.composition.options import take_options
from sim.config import build, defaults
from sim.config.settings import THEORIES
from sim.world.roster import WORLDS
from sim.world.scenario import effects, idle_events

HERE = Source(folder=CONF, name="config")
CHOICES = [(group, choice) for group in groups_of(HERE) for choice in choices_of(HERE, group)]
WANTED = {
    "policy/japan": {"none", "osa_2023", "osa_expanded", "lethal_exports"},
    "policy/china": {"restrained", "status_quo", "assertive", "charm"},
    "policy/united_states": {"engaged", "transactional", "retrenched"},
    "scenario": {
        *("managed", "baseline", "cold_war", "sea_clash"),
        *("taiwan_crisis", "taiwan_war", "us_retreat"),
    },
    "theory": set(THEORIES),
    "world": set(WORLDS),
}


def settings(*overrides):
    return build(take_options(compose(HERE, overrides))[1])


def test_every_named_choice_is_there():
    """One's own choices may stand beside them."""
    assert set(groups_of(HERE)) == set(WANTED)
    for group, choices in WANTED.items():
        assert choices <= set(choices_of(HERE, group)), group


@pytest.mark.parametrize(("group", "choice"), CHOICES)
def test_every_choice_composes_into_settings(group, choice):
    made = settings(f"{group}={choice}")
    check_names(made)


@pytest.mark.parametrize(("group", "choice"), CHOICES)
def test_every_file_opens_with_its_meaning_and_its_command(group, choice):
    text = (CONF / group / f"{choice}.yaml").read_text(encoding="utf-8")
    assert text.startswith("#")
    assert f"{group}={choice}" in text


@pytest.mark.parametrize(("group", "choice"), [c for c in CHOICES if c[0].startswith("policy")])
def test_a_policy_file_names_only_what_differs(group, choice):
    given = yaml.safe_load((CONF / group / f"{choice}.yaml").read_text(encoding="utf-8")) or {}
    given.pop("defaults", None)
    power = group.rpartition("/")[2]
    same = {name for name, value in given.items() if defaults()["policy"][power][name] == value}
    assert not same


def test_nothing_chosen_is_what_is_declared():
    declared_alone = build({**defaults(), "states": list(WORLDS["asean10"])})
    assert settings() == declared_alone


@pytest.mark.parametrize("world", WORLDS)
def test_worlds_hold_the_states_of_the_roster(world):
    assert settings(f"world={world}").states == WORLDS[world]


@pytest.mark.parametrize("theory", THEORIES)
def test_a_theory_carries_its_name(theory):
    assert settings(f"theory={theory}").theory == theory


@pytest.mark.parametrize("scenario", sorted(WANTED["scenario"]))
def test_a_scenario_carries_its_name(scenario):
    assert settings(f"scenario={scenario}").scenario.name == scenario


def test_theories_differ_in_the_direction_their_authors_give():
    insurance, threat = settings(), settings("theory=balance_of_threat")
    power, commerce = settings("theory=balance_of_power"), settings("theory=commerce")
    assert threat.rules.security.threat > insurance.rules.security.threat
    assert threat.rules.threat.intent > insurance.rules.threat.intent
    assert power.rules.threat.intent == power.rules.security.trust == 0
    assert commerce.rules.economic.attraction > insurance.rules.economic.attraction
    assert commerce.rules.security.threat < insurance.rules.security.threat


def test_in_the_war_every_event_counts_and_every_power_asks():
    war = settings("scenario=taiwan_war")
    assert idle_events(war) == []
    assert {event.kind for event in war.scenario.events} >= {"war", "demand", "legitimacy"}
    added = effects(
        war.scenario.events,
        states=war.states,
        partners=war.partners,
        year=war.scenario.events[0].year,
    )
    asked = np.clip(added["demand"] + added["war"], 0.0, 1.0)
    assert (asked > 0.5).all() and asked[war.states.index("PHL"), 1] == 1.0


def test_policies_are_ordered_as_their_names_say():
    none, now, more, lethal = (
        settings(f"policy/japan={name}").policy.japan
        for name in ("none", "osa_2023", "osa_expanded", "lethal_exports")
    )
    assert none.osa_budget == none.exercises == none.capacity_building == 0
    assert none.oda == now.oda > 0
    assert 0 < now.osa_budget < more.osa_budget == lethal.osa_budget
    assert (now.export_rule, more.export_rule, lethal.export_rule) == (
        "nonlethal",
        "eased",
        "lethal",
    )
    calm, usual, harsh, charm = (
        settings(f"policy/china={name}").policy.china
        for name in ("restrained", "status_quo", "assertive", "charm")
    )
    assert calm.gray_zone < usual.gray_zone < harsh.gray_zone
    assert calm.coercion < usual.coercion < harsh.coercion
    assert charm.inducement > usual.inducement and charm.gray_zone < usual.gray_zone
    engaged, deal, gone = (
        settings(f"policy/united_states={name}").policy.united_states
        for name in ("engaged", "transactional", "retrenched")
    )
    assert engaged.assistance > deal.assistance > gone.assistance
    assert engaged.credibility > deal.credibility > gone.credibility
    assert deal.pressure > engaged.pressure > gone.pressure


def test_rivalry_rises_from_managed_to_cold_war():
    managed, base, cold = (
        settings(f"scenario={name}").scenario.rivalry
        for name in ("managed", "baseline", "cold_war")
    )
    assert managed < base < cold


@pytest.mark.parametrize("path", sorted(CONF.rglob("*.yaml")), ids=lambda path: path.stem)
def test_configuration_names_no_code(path: Path):
    assert "_target_:" not in path.read_text(encoding="utf-8")
