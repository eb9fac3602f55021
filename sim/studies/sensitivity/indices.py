"""How much of the variance of the expectation does each setting explain? Sobol indices, their noise taken out.

    first_i = mean(B (AB_i - A)) / V        total_i = mean((A - AB_i)^2) / 2 V

Source: first, Saltelli et al. (2010, unverified); total, Jansen (1999, unverified); both as in scipy.stats.sobol_indices, which
the tests compare with. Ours: every mean is taken over pairs of different replicates (`sim.studies.sensitivity.crossed`). Taken
over means of replicates instead, noise is counted as variance: independent luck makes firsts too small and totals too large.

Intervals are percentiles of a Bayesian bootstrap of samples and of replicates at once, since luck is common to all points; an
interval over samples alone would hold these replicates for the only ones. The two may also be drawn apart, to say which is short.
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
    by_samples, by_luck : largest width of a total's interval if only samples, or only luck, were drawn anew.
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
    by_luck: float

    @property
    def width(self) -> float:
        """The largest width of a total's interval."""
        return float((self.total_high - self.total_low).max())

    @property
    def swamped(self) -> Array:
        """Which settings luck swamps: the total's interval reaches nought, or noise would have doubled it."""
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
    rows, luck = (
        drawn(samples, times, chance),
        drawn(replicates, times, chance, luck=True) if replicates > 1 else np.ones((times, 1)),
    )
    still_rows, still_luck = even(samples), even(replicates)
    best = _indices(numbers, still_rows, still_luck)[..., 0]
    plain = _indices(numbers.mean(axis=-1, keepdims=True), still_rows, np.ones((1, 1)))[..., 0]
    low, high = _interval(_drawn(numbers, rows, luck))
    alone = _interval(_drawn(numbers, rows, np.repeat(still_luck, times, axis=0)))
    lucky = _interval(_drawn(numbers, np.repeat(still_rows, times, axis=0), luck))
    return Indices(
        **dict(zip(KINDS, best, strict=True)),
        first_low=low[0],
        first_high=high[0],
        total_low=low[1],
        total_high=high[1],
        plain_first=plain[0],
        plain_total=plain[1],
        by_samples=float((alone[1][1] - alone[0][1]).max()),
        by_luck=float((lucky[1][1] - lucky[0][1]).max()),
    )


def _drawn(numbers: Array, rows: Array, luck: Array) -> Array:
    parts = [
        _indices(numbers, rows[at : at + AT_ONCE], luck[at : at + AT_ONCE])
        for at in range(0, len(rows), AT_ONCE)
    ]
    return np.concatenate(parts, axis=-1)


def _indices(numbers: Array, rows: Array, luck: Array) -> Array:
    """Return (first or total, dimension, draw)."""
    centred = numbers - numbers[:, :2].mean(axis=(0, 1))
    one, other, mixed = centred[:, :1], centred[:, 1:2], centred[:, 2:]
    gap = mixed - one
    first = product(np.broadcast_to(other, gap.shape), gap, rows, luck)
    total = product(gap, gap, rows, luck) / 2.0
    whole = _variance(one, other, rows, luck)
    return np.stack([first, total]) / whole


def _variance(one: Array, other: Array, rows: Array, luck: Array) -> Array:
    """Variance of the expectation over A and B together; never below a trace of what it is beside noise."""
    both = np.concatenate([one, other], axis=1)
    square = product(both, both, rows, luck).mean(axis=0)
    mean = square_of_mean(rows @ both.mean(axis=1), luck)
    floor = 1e-6 * float((both**2).mean())
    return np.maximum(square - mean, max(floor, 1e-300))


def _interval(found: Array) -> tuple[Array, Array]:
    low, high = np.quantile(found, [(1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0], axis=-1)
    return low, high


def needed(found: Indices, samples: int, replicates: int, width: float) -> tuple[int, int]:
    """Say how many samples (a power of two) and replicates would bring the widest total within `width`.

    Widths shrink with the root of what is drawn; each source is let have its part of the width asked for.
    """
    whole = math.hypot(found.by_samples, found.by_luck)
    if found.width <= width or whole == 0.0:
        return samples, replicates
    factor = (found.width / width) ** 2
    more_samples = samples * factor if found.by_samples >= 0.5 * found.by_luck else samples
    more_luck = replicates * factor if found.by_luck >= 0.5 * found.by_samples else replicates
    return 1 << math.ceil(math.log2(more_samples)), math.ceil(more_luck)
