"""What happens at sea? Pressure meets resolve: incidents, ground won or held, and how safe the lanes are.

Source: contest success functions, Tullock (1980) and Hirshleifer (1989), for what pressure achieves; gray-zone
coercion below the threshold of war, Green et al. (2017). Ours: which quantities enter, the lane index, and that a pressure
too faint to be shared out (`sim.rules.forms.FAINT`) achieves its part of what the faintest does.
"""

from __future__ import annotations

import numpy as np

from sim.axes import STATE_AXIS, Array
from sim.rules.forms import FAINT, share

COUNTED = 40  # incidents a year that are counted one by one; what lies beyond counts as their mean or as these, if more


def incident_rate(
    *, pressure: Array, resolve: Array, rate: Array | float, passive: Array | float
) -> Array:
    """Expected incidents a year with each partner, (..., partner): it takes pressure *and* somebody in its way.

    Parameters
    ----------
    pressure : (..., partner) 0 to 1. resolve : (..., 1) 0 to 1.
    rate : incidents a year at full pressure and full resolve. passive : part that needs no resolve, 0 to 1.
    """
    return rate * pressure * (passive + (1.0 - passive) * resolve)


def encroachment(
    *,
    pressure: Array,
    capacity: Array,
    resolve: Array,
    passive: Array | float,
    decisiveness: Array | float,
) -> Array:
    """What pressure achieves against the state, (..., 1), 0 (none) to 1 (all): a contest of the two sides' means.

    Parameters
    ----------
    pressure : (..., partner), summed. capacity, resolve : (..., 1).
    passive : part of capacity that counts without resolve, 0 to 1.
    decisiveness : how sharply the stronger wins, above 0.
    """
    attack = pressure.sum(axis=-1, keepdims=True)
    defence = capacity * (passive + (1.0 - passive) * resolve)
    odds = (defence / np.maximum(attack, FAINT)) ** decisiveness
    return share(amount=attack, total=attack) / (1.0 + odds)


def next_salience(
    *,
    salience: Array,
    incidents: Array,
    coercion: Array,
    fade: Array | float,
    weight: Array | float,
) -> Array:
    """Fading memory of incidents and coercion, (..., partner), at least 0.

    Parameters
    ----------
    salience, incidents, coercion : (..., partner). fade : part kept to next year, 0 to 1.
    weight : what one incident adds.
    """
    return fade * salience + weight * incidents + coercion


def lane_security(*, safety: Array, littoral: Array) -> Array:
    """Security of each lane, (..., lane), 0 to 1: its littoral states' safety, by their share in its waters.

    Parameters
    ----------
    safety : (..., state, 1) each state's grip on its waters, 0 to 1.
    littoral : (state, lane) shares, each lane summing to 1 (a lane without littoral states: 0).
    """
    return (safety * littoral).sum(axis=STATE_AXIS)


def safety(*, capacity: Array, encroachment: Array, half: Array | float) -> Array:
    """A state's grip on its own waters, (..., 1), 0 to 1: means against disorder, less what is lost to pressure.

    Parameters
    ----------
    capacity : (..., 1). encroachment : (..., 1) 0 to 1. half : capacity that gives half a grip unpressed.
    """
    return capacity / (capacity + half) * (1.0 - encroachment)


def felt_incidents(*, mean: Array, severity: Array) -> Array:
    """Count that weighs on opinion as chance does on average, (..., partner): opinion counts in logarithms, chance in ones.

        log(1 + severity * felt) = E log(1 + severity * share * N),    N ~ Poisson(sum of mean)

    Parameters
    ----------
    mean : (..., partner) expected incidents, each partner's share of the state's whole. severity : (..., 1) above 0.
    """
    whole = mean.sum(axis=-1, keepdims=True)
    each = severity * mean / np.where(whole > 0.0, whole, 1.0)
    chance = np.exp(-whole)
    beyond, expected = 1.0 - chance, 0.0 * mean
    for count in range(1, COUNTED + 1):
        chance = chance * whole / count
        beyond = beyond - chance
        expected = expected + chance * np.log1p(each * count)
    expected = expected + np.maximum(beyond, 0.0) * np.log1p(each * np.maximum(whole, COUNTED))
    return np.expm1(expected) / severity
