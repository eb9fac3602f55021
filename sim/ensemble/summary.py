"""What is kept of a run: the columns of the register of outcomes, reduced from what was seen year by year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike, NDArray

from sim.axes import RUN, STATE, YEAR, Array
from sim.config.mechanisms import Rules
from sim.outcomes.calculator import Fixed, OutcomeCalculator
from sim.outcomes.compute import outcome_attributes
from sim.outcomes.definitions import OUTCOMES, columns, paths
from sim.outcomes.outcome import (
    BELOW,
    CODE,
    LAST,
    MEAN,
    REGION,
    SHARE,
    SINCE,
    SUM,
    Column,
)

POINT, REPLICATE = "point", "replicate"
POSTURE = "posture"  # the one column of codes
LASTING = 3  # years in a row that make a state's leaving, or choice, more than a blip
PATH = "_path"  # ends the name of an outcome kept by year


def yearly(names: tuple[str, ...], *, with_paths: bool) -> tuple[str, ...]:
    """Name the outcomes that must be seen in every year to make these columns; the others in the last alone."""
    known = columns()
    once = (LAST, SHARE, CODE)
    sources = [known[name].source for name in names if known[name].reduce not in once]
    return tuple(dict.fromkeys([*sources, *(paths() if with_paths else ())]))


@dataclass(frozen=True)
class RunSummary:
    """A look at a year that sees what is kept of a run (see `sim.engines.ensemble.look_at`).

    partners : codes in order. names : of the columns kept. paths : see what is kept by year, too.
    """

    partners: tuple[str, ...]
    names: tuple[str, ...]
    paths: bool = False

    def __call__(
        self, seen: Mapping[str, Array], *, fixed: Fixed, rules: Rules, last: bool
    ) -> dict[str, Array]:
        """Outcomes by name; those of the last year in that year alone."""
        known = OutcomeCalculator(
            seen, fixed=fixed, numbers=rules.observation, partners=self.partners
        )
        wanted = yearly(self.names, with_paths=self.paths)
        if last:
            every = columns()
            wanted += tuple(every[name].source for name in self.names)
        return {name: known[name] for name in dict.fromkeys(wanted) if OUTCOMES[name].compute}


def summarise_runs(
    looks: Mapping[str, Array],
    *,
    years: ArrayLike,
    threshold: float,
    names: tuple[str, ...],
    with_paths: bool = False,
) -> dict[str, Array]:
    """Reduce what was seen year by year to numbers of each run.

    Parameters
    ----------
    looks : outcome -> (year, state or 1, run), for those seen in the last year alone one year. years : (year,).
    threshold : of the hedging index. names : of the columns kept (see `sim.outcomes.definitions.columns`).
    with_paths : keep what is kept by year too, as `alignment_path` and so on.

    Returns
    -------
    column -> (state, run); of the region (run,); paths (year, state, run).
    """
    known = columns()
    result = {name: _reduced_values(known[name], looks, years, threshold) for name in names}
    return result | {f"{name}{PATH}": looks[name] for name in paths() if with_paths}


def _reduced_values(
    column: Column, looks: Mapping[str, Array], years: ArrayLike, threshold: float
) -> Array:
    seen = looks[column.source]
    if column.reduce == SHARE:
        return np.asarray(1.0 - (seen[-1] > 0.0).mean(axis=0))
    if column.reduce == SINCE:
        return first_sustained_year(seen > 0.0, years)
    if column.reduce == BELOW:
        return first_sustained_year(seen < threshold, years)
    if column.reduce == SUM:
        values = seen.sum(axis=0)
    elif column.reduce == MEAN:
        values = seen.mean(axis=0)
    else:
        values = seen[-1]
    return values[0] if column.of == REGION else values


def reduce_runs(
    outcomes: xr.Dataset,
    *,
    threshold: float,
    names: tuple[str, ...] = (),
    with_paths: bool = False,
) -> xr.Dataset:
    """Reduce outcomes over run, year, state to numbers over run, state (and over run alone).

    Parameters
    ----------
    outcomes : simulated years only, from `sim.outcomes.compute`. threshold, with_paths : as in `reduce_looks`.
    names : of the columns kept; every one there is if none.
    """
    names = names or tuple(columns())
    sources = {columns()[name].source for name in names} | set(paths())
    looks = {name: _by_year(outcomes[name], outcomes.sizes[RUN]) for name in sources}
    result = summarise_runs(
        looks,
        years=outcomes[YEAR].values,
        threshold=threshold,
        names=names,
        with_paths=with_paths,
    )
    lead = {RUN: outcomes[RUN].values}
    return labelled_dataset(
        result, lead=lead, states=outcomes[STATE].values, years=outcomes[YEAR].values
    )


def _by_year(values: xr.DataArray, runs: int) -> Array:
    """One outcome as (year, state or 1, run)."""
    dims = (YEAR, STATE, RUN)
    there = values.transpose(*dims, missing_dims="ignore")
    lacking = tuple(index for index, dim in enumerate(dims) if dim not in there.dims)
    seen = np.expand_dims(there.values, lacking)
    return np.broadcast_to(seen, (*seen.shape[:-1], runs))


def labelled_dataset(
    found: Mapping[str, Array],
    *,
    lead: Mapping[str, ArrayLike],
    states: ArrayLike,
    years: ArrayLike,
) -> xr.Dataset:
    """Label reduced runs.

    Parameters
    ----------
    found : from `reduce_looks`. lead : the dimensions that the run axis stands for, the last fastest, and their labels.
    states, years : labels.
    """
    sizes = [len(np.asarray(labels)) for labels in lead.values()]
    inner: dict[int, tuple[str, ...]] = {1: (), 2: (STATE,), 3: (YEAR, STATE)}
    named = {}
    for name, values in found.items():
        runs = np.moveaxis(values, -1, 0)
        laid = runs.reshape(*sizes, *runs.shape[1:])
        if name == POSTURE:
            laid = laid.astype(np.int8)
        named[name] = ((*lead, *inner[values.ndim]), laid, _summary_attributes(name))
    coords: dict[str, Any] = {**lead, STATE: states}
    if any(values.ndim == 3 for values in found.values()):
        coords[YEAR] = years
    return xr.Dataset(named, coords)


def _summary_attributes(name: str) -> dict[str, Any]:
    column = columns().get(name)
    if column is None:
        return outcome_attributes(OUTCOMES[name.removesuffix(PATH)])
    if column.reduce == CODE:
        return outcome_attributes(OUTCOMES[column.source])
    return {"units": column.unit, "long_name": column.meaning}


def first_sustained_year(holds: NDArray[np.bool_], years: ArrayLike) -> Array:
    """Return the first year of the first three in a row in which something holds; NaN if none.

    Parameters
    ----------
    holds : (year, ...) of truth. years : (year,).

    >>> holds = np.array([True, False, True, True, True])
    >>> int(first_sustained_year(holds, np.arange(2024, 2029)))
    2026
    """
    count = len(holds) - LASTING + 1
    if count < 1:
        return np.full(holds.shape[1:], np.nan)
    lasting = np.logical_and.reduce([holds[ahead : ahead + count] for ahead in range(LASTING)])
    index = lasting.argmax(axis=0)
    return np.where(lasting.any(axis=0), np.asarray(years, dtype=float)[index], np.nan)
