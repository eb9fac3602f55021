"""Do I stand up to it this year? Alone it rarely pays; together it may.

Source: Granovetter (1978) and Schelling (1978) on thresholds in collective action; strategic complementarity and its
two equilibria as in Cooper and John (1988). Ours: which things count (own capacity, backing, salience, dependence on
the presser, the other claimants' resolve) and the logistic form.
"""

from __future__ import annotations

import numpy as np

from sim.axes import Array, over_states
from sim.rules.forms import logistic, partial_adjustment, saturating, share


def pressers(*, pressure: Array) -> Array:
    """Each partner's share in the pressure on a state (..., partner); zeros where there is none.

    A pressure too faint to be shared out (`sim.rules.forms.FAINT`) makes a presser by degrees.
    """
    return share(amount=pressure, total=pressure.sum(axis=-1, keepdims=True))


def backing(*, tie: Array, credibility: Array, camp: Array, presser: Array) -> Array:
    """Credible support against those who press, (..., 1), 0 to 1.

    Parameters
    ----------
    tie, credibility, camp : (..., partner). presser : (..., partner) shares from `pressers`.
    """
    western, eastern = np.maximum(camp, 0.0), np.maximum(-camp, 0.0)
    support = tie * credibility
    west = (western * support).sum(axis=-1, keepdims=True)
    east = (eastern * support).sum(axis=-1, keepdims=True)
    against_east = (eastern * presser).sum(axis=-1, keepdims=True)
    against_west = (western * presser).sum(axis=-1, keepdims=True)
    return west * against_east + east * against_west


def resolve_target(
    *,
    capacity: Array,
    backing: Array,
    salience: Array,
    exposure: Array,
    peers: Array,
    claimant: Array,
    capacity_weight: Array | float,
    backing_weight: Array | float,
    salience_weight: Array | float,
    exposure_weight: Array | float,
    peers_weight: Array | float,
    threshold: Array | float,
    steepness: Array | float,
) -> Array:
    """Resolve the state would settle at, (..., 1), 0 to 1; always 0 for states without a claim.

    Parameters
    ----------
    capacity, backing, salience : (..., 1) own means, credible support, remembered incidents with those who press.
    exposure : (..., 1) trade dependence on those who press, 0 to 1.
    peers : (..., 1) mean resolve of the other claimants last year. claimant : (..., 1) 0 or 1.
    *_weight, threshold, steepness : of the logistic threshold.
    """
    drive = (
        capacity_weight * saturating(amount=capacity, half=1.0)
        + backing_weight * backing
        + salience_weight * saturating(amount=salience, half=1.0)
        + peers_weight * peers
        - exposure_weight * exposure
    )
    return claimant * logistic(steepness * (drive - threshold))


def next_resolve(*, resolve: Array, target: Array, adjustment: Array | float) -> Array:
    """This year's resolve: last year's, moved a part of the way to its target."""
    return partial_adjustment(current=resolve, target=target, rate=adjustment)


def collective_resolve(*, resolve: Array, claimant: Array) -> Array:
    """Mean resolve of all claimants, (..., 1, 1); 0 where nobody claims.

    Parameters
    ----------
    resolve : (..., state, 1). claimant : (state, 1) 0 or 1.
    """
    count = np.maximum(over_states(claimant), 1.0)
    return over_states(claimant * resolve) / count
