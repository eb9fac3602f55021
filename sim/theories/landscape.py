"""Who ends up with whom? Actors in two camps, each moving where it is less frustrated, until nobody gains by moving.

    distance    d_ij = 0 in the same camp, 1 in different camps
    frustration F_i  = sum_j s_j p_ij d_ij
    energy      E    = sum_i s_i F_i

Source: Axelrod and Bennett (1993): sizes s, propensities p (above 0: wish to be together), and energy falling with every
single move where propensities are mutual. Ours: propensities that are not mutual count by their mean, since energy
holds each pair once each way. The name of a camp means nothing, so configurations that differ by it are one: the first
actor is always in camp +1, and n actors have 2^(n-1) configurations.
"""

from __future__ import annotations

import numpy as np

from sim.axes import Array
from sim.errors import UserError

MOST_ACTORS = 20  # half a million configurations: seconds, and some hundred MB


def frustration(*, size: Array, propensity: Array, distance: Array) -> Array:
    """Frustration of an actor at a given distance from all others: ``sum(size * propensity * distance)``.

    Parameters
    ----------
    size, propensity, distance : (..., other). Returns (..., 1).
    """
    return (size * propensity * distance).sum(axis=-1, keepdims=True)


def configurations(actors: int) -> Array:
    """Every way to part actors into two camps, (configuration, actor) of +1 and -1; bit i - 1 of its place is actor i.

    >>> configurations(3).astype(int).tolist()
    [[1, 1, 1], [1, -1, 1], [1, 1, -1], [1, -1, -1]]

    Raises
    ------
    UserError : fewer than two actors, or more than can be gone through.
    """
    if not 2 <= actors <= MOST_ACTORS:
        raise UserError(
            given=f"there are {actors} actors" if actors > 1 else f"there is {actors} actor",
            allowed=f"every configuration is gone through: it must be 2 to {MOST_ACTORS} actors, or some are drawn at random",
            where="on the command line: starts=20000; or in the list of sizes, by joining the smallest actors"
            if actors > 1
            else "in the list of sizes, by naming more actors",
        )
    position = np.arange(2 ** (actors - 1))
    bits = (position[:, np.newaxis] >> np.arange(actors - 1)) & 1
    return np.hstack([np.ones((len(position), 1)), 1.0 - 2.0 * bits])


def pair_couplings(*, sizes: Array, propensities: Array) -> Array:
    """What a pair adds to the energy when parted, both ways: ``s_i s_j (p_ij + p_ji)``, none with oneself.

    Parameters
    ----------
    sizes : (actor,). propensities : (actor, actor), the diagonal unread.
    """
    both = np.outer(sizes, sizes) * (propensities + propensities.T)
    np.fill_diagonal(both, 0.0)
    return both


def energies(*, sides: Array, sizes: Array, propensities: Array) -> Array:
    """Energy of configurations, (configuration,).

    Parameters
    ----------
    sides : (configuration, actor) of +1 and -1. sizes : (actor,). propensities : (actor, actor).
    """
    both = pair_couplings(sizes=sizes, propensities=propensities)
    return 0.25 * (both.sum() - (sides * (sides @ both)).sum(axis=-1))


def frustrations(*, sides: Array, sizes: Array, propensities: Array) -> Array:
    """Frustration of every actor in configurations, (configuration, actor); arguments as for `energies`."""
    pull = propensities * sizes
    pull = pull - np.diag(np.diag(pull))
    return 0.5 * (pull.sum(axis=1) - sides * (sides @ pull.T))


def changes(*, sides: Array, sizes: Array, propensities: Array) -> Array:
    """How energy changes when one actor alone changes camp, (configuration, actor); arguments as for `energies`."""
    return sides * (sides @ pair_couplings(sizes=sizes, propensities=propensities))
