"""Who frightens me? Threat is strength brought near by geography and intent.

Source: Walt (1987, ch. 2): states balance against threats, made of aggregate power, proximity,
offensive power and intentions. Boulding (1962): strength is lost over distance, less so where
forces are stationed forward. Ours: the product form, the exponential gradient, the index of intent.
"""

from __future__ import annotations

import numpy as np

from sim.axes import Array


def proximity(
    *,
    distance: Array,
    contiguous: Array,
    presence: Array,
    gradient: Array | float,
    border: Array | float,
) -> Array:
    """How much of a partner's strength arrives: ``exp(-effective distance / gradient)``, 0 to 1.

    Parameters
    ----------
    distance : (..., partner) km between the main cities.
    contiguous : (..., partner) 1 where there is a land border.
    presence : (..., partner) share of the distance that forward forces take away, 0 to 1.
    gradient : km over which strength falls to 37 %.
    border : share of the distance that a land border takes away, 0 to 1.
    """
    effective = distance * (1.0 - presence) * (1.0 - border * contiguous)
    return np.exp(-effective / gradient)


def hostility(*, pressure: Array, salience: Array, trust: Array, base: Array | float) -> Array:
    """Intent as the state reads it, 0 to 1: worse with pressure and memory, better with trust.

        grievance = 1 - (1 - pressure) / (1 + salience)
        hostility = (1 - trust) * (base + (1 - base) * grievance)

    Parameters
    ----------
    pressure, trust : (..., partner) 0 to 1.
    salience : (..., partner) remembered incidents, at least 0.
    base : hostility read into a wholly distrusted partner that does nothing, 0 to 1.
    """
    grievance = 1.0 - (1.0 - pressure) / (1.0 + salience)
    return (1.0 - trust) * (base + (1.0 - base) * grievance)


def perceived_threat(
    *, power: Array, proximity: Array, hostility: Array, intent: Array | float
) -> Array:
    """Threat a state sees in each partner, 0 to 1: ``power * proximity * (1 - w + w * hostility)``.

    Parameters
    ----------
    power : (..., partner) share of the partners' combined capability.
    proximity, hostility : (..., partner) 0 to 1.
    intent : weight ``w`` of intentions against bare capability, 0 to 1 (0: balance of power).
    """
    return power * proximity * (1.0 - intent + intent * hostility)
