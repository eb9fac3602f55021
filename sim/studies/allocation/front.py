"""What is best when there are several purposes: non-dominated points, a middle one, and the room they cover.

Source: Pareto dominance as usual; the balanced point is the one nearest to the ideal, as in compromise programming (Zeleny
1973; unverified); hypervolume, Zitzler and Thiele (1999; unverified). Ours: purposes are scaled by their range over the front.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.axes import Array


def dominates(one: Array, other: Array) -> NDArray[np.bool_]:
    """Whether `one` is nowhere worse than `other` and somewhere better, over the last axis; more is better."""
    return np.asarray((one >= other).all(axis=-1) & (one > other).any(axis=-1))


def non_dominated(values: Array) -> NDArray[np.bool_]:
    """Which points no other dominates, (point,).

    Parameters
    ----------
    values : (point, purpose), more is better.
    """
    return np.asarray(~dominates(values[:, np.newaxis], values[np.newaxis]).any(axis=0))


def spread(values: Array) -> Array:
    """Range of each purpose over the points, (purpose,); 1 where all are equal."""
    width = np.ptp(values, axis=0)
    return np.where(width > 0.0, width, 1.0)


def balanced(values: Array) -> int:
    """Place of the point nearest to the best of every purpose at once, each purpose measured by its range."""
    short = (values.max(axis=0) - values) / spread(values)
    return int(np.sqrt((short**2).sum(axis=1)).argmin())


def challenger(values: Array, rival: Array) -> int:
    """Place of the point that beats `rival` by most in the purpose in which it beats it least.

    Parameters
    ----------
    values : (point, purpose). rival : (purpose,).
    """
    return int(((values - rival) / spread(values)).min(axis=1).argmax())


def hypervolume(values: Array, reference: Array) -> float:
    """Volume, in points cubed, that the points dominate above a reference; what is below it counts for nothing.

    Parameters
    ----------
    values : (point, purpose). reference : (purpose,).
    """
    from pymoo.indicators.hv import HV

    above = values[(values > reference).all(axis=1)]
    return float(HV(ref_point=-reference)(-above)) if len(above) else 0.0
