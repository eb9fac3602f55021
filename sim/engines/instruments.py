"""From policy levers to what each power does: the one place where lever names become the rules' quantities."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.axes import Array
from sim.config import Settings
from sim.config.levers import ALLOCATIONS, China, Japan, OtherPower, Policy, UnitedStates
from sim.config.mechanisms import Courtship, Rules
from sim.rules.courtship.united_states import split_assistance
from sim.rules.record import PolicyInstruments

OWN_NUMBERS = {"CHN": "china", "USA": "united_states", "JPN": "japan"}
MILLIONS = 1000.0  # in a (US) billion

INSTRUMENTS = (
    "security_budget",
    "economic_budget",
    "effectiveness",
    "sting",
    "training",
    "exercises",
    "exchange",
    "ambition",
    "coerciveness",
    "credibility",
    "presence",
    "camp",
)
NO_INSTRUMENTS: dict[str, Any] = dict.fromkeys(INSTRUMENTS, 0.0) | {
    "effectiveness": 1.0,
    "allocation": "historical",
}


def policy_instruments(
    policy: Policy, rules: Rules, *, partners: Sequence[str], events: dict[str, Array]
) -> PolicyInstruments:
    """What the powers do in one year, every array (1, partner).

    Parameters
    ----------
    policy : the levers. rules : effects of the export rules, and how readily acts and trade follow each power.
    partners : codes in order.
    events : what dated events add this year, from `sim.world.scenario.effects`.
    """
    deeds = [_instrument_values(code, policy, rules.courtship) for code in partners]
    rows = {name: np.array([[deed[name] for deed in deeds]], dtype=float) for name in INSTRUMENTS}
    for name, kind in (
        ("ambition", "ambition"),
        ("coerciveness", "coercion"),
        ("credibility", "credibility"),
        ("presence", "presence"),
    ):
        rows[name] = np.clip(rows[name] + events[kind], 0.0, 1.0)
    allocation = {
        rule: np.array([[float(deed["allocation"] == rule) for deed in deeds]])
        for rule in ALLOCATIONS
    }
    return PolicyInstruments(allocation=allocation, **rows, **readiness(partners, rules))


def declared_conduct(
    settings: Settings, partners: Sequence[str], added: dict[str, Array]
) -> PolicyInstruments:
    """What the powers do by the declared policies, whatever the settings' own: the usual that a lever departs from.

    Parameters
    ----------
    settings : for the rules' numbers, and for the policies of powers beyond the three. partners : codes in order.
    added : what the record adds in the year.
    """
    usual = Policy(others=settings.policy.others)
    return policy_instruments(usual, settings.rules, partners=partners, events=added)


def readiness(partners: Sequence[str], rules: Rules) -> dict[str, Any]:
    """How readily states step up and down with each power, and how fast trade with it moves.

    Returns
    -------
    name -> (1, partner), or (run, 1, partner) where the rules' numbers differ by run, (run, 1, 1) each.
    """
    names = [OWN_NUMBERS.get(code, "other") for code in partners]
    return {
        "up": _row([getattr(rules.acts, f"up_{name}") for name in names]),
        "down": _row([getattr(rules.acts, f"down_{name}") for name in names]),
        "pace": _row([getattr(rules.stocks, f"pace_{name}") for name in names]),
    }


def with_readiness(
    conduct: PolicyInstruments, partners: Sequence[str], rules: Rules
) -> PolicyInstruments:
    """The same conduct, with the rules' own readiness of steps and pace of trade."""
    return dataclasses.replace(conduct, **readiness(partners, rules))


def _row(values: Sequence[Array | float]) -> Array:
    planes = np.broadcast_arrays(*(np.asarray(value, dtype=float) for value in values))
    if planes[0].ndim == 0:
        return np.array([planes], dtype=float)
    return np.asfortranarray(np.concatenate(planes, axis=-1))


def _instrument_values(code: str, policy: Policy, numbers: Courtship) -> dict[str, Any]:
    if code == "JPN":
        return NO_INSTRUMENTS | _japan_instruments(policy.japan, numbers)
    if code == "CHN":
        return NO_INSTRUMENTS | _china_instruments(policy.china)
    if code == "USA":
        return NO_INSTRUMENTS | _united_states(policy.united_states)
    return NO_INSTRUMENTS | _other_instruments(policy.others.get(code, OtherPower()))


def _japan_instruments(levers: Japan, numbers: Courtship) -> dict[str, Any]:
    effect = {"nonlethal": 1.0, "eased": numbers.eased_effect, "lethal": numbers.lethal_effect}
    sting = {"nonlethal": 0.0, "eased": numbers.eased_sting, "lethal": numbers.lethal_sting}
    return {
        "security_budget": levers.osa_budget * MILLIONS / levers.exchange_rate,
        "economic_budget": levers.oda * MILLIONS,
        "allocation": levers.allocation,
        "effectiveness": effect[levers.export_rule],
        "sting": sting[levers.export_rule],
        "training": levers.capacity_building,
        "exercises": levers.exercises,
        "exchange": levers.people_to_people,
        "credibility": levers.credibility,
        "presence": levers.presence,
        "camp": levers.camp,
    }


def _china_instruments(levers: China) -> dict[str, Any]:
    return {
        "economic_budget": levers.inducement * MILLIONS,
        "ambition": levers.gray_zone,
        "coerciveness": levers.coercion,
        "credibility": levers.credibility,
        "presence": levers.presence,
        "camp": levers.camp,
    }


def _united_states(levers: UnitedStates) -> dict[str, Any]:
    security, development = split_assistance(
        budget=levers.assistance * MILLIONS, security_share=levers.security_share
    )
    return {
        "security_budget": security,
        "economic_budget": development,
        "exercises": levers.exercises,
        "coerciveness": levers.pressure,
        "credibility": levers.credibility,
        "presence": levers.presence,
        "camp": levers.camp,
    }


def _other_instruments(levers: OtherPower) -> dict[str, Any]:
    return {
        "security_budget": levers.security_aid * MILLIONS,
        "economic_budget": levers.economic_aid * MILLIONS,
        "training": levers.training,
        "exercises": levers.exercises,
        "exchange": levers.people_to_people,
        "ambition": levers.gray_zone,
        "coerciveness": levers.coercion,
        "credibility": levers.credibility,
        "presence": levers.presence,
        "camp": levers.camp,
    }
