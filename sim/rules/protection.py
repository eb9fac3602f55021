"""Who would shield me, and into what could they drag me?

Source: Snyder (1984): the alliance dilemma sets the fear of abandonment (low commitment or
credibility) against the fear of entrapment (being drawn into the ally's quarrel). Ours: the product
of what a patron brings to bear with what it is to shield from, and entrapment linear in rivalry.
"""

from __future__ import annotations

from sim.axes import Array
from sim.rules.forms import saturating, sum_over_rivals
from sim.rules.ruler import PAPER, TOP


def commitment(
    *,
    bound: Array,
    use: Array,
    rung: Array,
    exercises: Array,
    base: Array | float,
    rung_weight: Array | float,
    exercise_weight: Array | float,
    exercise_half: Array | float,
) -> Array:
    """How far a partner has bound itself to the state, 0 to 1; each bond closes part of what is open.

    Parameters
    ----------
    bound, use : (..., partner) 0 to 1: pact or access to bases, and how far it is in use (a paper pact counts for 0.4).
    rung : (..., partner) 0 to 5 on the ladder of agreements.
    exercises : (..., partner) joint exercises held last year, count.
    base : commitment without any bond, 0 to 1.
    rung_weight, exercise_weight : part of the open rest each closes at most, 0 to 1.
    exercise_half : exercises a year that close half of what exercises can.
    """
    drilled = saturating(amount=exercises, half=exercise_half)
    still_open = (
        (1.0 - base)
        * (1.0 - bound * (PAPER + (1.0 - PAPER) * use))
        * (1.0 - rung_weight * rung / TOP)
        * (1.0 - exercise_weight * drilled)
    )
    return 1.0 - still_open


def protection(
    *,
    power: Array,
    proximity: Array,
    credibility: Array,
    commitment: Array,
    threat: Array,
    ambient: Array | float,
) -> Array:
    """Shield each partner offers against what the *other* partners threaten, and against the unforeseen.

    Parameters
    ----------
    power, proximity, credibility, commitment, threat : (..., partner), each 0 to 1.
    ambient : threat not yet seen that a prudent state insures against, at least 0 (Kuik 2008: hedging as
        insurance under uncertainty; ours: a constant added to the sum).
    """
    from_others = threat.sum(axis=-1, keepdims=True) - threat + ambient
    return power * proximity * credibility * commitment * from_others


def entrapment(*, rivalry: Array, tie: Array, power: Array, camp: Array) -> Array:
    """Risk of being dragged into each partner's quarrels: rivalry * tie * power of its rivals, 0 to 1.

    Parameters
    ----------
    rivalry : (..., 1) 0 to 1.
    tie, power, camp : (..., partner) the state's security tie, power share, camp of the partner.
    """
    return rivalry * tie * sum_over_rivals(camp=camp, quantity=power)
