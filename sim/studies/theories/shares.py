"""How much of what may come about is theory, how much aid, how much the open numbers of a theory, how much chance?

The variance over theories, aid levels, draws of each theory's posterior and runs, taken apart by the law of total variance:

    total = variance between theories + mean within them of (aid + open numbers + chance)

Every theory meets every aid level with the same draws of its posterior, on the same runs. What few draws and runs leave of the
finer parts in the means of the coarser is taken off (mean squares of the interactions), so that no part shrinks with effort.
Aid holds its interaction with the theory. Intervals: 90 %, from random halves of the draws and runs, which differ from the whole
about as much as the whole from the truth (drawn with replacement, equal runs would pass for less chance).

Source: analysis of variance, as in any textbook. Ours: which outcomes, aid levels as equally likely, theories by their weights.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.axes import Array

PARTS = ("theory", "aid", "open numbers", "chance")
RESAMPLES, INTERVAL = 200, (0.05, 0.95)


def variances(values: Array, weights: Array) -> Array:
    """Variance of each of the `PARTS`, (part,), summed over states.

    Parameters
    ----------
    values : (theory, aid, draw, run, state). weights : (theory,), 1 together.
    """
    draws, runs = values.shape[2:4]
    of_draw, of_run = values.mean(axis=3, keepdims=True), values.mean(axis=2, keepdims=True)
    cell = of_draw.mean(axis=2, keepdims=True)
    chance = values.var(axis=3, ddof=1).mean(axis=(1, 2))
    apart = ((values - of_draw - of_run + cell) ** 2).sum(axis=(2, 3)) / ((draws - 1) * (runs - 1))
    numbers = (of_draw.var(axis=2, ddof=1)[:, :, 0] - apart / runs).mean(axis=1)
    means = cell[:, :, 0, 0]  # (theory, aid, state)
    level = means.mean(axis=1, keepdims=True)
    own = (of_draw - of_draw.mean(axis=1, keepdims=True))[:, :, :, 0]  # of aid, draw by draw
    left = own.var(axis=2, ddof=1).mean(axis=1) / draws
    aid = ((means - level) ** 2).mean(axis=1) - left
    level = level[:, 0]
    of_theory = weights[:, np.newaxis]
    middle = (of_theory * level).sum(axis=0)
    few = (weights * (1.0 - weights))[:, np.newaxis] * np.maximum(numbers, 0.0) / draws
    theory = (of_theory * (level - middle) ** 2 - few).sum(axis=0)
    within = [(of_theory * part).sum(axis=0) for part in (aid, numbers, chance)]
    return np.maximum([part.sum() for part in (theory, *within)], 0.0)


def shares(values: Array, weights: Array) -> Array:
    """Shares of the `PARTS` in the total, (part,); all NaN where nothing varies at all."""
    parts = variances(values, weights)
    floor = (1e-12 * np.abs(values).max(initial=0.0)) ** 2
    return parts / parts.sum() if parts.sum() > floor else np.full(len(PARTS), np.nan)


def shares_table(values: Array, weights: Array, *, seed: int = 0) -> pd.DataFrame:
    """One row a part: its share in the total variance, with a 90 % interval over draws and runs.

    Parameters
    ----------
    values : (theory, aid, draw, run, state). weights : (theory,). seed : of the resampling.
    """
    generator = np.random.default_rng(seed)
    draws, runs = values.shape[2:4]
    resampled = []
    for _ in range(RESAMPLES):
        some = values[:, :, generator.permutation(draws)[: max(2, draws // 2)]]
        half = some[:, :, :, generator.permutation(runs)[: max(2, runs // 2)]]
        resampled.append(shares(half, weights))
    low, high = np.quantile(resampled, INTERVAL, axis=0)
    return pd.DataFrame({"part": PARTS, "share": shares(values, weights), "low": low, "high": high})
