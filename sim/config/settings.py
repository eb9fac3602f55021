"""All settings of one run, typed and immutable, and how they are built from a plain mapping.

Configuration is data: nothing in it names code to run. A mistake ends in a `UserError` that says what was given, what is
allowed and where to change it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.config.declare import (
    KEY,
    OPTIONAL,
    Declaration,
    choice,
    declarations,
    integer,
    number,
    section,
)
from sim.config.events import EVENT_KINDS, EVENT_SIZES, Event
from sim.config.levers import OtherPower, Policy
from sim.config.mechanisms import Rules
from sim.config.refusals import checked
from sim.config.refusals import refuse_value as _refuse
from sim.errors import UserError, nearest

THEORIES = (
    *("insurance", "balance_of_threat", "balance_of_power", "commerce"),
    *("landscape", "bargaining"),
)
STACKED = "stacked"  # a theory drawn by the weights that held-out acts give each
LAST_OBSERVED = 2023
STARTS = ("assimilated", "observed")


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """The rivalry path and dated events."""

    name: str = "baseline"
    rivalry: float = number(0.6, "level of great-power rivalry approached")
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Years:
    """The years simulated, inclusive; the year before the first is the start, and must be observed."""

    first: int = integer(
        2024, "first simulated year", unit="(a year)", low=2001, high=LAST_OBSERVED + 1
    )
    last: int = integer(2040, "last simulated year", unit="(a year)", low=2001, high=2100)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that decides a run; no `states` means all of the world that is named."""

    policy: Policy = section(Policy)
    scenario: Scenario = section(Scenario)
    rules: Rules = section(Rules)
    years: Years = section(Years)
    start: str = choice(
        "assimilated",
        STARTS,
        "assimilated: each run draws its first stance and trust from what ties and answers up to then tell, noise minded; "
        "observed: all start from ties and the latest answers as they stand, no draw",
    )
    theory: str = choice(
        "insurance",
        THEORIES,
        "rival theory of alignment: a set of weights, or a rule of its own; stacked: one drawn a history",
        valid=lambda: (*THEORIES, STACKED),
    )
    world: str = "asean10"
    states: tuple[str, ...] = ()
    partners: tuple[str, ...] = ("CHN", "USA", "JPN")
    seed: int = integer(20231216, "seed of all chance", low=0, high=2**63 - 1)
    runs: int = integer(1, "number of runs", low=1, high=100_000_000)


def declared() -> dict[str, Declaration]:
    """Every declared setting by its dotted name, in reading order."""
    return dict(declarations(Settings))


def defaults() -> dict[str, Any]:
    """The declared defaults as a nested plain mapping (what configuration files override)."""
    return as_mapping(Settings())


