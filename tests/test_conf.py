"""The configuration folder: every choice composes, and numbers stand once."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from sim.composition.check import check_names, choices_of, groups_of
from sim.composition.compose import CONF, Source, compose
from sim.composition.dotted_names import flat
from sim.composition.options import take_options
from sim.config import build, declared, defaults
from sim.config.settings import THEORIES, as_mapping
from sim.config.theories import ALIGNMENTS, LOGIT
from sim.config.theory_claims import CLAIMS
from sim.ensemble import posterior
from sim.world.roster import WORLDS

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


@pytest.mark.parametrize("theory", THEORIES)
def test_a_theory_holds_what_it_claims(theory):
    values = flat(as_mapping(settings(f"theory={theory}")))
    for path, held in CLAIMS[theory].held.items():
        assert values[path] == held
    assert values["rules.theory.alignment"] == (theory if theory in ALIGNMENTS else LOGIT)


@pytest.mark.parametrize("theory", [name for name in THEORIES if name != "insurance"])
def test_a_theory_file_holds_medians_of_its_posterior_where_they_differ(theory):
    given = yaml.safe_load((CONF / "theory" / f"{theory}.yaml").read_text(encoding="utf-8"))
    named = {f"rules.{path}": value for path, value in flat(given["rules"]).items()}
    named.pop("rules.theory.alignment", None)
    own, held = posterior.read(posterior.path_of(theory)), CLAIMS[theory].held
    for path, value in named.items():
        assert value == held.get(path, float(f"{own[path].median():.2g}")), path
    for path in [str(name) for name in own if not str(name).startswith("error.")]:
        stands = named.get(path, declared()[path].default)
        assert abs(own[path].median() - stands) <= own[path].std(), path


def test_theories_claim_the_direction_their_authors_give():
    """Priors of their own lie beyond the declared ones, on the side that the school stands for."""
    known = declared()

    def beyond(theory, path):
        return CLAIMS[theory].priors[path].mean - known[path].prior.mean

    for school in ("balance_of_threat", "balance_of_power"):
        assert beyond(school, "rules.stance.protection") > 0
        assert beyond(school, "rules.acts.counterpressure") > 0
    assert beyond("balance_of_threat", "rules.acts.pressure") < 0
    assert (
        beyond("commerce", "rules.stance.leverage")
        > 0
        > beyond("commerce", "rules.stance.protection")
    )
    assert (
        CLAIMS["balance_of_threat"].held["rules.threat.intent"]
        > known["rules.threat.intent"].default
    )
    assert CLAIMS["balance_of_power"].held["rules.threat.intent"] == 0.0
    assert set(CLAIMS) == set(THEORIES) and all(one.source for one in CLAIMS.values())


def test_what_a_theory_claims_is_a_number_within_its_range():
    known = declared()
    for claims in CLAIMS.values():
        assert not set(claims.held) & set(claims.priors)
        for path, held in claims.held.items():
            assert known[path].low <= held <= known[path].high
        for path, prior in claims.priors.items():
            assert known[path].low <= prior.mean <= known[path].high


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
