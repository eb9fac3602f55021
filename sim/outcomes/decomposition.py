"""How much of a move is each motive's? Exact splits of a tanh, of slow following, of a return, on plain arrays.

Three choices are ours:

* *tanh*: aim = tanh(sum of terms / room). Between two points the terms and 1/room move in a straight line; a motive is given
  the aim's change along it (the Aumann-Shapley value of a function of a sum: its share of the change of the sum), and the
  product of term and 1/room is split at its middle;
* *following*: a stance takes a part of the way to its aim each year, so it takes in each motive's share of the aim at that
  same pace; a new leader's leaning it takes in at once. What it still lacked of the first year's aim is *inertia*;
* *return*: a swing of opinion goes back to its base and leaves a scar there, both in proportion, so every blow is followed
  on its own way back and keeps its name. Incidents, coercion and episodes count by how far they differ from
  what the start was adjusted to; what is left is the return of the start itself.
"""

from __future__ import annotations

import numpy as np

from sim.axes import Array

CLOSE = 1e-7  # two sums nearer than this have the slope of their middle


def tanh_slope(first: Array, second: Array) -> Array:
    """Slope of tanh between two points: the chord's, or the tangent's where they all but meet.

    >>> float(tanh_slope(np.array(0.0), np.array(0.0)))
    1.0
    """
    gap = second - first
    apart = np.abs(gap) > CLOSE
    chord = (np.tanh(second) - np.tanh(first)) / np.where(apart, gap, 1.0)
    return np.where(apart, chord, 1.0 - np.tanh(0.5 * (first + second)) ** 2)


def split_aim(*, terms: Array, room: Array, other_terms: Array, other_room: Array) -> Array:
    """Parts of tanh(sum of terms / room) less that of the others, (..., term + 1); the last part is room's.

    Parameters
    ----------
    terms, other_terms : (..., term). room, other_room : (...), above 0.
    """
    narrow, wide = 1.0 / room, 1.0 / other_room
    total, less = terms.sum(axis=-1), other_terms.sum(axis=-1)
    slope = tanh_slope(less * wide, total * narrow)
    own = (0.5 * (narrow + wide))[..., np.newaxis] * (terms - other_terms)
    shared = 0.5 * (total + less) * (narrow - wide)
    return slope[..., np.newaxis] * np.concatenate([own, shared[..., np.newaxis]], axis=-1)


def taken_in(*, aims: Array, at_once: Array, pace: Array | float) -> Array:
    """What a stance has taken in of each part of its aim, (year, part), from nothing before the first year.

    Parameters
    ----------
    aims : (year, part) what of the aim is each part's. at_once : (year, part) what a new leader brings of it in the year.
    pace : of the stance, part of the way a year; a number, or (year,).
    """
    rates = np.broadcast_to(pace, len(aims))
    held, result = np.zeros_like(aims[0]), []
    for aim, jump, rate in zip(aims, at_once, rates, strict=True):
        held = held + rate * (aim - held) + (1.0 - rate) * jump
        result.append(held)
    return np.stack(result)


def traced_return(
    *, drives: Array, swing: Array | float, scar: Array | float, back: Array | float
) -> Array:
    """What is left in opinion of all that each drive did so far, (year, drive): its blows, on their way back.

    Parameters
    ----------
    drives : (year, drive) signed as they move opinion. swing, scar, back : as in `sim.rules.opinion.next_opinion`.
    """
    value, base = np.zeros_like(drives[0]), np.zeros_like(drives[0])
    result = []
    for drive in drives:
        value = value + swing * (base - value) + drive
        base = base + scar * (value - base) - back * base
        result.append(value)
    return np.stack(result)
