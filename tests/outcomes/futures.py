"""Small futures with every term, of several theories and settings: three states, six years, five runs."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

import xarray as xr

from sim.composition.compose import CONF, Source, compose
from sim.composition.options import take_options
from sim.config import Settings, build
from sim.config.settings import as_mapping
from sim.engines.ensemble import simulate
from sim.outcomes.trajectory import StateRecord, read_record

STATES = ("KHM", "PHL", "VNM")
THEORIES = ("insurance", "landscape", "bargaining")
FIRST, LAST, RUNS = 2024, 2029, 5


@dataclass(frozen=True)
class Asked:
    """What a small future is asked for: choices as on the command line, and dotted numbers (events as pairs)."""

    choices: tuple[str, ...] = ()
    numbers: tuple[tuple[str, Any], ...] = ()


def ask(*choices: str, **numbers: Any) -> Asked:
    """Choices, and numbers with two underscores for a dot."""
    return Asked(
        choices, tuple((name.replace("__", "."), value) for name, value in numbers.items())
    )


@cache
def settings(asked: Asked) -> Settings:
    """Settings of a small world."""
    given = compose(Source(folder=CONF, name="config"), list(asked.choices))
    mapping = as_mapping(build(take_options(given)[1]))
    mapping |= deepcopy({"states": list(STATES), "runs": RUNS})
    mapping["years"] = {"first": FIRST, "last": LAST}
    for path, value in asked.numbers:
        *groups, name = path.split(".")
        inner = mapping
        for group in groups:
            inner = inner[group]
        inner[name] = [dict(event) for event in value] if name == "events" else value
    return build(mapping)


@cache
def future(asked: Asked) -> xr.Dataset:
    """Its history with every term."""
    return simulate(settings(asked), terms=True)


def record(asked: Asked, state: str, run: int) -> StateRecord:
    """One state's record in one run."""
    return read_record(future(asked), settings(asked).rules, state=state, run=run)
