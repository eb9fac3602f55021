"""What do the others do? A pull towards where fellow members stand, and after what they sign.

Source: Goh (2005, 2007/08): omni-enmeshment and ASEAN's centrality make joint non-alignment a strategy of its
own. Ours: a leave-one-out mean.
This rule needs everybody, so the engine calls it once a year on last year's public record.
"""

from __future__ import annotations

import numpy as np

from sim.axes import Array, over_states


def leaning(*, tie: Array, camp: Array) -> Array:
    """Net leaning of a tie, -1 (China) to 1 (United States): ``sum(camp * tie)``, kept as (..., 1).

    Parameters
    ----------
    tie : (..., partner) the partners' part of a tie. camp : (..., partner).
    """
    return (camp * tie).sum(axis=-1, keepdims=True)


def others_mean(*, values: Array, member: Array) -> Array:
    """Mean over the *other* members for each state; a state without fellow members sees itself.

    Parameters
    ----------
    values : (..., state, any). member : (state, 1) 1 for members of the bloc, else 0.
    """
    total = over_states(member * values) - member * values
    count = over_states(member) - member
    alone = (count == 0.0) | (member == 0.0)
    return np.where(alone, values, total / np.where(alone, 1.0, count))
