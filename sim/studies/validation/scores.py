"""How good is a forecast? Its whole spread (CRPS), its chances (Brier, log score), and whether its intervals cover.

Source: Gneiting and Raftery (2007; unverified) for proper scores; Kish (1965; unverified) for the effective number of cases that
hang together. Ours: which cases hang together (a state's years).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from sim.axes import Array

NINETY = (0.05, 0.95)
LEAST_CHANCE = 1e-6  # a forecast that calls something impossible is scored as if it gave it this


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

    Exact for the ensemble's empirical distribution; lower is better, 0 only for all members on the observation; with one member
    the absolute error.

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


def coverage_curve(samples: Array, observed: Array, levels: Sequence[float]) -> Array:
    """Share of observations inside the central interval of each nominal level, (level,)."""
    return np.array(
        [covered(samples, observed, (0.5 - 0.5 * p, 0.5 + 0.5 * p)).mean() for p in levels]
    )


def probability_transform(samples: Array, observed: Array) -> Array:
    """Place of each observation within its samples, 0 to 1, ties counted half, (case,): uniform for an honest forecast."""
    below, at = (samples < observed).mean(axis=0), (samples == observed).mean(axis=0)
    return below + 0.5 * at


def effective_number(places: Array) -> float:
    """How many independent cases the (year, state) places of `probability_transform` are worth, 1 to all of them.

    The years of a state hang together: with an intraclass correlation r of T years each, n cases are worth n / (1 + (T - 1) r).
    """
    years, states = places.shape
    if years < 2 or states < 2:
        return float(places.size)
    between = years * places.mean(axis=0).var(ddof=1)
    within = places.var(axis=0, ddof=1).mean()
    total = between + (years - 1) * within
    together = (between - within) / total if total > 0.0 else 1.0
    return float(places.size / (1.0 + (years - 1) * np.clip(together, 0.0, 1.0)))


def brier(chances: Array, happened: Array) -> Array:
    """Brier score over classes, (case,): 0 for certainty in what happened, 2 for certainty in another class.

    Parameters
    ----------
    chances : (case, class), each row summing to 1. happened : (case, class) 0 or 1.
    """
    return ((chances - happened) ** 2).sum(axis=-1)


def log_score(chances: Array, happened: Array) -> Array:
    """Logarithmic score of chances that something happens, in nats, same shape: lower is better, 0 for certainty in the truth."""
    said = np.where(np.asarray(happened, dtype=bool), chances, 1.0 - np.asarray(chances))
    return -np.log(np.clip(said, LEAST_CHANCE, 1.0))


def mean_difference(first: Array, second: Array) -> tuple[float, float]:
    """Mean of first minus second over (case, state), and its standard error with states as the independent units.

    Parameters
    ----------
    first, second : (..., state) scores of the same cases, blank where there is none.
    """
    by_state = np.nanmean((first - second).reshape(-1, first.shape[-1]), axis=0)
    return float(by_state.mean()), float(by_state.std(ddof=1) / np.sqrt(len(by_state)))


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
