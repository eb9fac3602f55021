"""What experiments/sensitivity.py may be told, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.config.declare import Declaration
from sim.config.settings import checked
from sim.door.job import Job
from sim.errors import UserError
from sim.explore.sensitivity.study import METHODS
from sim.explore.store.values import check_outcome
from sim.world.roster import state_code

LEVERS = ("policy", "scenario.rivalry", "theory")
METHOD = Declaration(kind="choice", default="sobol", choices=(*METHODS, "all"), doc="how")
SAMPLES = Declaration(kind="integer", default=0, low=1, high=2**20, doc="rows, or paths")
REPLICATES = Declaration(kind="integer", default=0, low=1, high=1e6, doc="runs of each point")
SPAN = Declaration(kind="number", default=1.0, low=0.01, high=1.0, doc="part of each range")
WIDTH = Declaration(kind="number", default=0.0, low=0.0, high=1e6, doc="of the widest interval")
DEFAULTS: Mapping[str, tuple[tuple[str, ...], int, int]] = {  # settings, samples, replicates
    "sobol": (LEVERS, 256, 8),
    "morris": (("all",), 12, 4),
    "tornado": (LEVERS, 1, 100),
}


@dataclass(frozen=True, kw_only=True)
class MethodOptions:
    """What one method is told."""

    method: str
    outcomes: tuple[str, ...]
    state: str
    settings: Any
    samples: int
    replicates: int
    span: float
    width: float


def method_options(job: Job, **given: Any) -> MethodOptions:
    """Validate what is given to one method; what is not has the method's own default.

    Parameters
    ----------
    given : sections in place of the job's own.

    Raises
    ------
    UserError : a value that is not allowed, or `runs`, which here is `replicates`.
    """
    told = {**job.options.sections, **given}
    if job.settings.runs != 1:
        raise UserError(
            given=f"runs is {job.settings.runs}",
            allowed="runs of each point are given by replicates",
            where="on the command line: replicates=16",
        )
    method = checked(told.get("method", "sobol"), METHOD, "method")
    settings, samples, replicates = DEFAULTS[method]
    outcomes, state = _outcomes(told.get("outcome")), state_of(told.get("state"))
    for outcome in outcomes:
        check_outcome(outcome, state)
    return MethodOptions(
        method=method,
        outcomes=outcomes,
        state=state,
        settings=_settings(told.get("settings"), settings),
        samples=_number(told, "samples", SAMPLES, samples),
        replicates=_number(told, "replicates", REPLICATES, replicates),
        span=_number(told, "span", SPAN, 1.0),
        width=_number(told, "width", WIDTH, 0.0),
    )


def _number(told: Mapping[str, Any], name: str, one: Declaration, default: float) -> Any:
    value = told.get(name)
    if value is None:
        return default
    try:
        return checked(value, one, name)
    except UserError as error:
        example = f"on the command line: {name}={default:g}"
        raise UserError(given=error.given, allowed=error.allowed, where=example) from error


def _outcomes(given: Any) -> tuple[str, ...]:
    listed = [given] if isinstance(given, str) else given
    if (
        not isinstance(listed, list)
        or not listed
        or not all(isinstance(one, str) for one in listed)
        or len(set(listed)) < len(listed)
    ):
        raise UserError(
            given=f"outcome is {given!r}",
            allowed="it must be the name of an outcome, or a list of different ones",
            where="on the command line: outcome=[hedging,alignment]",
        )
    return tuple(listed)


def state_of(given: Any) -> str:
    """Read one state, by code or name, as its code; blank for none.

    Raises
    ------
    UserError : anything else.
    """
    if given is None or given == "":
        return ""
    if isinstance(given, str):
        return state_code(given, "on the command line: state=PHL")
    raise UserError(
        given=f"state is {given!r}",
        allowed="it must be one state's code or name; left out, states are averaged",
        where="on the command line: state=PHL",
    )


def _settings(given: Any, default: tuple[str, ...]) -> Any:
    if given is None:
        return default
    if isinstance(given, str):
        return (given,)
    if not isinstance(given, list | Mapping) or not given:
        raise UserError(
            given=f"settings is {given!r}",
            allowed="it must be a list of names, or name: [low, high]",
            where="on the command line: settings=[policy,theory]",
        )
    return given
