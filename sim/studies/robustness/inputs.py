"""From a finished sweep of policies and futures to arrays (policy, future, replicate), and what may be asked of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.axes import STATE, Array
from sim.config.declare import Declaration
from sim.config.settings import checked
from sim.ensemble.option_kinds import kept
from sim.ensemble.store.finished import Stored
from sim.errors import UserError
from sim.outcomes.definitions import columns
from sim.outcomes.outcome import DOWN
from sim.studies.robustness.measures import Criterion

OUTCOME = Declaration(kind="choice", default="", doc="outcome kept of a run", valid=kept)
WRITTEN = re.compile(r"^\s*(>=|<=)\s*(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*$")
EXAMPLE = "on the command line: robust.criteria={sea_lanes_mean:'>=40'}"


def read_criteria(given: Mapping[str, Any]) -> dict[str, Criterion]:
    """Validate criteria, outcome -> '>= number' or '<= number'; null takes one out.

    Raises
    ------
    UserError : none at all, an unknown outcome, or what does not read so.
    """
    found = {}
    for name, text in given.items():
        if text is None:
            continue
        match = WRITTEN.match(str(text))
        if not match:
            raise UserError(
                given=f"robust.criteria.{name} is {text!r}",
                allowed="it must read '>= number' or '<= number'",
                where=EXAMPLE,
            )
        found[checked(name, OUTCOME, "robust.criteria")] = Criterion(
            threshold=float(match[2]), at_least=match[1] == ">="
        )
    if not found:
        raise UserError(
            given="robust.criteria is empty",
            allowed="at least one outcome must have a threshold",
            where=EXAMPLE,
        )
    return found


def higher_is_better(outcome: str, criteria: Mapping[str, Criterion]) -> bool:
    """Whether more of an outcome is better: as its criterion says, else by what it is."""
    if outcome in criteria:
        return criteria[outcome].at_least
    return columns()[outcome].better != DOWN


def outcome_array(stored: Stored, name: str, *, policies: int) -> Array:
    """One outcome over (policy, future, replicate), states averaged.

    Raises
    ------
    UserError : an outcome that is the same in every run.
    """
    values = stored.outcomes[name]
    if STATE in values.dims:
        values = values.mean(STATE)
    found = values.values.astype(float)
    if np.isnan(found).any():
        raise UserError(
            given=f"{name} is unknown in some runs of {stored.folder}",
            allowed="policies are judged by what every run has (some outcomes need China, the United States or Japan "
            "among the powers)",
            where="on the command line: another robust.outcome or robust.criteria, or other partners",
        )
    if found.min() == found.max():
        raise UserError(
            given=f"{name} is {found.min():g} in every run of {stored.folder}",
            allowed="an outcome that never varies cannot tell policies apart",
            where="on the command line: another robust.outcome or robust.criteria, or a wider sweep.space",
        )
    return found.reshape(policies, -1, found.shape[-1])


def refuse_infeasible(values: Mapping[str, Array], criteria: Mapping[str, Criterion]) -> None:
    """Refuse criteria that no run meets, alone or together, or that every run meets.

    Raises
    ------
    UserError : naming the range that was seen.
    """
    together = np.ones_like(next(iter(values.values())), dtype=bool)
    for name, one in criteria.items():
        met = one.met(values[name])
        together &= met
        if not met.any() or (met.all() and len(criteria) == 1):
            low, high = float(values[name].min()), float(values[name].max())
            raise UserError(
                given=f"robust.criteria asks for {name} {one}, and {'no' if not met.any() else 'every'} run meets it",
                allowed=f"to tell policies apart it must lie within what runs reach, {low:.4g} to {high:.4g}",
                where=EXAMPLE,
            )
    if not together.any() or together.all():
        seen = "; ".join(
            f"{name} {one} in {100 * one.met(values[name]).mean():.0f} %"
            for name, one in criteria.items()
        )
        raise UserError(
            given=f"{'no' if not together.any() else 'every'} run meets all of robust.criteria together ({seen} of runs)",
            allowed="together they must be met by some runs and not by others",
            where=EXAMPLE,
        )
