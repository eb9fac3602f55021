"""Every declared number moves something: a slider that moves nothing would be a lie."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.config import Settings, build, declared
from sim.config.levers import ALLOCATIONS, EXPORT_RULES
from sim.engines.context import SimulationContext, build_context
from sim.engines.history import to_dataset
from sim.engines.region import Region
from sim.outcomes import compute_outcomes
from tests.rules.properties import leaves

YEARS = {"first": 2024, "last": 2026}
BLOW = {"year": 2024, "kind": "legitimacy", "size": 1.0, "partner": "USA"}
# What a number needs beside it to matter at all.
BESIDE: dict[str, dict[str, Any]] = {
    "rules.courtship.eased": {"policy": {"japan": {"export_rule": "eased"}}},
    "rules.courtship.lethal": {"policy": {"japan": {"export_rule": "lethal"}}},
    "rules.courtship.provocation_half": {"policy": {"japan": {"export_rule": "lethal"}}},
    "rules.theory.": {"rules": {"theory": {"alignment": "landscape"}}},
    "rules.landscape.": {"rules": {"theory": {"alignment": "landscape"}}},
    "rules.bargaining.": {"rules": {"theory": {"alignment": "bargaining"}}},
    "rules.opinion.exchange": {"policy": {"japan": {"people_to_people": 30.0}}},
    "rules.opinion.credibility": {"policy": {"united_states": {"credibility": 0.2}}},
    "rules.opinion.legitimacy": {"scenario": {"events": [BLOW]}},
    "rules.stocks.world_growth": {"years": {"first": 2011, "last": 2013}},
    "rules.coercion.leverage": {
        "rules": {"coercion": {"rate": 1.0}},
        "policy": {"china": {"coercion": 1.0}},
    },
    "rules.leadership.realigned": {"rules": {"leadership": {"realigning": 1.0}}},
    **dict.fromkeys(
        ("rules.acts.up_other", "rules.acts.down_other", "rules.stocks.pace_other"),
        {"partners": ["CHN", "USA", "JPN", "IND"]},
    ),
}
SHAPE = [
    name
    for name, declaration in declared().items()
    if name.startswith(("rules.", "policy.")) and declaration.kind != "choice"
]


def _beside(name: str) -> dict[str, Any]:
    return next((beside for start, beside in BESIDE.items() if name.startswith(start)), {})


def _with(given: dict[str, Any], name: str, value: Any) -> dict[str, Any]:
    """Set one dotted name in a nested mapping, the mapping left as it was."""
    head, _, rest = name.partition(".")
    inner = _with(given.get(head, {}), rest, value) if rest else value
    return {**given, head: inner}


@cache
def _first_stage() -> SimulationContext:
    return build_context(build({"years": YEARS}))


def _played(stage: SimulationContext) -> Region:
    region = Region(stage)
    for _ in stage.years:
        region.step()
    return region


def _judged(region: Region) -> list[np.ndarray]:
    history = to_dataset(region.stage, region.records)
    outcomes = compute_outcomes(history, region.rules.observation).sel(
        year=slice(YEARS["first"], None)
    )
    return [values.values for name, values in outcomes.data_vars.items() if name != "osa_spent"]


def _moves(settings: tuple[Settings, Settings], *, anew: bool) -> bool:
    """Tell whether two settings give different histories, on a stage set anew or kept."""
    first, second = (
        _played(build_context(s) if anew else dataclasses.replace(_first_stage(), settings=s))
        for s in settings
    )
    years = zip(first.records, second.records, strict=True)
    if any(not _equal(leaves(one), leaves(other)) for one, other in years):
        return True
    one, other = (_judged(region) for region in (first, second))
    return not _equal(one, other)


def _equal(one: Iterable[np.ndarray], other: Iterable[np.ndarray]) -> bool:
    pairs = zip(one, other, strict=True)
    return all(np.array_equal(a, b, equal_nan=a.dtype.kind == "f") for a, b in pairs)


@pytest.mark.parametrize("name", SHAPE)
def test_every_number_moves_the_history(name: str) -> None:
    """From the low to the high end of its range, with common random numbers, something comes out otherwise."""
    declaration, given = declared()[name], {"years": YEARS, **_beside(name)}
    low, high = (build(_with(given, name, end)) for end in (declaration.low, declaration.high))
    assert _moves((low, high), anew=False) or _moves((low, high), anew=True)


@pytest.mark.parametrize("rule", EXPORT_RULES[1:])
def test_every_export_rule_differs_from_the_non_lethal_one(rule: str) -> None:
    """Equipment that does more, or provokes, makes another history."""
    base = build({"years": YEARS})
    other = build({"years": YEARS, "policy": {"japan": {"export_rule": rule}}})
    assert _moves((base, other), anew=False)


@pytest.mark.parametrize("rule", ALLOCATIONS[1:])
def test_every_allocation_differs_from_the_historical_one(rule: str) -> None:
    """Other keys, other recipients; the user's own shares among them."""
    base = build({"years": YEARS})
    japan: dict[str, Any] = {"allocation": rule, "custom": {"MYS": 2, "IDN": 1}}
    other = build({"years": YEARS, "policy": {"japan": japan}})
    assert _moves((base, other), anew=True)
