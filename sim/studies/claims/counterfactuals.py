"""Counterfactual worlds that claims compare: each a few settings changed, under common random numbers.

Sizes are assumed unless a source stands beside them; they are fixed here, before any run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import xarray as xr

from sim.config import Settings
from sim.config.changes import with_changes
from sim.config.settings import Years, as_mapping

MODEST, LARGE = 2.0, 18.1  # JPY bn a year: OSA of FY2023 and FY2026 as in the data (osa_budget)
OSA, US = "policy.japan.osa_budget", "policy.united_states."
NO_JAPAN = ("osa_budget", "capacity_building", "exercises", "oda", "people_to_people")
NEVER = -8.0  # log-odds of a step up that is as good as none: the lower end of the declared range
JOINT = {"rules.resolve.threshold": -1.0}  # every claimant stands up, whatever its means
STRONG_US = {f"{US}credibility": 1.0, f"{US}presence": 0.9}
UNRELIABLE_US = {f"{US}credibility": 0.2}
EXPLICIT = {OSA: LARGE}  # the budget at which ways of giving are compared
TENSE = {"scenario.rivalry": 0.9}
FULL_RIVALRY = {
    "policy.china.gray_zone": 1.0,
    "policy.china.coercion": 1.0,
    "scenario.rivalry": 1.0,
}

# Events: `after` counts years from the first (default 0), `lasts` in years (default: to the last year).
Happening = Mapping[str, Any]
PRESSED: list[Happening] = [
    {
        "kind": "pressure",
        "size": 0.5,
        "partner": "CHN",
        "lasts": 3,
        "note": "pressed on all fronts",
    },
    {
        "kind": "incident",
        "size": 20.0,
        "partner": "CHN",
        "lasts": 1,
        "note": "a neighbour attacked",
    },
]
OFFER: Happening = {
    "kind": "demand",
    "size": 1.0,
    "partner": "USA",
    "after": 1,
    "lasts": 1,
    "note": "a pact on offer",
}
ASKED: list[Happening] = [
    {
        "kind": "demand",
        "size": 1.0,
        "partner": partner,
        "after": after,
        "lasts": 1,
        "note": "asks to take sides",
    }
    for after in (2, 6, 10, 14)
    for partner in ("CHN", "USA")
]
WAR_AFTER, WAR_YEARS = 2, 3  # the third to the fifth year
AT_WAR: list[Happening] = [
    {"kind": kind, "size": size, "after": WAR_AFTER, "lasts": WAR_YEARS, "note": note}
    for kind, size, note in (
        ("war", 1.0, "open war between the great powers"),
        ("growth", -3.0, "trade is interrupted (percent)"),
    )
]

# name -> (settings changed, events)
WORLDS: dict[str, tuple[Mapping[str, Any], list[Happening]]] = {
    "as it is": ({}, []),
    "no OSA": ({OSA: 0.0}, []),
    "modest OSA, equal shares": ({OSA: MODEST, "policy.japan.allocation": "equal"}, []),
    "large OSA": ({OSA: LARGE}, []),
    "joint resolve": ({OSA: 0.0, **JOINT}, []),
    "joint resolve, not deterring": (
        {OSA: 0.0, **JOINT, "rules.courtship.deterrence_collective": 0.0},
        [],
    ),
    "much Western aid": (
        {OSA: LARGE, "policy.japan.oda": 5.4, f"{US}assistance": 4.2, f"{US}exercises": 6.0},
        [],
    ),
    "strong US": (STRONG_US, []),
    "low rivalry": ({"scenario.rivalry": 0.2}, []),
    "high rivalry": (TENSE, []),
    "high rivalry, states asked to choose": (TENSE, ASKED),
    "passive Japan": (
        {f"policy.japan.{name}": 0.0 for name in (*NO_JAPAN, "credibility", "presence")}
        | {"rules.acts.up_japan": NEVER},
        [],
    ),
    "duopoly": ({"partners": ["CHN", "USA"]}, []),
    "large OSA along sea lanes": ({**EXPLICIT, "policy.japan.allocation": "sea_lanes"}, []),
    "large OSA to claimants": ({**EXPLICIT, "policy.japan.allocation": "claimants"}, []),
    "large lethal OSA": ({**EXPLICIT, "policy.japan.export_rule": "lethal"}, []),
    "large nonlethal OSA": ({**EXPLICIT, "policy.japan.export_rule": "nonlethal"}, []),
    "US withdrawal": (
        {
            f"{US}credibility": 0.3,
            f"{US}presence": 0.0,
            f"{US}assistance": 0.0,
            f"{US}exercises": 0.0,
        },
        [],
    ),
    "threat, reliable ally": (STRONG_US, [*PRESSED, OFFER]),
    "reliable ally": (STRONG_US, [OFFER]),
    "threat, unreliable ally": (UNRELIABLE_US, [*PRESSED, OFFER]),
    "unreliable ally": (UNRELIABLE_US, [OFFER]),
    "full rivalry": (FULL_RIVALRY, []),
    "open war": (FULL_RIVALRY, AT_WAR),
}


@dataclass(frozen=True, kw_only=True)
class CounterfactualRun:
    """Runs of one world: history, outcomes, and who is an ally of the United States.

    Parameters
    ----------
    history, outcomes : over run, year, state (partner). ally : (state,) defence pact with the United States.
    """

    history: xr.Dataset
    outcomes: xr.Dataset
    ally: xr.DataArray


def counterfactual_settings(settings: Settings, name: str) -> Settings:
    """The given settings, changed into the named world."""
    values, events = WORLDS[name]
    return with_changes(settings, {**values, **_events(settings, events)})


def settings_at_the_start(settings: Settings, name: str) -> Settings:
    """The named world but for what it changes in the rules, which comes with the first year."""
    values = {key: value for key, value in WORLDS[name][0].items() if not key.startswith("rules.")}
    return with_changes(settings, values)


def _events(settings: Settings, events: list[Happening]) -> dict[str, Any]:
    if not events:
        return {}
    before = [as_mapping(event) for event in settings.scenario.events]
    return {"scenario.events": [*before, *(_dated(event, settings.years) for event in events)]}


def _dated(event: Happening, years: Years) -> dict[str, Any]:
    """An event with its years; one that would come after the last year comes in it."""
    values = dict(event)
    first = min(years.first + values.pop("after", 0), years.last)
    until = min(first + values.pop("lasts", years.last) - 1, years.last)
    return {**values, "year": first, "until": until}
