"""Which dated steps did a state take, to one side or to both, and what did it concede?

Source: dated acts of ten states with three partners, 1995-2023 (docs/record.md). Ours: that steps up to both camps in one year
count as two-sided.
"""

from __future__ import annotations

import numpy as np

from sim.axes import Array


def steps(*, steps: Array, sign: float) -> Array:
    """Steps of one direction, (..., 1), at least 0; NaN where steps are not known.

    Parameters
    ----------
    steps : (..., 1) net steps with one partner in the year. sign : 1 for steps up, -1 for steps down.
    """
    return np.maximum(sign * steps, 0.0)


def two_sided(*, steps: Array, camp: Array) -> Array:
    """1 in a year with steps up towards both camps, (..., 1).

    Parameters
    ----------
    steps : (..., partner) net steps in the year. camp : (..., partner) -1 (China) to 1 (United States).
    """
    up = np.maximum(steps, 0.0)
    west = (up * np.maximum(camp, 0.0)).sum(axis=-1, keepdims=True)
    east = (up * np.maximum(-camp, 0.0)).sum(axis=-1, keepdims=True)
    return np.where((west > 0.0) & (east > 0.0), 1.0, 0.0)


def concessions(*, conceded: Array) -> Array:
    """Concessions won in the year, (..., 1).

    Parameters
    ----------
    conceded : (..., partner) 1 where the partner won one.
    """
    return conceded.sum(axis=-1, keepdims=True)
