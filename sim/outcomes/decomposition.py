"""How much of each motive have ties taken in yet? The arithmetic of the why-trace, on plain arrays.

A tie closes part of the gap to its target each year, so its log-odds l lie between those of last year and those wanted:

    l_t = l_(t-1) + speed_t * (wanted_t - l_(t-1)),    wanted_t = sum over terms k of  g_kt / room_t

with the speed found from the record. What ties have *absorbed* of term k follows the term at that same speed, so that a motive
that changed in 2026 is credited with all it still moves in 2030. Three choices are ours:

* *room*: a change of g_k / room is split at its middle, into the change of g_k at mean 1/room (the term's own) and the change
  of 1/room at mean g_k (room's, summed over terms);
* *inertia*: the log-odds less all that was absorbed. It opens as the gap between the first year's ties and what that year's
  motives called for, and fades as ties catch up, term by term nobody's;
* *the difference of two policies* follows the differences of their terms at their mean speed, from nothing: a term that is
  the same under both explains nothing. Inertia then holds what differing speeds make of the gap: it is shares that close a
  gap, not log-odds, so the speed of two options also depends on what the others draw away from them.

Sums are exact whatever the speed, since inertia is what is left; that inertia only ever fades is a fact of the model (tested).
"""

from __future__ import annotations

import numpy as np

from sim.axes import Array
from sim.outcomes.trajectory import ChoiceTrajectory

CLOSED = 1e-9  # log-odds: a gap too small to tell a speed from


def attributed_levels(course: ChoiceTrajectory) -> Array:
    """What ties have absorbed of each part by each year, (year, part); a row sums to the log-odds.

    Parts are the terms, each by side (first option, second), then room, rest and inertia. In the year before the first
    choice every term stands at the first choice's, since what it was before is not known.
    """
    inverse = 1.0 / course.room[:, np.newaxis, np.newaxis]
    total = course.terms.sum(axis=(-2, -1))
    own = course.terms[:1] * inverse[:1]
    rise = _midpoint_values(inverse) * np.diff(course.terms, axis=0)
    tightening = _midpoint_values(total) * np.diff(inverse[:, 0, 0])
    aims = _stacked_columns(
        np.concatenate([own, own + np.cumsum(rise, axis=0)]),
        np.concatenate([[0.0], np.cumsum(tightening)]),
        course.rest,
    )
    return _with_inertia(partial_adjustment(aims[0], aims, adjustment_speed(course)), course.odds)


def attributed_difference(one: ChoiceTrajectory, other: ChoiceTrajectory) -> Array:
    """What each part makes of the difference of two courses by each year, (year, part); rows sum to it.

    Parameters
    ----------
    one, other : of the same years and terms; the difference is one less other.
    """
    inverse, less = (1.0 / course.room[:, np.newaxis, np.newaxis] for course in (one, other))
    total = one.terms.sum(axis=(-2, -1)) + other.terms.sum(axis=(-2, -1))
    aims = _stacked_columns(
        0.5 * (inverse + less) * (one.terms - other.terms),
        0.5 * total * (inverse - less)[:, 0, 0],
        one.rest - other.rest,
    )
    pace = 0.5 * (adjustment_speed(one) + adjustment_speed(other))
    return _with_inertia(
        partial_adjustment(np.zeros_like(aims[0]), aims, pace), one.odds - other.odds
    )


def partial_adjustment(start: Array, aims: Array, pace: Array) -> Array:
    """Close each year a part of the gap to that year's aims.

    Parameters
    ----------
    start : (part,). aims : (year, part). pace : (year,) 0 to 1.

    Returns
    -------
    (year + 1, part), the first row `start`.
    """
    result = [start]
    for aim, rate in zip(aims, pace, strict=True):
        result.append(result[-1] + rate * (aim - result[-1]))
    return np.stack(result)


def adjustment_speed(course: ChoiceTrajectory) -> Array:
    """Part of the gap between last year's log-odds and those wanted that ties close, (year - 1,), 0 to 1.

    Where last year's tie was zero all of the gap counts as closed; where there is no gap, last year's speed is taken.
    """
    gap = course.wanted - course.odds[:-1]
    wide = np.abs(gap) > CLOSED
    closed = np.diff(course.odds) / np.where(wide, gap, 1.0)
    closed = np.where(np.isnan(closed), 1.0, np.clip(closed, 0.0, 1.0))
    result = np.maximum.accumulate(np.where(wide | np.isnan(gap), np.arange(len(gap)), -1))
    return np.where(result < 0, 1.0, closed[result])


def _stacked_columns(terms: Array, room: Array, rest: Array) -> Array:
    return np.column_stack([terms.reshape(len(terms), -1), room, rest])


def _with_inertia(parts: Array, odds: Array) -> Array:
    return np.column_stack([parts, odds - parts.sum(axis=-1)])


def _midpoint_values(values: Array) -> Array:
    return np.asarray(0.5 * (values[1:] + values[:-1]))
