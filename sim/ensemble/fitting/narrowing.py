"""What the record adds to each prior: medians, 90 % ranges, how far the spread was narrowed, and the defaults to declare."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import ndtri

from sim.ensemble.fitting.fit import Fit

LITTLE, NOTHING = 0.7, 0.9  # posterior over prior spread: above, the record says little, nothing
MOVED = 0.5  # prior standard deviations by which a median that moved says at least a little
QUANTILES = (0.05, 0.5, 0.95)
POINTS = 2001  # of the prior, at even probabilities


def narrowing(found: Fit) -> pd.DataFrame:
    """Say what the record adds to each prior.

    Returns
    -------
    One row a number: path, prior mean and 90 % range, posterior median and 90 % range, narrowed (posterior over prior standard
    deviation), moved (of the median, in prior standard deviations), record_says (something, little, nothing), and grade and
    source of the prior.
    """
    even = ndtri((np.arange(POINTS) + 0.5) / POINTS)
    rows = []
    for number in found.numbers:
        before, after = number.value(even), found.draws[number.path].to_numpy()
        low, middle, high = np.quantile(after, QUANTILES)
        ratio = float(after.std() / before.std())
        shift = float((middle - before.mean()) / before.std())
        rows.append(
            {
                "path": number.path,
                "prior": before.mean(),
                "prior_low": np.quantile(before, QUANTILES[0]),
                "prior_high": np.quantile(before, QUANTILES[2]),
                "posterior": middle,
                "low": low,
                "high": high,
                "narrowed": ratio,
                "moved": shift,
                "record_says": "nothing" if number.path in found.silent else verdict(ratio, shift),
                "grade": number.grade,
                "source": number.source,
            }
        )
    return pd.DataFrame(rows)


def verdict(ratio: float, shift: float) -> str:
    """Put the ratio of posterior to prior spread, and what the median moved by in prior spreads, into a word."""
    if ratio > NOTHING and abs(shift) < MOVED:
        return "nothing"
    return "little" if ratio > LITTLE else "something"


def proposed_defaults(found: Fit) -> dict[str, float]:
    """Posterior medians of all settings, rounded to two digits: the defaults to declare."""
    medians = found.draws.median()
    return {
        str(path): float(f"{value:.2g}")
        for path, value in medians.items()
        if not str(path).startswith("error.")
    }
