"""What many runs say together: means with their error, and policy minus baseline run by run.

Source: common random numbers as variance reduction, Law (2015, ch. 11; unverified); Student's interval of a mean. Intervals are
of the mean over luck, for one point and one model: they say nothing of whether the model is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

from sim.axes import Array
from sim.errors import UserError

QUANTILES = {"q05": 0.05, "q50": 0.5, "q95": 0.95}
LEVEL = 0.95


def half_width(sd: float, count: int, level: float = LEVEL) -> float:
    """Half of the interval of a mean, Student's t; infinite for fewer than two numbers."""
    if count < 2:
        return float("inf")
    return float(stdtrit(count - 1, 0.5 + 0.5 * level) * sd / np.sqrt(count))


def summary(values: ArrayLike) -> dict[str, Array]:
    """Sum up runs: mean, sd, quantiles, 95 % interval and Monte-Carlo error of the mean.

    Parameters
    ----------
    values : (..., run); NaN is left out and counted (`share` is the part that is a number).

    Returns
    -------
    By name, arrays (...); NaN where too few numbers are known.
    """
    ordered = np.sort(np.asarray(values, dtype=float), axis=-1)  # NaN comes last
    known = ~np.isnan(ordered)
    count = known.sum(axis=-1)
    some, several = count > 0, count > 1
    filled = np.where(known, ordered, 0.0)
    mean = np.where(some, filled.sum(axis=-1) / np.maximum(count, 1), np.nan)
    gaps = np.where(known, filled - np.nan_to_num(mean)[..., np.newaxis], 0.0)
    variance = (gaps**2).sum(axis=-1) / np.maximum(count - 1, 1)
    sd = np.where(several, np.sqrt(variance), np.nan)
    error = sd / np.sqrt(np.maximum(count, 1))
    half = stdtrit(np.maximum(count - 1, 1), 0.5 + 0.5 * LEVEL) * error
    quantiles = {name: _quantile(filled, count, part) for name, part in QUANTILES.items()}
    return {
        "mean": mean,
        "sd": sd,
        **{name: np.where(some, found, np.nan) for name, found in quantiles.items()},
        "low95": mean - half,
        "high95": mean + half,
        "mc_error": error,
        "share": count / ordered.shape[-1],
    }


def _quantile(ordered: Array, count: NDArray[np.int_], part: float) -> Array:
    """Interpolate linearly between the known numbers of each row, which come first and in order."""
    place = part * np.maximum(count - 1, 0)
    low = np.floor(place).astype(int)
    high = np.minimum(low + 1, np.maximum(count - 1, 0))
    below, above = (
        np.take_along_axis(ordered, at[..., np.newaxis], axis=-1)[..., 0] for at in (low, high)
    )
    return below + (place - low) * (above - below)


@dataclass(frozen=True, kw_only=True)
class PairedDifference:
    """Policy minus baseline over runs with the same luck.

    mean, low, high : of the difference, with its 95 % interval. runs : pairs. mc_error : of the mean.
    variance_reduction : variance of the difference of as many unpaired runs, over that of the pairs.
    replicates_saved : further runs of each side that unpaired runs would need for the same interval.
    """

    mean: float
    low: float
    high: float
    runs: int
    mc_error: float
    variance_reduction: float
    replicates_saved: float

    @property
    def found(self) -> bool:
        """Whether the interval leaves zero out."""
        return not self.low <= 0.0 <= self.high


def paired_difference(policy: Any, baseline: Any) -> PairedDifference:
    """Compare two sets of runs, run by run.

    Parameters
    ----------
    policy, baseline : (run,), the same runs in the same order; pairs with a NaN are left out.

    Raises
    ------
    UserError : different lengths, or fewer than two pairs.
    """
    one, other = np.asarray(policy, dtype=float), np.asarray(baseline, dtype=float)
    if one.ndim != 1 or one.shape != other.shape:
        raise UserError(
            given=f"the runs to be paired have shapes {one.shape} and {other.shape}",
            allowed="both must have the same runs, in one dimension",
            where="where the two are chosen: the same replicates of two points",
        )
    both = ~(np.isnan(one) | np.isnan(other))
    return _paired(one[both], other[both])


def _paired(one: Array, other: Array) -> PairedDifference:
    runs = one.size
    if runs < 2:
        raise UserError(
            given=f"there are {runs} pairs of runs",
            allowed="an interval needs at least two",
            where="on the command line: sweep.replicates=100",
        )
    gap = one - other
    mean, spread = float(gap.mean()), float(gap.var(ddof=1))
    half = half_width(spread**0.5, runs)
    unpaired = float(one.var(ddof=1) + other.var(ddof=1))
    factor = unpaired / spread if spread > 0.0 else (float("inf") if unpaired > 0.0 else 1.0)
    return PairedDifference(
        mean=mean,
        low=mean - half,
        high=mean + half,
        runs=runs,
        mc_error=(spread / runs) ** 0.5,
        variance_reduction=factor,
        replicates_saved=runs * (factor - 1.0),
    )
