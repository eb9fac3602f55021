"""Why did the public change its mind about a partner? Every blow by name, on its way back; in points of 100."""

from __future__ import annotations

import numpy as np

from sim.axes import Array
from sim.outcomes.decomposition import traced_return
from sim.outcomes.reasons import OPINION, RETURN, Why, to_reasons
from sim.outcomes.trajectory import StateRecord, about, pair, paired_index, span_of
from sim.rules.coercion import usual_episode

HUNDRED = 100.0


def explain_opinion(record: StateRecord, partner: str, first: int, last: int) -> Why:
    """Explain how opinion of a partner moved; every blow keeps its name on its way back.

    Raises
    ------
    UserError : no such partner, years without reasons, or in the wrong order.
    """
    begin, end = span_of(record, first, last)
    names, parts = _opinion_parts(record, partner)
    trust = record.values("trust")[:, record.partner(partner)]
    return _opinion(
        record, partner, names, parts[end] - parts[begin], trust[[begin, end]], (first, last)
    )


def opinion_difference(
    record: StateRecord, other: StateRecord, partner: str, year: int, name: str
) -> Why:
    """Explain opinion of a partner under one policy rather than another.

    Parameters
    ----------
    record, other : of the same state, run and years. name : what the other is called.

    Raises
    ------
    UserError : no such partner, a year without reasons, or records that cannot be paired.
    """
    at = paired_index(record, other, year)
    names, parts = _opinion_parts(record, partner)
    _, less = _opinion_parts(other, partner)
    trust = [each.values("trust")[at, each.partner(partner)] for each in (other, record)]
    moved, ends = parts[at] - less[at], np.array(trust)
    return _opinion(record, partner, names, moved, ends, (year, year), against=name)


def _opinion_parts(record: StateRecord, partner: str) -> tuple[tuple[str, ...], Array]:
    """What is left of each drive, (year, drive), and the drives' names."""
    every = record.names("opinion_term")
    drives = record.values("opinion_term")[:, record.partner(partner)]
    usual = _usual_drives(record, every, drives[0])
    kept = [index for index, name in enumerate(every) if name != RETURN]
    moved = (drives - usual)[:, kept]
    numbers = record.rules.opinion
    parts = traced_return(drives=moved, swing=numbers.swing, scar=numbers.scar, back=numbers.back)
    return tuple(every[index] for index in kept), parts


def _usual_drives(record: StateRecord, names: tuple[str, ...], first: Array) -> Array:
    """What the start was adjusted to of each drive: coercion, the episodes to expect of it, and the usual incidents.

    At the start opinion rests, so its return in the first year is all that is usual, with the sign turned.
    """
    usual = np.where([name == "coercion" for name in names], first, 0.0)
    weight = record.rules.opinion.coercion
    if weight > 0.0:
        numbers = record.rules.coercion
        share = usual_episode(
            coercion=-usual[names.index("coercion")] / weight, rate=numbers.rate, end=numbers.end
        )
        usual[names.index("episode")] = -record.rules.opinion.episode * share
    usual[names.index("incidents")] = -first[names.index(RETURN)] - usual.sum()
    return np.asarray(usual)


def _opinion(
    record: StateRecord,
    partner: str,
    names: tuple[str, ...],
    moved: Array,
    trust: Array,
    years: tuple[int, int],
    against: str = "",
) -> Why:
    left = (trust[1] - trust[0]) - moved.sum()
    return Why(
        kind=OPINION,
        partner=partner,
        partner_name=record.partner_name(partner),
        reasons=to_reasons((*names, RETURN), HUNDRED * np.array([*moved, left])),
        ends=pair(HUNDRED * trust),
        **about(record, years, against),
    )
