"""What does Japan get? Its three stated purposes, each with a score from 0 to 100.

Source: the purposes named around Official Security Assistance: deter gray-zone pressure, keep sea lanes open, soft power and
connections. Ours: the scores. Effects per yen are differences of paired runs, not these levels.
"""

from __future__ import annotations

import numpy as np

from sim.axes import STATE_AXIS, Array

CABLES = 0.2  # part of the weight of a lane that its undersea cables have, beside Japan's imports; assumed


def stake_shares(*, claimant: Array, stake: Array) -> Array:
    """Each claimant's part in what is claimed, (state, 1), summing to 1 (all 0 without claimants).

    Parameters
    ----------
    claimant : (state, 1). stake : (state, partner).
    """
    weight = claimant * stake.sum(axis=-1, keepdims=True)
    total = weight.sum()
    return weight / (total if total > 0.0 else 1.0)


def lane_shares(*, littoral: Array, imports: Array, cables: Array) -> Array:
    """Each state's part in the lanes Japan needs, (state, 1), summing to 1 over the lanes that somebody modelled holds.

    Parameters
    ----------
    littoral : (state, lane). imports, cables : (lane,) Japan's imports through each lane, and cables along it, any unit.
    """
    weight = (1.0 - CABLES) * imports / imports.sum() + CABLES * cables / cables.sum()
    weight = weight * (littoral.sum(axis=0) > 0.0)
    total = weight.sum()
    return (littoral * weight / (total if total > 0.0 else 1.0)).sum(axis=-1, keepdims=True)


def deterrence(*, pressed: Array, encroachment: Array, share: Array) -> Array:
    """Deter gray-zone pressure, (..., 1, 1): 100 less what pressure achieves against claimants, by their stake.

    Parameters
    ----------
    pressed, encroachment : (..., state, 1), 0 to 1. share : (state, 1) from `stake_shares`.
    """
    return 100.0 * (1.0 - (pressed * encroachment * share).sum(axis=STATE_AXIS, keepdims=True))


def sea_lanes(*, safety: Array, share: Array) -> Array:
    """Keep sea lanes open, (..., 1, 1): lane security, weighted by what Japan imports through each lane, cables a fifth.

    Parameters
    ----------
    safety : (..., state, 1), 0 to 1. share : (state, 1) from `lane_shares`.
    """
    return 100.0 * (safety * share).sum(axis=STATE_AXIS, keepdims=True)


def soft_power(*, trust: Array, security: Array, economic: Array) -> Array:
    """Soft power and connections, (..., 1, 1): mean of trust in Japan and of the ties with it, over all states.

    Parameters
    ----------
    trust : (..., state, 1) in Japan. security, economic : (..., state, 1) ties with Japan.
    """
    tie = np.minimum(security + economic, 1.0)
    return 100.0 * (0.5 * trust + 0.5 * tie).mean(axis=STATE_AXIS, keepdims=True)
