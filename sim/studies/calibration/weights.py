"""Weights of draws: normal, effective number, and resampling by them."""

from __future__ import annotations

import numpy as np
from scipy.special import logsumexp

from sim.axes import Array


def normalised(logs: Array) -> Array:
    """Weights that sum to 1 from log weights, (draw,)."""
    return np.exp(logs - logsumexp(logs))


def effective(weights: Array) -> float:
    """Effective number of draws, 1 / sum of squared weights."""
    return float(1.0 / (weights**2).sum())


def resample(weights: Array, count: int, rng: np.random.Generator) -> Array:
    """Systematic resampling: places (count,) of the draws chosen."""
    spots = (rng.random() + np.arange(count)) / count
    return np.minimum(np.searchsorted(np.cumsum(weights), spots), len(weights) - 1)
