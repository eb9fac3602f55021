"""With whom would I be less frustrated? Frustration between camps, as the choice of one state.

A partner, or staying unaligned, is a place between the camps: China at -1, the United States at +1, Japan by its camp,
unaligned at 0. Distance is half the gap, so that the two camps are 1 apart. What a state makes of a place is

    V_j = -steepness * sum_k s_k p_ik d_jk     over the powers, and over fellow members where they stood last year
    p_ik = affinity + trust + trade - threat   with a power;  bloc  with a fellow member

one term a drive. Weighed by camp and summed, the powers' places are what the stance aims at, in the place of the usual
motives (`sim.rules.steps.choose`); every state goes part of the way each year, all at once.

Source: Axelrod and Bennett (1993), `sim.theories.landscape`: sizes, propensities, and moving down in frustration. Ours: places
between the camps for partners and for staying out (theirs are two camps only); the drives from our record (theirs are
rated by judgement); many small simultaneous moves for single whole ones; and steepness, which with the room to hedge
makes the move a matter of degree.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.axes import Array, over_states
from sim.theories.landscape import frustration


def propensities(
    *,
    affinity: Array,
    trust: Array,
    dependence: Array,
    proximity: Array,
    hostility: Array,
    weights: Mapping[str, Array | float],
) -> dict[str, Array]:
    """How far a state wishes to be with each power, by drive, (..., partner); above 0: together.

    Parameters
    ----------
    affinity, trust, dependence, proximity, hostility : (..., partner) 0 to 1.
    weights : drive -> weight, at least 0; a half trusted partner is neither sought nor shunned.
    """
    return {
        "affinity": weights["affinity"] * affinity,
        "trust": weights["trust"] * (2.0 * trust - 1.0),
        "trade": weights["trade"] * dependence,
        "threat": -(weights["threat"] * proximity * hostility),
    }


def option_positions(camp: Array) -> list[Array]:
    """Where each option lies between the camps: every partner's camp, then 0 for unaligned, each (..., 1)."""
    return [*(camp[..., at : at + 1] for at in range(camp.shape[-1])), 0.0 * camp[..., :1]]


def bloc_frustration(*, lean: Array, size: Array, member: Array, camp: Array) -> Array:
    """Frustration at each option with the fellow members as they stood, (..., state, option); needs everybody.

    Parameters
    ----------
    lean : (..., state, 1) net leaning last year, -1 to 1. size : (..., state, 1) at least 0.
    member : (state, 1) 1 for members of the bloc. camp : (..., partner).
    """
    result = []
    for position in option_positions(camp):
        felt = member * size * 0.5 * np.abs(position - lean)
        result.append(member * (over_states(felt) - felt))
    return np.concatenate(result, axis=-1)


def landscape_terms(
    *,
    propensity: Mapping[str, Array],
    size: Array,
    camp: Array,
    bloc: Array,
    steepness: Array | float,
    bloc_weight: Array | float,
) -> dict[str, Array]:
    """Worth of every option by what frustrates there least, drive -> (..., option).

    Parameters
    ----------
    propensity : drive -> (..., partner). size : (..., partner) share of the powers' combined capability.
    camp : (..., partner). bloc : (..., option) from `bloc_frustration`. steepness : above 0. bloc_weight : at least 0.
    """
    gaps = [0.5 * np.abs(position - camp) for position in option_positions(camp)]
    terms = {
        drive: -steepness
        * np.concatenate(
            [frustration(size=size, propensity=wish, distance=gap) for gap in gaps], axis=-1
        )
        for drive, wish in propensity.items()
    }
    return {**terms, "neighbours": -(steepness * bloc_weight) * bloc}
