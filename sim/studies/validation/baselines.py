"""Baseline forecasts, which need no model: what a simulation must beat to have earned its mechanisms.

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
    past_odds = odds(past)
    return with_error_distribution(past_odds[-1], spread_of(np.diff(past_odds, axis=0)))


def trend(past: Array) -> Array:
    """Forecast that a line through the past goes on; its spread is its miss on the last year, were that unknown."""
    past_odds = odds(past)
    return with_error_distribution(
        _extended(past_odds), spread_of(_extended(past_odds[:-1]) - past_odds[-1])
    )


def _extended(past_odds: Array) -> Array:
    years = np.arange(len(past_odds), dtype=float)
    slope, start = np.polyfit(years, past_odds, 1)
    return start + slope * len(past_odds)


def between(past_odds: Array, years: Array, wanted: float) -> Array:
    """Point of a line through other years' log-odds (year, state), at a year wanted, (state,)."""
    slope, start = np.polyfit(np.asarray(years, float) - wanted, past_odds, 1)
    return start


def random_walk(past: Array, *, years: int, seed: int) -> Array:
    """Forecast that a series goes on by chance alone, (sample, year, state): steps without drift, as large as those so far.

    Parameters
    ----------
    past : (year, state) up to the start; the size of a step is the root mean square of all their yearly changes.
    years : to predict. seed : of the walks.
    """
    size = float(np.sqrt(np.mean(np.diff(past, axis=0) ** 2)))
    steps = np.random.default_rng(seed).standard_normal((SAMPLES, years, past.shape[1]))
    return past[-1] + size * steps.cumsum(axis=1)


def smoothed_rates(counts: Array, years: Array, base: Array, strength: float) -> Array:
    """Yearly rates, drawn towards the base rate as if by `strength` more years of it.

    Parameters
    ----------
    counts : years in which it happened. years : years looked at. base : rates; all of shapes that go together.
    """
    return (counts + strength * base) / (years + strength)


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


def ridge(columns: Array, target: Array, wanted: Array, penalty: float = PENALTY) -> Array:
    """Ridge regression in closed form: predictions (case,) for rows wanted.

    Parameters
    ----------
    columns : (state, column) to learn from. target : (state,) shares to learn. wanted : (case, column).
    """
    middle, size = columns.mean(axis=0), columns.std(axis=0)
    size = np.where(size > 0.0, size, 1.0)
    standardised = (columns - middle) / size
    square = standardised.T @ standardised + penalty * np.eye(standardised.shape[1])
    weights = np.linalg.solve(square, standardised.T @ (target - target.mean()))
    return target.mean() + (wanted - middle) / size @ weights


def leave_one_out(columns: Array, target: Array) -> Array:
    """Ridge prediction of every state from the others, (state,)."""
    count = len(target)
    others = [np.arange(count) != index for index in range(count)]
    return np.array([ridge(columns[o], target[o], columns[~o])[0] for o in others])
