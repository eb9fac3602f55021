"""One outcome of a whole store, as plain numbers: a row a point, a column a replicate."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np
from scipy.io import netcdf_file

from sim.axes import Array
from sim.ensemble.store.finished import refuse_unfinished
from sim.ensemble.store.folder import Store
from sim.errors import UserError, nearest
from sim.outcomes.definitions import averaged, columns, dates, kept
from sim.outcomes.outcome import REGION

EXAMPLE = "on the command line: outcome=hedging"


def values(store: Store, outcome: str, state: str = "", *, with_dates: bool = False) -> Array:
    """Read one outcome of every run.

    Parameters
    ----------
    store : finished. outcome : a number of the register (`sim.outcomes.definitions.averaged`), or with `with_dates`
        a date, whose "never" is infinite.
    state : code; blank means the mean of the states.

    Returns
    -------
    Array (point, replicate).

    Raises
    ------
    UserError : no such outcome or state, one that this store does not keep, or a store that is not finished.
    """
    check_outcome(outcome, state, with_dates=with_dates)
    _refuse_not_kept(store, outcome)
    position = _variable_index(store, outcome, state)
    refuse_unfinished(store)
    result = np.empty(store.extent)
    for block in store.blocks:
        with netcdf_file(store.done[block], mmap=False) as file:
            part = np.array(file.variables[outcome][:], dtype=float)
        if outcome in dates():
            part = np.where(np.isnan(part), np.inf, part)
        if part.ndim == 3:
            part = _mean(part) if position is None else part[..., position]
        result[block.first_point : block.last_point, block.first : block.last] = part
    return result


def check_outcome(outcome: str, state: str = "", *, with_dates: bool = False) -> None:
    """Refuse an outcome there is not, or a state for an outcome of the whole region.

    Raises
    ------
    UserError : naming the nearest.
    """
    known = (*averaged(), *(dates() if with_dates else ()))
    if outcome in dates() and not with_dates:
        raise UserError(
            given=f"outcome is {outcome}, a year that many runs never come to",
            allowed="variance needs a number from every run; hedging and hedging_share have one",
            where=EXAMPLE,
        )
    if outcome not in known:
        raise UserError(
            given=f"outcome is {outcome!r}, which no run is judged by",
            allowed=nearest(outcome, known),
            where=EXAMPLE,
        )
    if state and outcome in columns(REGION):
        raise UserError(
            given=f"state is {state} with outcome={outcome}",
            allowed=f"{outcome} is of the whole region",
            where="on the command line: state=null, or outcome=alignment",
        )


def _refuse_not_kept(store: Store, outcome: str) -> None:
    there = kept(store.manifest["options"].get("keep", ()))
    if outcome not in there:
        raise UserError(
            given=f"outcome is {outcome}, which the runs of {store.folder} did not keep",
            allowed=f"they keep {', '.join(there)}",
            where=f"on the command line of a new sweep: sweep.keep=[{outcome}] out=results/another",
        )


def _variable_index(store: Store, outcome: str, state: str) -> int | None:
    codes = [str(code) for code in store.manifest["states"]]
    if not state or outcome in columns(REGION):
        return None
    check_state(state, codes)
    return codes.index(state)


def check_state(state: str, known: Sequence[str]) -> None:
    """Refuse a state that runs do not have; a blank one is none.

    Raises
    ------
    UserError : saying which they have.
    """
    if state and state not in known:
        raise UserError(
            given=f"state is {state!r}",
            allowed=f"the runs have {', '.join(known)}",
            where="on the command line: state=PHL",
        )


def _mean(part: Array) -> Array:
    """Average over the states that a point has (others are blank)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return np.asarray(np.nanmean(part, axis=-1))
