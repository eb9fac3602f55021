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
from sim.config.settings import as_mapping

MODEST, LARGE = 2.0, 18.1  # JPY bn a year: OSA of FY2023 and FY2026 as in the data (osa_budget)
OSA, US = "policy.japan.osa_budget", "policy.united_states."
NO_JAPAN = ("osa_budget", "capacity_building", "exercises", "oda", "people_to_people")
JOINT = {"rules.resolve.threshold": -1.0}  # every claimant stands up, whatever its means
STRONG_US = {f"{US}credibility": 1.0, f"{US}presence": 0.9}
UNRELIABLE_US = {f"{US}credibility": 0.2}
EXPLICIT = {OSA: LARGE}  # the budget at which ways of giving are compared
FRONTS = [{"kind": "pressure", "size": 0.5, "partner": "CHN", "note": "pressed on all fronts"}]
WAR = [
    {"kind": "rivalry", "size": 1.0, "note": "open war between the great powers"},
    {"kind": "growth", "size": -3.0, "note": "trade is interrupted (percent)"},
]
ALL_OUT = {"policy.china.gray_zone": 1.0, "policy.china.coercion": 1.0, "scenario.rivalry": 1.0}

# name -> (settings changed, events that come every year)
WORLDS: dict[str, tuple[Mapping[str, Any], list[dict[str, Any]]]] = {
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
    "no reassurance": ({"rules.reassurance.rate": 0.0}, []),
    "strong US": (STRONG_US, []),
    "trade does not attract": ({"rules.economic.attraction": 0.0}, []),
    "trade does not attract, strong US": ({"rules.economic.attraction": 0.0, **STRONG_US}, []),
    "low rivalry": ({"scenario.rivalry": 0.2}, []),
    "high rivalry": ({"scenario.rivalry": 0.9}, []),
    "passive Japan": (
        {f"policy.japan.{name}": 0.0 for name in (*NO_JAPAN, "credibility", "presence")},
        [],
    ),
    "duopoly": ({"partners": ["CHN", "USA"]}, []),
    "large OSA along sea lanes": ({**EXPLICIT, "policy.japan.allocation": "sea_lanes"}, []),
    "large OSA to claimants": ({**EXPLICIT, "policy.japan.allocation": "claimants"}, []),
    "large lethal OSA": ({**EXPLICIT, "policy.japan.export_rule": "lethal"}, []),
    "large nonlethal OSA": ({**EXPLICIT, "policy.japan.export_rule": "nonlethal"}, []),
    "US retreat": (
        {
            f"{US}credibility": 0.3,
            f"{US}presence": 0.35,
            f"{US}assistance": 0.4,
            f"{US}exercises": 1.0,
        },
        [],
    ),
    "threat, reliable ally": (STRONG_US, FRONTS),
    "threat, unreliable ally": (UNRELIABLE_US, FRONTS),
    "unreliable ally": (UNRELIABLE_US, []),
    "open war": (ALL_OUT, WAR),
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


def _events(settings: Settings, events: list[dict[str, Any]]) -> dict[str, Any]:
    if not events:
        return {}
    span = {"year": settings.years.first, "until": settings.years.last}
    before = [as_mapping(event) for event in settings.scenario.events]
    return {"scenario.events": [*before, *({**event, **span} for event in events)]}
