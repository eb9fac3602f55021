"""The runs of a store, laid out by what is compared, so that the same run under two choices stands in the same place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from sim.axes import STATE, YEAR, Array
from sim.ensemble.plan import Plan
from sim.ensemble.store.finished import Stored
from sim.ensemble.summary import POINT, REPLICATE, first_sustained_year
from sim.errors import UserError, nearest
from sim.outcomes.definitions import dates

MOST_CHOICES = 12
FEWEST_RUNS = 20  # of each choice: below, an interval says next to nothing
ONE = "all"  # name of the one choice where nothing is compared


@dataclass(frozen=True, kw_only=True)
class Groups:
    """Points by choice: (over, between) -> places of points, the rest of the design in the same order in each."""

    over: str
    between: str
    overs: tuple[str, ...]
    betweens: tuple[str, ...]
    points: Mapping[tuple[str, str], Array]
    replicates: int

    @property
    def runs(self) -> int:
        """Runs of each choice."""
        return len(next(iter(self.points.values()))) * self.replicates

    def dates(self, values: xr.DataArray, key: tuple[str, str]) -> Array:
        """One choice's dates, (run, state); the same run has the same luck, and the same rest of the design, in each."""
        found = values.isel({POINT: self.points[key]}).transpose(POINT, REPLICATE, STATE).values
        return found.reshape(-1, found.shape[-1]).astype(float)


def grouped(plan: Plan, folder: Path, *, over: str, between: str) -> Groups:
    """Lay the points of a plan, run or not, out by two columns of its design, either of which may be blank.

    Raises
    ------
    UserError : a column there is not, too many choices, choices that do not meet the same rest, or too few runs.
    """
    table = plan.points
    overs, betweens = (_choices(table, name, folder) for name in (over, between))
    if over and over == between:
        raise UserError(
            given=f"survival.over and survival.between are both {over}",
            allowed="two different columns are needed, or one of them null",
            where="on the command line: survival.between=null",
        )
    rest = [name for name in table if name not in (over, between)]
    points: dict[tuple[str, str], Any] = {}
    for one in overs:
        for other in betweens:
            chosen = _where(table, over, one) & _where(table, between, other)
            part = table[chosen]
            points[one, other] = (
                part.sort_values(rest, kind="stable") if rest else part
            ).index.to_numpy()
    _check_rest(table, rest, points, folder)
    found = Groups(
        over=over,
        between=between,
        overs=overs,
        betweens=betweens,
        points=points,
        replicates=plan.replicates,
    )
    _check_runs(found, folder)
    return found


def _choices(table: pd.DataFrame, name: str, folder: Path) -> tuple[str, ...]:
    if not name:
        return (ONE,)
    if name not in table:
        raise UserError(
            given=f"{folder} does not vary {name}",
            allowed=nearest(name, map(str, table)),
            where="on the command line: survival.over=NAME, survival.between=NAME, or null",
        )
    found = tuple(dict.fromkeys(_text(value) for value in table[name]))
    if len(found) > MOST_CHOICES:
        raise UserError(
            given=f"{name} has {len(found)} values in {folder}",
            allowed=f"at most {MOST_CHOICES} can be compared",
            where="on the command line: another survival.over or survival.between",
        )
    return found


def _text(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _where(table: pd.DataFrame, name: str, choice: str) -> Any:
    return table[name].map(_text) == choice if name else np.ones(len(table), dtype=bool)


def _check_rest(
    table: pd.DataFrame, rest: list[Any], points: Mapping[tuple[str, str], Any], folder: Path
) -> None:
    first = table.iloc[next(iter(points.values()))][rest].reset_index(drop=True)
    for key, places in points.items():
        if not len(places) or not table.iloc[places][rest].reset_index(drop=True).equals(first):
            raise UserError(
                given=f"in {folder} {', '.join(key)} is not combined with the same "
                f"{', '.join(map(str, rest)) or 'points'} as the others",
                allowed="choices can be compared where all meet the same rest (a grid, or one table for all)",
                where="on the command line: another store, survival.over or survival.between",
            )


def _check_runs(found: Groups, folder: Path) -> None:
    if found.runs < FEWEST_RUNS:
        points = found.runs // found.replicates
        raise UserError(
            given=f"{folder} has {found.runs} runs of each choice",
            allowed=f"survival curves need at least {FEWEST_RUNS}",
            where=f"on the command line: sweep.replicates={-(-FEWEST_RUNS // points)}",
        )


def dates_of(stored: Stored, outcome: str, threshold: float | None = None) -> xr.DataArray:
    """Dates of an outcome over point, replicate, state; of time_to_choice also at another threshold, from yearly paths.

    Raises
    ------
    UserError : no such date, or another threshold in a store without yearly paths.
    """
    if outcome not in dates():
        raise UserError(
            given=f"survival.outcomes names {outcome}",
            allowed=nearest(outcome, dates()),
            where=f"on the command line: survival.outcomes=[{','.join(dates())}]",
        )
    if threshold is None:
        return stored.outcomes[outcome]
    if "hedging_path" not in stored.outcomes:
        raise UserError(
            given=f"another threshold is asked for, and {stored.folder} holds no yearly paths",
            allowed="without them only the sweep's own threshold is known",
            where="on the command line: sweep.paths=true for a new sweep, or survival.thresholds=[]",
        )
    below = stored.outcomes["hedging_path"].transpose(YEAR, POINT, REPLICATE, STATE) < threshold
    return below.isel({YEAR: 0}, drop=True).copy(
        data=first_sustained_year(below.values, below[YEAR].values)
    )
