"""How much room is left? Own means, unaligned ties, and a fallback that does not depend on the same partner.

Source: autonomy as the object that hedgers insure, Kuik (2016), Lim and Cooper (2015). Ours: the mean of three parts.
"""

from __future__ import annotations

import numpy as np

from sim.axes import STATE_AXIS, Array
from sim.outcomes.alignment import MIDDLE
from sim.rules.forms import saturating, share


def autonomy(*, capacity: Array, unaligned: Array, dependence: Array) -> Array:
    """Autonomy index, (..., 1), 0 to 1: mean of capacity / (1 + capacity), unaligned security share, and fallback.

    Fallback is one minus the largest dependence on any one partner, as a share of all dependence on partners.

    Parameters
    ----------
    capacity, unaligned : (..., 1). dependence : (..., partner).
    """
    total = dependence.sum(axis=-1, keepdims=True)
    largest = dependence.max(axis=-1, keepdims=True)
    fallback = 1.0 - share(amount=largest, total=total)
    return (saturating(amount=capacity, half=1.0) + unaligned + fallback) / 3.0


def equal_shares(who: Array) -> Array:
    """Give each of those marked 1 an equal share, (state, 1); all 0 where nobody is."""
    return who / np.maximum(who.sum(axis=STATE_AXIS, keepdims=True), 1.0)


def cohesion(*, alignment: Array, share: Array) -> Array:
    """Do members lean together? (..., 1, 1): 1 minus their mean distance from their mean alignment, over the scale's half.

    Parameters
    ----------
    alignment : (..., state, 1). share : (state, 1) equal shares of members.
    """
    mean = (alignment * share).sum(axis=STATE_AXIS, keepdims=True)
    apart = (np.abs(alignment - mean) * share).sum(axis=STATE_AXIS, keepdims=True)
    return 1.0 - apart / MIDDLE
