"""Two-way analysis of variance: how much of the variance is the theory, the aid level, or Monte Carlo noise?

Every theory meets every budget on the same runs, so the design is balanced and the sums of squares add up exactly:

    total = theory + aid + theory x aid + Monte Carlo

Monte Carlo being all that differs between runs of one theory and budget. Intervals: 95 %, bootstrap over runs. The mean squares
of a few runs contain some Monte Carlo noise, too; with a hundred runs this is at most about one percent of it.
Source: Fisher's analysis of variance, as in any textbook. Ours: which outcomes, and budgets as equally likely.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.axes import Array

PARTS = ("theory", "aid", "theory x aid", "Monte Carlo")
RESAMPLES = 200


def sums_of_squares(values: Array) -> Array:
    """Sums of squares of the four `PARTS`, (part,).

    Parameters
    ----------
    values : (theory, aid, run).
    """
    runs = values.shape[-1]
    cells, mean = values.mean(axis=-1), values.mean()
    rows, columns = cells.mean(axis=1, keepdims=True), cells.mean(axis=0, keepdims=True)
    parts = (rows - mean + 0.0 * cells, columns - mean + 0.0 * cells, cells - rows - columns + mean)
    within = ((values - cells[..., np.newaxis]) ** 2).sum()
    return np.array([*(runs * (part**2).sum() for part in parts), within])


def shares(values: Array) -> Array:
    """Shares of the four `PARTS` in the total, (part,); all NaN where nothing varies at all.

    Parameters
    ----------
    values : (theory, aid, run).
    """
    squares = sums_of_squares(values)
    total = squares.sum()
    floor = values.size * (1e-12 * np.abs(values).max(initial=0.0)) ** 2
    return squares / total if total > floor else np.full(len(PARTS), np.nan)


def shares_table(values: Array, *, seed: int = 0) -> pd.DataFrame:
    """One row a part: its share in the total variance, with a 95 % interval over runs.

    Parameters
    ----------
    values : (theory, aid, run). seed : of the resampling.
    """
    generator = np.random.default_rng(seed)
    runs = values.shape[-1]
    resampled = np.array(
        [shares(values[..., generator.integers(0, runs, runs)]) for _ in range(RESAMPLES)]
    )
    low, high = np.quantile(resampled, (0.025, 0.975), axis=0)
    return pd.DataFrame({"part": PARTS, "share": shares(values), "low": low, "high": high})
