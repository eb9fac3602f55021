"""Morris screening: which of very many settings matter at all? One step at a time, along random paths.

    effect = (Y after a step - Y before) / (step as a share of the range)

mu* (mean size of effects) ranks settings, sigma (their spread) tells curvature and interaction, mu their direction. Source:
Morris (1991) and Campolongo, Cariboni and Saltelli (2007), both unverified; paths are drawn by SALib. Ours: the
noise floor. A step has common random numbers before and after, and replicates are averaged; what noise still adds to the mean
size is reported as a floor: sqrt(2 / pi) times the standard error of an effect, the mean size of an effect that is zero. Sigma is
corrected for it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.axes import Array
from sim.ensemble.design import Dimension
from sim.ensemble.design_points import frame
from sim.errors import UserError
from sim.studies.sensitivity.crossed import drawn, product

LEVELS, LEAST = 4, 4
TIMES = 1000


@dataclass(frozen=True, kw_only=True)
class Screening:
    """Of each setting, (dimension,): mu, mu_star with its 95 % interval, sigma, and the noise floor."""

    mu: Array
    mu_star: Array
    low: Array
    high: Array
    sigma: Array
    floor: Array

    @property
    def width(self) -> float:
        """The largest width of an interval of mu*."""
        return float((self.high - self.low).max())

    @property
    def above_noise(self) -> Array:
        """Which settings move the outcome by more than noise could."""
        return np.asarray(self.low > self.floor)


def morris(space: Sequence[Dimension], samples: int, seed: int) -> pd.DataFrame:
    """Make the table of points: `samples` paths of dimensions + 1 points.

    Raises
    ------
    UserError : SALib is not installed, or too few paths.
    """
    if samples < LEAST:
        raise UserError(
            given=f"samples is {samples}",
            allowed=f"with method=morris it must be at least {LEAST} paths",
            where="on the command line: samples=20",
        )
    sample = _sampler()
    bounds = [[0.0, 1.0]] * len(space)
    names = [dimension.name for dimension in space]
    asked = {"num_vars": len(space), "names": names, "bounds": bounds}
    steps = sample(asked, samples, num_levels=LEVELS, seed=seed % 2**32)
    columns = [_at(dimension, steps[:, index]) for index, dimension in enumerate(space)]
    return frame(space, columns)


def _sampler():  # type: ignore[no-untyped-def]
    try:
        from SALib.sample.morris import sample
    except ImportError as error:
        raise UserError(
            given="method=morris needs the library SALib, which is not installed",
            allowed="method=sobol and method=tornado do without it",
            hint='In a clone, run: python -m pip install ".[analysis]".',
        ) from error
    return sample


def _at(dimension: Dimension, shares: Array) -> list[float]:
    """Turn shares of the closed range into values, its upper end included."""
    return [
        min(float(dimension.low + share * (dimension.high - dimension.low)), dimension.high)
        for share in shares
    ]


def effects(table: pd.DataFrame, numbers: Array, space: Sequence[Dimension]) -> Array:
    """Elementary effects (dimension, path, replicate).

    Parameters
    ----------
    table : from `morris`. numbers : (point, replicate).
    """
    count = len(space)
    low = np.array([dimension.low for dimension in space])
    scale = np.array([dimension.high - dimension.low for dimension in space])
    shares = (table.to_numpy(float) - low) / scale
    moved = np.diff(shares.reshape(-1, count + 1, count), axis=1)
    changed = np.diff(numbers.reshape(len(moved), count + 1, -1), axis=1)
    which = np.abs(moved).argmax(axis=-1)
    step = np.take_along_axis(moved, which[..., np.newaxis], axis=-1)
    changes = np.empty((count, len(moved), numbers.shape[-1]))
    changes[which.T, np.arange(len(moved))] = (changed / step).transpose(1, 0, 2)
    return changes


def screen(changes: Array, *, seed: int = 0, times: int = TIMES) -> Screening:
    """Sum up effects (dimension, path, replicate); intervals over paths and replicates, drawn anew together."""
    _, paths, replicates = changes.shape
    chance = np.random.default_rng(seed)
    rows = drawn(paths, times, chance)
    weights = drawn(replicates, times, chance, few=True) if replicates > 1 else np.ones((times, 1))
    mean = changes.mean(axis=-1)
    redrawn = np.stack([np.abs(each @ weights.T) for each in changes])  # (dimension, path, draw)
    low, high = np.quantile(np.einsum("dpt,tp->dt", redrawn, rows), [0.025, 0.975], axis=-1)
    error = _error(changes)
    return Screening(
        mu=mean.mean(axis=1),
        mu_star=np.abs(mean).mean(axis=1),
        low=low,
        high=high,
        sigma=np.sqrt(np.maximum(_spread(changes), 0.0)),
        floor=math.sqrt(2.0 / math.pi) * error,
    )


def _error(changes: Array) -> Array:
    """Standard error of an effect over replicates, root mean square over paths."""
    replicates = changes.shape[-1]
    if replicates < 2:
        return np.zeros(len(changes))
    return np.asarray(np.sqrt(changes.var(axis=-1, ddof=1).mean(axis=1) / replicates))


def _spread(changes: Array) -> Array:
    """Variance over paths of the expected effect, of different replicates."""
    _, paths, replicates = changes.shape
    rows, weights = np.full((1, paths), 1.0 / paths), np.full((1, replicates), 1.0 / replicates)
    centred = changes - changes.mean(axis=(1, 2), keepdims=True)
    both = centred.transpose(1, 0, 2)
    return product(both, both, rows, weights)[:, 0] * paths / max(paths - 1, 1)
