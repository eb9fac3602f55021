"""What do the others do? A pull towards fellow members, and towards neutrality while the bloc holds.

Source: Goh (2005, 2007/08): omni-enmeshment and ASEAN's centrality make joint non-alignment a strategy of its
own. Ours: a leave-one-out mean, and neutrality worth more the more the bloc leans together.
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


def cohesion(*, lean: Array, member: Array) -> Array:
    """How far the members lean together, 0 to 1: one minus the mean distance from their mean leaning.

    Parameters
    ----------
    lean : (..., state, 1) net leaning, -1 to 1. member : (state, 1) 1 for members, else 0.
    Returns (..., 1, 1).
    """
    count = np.maximum(over_states(member), 1.0)
    mean = over_states(member * lean) / count
    spread = over_states(member * np.abs(lean - mean)) / count
    return 1.0 - spread


def neighbour_pull(
    *, others: Array, cohesion: Array, neutrality: Array | float
) -> tuple[Array, Array]:
    """Worth of doing as the others do: to each partner (..., partner) and to staying unaligned (..., 1).

    Parameters
    ----------
    others : (..., option) mean tie of the other members.
    cohesion : (..., 1) 0 to 1.
    neutrality : extra worth of the others' unaligned share while the bloc is whole.
    """
    return others[..., :-1], others[..., -1:] * (1.0 + neutrality * cohesion)
