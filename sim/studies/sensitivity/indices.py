"""Sobol indices of the expected outcome, Monte Carlo noise removed: how much of its variance does each setting explain?

    first_i = mean(B (AB_i - A)) / V        total_i = mean((A - AB_i)^2) / 2 V

Source: first, Saltelli et al. (2010, unverified); total, Jansen (1999, unverified); both as in scipy.stats.sobol_indices, which
the tests compare with. Ours: every mean is taken over pairs of different replicates (`sim.studies.sensitivity.crossed`). Taken
over means of replicates instead, noise is counted as variance: independent random numbers make firsts too small and totals too
large.

Intervals are percentiles of a Bayesian bootstrap of samples and of replicates at once, since random numbers are common to all
points; an interval over samples alone would hold these replicates for the only ones. The two may also be drawn apart, to say
which is short.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sim.axes import Array
from sim.studies.sensitivity.crossed import drawn, even, product, square_of_mean

TIMES, AT_ONCE = 1000, 50
LEVEL = 0.95
KINDS = ("first", "total")


@dataclass(frozen=True, kw_only=True)
class Indices:
    """First and total indices, (dimension,) each, and what was uncertain about them.

    low, high : 95 % intervals. plain : not corrected for noise (of means of replicates).
    by_samples, by_replicates : largest width of a total's interval if only samples, or only replicates, were drawn anew.
    """

    first: Array
    total: Array
    first_low: Array
    first_high: Array
    total_low: Array
    total_high: Array
    plain_first: Array
    plain_total: Array
    by_samples: float
    by_replicates: float

    @property
    def width(self) -> float:
        """The largest width of a total's interval."""
        return float((self.total_high - self.total_low).max())

    @property
    def swamped(self) -> Array:
        """Totals not distinguishable from noise or zero: the interval reaches zero, or noise would have doubled it."""
        return np.asarray((self.total_low <= 0.0) | (self.plain_total > 2.0 * self.total))


def sobol(numbers: Array, *, seed: int = 0, times: int = TIMES) -> Indices:
    """Estimate indices and intervals.

    Parameters
    ----------
    numbers : (sample, dimensions + 2, replicate), from `sim.studies.sensitivity.saltelli.parted`.
    seed : of the bootstrap. times : draws of it.
    """
    samples, _, replicates = numbers.shape
    chance = np.random.default_rng(seed)
    rows, weights = (
        drawn(samples, times, chance),
        drawn(replicates, times, chance, few=True) if replicates > 1 else np.ones((times, 1)),
    )
    even_rows, even_replicates = even(samples), even(replicates)
    best = _indices(numbers, even_rows, even_replicates)[..., 0]
    plain = _indices(numbers.mean(axis=-1, keepdims=True), even_rows, np.ones((1, 1)))[..., 0]
    low, high = _interval(_drawn(numbers, rows, weights))
    samples_alone = _interval(_drawn(numbers, rows, np.repeat(even_replicates, times, axis=0)))
    replicates_alone = _interval(_drawn(numbers, np.repeat(even_rows, times, axis=0), weights))
    return Indices(
        **dict(zip(KINDS, best, strict=True)),
        first_low=low[0],
        first_high=high[0],
        total_low=low[1],
        total_high=high[1],
        plain_first=plain[0],
        plain_total=plain[1],
        by_samples=float((samples_alone[1][1] - samples_alone[0][1]).max()),
        by_replicates=float((replicates_alone[1][1] - replicates_alone[0][1]).max()),
    )


def _drawn(numbers: Array, rows: Array, weights: Array) -> Array:
    parts = [
        _indices(numbers, rows[at : at + AT_ONCE], weights[at : at + AT_ONCE])
        for at in range(0, len(rows), AT_ONCE)
    ]
    return np.concatenate(parts, axis=-1)


def _indices(numbers: Array, rows: Array, weights: Array) -> Array:
    """Return (first or total, dimension, draw)."""
    centred = numbers - numbers[:, :2].mean(axis=(0, 1))
    base, other, mixed = centred[:, :1], centred[:, 1:2], centred[:, 2:]
    gap = mixed - base
    first = product(np.broadcast_to(other, gap.shape), gap, rows, weights)
    total = product(gap, gap, rows, weights) / 2.0
    whole = _variance(base, other, rows, weights)
    return np.stack([first, total]) / whole


def _variance(base: Array, other: Array, rows: Array, weights: Array) -> Array:
    """Variance of the expectation over A and B together; never below a trace of what it is beside noise."""
    both = np.concatenate([base, other], axis=1)
    square = product(both, both, rows, weights).mean(axis=0)
    mean = square_of_mean(rows @ both.mean(axis=1), weights)
    floor = 1e-6 * float((both**2).mean())
    return np.maximum(square - mean, max(floor, 1e-300))


def _interval(estimates: Array) -> tuple[Array, Array]:
    low, high = np.quantile(estimates, [(1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0], axis=-1)
    return low, high


def needed(indices: Indices, samples: int, replicates: int, width: float) -> tuple[int, int]:
    """Say how many samples (a power of two) and replicates would bring the widest total within `width`.

    Widths shrink with the root of what is drawn; each source is let have its part of the width asked for.
    """
    whole = math.hypot(indices.by_samples, indices.by_replicates)
    if indices.width <= width or whole == 0.0:
        return samples, replicates
    factor = (indices.width / width) ** 2
    more_samples = (
        samples * factor if indices.by_samples >= 0.5 * indices.by_replicates else samples
    )
    more_replicates = (
        replicates * factor if indices.by_replicates >= 0.5 * indices.by_samples else replicates
    )
    return 1 << math.ceil(math.log2(more_samples)), math.ceil(more_replicates)
