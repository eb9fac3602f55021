"""Which points does a Sobol analysis need? Two samples A and B, and A with one column of B at a time.

Source: Saltelli et al. (2010, unverified), as in scipy.stats.sobol_indices. Points stand row by row (A, B, AB_1, AB_2, ...), so
that a larger sample begins with the smaller one and a store of it can grow.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sim.axes import Array
from sim.ensemble.design import Dimension
from sim.ensemble.design_points import frame, shares_of
from sim.errors import UserError

LEAST, MOST = 16, 2**20


def check_samples(samples: int) -> None:
    """Refuse a number of samples that a Sobol sequence does not balance.

    Raises
    ------
    UserError : not a power of two, or too few; the nearest powers are named.
    """
    below = 1 << (max(samples, 1).bit_length() - 1)
    if samples < LEAST or samples > MOST:
        raise UserError(
            given=f"samples is {samples}",
            allowed=f"it must be a power of two from {LEAST} to {MOST:,}",
            where="on the command line: samples=256",
        )
    if samples != below:
        nearer = below if samples - below <= 2 * below - samples else 2 * below
        raise UserError(
            given=f"samples is {samples}, not a power of two",
            allowed=f"the nearest is {nearer} (next to it {below} and {2 * below})",
            where=f"on the command line: samples={nearer}",
        )


def saltelli(space: Sequence[Dimension], samples: int, seed: int) -> pd.DataFrame:
    """Make the table of points, samples times (dimensions + 2) rows."""
    count = len(space)
    both = shares_of("sobol", 2 * count, samples, seed)
    first, second = both[:, :count], both[:, count:]
    rows = np.empty((samples, count + 2, count))
    rows[:, 0], rows[:, 1] = first, second
    for index in range(count):
        rows[:, 2 + index] = first
        rows[:, 2 + index, index] = second[:, index]
    flat = rows.reshape(-1, count)
    return frame(space, [dimension.at(flat[:, index]) for index, dimension in enumerate(space)])


def parted(numbers: Array, count: int) -> Array:
    """Lay runs of such a table out as (sample, dimensions + 2, replicate)."""
    return numbers.reshape(-1, count + 2, numbers.shape[-1])
