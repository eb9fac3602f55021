"""What does the government want? A sum of named motives, followed within a year or two, and jumping with a new leader.

    aim = tanh(sum of terms / room),    stance' = stance + speed * (aim - stance) + (1 - speed) * jump of the leader

Terms are signed: above 0 towards the United States. What motives leave unexplained at the start is the state's disposition (its
history, its geography); it fades towards what all states share at the slow rate of their votes in the United Nations. What they
share is no state's own: it is the level of the motives, which no evidence fixes.

Source: balancing with those who shield against a threat, Walt (1987); leverage, Hirschman (1945); the public's say, Kuik (2008)
and Leeds and Mattes (2022; unverified); pressure on values met by turning away, as by Thailand 2014 and Cambodia 2017;
room shrinking with rivalry, Korolev (2019; unverified). Ours: the sum, tanh, and every weight that evidence does not give.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.axes import Array
from sim.rules.array_bundle import ArrayBundle
from sim.rules.terms import signed, total

CLIFF = 0.999  # a stance is kept this far within -1 and 1 where its log-odds are taken
TERMS = (
    "protection",
    "entrapment",
    "leverage",
    "opinion",
    "offers",
    "values",
    "legitimacy",
    "neighbours",
    "leader",
    "disposition",
)


@dataclass(frozen=True, kw_only=True)
class Stance(ArrayBundle):
    """This year's stance. terms : name -> (..., 1), summing to atanh(aim) * room; jump : (..., 1) with a new leader."""

    terms: Mapping[str, Array]
    aim: Array
    jump: Array
    stance: Array


def room(*, rivalry: Array, ample: Array | float, shrink: Array | float) -> Array:
    """Ambiguity the system still permits, (..., 1): ``ample * (1 - shrink * rivalry)``, above 0."""
    return ample * (1.0 - shrink * rivalry)


def protection_motive(*, protection: Array, camp: Array, weight: Array | float) -> Array:
    """Pull of whoever shields the state against the others' threats, (..., 1)."""
    return weight * signed(camp=camp, quantity=protection)


def leverage_motive(
    *,
    leverage: Array,
    coerciveness: Array,
    camp: Array,
    readiness: Array | float,
    weight: Array | float,
) -> Array:
    """Pull of whoever could make the state pay, (..., 1): leverage, armed by the readiness to use it.

    Parameters
    ----------
    leverage : (..., partner) of each partner over the state, 0 to 1.
    coerciveness : (..., partner) 0 to 1. camp : (..., partner).
    readiness : what leverage is worth even to a partner that never coerces, 0 to 1. weight : at least 0.
    """
    armed = leverage * (readiness + (1.0 - readiness) * coerciveness)
    return weight * signed(camp=camp, quantity=armed)


def opinion_motive(
    *, trust: Array, openness: Array, camp: Array, closed: Array | float, weight: Array | float
) -> Array:
    """What the public's view of the partners counts for, (..., 1): more, the more open the system.

    Parameters
    ----------
    trust : (..., partner) 0 to 1. openness : (..., 1) 0 to 1. camp : (..., partner).
    closed : part that counts in a wholly closed system, 0 to 1. weight : at least 0.
    """
    return weight * (closed + (1.0 - closed) * openness) * signed(camp=camp, quantity=trust)


def values_motive(*, coercion: Array, openness: Array, camp: Array, weight: Array | float) -> Array:
    """Turning away from pressure on values, (..., 1): governments that answer to nobody take it as a threat to themselves.

    Values are pressed by the West alone, by those of camp above 0; what China's coercion does goes through the public.

    Parameters
    ----------
    coercion : (..., partner) 0 to 1. openness : (..., 1) 0 to 1. camp : (..., partner). weight : at least 0.
    """
    return -weight * (1.0 - openness) * signed(camp=np.maximum(camp, 0.0), quantity=coercion)


def next_stance(
    *,
    stance: Array,
    terms: Mapping[str, Array],
    jump: Array,
    room: Array,
    speed: Array | float,
) -> Stance:
    """This year's stance with everything that led to it.

    Parameters
    ----------
    stance : (..., 1) last year's, -1 to 1. terms : name -> (..., 1), signed.
    jump : (..., 1) what a new leader's leaning differs by from the old one's; 0 without a change.
    room : (..., 1) above 0. speed : part of the way moved in a year, 0 to 1.
    """
    motives = total(terms) / room
    aim = np.tanh(motives)
    before = np.tanh(motives - jump / room)  # what the old leader would have aimed at
    moved = stance + speed * (aim - stance) + (1.0 - speed) * (aim - before)
    return Stance(terms=terms, aim=aim, jump=jump, stance=np.clip(moved, -1.0, 1.0))


def resting_disposition(*, stance: Array, terms: Mapping[str, Array], room: Array) -> Array:
    """Disposition at which a stance rests while its motives stay as they are, (..., 1).

    Parameters
    ----------
    stance : (..., 1) at the start. terms : name -> (..., 1), all motives but the disposition. room : (..., 1).
    """
    return room * np.arctanh(np.clip(stance, -CLIFF, CLIFF)) - total(terms)


def next_disposition(*, disposition: Array, shared: Array, persistence: Array | float) -> Array:
    """What motives leave unexplained, a year on, (..., 1): a state's own part of it fades.

    Parameters
    ----------
    disposition : (..., 1) log-odds of stance. shared : (..., 1) mean over the states at the start.
    persistence : part of the difference kept a year, 0 to 1.
    """
    return shared + persistence * (disposition - shared)
