"""Yearly paths of one point of a store, from its finished blocks."""

from __future__ import annotations

import numpy as np
import xarray as xr

from sim.axes import STATE, YEAR
from sim.ensemble.store.folder import Store
from sim.ensemble.store.reading import Reader
from sim.ensemble.summary import REPLICATE


def path_of(store: Store, name: str, point: int) -> xr.DataArray:
    """Return one path (replicate, year, state), blank where it was not run, of the states there are.

    Parameters
    ----------
    name : such as alignment_path. point : of which some run has been made.
    """
    data = store.read(next(iter(store.done)))
    (values,) = Reader(store).points([point])[name]
    there = np.flatnonzero(~np.isnan(values).all(axis=(0, 1)))
    result = xr.DataArray(
        values,
        {REPLICATE: np.arange(len(values)), YEAR: data[YEAR], STATE: data[STATE]},
        (REPLICATE, YEAR, STATE),
        name=name,
    )
    return result.isel({STATE: there})
