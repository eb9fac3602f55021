"""One state's choice between two options, year by year: what ties came of it, and what spoke for each.

Read off a history that holds every term of every choice; the only place where the why-trace meets labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import xarray as xr

from sim.axes import DOMAINS, OPTION, PARTNER, RUN, STATE, TERM, YEAR, Array
from sim.errors import UserError, nearest
from sim.outcomes.alignment import leaning, points

ALIKE = 1e-9  # log-odds: what a sum of terms may miss by rounding


@dataclass(frozen=True, kw_only=True)
class ChoiceTrajectory:
    """The choice between a first and a second option in one domain.

    Attributes
    ----------
    years : (year,), the first of them the year before the first choice.
    odds : (year,) log-odds of the first option's tie against the second's; NaN where either is zero.
    alignment : (year,) points of the domain; NaN where unknown.
    names : of the terms.
    terms : (year - 1, term, side) signed as they enter the log-odds, times room;
        side 0 is what the first option has for it, side 1 what the second lacks.
    room : (year - 1,).
    rest : (year - 1,) log-odds of the target beyond what its terms sum to, mostly 0.
    """

    years: Array
    odds: Array
    alignment: Array
    names: tuple[str, ...]
    terms: Array
    room: Array
    rest: Array

    @property
    def wanted(self) -> Array:
        """Log-odds aimed at each year, (year - 1,)."""
        return np.asarray(self.terms.sum(axis=(-2, -1)) / self.room + self.rest)

    def over(self, names: Sequence[str]) -> ChoiceTrajectory:
        """Return the same course over more terms, in this order: those it lacks speak for nobody, with nothing."""
        terms = np.zeros((len(self.terms), len(names), 2))
        for index, name in enumerate(self.names):
            terms[:, names.index(name)] = self.terms[:, index]
        return replace(self, names=tuple(names), terms=terms)


def read_trajectory(
    history: xr.Dataset, *, state: str, domain: str, options: tuple[str, str], run: int | None
) -> ChoiceTrajectory:
    """Read the course of one choice off a history with terms, of one run or many.

    Raises
    ------
    UserError : no terms, or a state, domain, option or run that the history does not have.
    """
    own = _selected_history(history, state, domain, options, run)
    first, second = options
    chosen = own[YEAR].values[own["room"].notnull().values]
    years = np.concatenate([[chosen[0] - 1], chosen])
    ties = own[f"{domain}_tie"].reindex({YEAR: years})
    pairs = own[f"{domain}_term"].sel({YEAR: chosen, OPTION: list(options)})
    terms = pairs.transpose(YEAR, TERM, OPTION).values * np.array([1.0, -1.0])
    room = own["room"].sel({YEAR: chosen}).values
    return ChoiceTrajectory(
        years=years,
        odds=log_odds(ties.sel({OPTION: first}).values, ties.sel({OPTION: second}).values),
        alignment=_domain_alignment(own, ties),
        names=tuple(map(str, own[TERM].values)),
        terms=terms,
        room=room,
        rest=_unexplained_rest(own, domain, options, chosen, terms.sum(axis=(-2, -1)) / room),
    )


def log_odds(first: Array, second: Array) -> Array:
    """Log of the ratio of two shares, NaN where either is zero or unknown.

    >>> log_odds(np.array([0.5, 0.0]), np.array([0.5, 0.5])).tolist()
    [0.0, nan]
    """
    known = (first > 0.0) & (second > 0.0)
    logs = [np.log(np.where(known, share, 1.0)) for share in (first, second)]
    return np.where(known, logs[0] - logs[1], np.nan)


def _domain_alignment(own: xr.Dataset, ties: xr.DataArray) -> Array:
    """Points of one domain's ties, (year,)."""
    camp = own["camp"].sel({PARTNER: ties[OPTION].values[:-1]}).values
    return points(leaning(tie=ties.transpose(YEAR, OPTION).values, camp=camp))[:, 0]


def _unexplained_rest(
    own: xr.Dataset, domain: str, options: tuple[str, str], years: Array, summed: Array
) -> Array:
    """What a choice by other rules than a logit of its terms leaves over, (year,)."""
    name = f"{domain}_target"
    if name not in own:
        return np.zeros(len(years))
    aims = [own[name].sel({YEAR: years, OPTION: option}).values for option in options]
    gap = log_odds(*aims) - summed
    return np.where(np.abs(gap) > ALIKE * np.maximum(1.0, np.abs(summed)), gap, 0.0)


def _selected_history(
    history: xr.Dataset, state: str, domain: str, options: tuple[str, str], run: int | None
) -> xr.Dataset:
    _check_history(domain, DOMAINS, "domain", "domain=security")
    _refuse_bare(history, domain)
    _check_history(state, _option_labels(history, STATE), "state", "state=PHL")
    for option in options:
        _check_history(option, _option_labels(history, OPTION), "an option", "options=[USA,CHN]")
    if options[0] == options[1]:
        raise UserError(
            given=f"both options are {options[0]}",
            allowed="a choice is explained between two different ones",
            where="on the command line: options=[USA,CHN]",
        )
    own = history.sel({STATE: state})
    if RUN not in history.dims:
        _refuse_run(run, [int(history[RUN])] if RUN in history.coords else [0])
        return own
    known = [int(label) for label in history[RUN].values]
    _refuse_run(run, known)
    return own.sel({RUN: known[0] if run is None else run})


def _option_labels(history: xr.Dataset, axis: str) -> list[str]:
    return [str(label) for label in history[axis].values]


def _check_history(given: str, known: Sequence[str], what: str, example: str) -> None:
    if given not in known:
        raise UserError(
            given=f"{what} is {given!r}",
            allowed=nearest(str(given), known),
            where=f"on the command line: {example}",
        )


def _refuse_run(run: int | None, known: list[int]) -> None:
    if run is not None and run not in known:
        value = f"{known[0]} to {known[-1]}" if len(known) > 1 else str(known[0])
        raise UserError(
            given=f"run is {run}",
            allowed=f"the history has {'runs' if len(known) > 1 else 'run'} {value}",
            where=f"on the command line: run={known[0]}",
        )


def _refuse_bare(history: xr.Dataset, domain: str) -> None:
    needed = (f"{domain}_term", f"{domain}_tie", "room", "camp")
    missing = [name for name in needed if name not in history]
    if missing or PARTNER not in history.dims:
        raise UserError(
            given=f"the history has no {', '.join(missing) or PARTNER}",
            allowed="reasons are told from a history that keeps every term of every choice",
            hint="Simulate with the region, which keeps them, or with the ensemble and terms=True.",
        )
