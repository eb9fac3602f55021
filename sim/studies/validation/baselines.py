"""What needs no model: the forecasts that a simulation must beat to have earned its mechanisms.

Each gives a spread as well as a point: normal in log-odds, with the standard deviation of its own past misses.
"""

from __future__ import annotations

import numpy as np
import xarray as xr
from scipy.special import expit, logit, ndtri

from sim.axes import Array

SAMPLES = 801
PENALTY = 1.0  # of the ridge, on standardised columns
LEAST = 0.02
FROM = 2015  # first year of the means that the ridge reads


def odds(share: Array) -> Array:
    """Log-odds of shares, kept within 2 and 98 %."""
    return logit(np.clip(share, LEAST, 1.0 - LEAST))


def with_error_distribution(point: Array, spread: float) -> Array:
    """Samples (sample, case) of shares around log-odds (case,), evenly spaced in probability."""
    even = ndtri((np.arange(SAMPLES) + 0.5) / SAMPLES)
    return expit(point + spread * even[:, np.newaxis])


def spread_of(misses: Array) -> float:
    """Root mean square of misses in log-odds, at least 0.05."""
    return max(float(np.sqrt(np.mean(np.square(misses)))), 0.05)


def persistence(past: Array) -> Array:
    """Forecast that next year is as last year; past is (year, state) shares, in order."""
    known = odds(past)
    return with_error_distribution(known[-1], spread_of(np.diff(known, axis=0)))


def trend(past: Array) -> Array:
    """Forecast that a line through the past goes on; its spread is its miss on the last year, were that unknown."""
    known = odds(past)
    return with_error_distribution(_extended(known), spread_of(_extended(known[:-1]) - known[-1]))


def _extended(known: Array) -> Array:
    years = np.arange(len(known), dtype=float)
    slope, start = np.polyfit(years, known, 1)
    return start + slope * len(known)


def between(known: Array, years: Array, wanted: float) -> Array:
    """Point of a line through other years' log-odds (year, state), at a year wanted, (state,)."""
    slope, start = np.polyfit(np.asarray(years, float) - wanted, known, 1)
    return start


def equal(past: Array, cases: int) -> Array:
    """Forecast of 50 to 50 everywhere."""
    return with_error_distribution(np.zeros(cases), spread_of(odds(past)))


def structure(world: xr.Dataset, *, known: int) -> Array:
    """What a plain regression reads of each state, (state, column), up to a year.

    Root of Chinese official finance over GDP, militarised disputes with China, China's shares in trade and arms imports.
    """
    years = slice(FROM, known)
    china = world.sel(partner="CHN")
    output = world["gdp"].sel(year=years).mean("year")
    finance: xr.DataArray = (
        china["official_finance"].sel(year=years).mean("year").clip(min=0.0) / output
    )
    columns = (
        finance**0.5,
        china["dispute_history"],
        china["trade_share"].sel(year=years).mean("year"),
        china["arms_share"].sel(year=years).mean("year"),
    )
    return np.stack([column.values for column in columns], axis=1)


def ridge(columns: Array, told: Array, wanted: Array, penalty: float = PENALTY) -> Array:
    """Ridge regression in closed form: predictions (case,) for rows wanted.

    Parameters
    ----------
    columns : (state, column) to learn from. told : (state,) what is learnt. wanted : (case, column).
    """
    middle, size = columns.mean(axis=0), columns.std(axis=0)
    size = np.where(size > 0.0, size, 1.0)
    known = (columns - middle) / size
    square = known.T @ known + penalty * np.eye(known.shape[1])
    weights = np.linalg.solve(square, known.T @ (told - told.mean()))
    return told.mean() + (wanted - middle) / size @ weights


def leave_one_out(columns: Array, told: Array) -> Array:
    """Ridge prediction of every state from the others, (state,)."""
    count = len(told)
    others = [np.arange(count) != place for place in range(count)]
    return np.array([ridge(columns[o], told[o], columns[~o])[0] for o in others])
