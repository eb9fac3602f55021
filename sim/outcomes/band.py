"""Inside or outside the hedging band: the words, and the year a state left it for good."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr

from sim.axes import YEAR
from sim.outcomes.alignment import EDGE

DEFAULT_BAND = (45.0, 55.0)  # the scale of the Anatomy of Choice Alignment Index
TO_CHINA, HEDGES, TO_US = "leans to China", "hedges", "leans to the United States"


def band_of(outcomes: xr.Dataset) -> tuple[float, float]:
    """Return the lower and upper edge of the hedging band, in points of alignment."""
    low, high = DEFAULT_BAND
    return float(outcomes.attrs.get("band_low", low)), float(outcomes.attrs.get("band_high", high))


def within(alignment: Any, low: float, high: float) -> Any:
    """Say for each alignment whether it lies in the band, its edges included; False where unknown.

    Parameters
    ----------
    alignment : a number or labelled array, 0 to 100. low, high : edges, points; rounding carries nobody over them.

    >>> within(45.0 - 1e-14, 45.0, 55.0), within(44.9, 45.0, 55.0)
    (True, False)
    """
    return (alignment >= low - EDGE) & (alignment <= high + EDGE)


def leaning(alignment: float, low: float = DEFAULT_BAND[0], high: float = DEFAULT_BAND[1]) -> str:
    """Say in words which way an alignment leans, 0 China to 100 United States; blank if unknown.

    >>> leaning(44.9), leaning(45.0), leaning(55.1)
    ('leans to China', 'hedges', 'leans to the United States')
    """
    if not np.isfinite(alignment):
        return ""
    if within(alignment, low, high):
        return HEDGES
    return TO_CHINA if alignment < low else TO_US


def left_for_good(outcomes: xr.Dataset) -> xr.DataArray:
    """Return the first year outside the band after the last one inside it.

    Parameters
    ----------
    outcomes : with alignment (..., year, state), from the start year on.

    Returns
    -------
    (..., state) year; NaN for a state that never was inside, or is inside in the last year.
    """
    low, high = band_of(outcomes)
    alignment = outcomes["alignment"]
    inside = within(alignment, low, high)
    last_inside = outcomes[YEAR].where(inside).max(YEAR)
    return (last_inside + 1).where(last_inside < float(outcomes[YEAR][-1]))
