"""What happens at sea: pressure, incidents, joint resolve, and how safe the lanes are.

Source: chokepoints and flows as in the data (EIA, CSIS); a lane is as safe as its littoral states can make it. Ours: the
index (`sim.rules.sea`) and its use on observed years too.
"""

from __future__ import annotations

import numpy as np

from sim.axes import STATE_AXIS, Array


def pressed(*, pressure: Array) -> Array:
    """Pressure at sea on each state from all powers, (..., partner) to (..., 1), at most 1."""
    return np.minimum(pressure.sum(axis=-1, keepdims=True), 1.0)


def incidents(*, incidents: Array) -> Array:
    """Incidents at sea of each state in the year, (..., partner) to (..., 1), count."""
    return incidents.sum(axis=-1, keepdims=True)


def collective_resolve(*, resolve: Array, share: Array) -> Array:
    """Mean resolve of the claimants in the year, (..., 1, 1), 0 to 1 (0 where nobody claims).

    Parameters
    ----------
    resolve : (..., state, 1). share : (state, 1) equal shares of claimants.
    """
    return (resolve * share).sum(axis=STATE_AXIS, keepdims=True)


def lane_security(*, safety: Array, littoral: Array) -> Array:
    """Security of each lane, (..., 1, lane), 0 to 1: its littoral states' grip on their waters, by their part in the lane.

    Parameters
    ----------
    safety : (..., state, 1). littoral : (state, lane) each state's part, summing to 1 over states.
    """
    return (safety * littoral).sum(axis=STATE_AXIS, keepdims=True)


def weakest_lane(*, secure: Array, littoral: Array) -> Array:
    """Security of the least secure lane that somebody modelled holds, (..., 1, 1); NaN where nobody holds any.

    Parameters
    ----------
    secure : (..., 1, lane). littoral : (state, lane) each state's part, 0 where nobody modelled lies along the lane.
    """
    held = littoral.sum(axis=STATE_AXIS, keepdims=True) > 0.0
    least = -np.where(held, -secure, -np.inf).max(axis=-1, keepdims=True)
    return np.where(least == np.inf, np.nan, least)
