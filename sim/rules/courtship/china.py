"""China's instruments: gray-zone pressure at sea, and economic inducement.

Source: gray-zone pressure as ambition bounded by opportunity, Green et al. (2017); Zhang (2019) on cost-balancing: coercion is
used where the need to show resolve exceeds its cost. That joint resistance deters much more than single resistance is the
reporting's claim, and a claim this model tests. Ours: the product form, every weight, and that the declared conduct of the
last observed year is what led to the pressure observed then.
"""

from __future__ import annotations

import numpy as np

from sim.axes import Array, over_states
from sim.rules.forms import logistic, partial_adjustment, saturating


def deterrence(
    *,
    capacity: Array,
    resolve: Array,
    collective: Array,
    capacity_weight: Array | float,
    collective_weight: Array | float,
    threshold: Array | float,
    steepness: Array | float,
) -> Array:
    """Share of the opportunity to press that resistance takes away, (..., 1), 0 to 1.

    Parameters
    ----------
    capacity, resolve : (..., 1) the state's own: means count as far as it stands up with them.
    collective : (..., 1) mean resolve of all claimants.
    capacity_weight, collective_weight : 0 to 1.
    threshold, steepness : where and how sharply joint resolve tips.
    """
    alone = capacity_weight * saturating(amount=capacity, half=1.0) * resolve
    jointly = collective_weight * logistic(steepness * (collective - threshold))
    return 1.0 - (1.0 - alone) * (1.0 - jointly)


def push(
    *,
    ambition: Array,
    stake: Array,
    deterred: Array,
    aligned: Array,
    reassurance: Array,
    provoked: Array,
    sharpening: Array | float,
    softening: Array | float,
) -> Array:
    """How hard a power would press by what it claims and what it meets, (..., partner), at least 0.

        ambition * stake * (1 - deterred) * (1 + sharpening * aligned + provoked) * (1 - softening * reassurance)

    Parameters
    ----------
    ambition : (..., partner) 0 to 1. stake : (..., partner) what the power claims, 0 to 1.
    deterred : (..., 1) from `deterrence`. aligned : (..., partner) the state's security ties with the power's rivals.
    reassurance : (..., partner) offered last year. provoked : (..., partner) by its rivals' arms.
    """
    return (
        ambition
        * stake
        * (1.0 - deterred)
        * (1.0 + sharpening * aligned + provoked)
        * (1.0 - softening * reassurance)
    )


def gray_zone(
    *,
    pressure: Array,
    first: Array,
    push: Array,
    usual: Array,
    ambient: Array,
    shock: Array,
    adjustment: Array | float,
) -> Array:
    """This year's pressure at sea, (..., partner), 0 to 1: what was observed, less or more as the push differs from the usual.

        target = first * min(1, push / usual) + max(0, push - usual)

    Parameters
    ----------
    pressure : (..., partner) last year's. first : (..., partner) observed at the start, 0 to 1.
    push : (..., partner) this year's, from `push`. usual : (..., partner) what the declared conduct came to at the start.
    ambient : (..., 1) growth of what is sent to sea since the start, 1 = none: presence adds up, pressure levels off.
    shock : (..., partner) dated events of the year. adjustment : part of the way moved in a year, 0 to 1.
    """
    known = usual > 0.0
    held = np.where(known, np.minimum(push / np.where(known, usual, 1.0), 1.0), 1.0)
    target = first * held + np.maximum(push - usual, 0.0)
    level = 1.0 - (1.0 - np.minimum(target, 1.0)) ** ambient
    moved = partial_adjustment(current=pressure, target=level, rate=adjustment)
    return np.clip(moved + shock, 0.0, 1.0)


def economic_aid(
    *,
    budget: Array,
    share: Array,
    tie: Array,
    stance: Array,
    favour: Array | float,
    waver: Array | float,
) -> Array:
    """Economic aid and official finance to each state, (..., state, partner), USD m a year.

    Past shares, shifted towards friends, and towards those who waver: aid follows votes as much as votes follow aid
    (Kuziemko and Werker 2006: US aid up by 59 % while a state sits on the Security Council; seen in part).

    Parameters
    ----------
    budget : (..., 1, partner) USD m. share : (state, partner) of the past, summing to 1 (or to 0: gives nothing).
    tie : (..., state, partner) economic ties. stance : (..., state, 1) -1 to 1.
    favour, waver : exponents of the two shifts, at least 0.
    """
    key = share * np.exp(favour * tie + waver * (1.0 - np.abs(stance)))
    total = over_states(key)
    return budget * key / np.where(total > 0.0, total, 1.0)
