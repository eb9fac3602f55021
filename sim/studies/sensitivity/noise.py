"""How much of the variance is settings, how much is luck?

    Var(Y) = Var_x(E[Y | x]) + E_x(Var[Y | x])            (law of total variance)

The first part is estimated from pairs of different replicates (`sim.studies.sensitivity.crossed`), the second from the variance
of replicates at each point. Where points share their luck, the second parts into luck that moves all points alike, which drops
out of every comparison, and luck that meets settings differently, which does not. Ours: that last division.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.axes import Array
from sim.studies.sensitivity.crossed import even, variance


@dataclass(frozen=True, kw_only=True)
class Noise:
    """Variance of single runs, parted.

    settings : of the expectation, over points. luck : of replicates, mean over points.
    shared : the part of luck that moves all points alike. replicates : how many there were.
    """

    mean: float
    settings: float
    luck: float
    shared: float
    replicates: int

    @property
    def share(self) -> float:
        """Share of luck in the variance of single runs."""
        whole = max(self.settings, 0.0) + self.luck
        return self.luck / whole if whole > 0.0 else 0.0

    @property
    def left(self) -> float:
        """Share of luck that is left in the variance over points of means of the replicates."""
        rest = max(self.luck - self.shared, 0.0) / self.replicates
        whole = max(self.settings, 0.0) + rest
        return rest / whole if whole > 0.0 else 0.0


def split(numbers: Array) -> Noise:
    """Part the variance of runs.

    Parameters
    ----------
    numbers : (point, replicate), points drawn independently. One replicate tells nothing of luck (0).
    """
    points, replicates = numbers.shape
    found = variance(numbers, even(points), even(replicates))[0]
    luck = float(numbers.var(axis=1, ddof=1).mean()) if replicates > 1 else 0.0
    alike = float(numbers.mean(axis=0).var(ddof=1)) if replicates > 1 else 0.0
    shared = max((alike - luck / points) * points / max(points - 1, 1), 0.0)
    return Noise(
        mean=float(numbers.mean()),
        settings=float(found) * points / max(points - 1, 1),
        luck=luck,
        shared=min(shared, luck),
        replicates=replicates,
    )


def same_everywhere(numbers: Array) -> bool:
    """Whether an outcome never varies, but for rounding."""
    return bool(np.ptp(numbers) <= 1e-9 * max(float(np.abs(numbers).max()), 1.0))
