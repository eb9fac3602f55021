"""The axes everything is laid out on: their names, their order, and the moves between them.

Arrays of rules carry *partners last*; whatever stands before (nothing, states, runs and states)
rides along. What belongs to a state alone keeps a partner axis of length one, what belongs to the
world keeps both, so that eleven states are never taken for three partners.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

RUN = "run"  # one possible future; draws of chance differ by run
YEAR = "year"  # the step of the model
STATE = "state"  # a hedging country
PARTNER = "partner"  # a power, seen from a state
OPTION = "option"  # the partners, then "self": staying unaligned
SELF = "self"
DOMAIN = "domain"  # security or economic

SECURITY, ECONOMIC = "security", "economic"
DOMAINS = (SECURITY, ECONOMIC)

STATE_AXIS = -2  # counted from the end, so that leading axes are free
PARTNER_AXIS = -1


def partners_of(tie: Array) -> Array:
    """Cut the partners' part out of an array over options.

    >>> partners_of(np.array([0.2, 0.3, 0.1, 0.4]))
    array([0.2, 0.3, 0.1])
    """
    return tie[..., :-1]


def self_of(tie: Array) -> Array:
    """Cut the unaligned share out of an array over options, keeping the axis.

    >>> self_of(np.array([0.2, 0.3, 0.1, 0.4]))
    array([0.4])
    """
    return tie[..., -1:]


def options(partners: Array, own: Array) -> Array:
    """Join partners (..., partner) and self (..., 1) into options (..., option).

    >>> options(np.array([0.2, 0.3, 0.1]), np.array([0.4]))
    array([0.2, 0.3, 0.1, 0.4])
    """
    shape = np.broadcast_shapes(partners.shape[:-1], own.shape[:-1])
    partners = np.broadcast_to(partners, (*shape, partners.shape[-1]))
    own = np.broadcast_to(own, (*shape, 1))
    return np.concatenate([partners, own], axis=PARTNER_AXIS)


def over_states(values: Array) -> Array:
    """Sum over states one after the other, (..., 1, any), so that either engine finds the same sum to the last bit.

    NumPy adds up along the axis that is shortest in memory in pairs, along others in order. Where runs lie side by side that is
    the order of states already; alone, states are added up step by step.

    >>> over_states(np.array([[0.1], [0.2], [0.3]]))
    array([[0.6]])
    """
    if values.ndim == 2:
        return np.add.accumulate(values, axis=STATE_AXIS)[-1:]
    return values.sum(axis=STATE_AXIS, keepdims=True)
