"""What a figure is drawn from: one history, its outcomes, perhaps a baseline, and how to read them.

A single run is drawn as it is; where there is a `run` dimension, median and bands are drawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import xarray as xr

from sim.axes import RUN
from sim.errors import UserError
from sim.plots.text import state_names
from sim.statistics import mean_interval


def central(values: xr.DataArray) -> xr.DataArray:
    """Take the median over runs where there are runs."""
    return values.median(RUN, skipna=False) if RUN in values.dims else values


def quantile(values: xr.DataArray, level: float) -> xr.DataArray:
    """Take a quantile over runs, `level` from 0 to 1; a single run is its own quantile."""
    if RUN not in values.dims:
        return values
    return values.quantile(level, RUN, skipna=False).drop_vars("quantile")


def paired(values: xr.DataArray, baseline: xr.DataArray) -> tuple[float, float]:
    """Mean difference over runs and half the width of its 95 % interval (0 for a single run)."""
    difference = np.atleast_1d(np.asarray((values - baseline).values, dtype=float))
    mean, half = mean_interval(difference)
    return float(mean), float(half) if difference.size > 1 else 0.0


def need(dataset: xr.Dataset, names: Iterable[str], what: str) -> None:
    """Refuse a Dataset that lacks what a figure draws.

    Raises
    ------
    UserError : naming the missing variables.
    """
    missing = [name for name in names if name not in dataset.variables]
    if missing:
        raise UserError(
            given=f"the {what} have no {', '.join(missing)}",
            allowed="a figure needs the variables of a complete run",
            hint=f"Write the {what} again with this version.",
        )


@dataclass(frozen=True, kw_only=True)
class Story:
    """One history with its outcomes and, where there is one, the outcomes of its baseline."""

    history: xr.Dataset
    outcomes: xr.Dataset
    baseline: xr.Dataset | None = None

    @property
    def years(self) -> np.ndarray:
        """All years, (year,)."""
        return self.outcomes["year"].values.astype(int)

    @property
    def end(self) -> int:
        """The last year."""
        return int(self.years[-1])

    @property
    def observed_until(self) -> int | None:
        """The last observed year, None where all is simulated."""
        if "simulated" not in self.history:
            return None
        flags = self.history["simulated"]
        observed = flags["year"].values[np.asarray(flags.values) == 0]
        return int(observed.max()) if observed.size else None

    @property
    def start_note(self) -> str:
        """What to say of lines that step at the start, where runs begin at a draw; blank where they begin as observed."""
        given = str(self.outcomes.attrs.get("config", ""))
        if "start: assimilated" not in given or self.observed_until is None:
            return ""
        return " Lines jump at the start, since each run begins at a draw around what was observed."

    @property
    def start(self) -> int:
        """The year the projection starts from: the last observed, else the first."""
        last = self.observed_until
        return int(self.years[0]) if last is None else last

    @property
    def states(self) -> list[str]:
        """Codes of the states, in order."""
        return [str(code) for code in self.outcomes["state"].values]

    @property
    def names(self) -> dict[str, str]:
        """Names of the states by code."""
        return state_names(self.history)

    @property
    def runs(self) -> int:
        """How many runs: 1 where there is no run dimension."""
        return int(self.outcomes.sizes.get(RUN, 1))

    @property
    def band(self) -> tuple[float, float]:
        """Lower and upper end of the hedging band, points."""
        attrs = self.outcomes.attrs
        return float(attrs.get("band_low", 45.0)), float(attrs.get("band_high", 55.0))

    @property
    def label(self) -> str:
        """What the outcomes are of, to go before how many runs they are; blank where none is named."""
        named = self.outcomes.attrs.get("label", "")
        return f"{named}, " if named else ""

    @property
    def baseline_label(self) -> str:
        """What to call the baseline: `without OSA` where none is spent, else its own label."""
        if self.baseline is None:
            return ""
        if "label" in self.baseline.attrs:
            return str(self.baseline.attrs["label"])
        return "without OSA" if total_spent(self.baseline, self.start) == 0.0 else "baseline"

    def first_known(self, *values: xr.DataArray, since: int | None = None) -> int:
        """Find the first year, not before `since` (default: the start), in which all are known."""
        known = np.ones(len(self.years), dtype=bool)
        for part in values:
            apart = [dim for dim in part.dims if dim != "year"]
            known &= part.notnull().any(apart).sel(year=self.years).values
        result = self.years[known & (self.years >= (self.start if since is None else since))]
        return int(result[0]) if result.size else self.end

    def of_baseline(self, name: str) -> xr.DataArray | None:
        """One variable of the baseline, None where there is no baseline."""
        return None if self.baseline is None else self.baseline[name]


def total_spent(outcomes: xr.Dataset, start: int) -> float:
    """Japan's security assistance after year `start`, JPY bn, mean over runs; NaN where unknown."""
    if "osa_spent" not in outcomes:
        return float("nan")
    spent = outcomes["osa_spent"]
    return float(spent.where(spent["year"] > start, 0.0).sum("year").mean())
