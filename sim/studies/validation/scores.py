"""How good is a forecast? Rank, mean miss, the whole spread, and honesty about that spread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from sim.axes import Array

NINETY = (0.05, 0.95)


@dataclass(frozen=True)
class Score:
    """Scores of one forecaster in one test; misses and CRPS in the unit of the forecast.

    rank is NaN where the forecaster says the same of every case.
    """

    rank: float
    miss: float
    crps: float
    coverage: float
    cases: int


def crps(samples: Array, observed: Array) -> Array:
    """Continuous ranked probability score of an ensemble, (case,): E|X - y| - E|X - X'| / 2.

    Exact for the ensemble's empirical distribution (Gneiting and Raftery 2007; unverified); lower is better, 0 only for
    all members on the observation; with one member the absolute error.

    Parameters
    ----------
    samples : (sample, case). observed : (case,).
    """
    ordered = np.sort(samples, axis=0)
    count = len(ordered)
    ranks = 2.0 * np.arange(1, count + 1) - count - 1.0
    within = (ranks[:, np.newaxis] * ordered).sum(axis=0) / count**2
    return np.abs(samples - observed).mean(axis=0) - within


def covered(samples: Array, observed: Array, ends: tuple[float, float] = NINETY) -> Array:
    """Whether each observation lies between two quantiles of its samples, (case,)."""
    low, high = np.quantile(samples, ends, axis=0)
    return (observed >= low) & (observed <= high)


def rank_correlation(predicted: Array, observed: Array) -> float:
    """Spearman's rank correlation; NaN where one of the two does not vary."""
    first, second = rankdata(predicted), rankdata(observed)
    if np.ptp(first) == 0 or np.ptp(second) == 0:
        return float("nan")
    return float(np.corrcoef(first, second)[0, 1])


def score(samples: Array, observed: Array) -> Score:
    """Score samples (sample, case) against observed (case,); the median is the point forecast."""
    point = np.median(samples, axis=0)
    return Score(
        rank=rank_correlation(np.round(point, 9), observed),
        miss=float(np.abs(point - observed).mean()),
        crps=float(crps(samples, observed).mean()),
        coverage=float(covered(samples, observed).mean()),
        cases=len(observed),
    )
