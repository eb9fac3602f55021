"""One state in one run, year by year: what the reasons of its moves are read off.

The only place where the reasons meet labels. Only simulated years are read: of observed ones no motives are known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import xarray as xr

from sim.axes import PARTNER, RUN, STATE, YEAR, Array
from sim.config.mechanisms import Rules
from sim.errors import UserError, nearest

NEEDED = ("stance_term", "opinion_term", "act_term", "act_ground", "draw", "camp")


@dataclass(frozen=True, kw_only=True)
class StateRecord:
    """One state's simulated years in one run.

    Parameters
    ----------
    state, name : code and name. run : number. years : simulated, in order. rules : the numbers of the run.
    data : the history, cut to state, run and simulated years. read : what was read of it so far.
    """

    state: str
    name: str
    run: int
    years: tuple[int, ...]
    rules: Rules
    data: xr.Dataset
    read: dict[str, Array] = field(default_factory=dict, repr=False, compare=False)

    @property
    def partners(self) -> tuple[str, ...]:
        """Codes, in order."""
        return tuple(map(str, self.data.indexes[PARTNER]))

    @property
    def camp(self) -> Array:
        """(partner,) -1 to 1."""
        return self.values("camp")

    def values(self, name: str) -> Array:
        """One variable, (year, ...), axes in the order of the history; (...) without years."""
        if name not in self.read:
            found = self.data[name]
            lead = [YEAR] if YEAR in found.dims else []
            rest = [dim for dim in found.dims if dim != YEAR]
            self.read[name] = np.asarray(found.transpose(*lead, *rest).values)
        return self.read[name]

    def names(self, group: str) -> tuple[str, ...]:
        """Names of a group of terms, in order."""
        return tuple(map(str, self.data.indexes[str(self.data[group].dims[-1])]))

    def index(self, year: int) -> int:
        """Where a year lies.

        Raises
        ------
        UserError : a year without reasons.
        """
        if year not in self.years:
            raise UserError(
                given=f"the year is {year}",
                allowed=f"reasons are known from {self.years[0]}, the first simulated year, to {self.years[-1]}",
                where="on the command line: from=2024 to=2035, or years.last=2050 to simulate further",
            )
        return self.years.index(year)

    def partner(self, code: str) -> int:
        """Where a partner lies.

        Raises
        ------
        UserError : no such partner in the history.
        """
        if code not in self.partners:
            raise UserError(
                given=f"partner is {code!r}",
                allowed=nearest(code, self.partners),
                where="on the command line: partner=JPN",
            )
        return self.partners.index(code)

    def partner_name(self, code: str) -> str:
        """Name of a partner."""
        if "partner_name" not in self.data.coords:
            return code
        return str(self.data["partner_name"].sel({PARTNER: code}).values)


def read_record(
    history: xr.Dataset, rules: Rules, *, state: str, run: int | None = None
) -> StateRecord:
    """Read one state's years off a history with terms, of one run or many.

    Parameters
    ----------
    history : from the region, or from the ensemble with ``terms=True``. rules : of its settings.
    state : code. run : number of the run, the first if None.

    Raises
    ------
    UserError : no terms, or a state or run that the history does not have.
    """
    missing = [name for name in NEEDED if name not in history]
    if missing:
        raise UserError(
            given=f"the history has no {', '.join(missing)}",
            allowed="reasons are read off a history that keeps every term of every choice",
            hint="Simulate with the region, which keeps them, or with the ensemble and terms=True.",
        )
    _check_label(state, [str(code) for code in history[STATE].values])
    own = history.sel({STATE: state})
    known = (
        [int(number) for number in np.ravel(history[RUN].values)] if RUN in history.coords else [0]
    )
    _check_run(run, known)
    number = known[0] if run is None else run
    if RUN in history.dims:
        own = own.sel({RUN: number})
    own = own.isel({YEAR: np.flatnonzero(own["simulated"].values == 1)})
    return StateRecord(
        state=state,
        name=str(own["state_name"].values) if "state_name" in own.coords else state,
        run=number,
        years=tuple(int(year) for year in own[YEAR].values),
        rules=rules,
        data=own,
    )


def about(record: StateRecord, years: tuple[int, int], against: str) -> dict[str, Any]:
    """What every explanation says of itself."""
    return {
        "state": record.state,
        "name": record.name,
        "run": record.run,
        "years": years,
        "against": against,
    }


def pair(ends: Array) -> tuple[float, float]:
    """The two ends of a change as plain numbers."""
    return float(ends[0]), float(ends[1])


def span_of(record: StateRecord, first: int, last: int) -> tuple[int, int]:
    """Where two years lie.

    Raises
    ------
    UserError : years without reasons, or in the wrong order.
    """
    begin, end = record.index(first), record.index(last)
    if begin >= end:
        raise UserError(
            given=f"the years are {first} and {last}",
            allowed="the first must come before the last",
            where="on the command line: from=2024 to=2035",
        )
    return begin, end


def paired_index(record: StateRecord, other: StateRecord, year: int) -> int:
    """Where a year lies in both of two records.

    Raises
    ------
    UserError : a year without reasons, or records that cannot be paired.
    """
    alike = [(each.years, each.state, each.run, each.partners) for each in (record, other)]
    if alike[0] != alike[1]:
        spans = (
            f"{each.state}, run {each.run}, {each.years[0]} to {each.years[-1]}"
            for each in (record, other)
        )
        raise UserError(
            given=f"the two histories cannot be paired ({'; '.join(spans)})",
            allowed="a difference is taken of the same state, partners, run and years",
            where="on the command line: years.first, years.last, the same for both",
        )
    return record.index(year)


def _check_label(state: str, known: Sequence[str]) -> None:
    if state not in known:
        raise UserError(
            given=f"state is {state!r}",
            allowed=nearest(str(state), known),
            where="on the command line: state=PHL",
        )


def _check_run(run: int | None, known: Sequence[int]) -> None:
    if run is not None and run not in known:
        value = f"{known[0]} to {known[-1]}" if len(known) > 1 else str(known[0])
        raise UserError(
            given=f"run is {run}",
            allowed=f"the history has {'runs' if len(known) > 1 else 'run'} {value}",
            where=f"on the command line: run={known[0]}",
        )
