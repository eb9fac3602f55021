"""The few shapes that relations between quantities take: rising and levelling off, tipping, sharing.

Shapes are ours where the literature gives only a direction; each rule says which is which.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch

import numpy as np

from sim.axes import Array

Passed = Sequence[Array]  # of three: count, probability of it, what is reached of the distribution
FAINT = 1e-3  # of what is at most about 1: a whole below it is too faint to be shared out; assumed
STILL = 0.75  # those arrived are let go when fewer than this part of all have not


def saturating(*, amount: Array, half: Array | float) -> Array:
    """Rise from 0 towards 1, the first unit counting most: ``x / (x + half)``.

    Parameters
    ----------
    amount : (...,) at least 0.
    half : the amount that gives one half, same unit, above 0.

    >>> float(saturating(amount=np.array(3.0), half=1.0))
    0.75
    """
    return amount / (amount + half)


def share(*, amount: Array, total: Array, faint: Array | float = FAINT) -> Array:
    """Share in a total that may be zero; below ``faint`` shares fade with the total: ``amount / max(total, faint)``.

    Continuous, so that what rounding leaves of zero (1e-17) is nobody's whole. Shares of a larger total are exact.

    Parameters
    ----------
    amount : (...,) at least 0. total : (...,) what it is a part of, same unit, at least 0.
    faint : total below which shares do not sum to one, same unit, above 0.

    >>> share(amount=np.array([0.3, 0.1]), total=np.array(0.4)).round(3).tolist()
    [0.75, 0.25]
    >>> float(share(amount=np.array(1e-17), total=np.array(1e-17))) < 1e-13
    True
    """
    return amount / np.maximum(total, faint)


def logistic(value: Array) -> Array:
    """Tip from 0 to 1 around zero, without overflow at either end, and to full relative precision near 0.

    >>> float(logistic(np.array(0.0)))
    0.5
    """
    rest = np.exp(-np.abs(value))  # at most 1
    return np.where(value < 0.0, rest, 1.0) / (1.0 + rest)


def softmax(value: Array) -> Array:
    """Share one unit among the last axis by the exponential of each value (logit choice, McFadden 1974).

    >>> softmax(np.array([0.0, 0.0])).tolist()
    [0.5, 0.5]
    """
    weight = np.exp(value - value.max(axis=-1, keepdims=True))
    return weight / weight.sum(axis=-1, keepdims=True)


def partial_adjustment(*, current: Array, target: Array, rate: Array | float) -> Array:
    """Close a fraction ``rate`` of the gap to a target (partial adjustment, Nerlove 1958).

    Written as a weighted mean: where both are at least 0 nothing cancels, and at rate 1 the target is reached exactly.
    """
    return (1.0 - rate) * current + rate * target


def place_of_draw(*, chance: Array, shares: Array) -> Array:
    """Where one uniform draw falls among shares laid end to end: 1 for that partner, 0 for all others, (..., partner).

    Parameters
    ----------
    chance : (..., 1) uniform in (0, 1); beyond the sum of the shares it falls to nobody.
    shares : (..., partner) at least 0, summing to at most 1.

    >>> place_of_draw(chance=np.array([0.4]), shares=np.array([0.3, 0.2, 0.1])).tolist()
    [0.0, 1.0, 0.0]
    """
    fallen, reached = [], 0.0 * chance
    for place in range(shares.shape[-1]):
        upto = reached + shares[..., place : place + 1]
        fallen.append(np.where((chance >= reached) & (chance < upto), 1.0, 0.0))
        reached = upto
    # Laid out in memory as the shares are: joined freely, partners would lie side by side, and all that follows be slower.
    return np.concatenate(fallen, axis=-1, out=0.0 * shares + 0.0 * chance)


def sum_over_rivals(*, camp: Array, quantity: Array) -> Array:
    """Sum a quantity over each partner's rivals, weighted by how far the two are opposed.

    Two partners oppose each other by the product of their camps when these differ in sign (China
    at -1 and the United States at +1 fully, China and Japan at +0.5 by half), else not at all.

    Parameters
    ----------
    camp : (..., partner) from -1 (China) to +1 (the United States).
    quantity : (..., partner) what is summed over the rivals.

    >>> sum_over_rivals(camp=np.array([-1.0, 1.0, 0.5]), quantity=np.array([3.0, 1.0, 1.0])).tolist()
    [1.5, 3.0, 1.5]
    """
    western, eastern = np.maximum(camp, 0.0), np.maximum(-camp, 0.0)
    east = (eastern * quantity).sum(axis=-1, keepdims=True)
    west = (western * quantity).sum(axis=-1, keepdims=True)
    return western * east + eastern * west


def poisson_count(*, chance: Array, mean: Array, most: int = 150) -> Array:
    """Turn a uniform draw into a Poisson count by its inverse distribution function: one number a draw.

    Parameters
    ----------
    chance : (...,) uniform in (0, 1). mean : (...,) at least 0. most : counts are cut off there.

    >>> poisson_count(chance=np.array([0.3, 0.5, 0.99]), mean=np.array([1.0, 1.0, 1.0])).tolist()
    [0.0, 1.0, 4.0]
    """
    none = np.exp(-mean) + np.zeros_like(chance)
    return poisson_inverse_cdf(
        chance, mean + np.zeros_like(none), (np.zeros_like(none), none, none), most
    )


def _next_term(number: Array | int, chance: Array, mean: Array, passed: Passed) -> Passed:
    """Add the probability of one more event: the count, that probability, and what is reached of the distribution."""
    count, probability, reached = passed
    probability = probability * mean / number
    return count + (chance > reached), probability, reached + probability


@singledispatch
def poisson_inverse_cdf(chance: Array, mean: Array, passed: Passed, most: int) -> Array:
    """Count events, `one_more` at a time, until no chance lies beyond what is reached, ``most`` at most.

    The one loop of the rules whose length depends on the numbers: those that have arrived drop out. A compiler registers its
    own loop for its own arrays.

    Parameters
    ----------
    chance, mean : (...,). passed : three arrays of that shape, as `one_more` hands them on.
    """
    shape = passed[0].shape
    flat = [np.broadcast_to(each, shape).ravel(order="F") for each in (chance, mean, *passed)]
    result, on = flat[2].copy(), flat[0] > flat[4]
    left = np.flatnonzero(on)
    chance, mean, *rest = (each[left] for each in flat)
    passed = tuple(rest)
    for number in range(1, most + 1):
        if not left.size:
            break
        passed = _next_term(number, chance, mean, passed)
        on = chance > passed[2]
        if number == most or np.count_nonzero(on) < STILL * left.size:
            result[left] = passed[0]
            left, chance, mean = left[on], chance[on], mean[on]
            passed = tuple(each[on] for each in passed)
    return result.reshape(shape, order="F")
