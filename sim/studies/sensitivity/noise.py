"""Variance decomposition of runs: how much is settings, how much stochastic?

    Var(Y) = Var_x(E[Y | x]) + E_x(Var[Y | x])            (law of total variance)

The first part is estimated from pairs of different replicates (`sim.studies.sensitivity.crossed`), the second from the variance
of replicates at each point. Under common random numbers the second parts into a component common to all points, which drops
out of every comparison, and one that differs between settings, which does not. Ours: that last division.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.axes import Array
from sim.studies.sensitivity.crossed import even, variance


@dataclass(frozen=True, kw_only=True)
class Noise:
    """Variance of single runs, parted.

    settings : of the expectation, over points. stochastic : of replicates, mean over points.
    shared : the part common to all points. replicates : how many there were.
    """

    mean: float
    settings: float
    stochastic: float
    shared: float
    replicates: int

    @property
    def share(self) -> float:
        """Stochastic share of the variance of single runs."""
        whole = max(self.settings, 0.0) + self.stochastic
        return self.stochastic / whole if whole > 0.0 else 0.0

    @property
    def left(self) -> float:
        """Stochastic share left in the variance over points of means of the replicates."""
        rest = max(self.stochastic - self.shared, 0.0) / self.replicates
        whole = max(self.settings, 0.0) + rest
        return rest / whole if whole > 0.0 else 0.0


def split(numbers: Array) -> Noise:
    """Part the variance of runs.

    Parameters
    ----------
    numbers : (point, replicate), points drawn independently. With one replicate the stochastic part is unknown (0).
    """
    points, replicates = numbers.shape
    expectation = variance(numbers, even(points), even(replicates))[0]
    stochastic = float(numbers.var(axis=1, ddof=1).mean()) if replicates > 1 else 0.0
    of_means = float(numbers.mean(axis=0).var(ddof=1)) if replicates > 1 else 0.0
    shared = max((of_means - stochastic / points) * points / max(points - 1, 1), 0.0)
    return Noise(
        mean=float(numbers.mean()),
        settings=float(expectation) * points / max(points - 1, 1),
        stochastic=stochastic,
        shared=min(shared, stochastic),
        replicates=replicates,
    )


def same_everywhere(numbers: Array) -> bool:
    """Whether an outcome never varies, but for rounding."""
    return bool(np.ptp(numbers) <= 1e-9 * max(float(np.abs(numbers).max()), 1.0))
