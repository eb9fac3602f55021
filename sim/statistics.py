"""The one interval: means over runs with Student's t, policy minus baseline run by run, and shares of runs.

Whatever shows a mean or a difference with its 95 % interval takes it from here, so that the same runs give the same numbers
everywhere. Source: common random numbers as variance reduction, Law (2015, ch. 11; unverified); Student's interval of a mean;
Wilson (1927; unverified) for shares. Intervals are of the mean over random draws, for one
point and one model: they say nothing of
whether the model is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri, stdtrit

from sim.axes import Array
from sim.errors import UserError

QUANTILES = {"q05": 0.05, "q50": 0.5, "q95": 0.95}
LEVEL = 0.95
NORMAL_95 = float(ndtri(0.5 + 0.5 * LEVEL))  # for shares of many; means of runs take Student's t


def mean_interval(values: ArrayLike) -> tuple[Array, Array]:
    """Mean and half of its 95 % interval, by Student's t.

    Parameters
    ----------
    values : (..., run), of runs, or of differences of paired runs; NaN is left out.

    Returns
    -------
    Mean and half-width, arrays (...): the half-width is NaN for fewer than two numbers, the mean for none.
    """
    numbers = np.asarray(values, dtype=float)
    known = ~np.isnan(numbers)
    count = known.sum(axis=-1)
    mean, variance = _mean_and_variance(numbers, known, count)
    return mean, _half_interval(np.sqrt(variance / np.maximum(count, 1)), count)


def share_interval(share: float, count: int) -> tuple[float, float]:
    """Ends of the 95 % interval of a share, between 0 and 1, by Wilson's formula.

    Parameters
    ----------
    share : part of the runs, 0 to 1. count : runs, at least 1.
    """
    squared = NORMAL_95**2
    middle = (share + squared / (2 * count)) / (1 + squared / count)
    spread = np.sqrt(share * (1 - share) / count + squared / (4 * count**2))
    half = float(NORMAL_95 * spread / (1 + squared / count))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def sampling_error(share: ArrayLike, size: ArrayLike) -> Array:
    """Half of the 95 % interval of a survey's share under simple random sampling: ``1.96 sqrt(p (1 - p) / n)``.

    Parameters
    ----------
    share : (...,) 0 to 1. size : (...,) people asked; NaN or 0 where unknown.

    Returns
    -------
    (...,), NaN where the size is unknown.
    """
    part, asked = np.asarray(share, dtype=float), np.asarray(size, dtype=float)
    known = np.isfinite(asked) & (asked > 0)
    spread = np.sqrt(part * (1.0 - part) / np.where(known, asked, 1.0))
    return np.where(known, NORMAL_95 * spread, np.nan)


def _half_interval(error: Array, count: NDArray[np.int_]) -> Array:
    """Half of the 95 % interval of means with these errors."""
    return stdtrit(np.maximum(count - 1, 1), 0.5 + 0.5 * LEVEL) * error


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
    some = count > 0
    filled = np.where(known, ordered, 0.0)
    mean, variance = _mean_and_variance(ordered, known, count)
    sd = np.sqrt(variance)
    error = sd / np.sqrt(np.maximum(count, 1))
    half = _half_interval(error, count)
    quantiles = {
        name: _interpolated_quantile(filled, count, part) for name, part in QUANTILES.items()
    }
    return {
        "mean": mean,
        "sd": sd,
        **{name: np.where(some, match, np.nan) for name, match in quantiles.items()},
        "low95": mean - half,
        "high95": mean + half,
        "mc_error": error,
        "share": count / ordered.shape[-1],
    }


def _interpolated_quantile(ordered: Array, count: NDArray[np.int_], part: float) -> Array:
    """Interpolate linearly between the known numbers of each row, which come first and in order."""
    position = part * np.maximum(count - 1, 0)
    low = np.floor(position).astype(int)
    high = np.minimum(low + 1, np.maximum(count - 1, 0))
    below, above = (
        np.take_along_axis(ordered, at[..., np.newaxis], axis=-1)[..., 0] for at in (low, high)
    )
    return below + (position - low) * (above - below)


PAIRED = (
    *("baseline_mean", "mean", "difference", "low95", "high95", "mc_error"),
    *("variance_reduction", "replicates_saved", "pairs"),
)


def paired_summary(policy: ArrayLike, baseline: ArrayLike) -> dict[str, Array]:
    """Policy minus baseline, run by run: mean, 95 % interval, and what common random numbers were worth.

    Parameters
    ----------
    policy, baseline : (..., run), the same runs in the same order; pairs with a NaN are left out.

    Returns
    -------
    By the names in `PAIRED`, arrays (...): both means, the mean difference with its interval and
    Monte-Carlo error; variance_reduction, the variance of the difference of as many unpaired runs
    over that of the pairs (infinite where every run differs by the same); replicates_saved, further
    runs of each side that unpaired runs would need for the same interval. NaN where too few pairs.
    """
    first, other = np.asarray(policy, dtype=float), np.asarray(baseline, dtype=float)
    both = ~(np.isnan(first) | np.isnan(other))
    pairs = both.sum(axis=-1)
    mean, variance = _mean_and_variance(first, both, pairs)
    base, spread = _mean_and_variance(other, both, pairs)
    gap, gaps = _mean_and_variance(
        np.where(both, first, 0.0) - np.where(both, other, 0.0), both, pairs
    )
    error = np.sqrt(gaps / np.maximum(pairs, 1))
    half = _half_interval(error, pairs)
    factor = _variance_ratio(variance + spread, gaps)
    return {
        "baseline_mean": base,
        "mean": mean,
        "difference": gap,
        "low95": gap - half,
        "high95": gap + half,
        "mc_error": error,
        "variance_reduction": factor,
        "replicates_saved": pairs * (factor - 1.0),
        "pairs": pairs,
    }


def _mean_and_variance(
    values: Array, known: NDArray[np.bool_], count: NDArray[np.int_]
) -> tuple[Array, ...]:
    """Mean and variance of the known numbers of each row; NaN where there are too few."""
    total = np.where(known, values, 0.0).sum(axis=-1)
    mean = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    gaps = np.where(known, np.where(known, values, 0.0) - np.nan_to_num(mean)[..., np.newaxis], 0.0)
    variance = (gaps**2).sum(axis=-1) / np.maximum(count - 1, 1)
    return mean, np.where(count > 1, variance, np.nan)


def _variance_ratio(unpaired: Array, paired: Array) -> Array:
    """Variance unpaired over variance paired; where both are nothing, 1: nothing was to be saved."""
    some = paired > 0.0
    without = np.where(unpaired > 0.0, np.inf, np.where(np.isnan(unpaired), np.nan, 1.0))
    return np.where(some, unpaired / np.where(some, paired, 1.0), without)


@dataclass(frozen=True, kw_only=True)
class PairedDifference:
    """Policy minus baseline over runs with common random numbers (see `paired_summary`).

    mean, low, high : of the difference, with its 95 % interval. runs : pairs. mc_error : of the mean.
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
    first, other = np.asarray(policy, dtype=float), np.asarray(baseline, dtype=float)
    if first.ndim != 1 or first.shape != other.shape:
        raise UserError(
            given=f"the runs to be paired have shapes {first.shape} and {other.shape}",
            allowed="both must have the same runs, in one dimension",
            hint="Take the same replicates of two points.",
        )
    result = {name: each.item() for name, each in paired_summary(first, other).items()}
    if result["pairs"] < 2:
        raise UserError(
            given=f"there are {result['pairs']} pairs of runs",
            allowed="an interval needs at least two",
            where="on the command line: sweep.replicates=100",
        )
    return PairedDifference(
        mean=result["difference"],
        low=result["low95"],
        high=result["high95"],
        runs=int(result["pairs"]),
        **{name: result[name] for name in ("mc_error", "variance_reduction", "replicates_saved")},
    )