def as_mapping(value: Any) -> Any:
    """Turn settings into plain nested dictionaries, lists and numbers."""
    if dataclasses.is_dataclass(value):
        return {f.name: as_mapping(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {key: as_mapping(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [as_mapping(item) for item in value]
    return value


def build(given: Mapping[str, Any]) -> Settings:
    """Validate a nested mapping into `Settings`; what it leaves out keeps its declared default.

    Raises
    ------
    UserError : unknown name (nearest valid ones offered), wrong type, out of range, or years out of order.
    """
    settings = build_group(Settings, given, "")
    _years_in_order(settings.years)
    return settings


def build_group(kind: type, given: Any, prefix: str) -> Any:
    """Validate a mapping into a declared group whose names begin with a prefix such as ``policy.japan.``.

    Raises
    ------
    UserError : as in `build`.
    """
    if not isinstance(given, Mapping):
        _refuse(given, "it must be a group of settings", prefix.rstrip("."))
    known = {f.name: f for f in dataclasses.fields(kind)}
    for name in given:
        if name not in known:
            raise UserError(
                given=f"{prefix}{name} is not a setting",
                allowed=nearest(f"{prefix}{name}", [f"{prefix}{other}" for other in known]),
                where="on the command line or in the file under conf/ that names it",
            )
    return kind(
        **{
            name: _checked_item(known[name], value, f"{prefix}{name}")
            for name, value in given.items()
        }
    )


def _checked_item(item: dataclasses.Field[Any], value: Any, path: str) -> Any:
    if KEY in item.metadata:
        return checked(value, item.metadata[KEY], path)
    if path in _SPECIAL:
        return _SPECIAL[path](value, path)
    if dataclasses.is_dataclass(item.default_factory):
        if value is None and item.metadata.get(OPTIONAL):
            return None
        return build_group(item.default_factory, value, f"{path}.")  # type: ignore[arg-type]
    if not isinstance(value, str):
        _refuse(value, "it must be a name", path)
    return value


def _read_partners(value: Any, path: str) -> tuple[str, ...]:
    if not value:
        _refuse(value, "it must name at least two powers such as [CHN,USA,JPN]", path)
    return _read_names(value, path)


def _read_names(value: Any, path: str) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(name, str) for name in value):
        _refuse(value, "it must be a list of names such as [PHL,VNM]", path)
    if len(set(value)) != len(value):
        _refuse(value, "no name may appear twice", path)
    return tuple(value)


def _read_events(value: Any, path: str) -> tuple[Event, ...]:
    if not isinstance(value, list | tuple):
        _refuse(value, "it must be a list of events", path)
    return tuple(_read_event(item, f"{path}[{index}]") for index, item in enumerate(value))


def _read_event(value: Any, path: str) -> Event:
    known = [f.name for f in dataclasses.fields(Event)]
    if not isinstance(value, Mapping) or not {"year", "kind", "size"} <= set(value) <= set(known):
        _refuse(
            value, f"an event needs year, kind and size, and may have {', '.join(known[3:])}", path
        )
    if value["kind"] not in EVENT_KINDS:
        _refuse(value["kind"], f"it must be one of {', '.join(EVENT_KINDS)}", f"{path}.kind")
    for name in ("state", "partner", "note"):
        if not isinstance(value.get(name, ""), str):
            _refuse(value[name], "it must be a name", f"{path}.{name}")
    year = Declaration(kind="integer", default=0, doc="", low=2001, high=2100)
    bound = EVENT_SIZES[value["kind"]]
    size = Declaration(kind="number", default=0, doc="", low=-bound, high=bound)
    until = Declaration(kind="integer", default=0, doc="", low=0, high=2100)
    event = Event(
        **{
            **value,
            "year": checked(value["year"], year, f"{path}.year"),
            "size": checked(value["size"], size, f"{path}.size"),
            "until": checked(value.get("until", 0), until, f"{path}.until"),
        }
    )
    if event.until and event.until < event.year:
        _refuse(event.until, f"it must not come before {event.year}", f"{path}.until")
    return event


def _read_shares(value: Any, path: str) -> dict[str, float]:
    if not isinstance(value, Mapping):
        _refuse(value, "it must map states to shares such as {PHL: 2, VNM: 1}", path)
    share = Declaration(kind="number", default=0, doc="", low=0, high=1e6)
    return {str(state): checked(part, share, f"{path}.{state}") for state, part in value.items()}


def _read_other_powers(value: Any, path: str) -> dict[str, OtherPower]:
    if not isinstance(value, Mapping):
        _refuse(value, "it must map a power's code to its conduct", path)
    return {
        str(code): build_group(OtherPower, item, f"{path}.{code}.") for code, item in value.items()
    }


_SPECIAL = {
    "states": _read_names,
    "partners": _read_partners,
    "scenario.events": _read_events,
    "policy.japan.custom": _read_shares,
    "policy.others": _read_other_powers,
}


def _years_in_order(years: Years) -> None:
    if years.last < years.first:
        raise UserError(
            given=f"years.last is {years.last}, before years.first, {years.first}",
            allowed="the last simulated year must not come before the first",
            where="on the command line: years.first=2024 years.last=2040",
        )
