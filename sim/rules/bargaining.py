"""To whom must I give way? The stance as an issue on which states and powers bring their capability to bear.

Positions are last year's stances, 0 = China, 1 = the United States; a power stands where its camp is. A state reckons with
who would win between its position and each power's if all weighed in (`sim.theories.bargaining`, turn 0, second pass), and
with how far it would have to go:

    V_j = contest * (1 - u_ij) * (2 P(j>i) - 1)  +  closeness * u_ij  +  closeness * r_i u_ij (1 - u_ij)

The first term is what j can expect of a challenge in the plainest form (win: the state comes over; lose: the power does);
closeness and risk are the utility of a position as a bold or cautious state sees it. Weighed by camp and summed, they are
what the stance aims at, in the place of the usual motives (`sim.rules.steps.choose`).

Against first sight, a power that grows may win less: who stands out is bold, and to the bold the middle looks nearly as good.

Source: Bueno de Mesquita (1985) and the KAPSARC toolkit KTAB, for utility, coalition, victory and risk. Ours: the sum; a
chance to give way in place of one deal a turn; and what each
brings (a state by its capacity, a power by its nearness and credibility).
"""

from __future__ import annotations

import numpy as np

from sim.axes import STATE_AXIS, Array, over_states
from sim.rules.forms import saturating
from sim.theories import bargaining


def position(lean: Array) -> Array:
    """Where a leaning or a camp, -1 to 1, lies on the issue: 0 = China, 1 = the United States."""
    return 0.5 * (1.0 + lean)


def states_clout(*, size: Array, capacity: Array) -> Array:
    """What a state brings to a contest over security, (..., 1): its size as far as it can police its own waters.

    Parameters
    ----------
    size, capacity : (..., 1) at least 0.
    """
    return size * saturating(amount=capacity, half=1.0)


def powers_clout(*, power: Array, proximity: Array, credibility: Array) -> Array:
    """What a power brings to the region, (..., 1, partner): the strength that arrives on average, as far as it is believed.

    Parameters
    ----------
    power, credibility : (..., partner) 0 to 1. proximity : (..., state, partner) 0 to 1.
    """
    return power * credibility * (over_states(proximity) / proximity.shape[STATE_AXIS])


def everybody(*, states: Array, powers: Array) -> Array:
    """Put states (..., state, 1) and powers (..., 1, partner) in one row of actors, (..., actor, 1)."""
    column = powers.mT
    lead = np.broadcast_shapes(states.shape[:-2], column.shape[:-2])
    rows = [np.broadcast_to(each, (*lead, *each.shape[-2:])) for each in (states, column)]
    return np.concatenate(rows, axis=STATE_AXIS)


def contest(
    *, lean: Array, camp: Array, states_weight: Array, powers_weight: Array
) -> tuple[Array, Array]:
    """Chance that each power's position beats each state's, (..., state, partner), and the states' risk, (..., state, 1).

    Parameters
    ----------
    lean : (..., state, 1) -1 to 1. camp : (..., 1, partner). states_weight : (..., state, 1) at least 0.
    powers_weight : (..., 1, partner) at least 0. Needs everybody.
    """
    stand = position(everybody(states=lean, powers=camp))
    weight = everybody(states=states_weight, powers=powers_weight)
    utility = bargaining.utilities(position=stand, salience=1.0 + 0.0 * stand)
    first = bargaining.victory(utility=utility, weight=weight)
    bold = bargaining.risk(standing=bargaining.chance_to_prevail(victory=first))
    second = bargaining.victory(
        utility=bargaining.risk_adjusted_utility(utility=utility, risk=bold), weight=weight
    )
    states = lean.shape[-2]
    return 1.0 - second[..., :states, states:], bold[..., :states, :]


def bargaining_terms(
    *,
    lean: Array,
    camp: Array,
    yielding: Array,
    risk: Array,
    contest_weight: Array | float,
    closeness: Array | float,
) -> dict[str, Array]:
    """Terms of what a state makes of siding with each power, name -> (..., partner).

    Parameters
    ----------
    lean : (..., 1) -1 to 1. camp : (..., partner). yielding, risk : from `contest`. weights at least 0.
    """
    near = 1.0 - np.abs(position(lean) - position(camp))
    return {
        "contest": contest_weight * (1.0 - near) * (2.0 * yielding - 1.0),
        "closeness": closeness * near,
        "risk": closeness * risk * near * (1.0 - near),
    }
