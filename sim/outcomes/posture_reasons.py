"""Why did a government's stance move, or why is it another under another policy? In points of `alignment_posture`."""

from __future__ import annotations

import numpy as np

from sim.axes import Array
from sim.outcomes.alignment import MIDDLE
from sim.outcomes.decomposition import split_aim, taken_in
from sim.outcomes.reasons import INERTIA, POSTURE, ROOM, Why, to_reasons
from sim.outcomes.trajectory import StateRecord, about, pair, paired_index, span_of

LEADER = "leader"


def explain_posture(record: StateRecord, first: int, last: int) -> Why:
    """Explain how a stance moved from the end of one year to that of another.

    Raises
    ------
    UserError : years without reasons, or in the wrong order.
    """
    begin, end = span_of(record, first, last)
    parts = _posture_parts(record)
    moved = MIDDLE * (parts[end] - parts[begin])
    points = MIDDLE + MIDDLE * record.values("stance")
    return _posture(record, moved, points[[begin, end]], years=(first, last))


def posture_difference(record: StateRecord, other: StateRecord, year: int, name: str) -> Why:
    """Explain a stance under one policy rather than another.

    Parameters
    ----------
    record, other : of the same state, run and years. name : what the other is called.

    Raises
    ------
    UserError : a year without reasons, or records that cannot be paired.
    """
    at = paired_index(record, other, year)
    terms, less = record.values("stance_term"), other.values("stance_term")
    aims = split_aim(
        terms=terms, room=record.values("room"), other_terms=less, other_room=other.values("room")
    )
    pace = 0.5 * (record.rules.stance.speed + other.rules.stance.speed)
    at_once = _by_leader(record, record_jump(record) - record_jump(other))
    parts = taken_in(aims=aims, at_once=at_once, pace=pace)[at]
    points = [MIDDLE + MIDDLE * each.values("stance")[at] for each in (other, record)]
    return _posture(record, MIDDLE * parts, np.array(points), years=(year, year), against=name)


def posture_without(record: StateRecord, term: str, first: int, last: int) -> float:
    """Posture alignment in the last year had one motive stayed as in the first, and all else happened as it did.

    Parameters
    ----------
    term : name of a motive, or "room".

    Raises
    ------
    UserError : years without reasons, or in the wrong order.
    """
    begin, end = span_of(record, first, last)
    terms, room = (record.values(name)[begin : end + 1].copy() for name in ("stance_term", "room"))
    jump = record.values("jump")[begin : end + 1]
    if term == ROOM:
        room = np.full_like(room, room[0])
    else:
        place = record.names("stance_term").index(term)
        terms[:, place] = terms[0, place]
        jump = np.zeros_like(jump) if term == LEADER else jump
    stance = record.values("stance")[begin]
    for now, width, leap in zip(terms[1:].sum(axis=-1), room[1:], jump[1:], strict=True):
        aim, before = np.tanh(now / width), np.tanh((now - leap) / width)
        pace = record.rules.stance.speed
        moved = stance + pace * (aim - stance) + (1.0 - pace) * (aim - before)
        stance = np.clip(moved, -1.0, 1.0)
    return float(MIDDLE + MIDDLE * stance)


def record_jump(record: StateRecord) -> Array:
    """What a new leader's leaning adds to the aim in the year it comes, (year,), stance."""
    motives = record.values("stance_term").sum(axis=-1) / record.values("room")
    before = motives - record.values("jump") / record.values("room")
    return np.asarray(np.tanh(motives) - np.tanh(before))


def _posture_parts(record: StateRecord) -> Array:
    """What the stance has taken in of each term, and of room, since the first year, (year, part), stance."""
    terms, room = record.values("stance_term"), record.values("room")
    steps = split_aim(terms=terms[1:], room=room[1:], other_terms=terms[:-1], other_room=room[:-1])
    none = np.zeros((1, terms.shape[-1] + 1))
    if len(steps) == 0:
        return none
    at_once = _by_leader(record, record_jump(record))[1:]
    return np.concatenate(
        [
            none,
            taken_in(
                aims=np.cumsum(steps, axis=0), at_once=at_once, pace=record.rules.stance.speed
            ),
        ]
    )


def _by_leader(record: StateRecord, jump: Array) -> Array:
    """Give a jump to the leader, (year, part)."""
    names = (*record.names("stance_term"), ROOM)
    return np.outer(jump, [name == LEADER for name in names])


def _posture(
    record: StateRecord, moved: Array, ends: Array, *, years: tuple[int, int], against: str = ""
) -> Why:
    left = (ends[1] - ends[0]) - moved.sum()
    names = (*record.names("stance_term"), ROOM, INERTIA)
    return Why(
        kind=POSTURE,
        reasons=to_reasons(names, [*moved, left]),
        ends=pair(ends),
        **about(record, years, against),
    )
