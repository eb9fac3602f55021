"""Mean products of different replicates, free of Monte Carlo noise.

A mean over R replicates holds 1/R of their noise; the square of it holds that noise squared, which never averages out over
points. The product of two *different* replicates holds none, since their random numbers are independent. So every mean square
and product is taken over pairs of different replicates only,

    sum over r != s of w_r w_s left_r right_s / (1 - sum of w_r^2),

which is right whether points share random numbers (replicate 3 of all points, as in every store here) or each has its own.
Source: the U-statistic of two replicates, Hoeffding (1948, unverified); nested estimation corrected for noise, Sun, Apley and
Staum (2011, unverified). Ours: its use under common random numbers, and the weights.
"""

from __future__ import annotations

import numpy as np

from sim.axes import Array


def even(count: int) -> Array:
    """Weights (1, count) that count everything once."""
    return np.full((1, count), 1.0 / count)


def drawn(count: int, times: int, chance: np.random.Generator, *, few: bool = False) -> Array:
    """Weights (times, count) of a Bayesian bootstrap, each row summing to 1.

    Parameters
    ----------
    few : weights of few replicates, spread such that a weighted mean varies as much as the mean of
        as many fresh replicates would (Dirichlet with (R - 2) / R in place of 1).

    Source: Rubin (1981, unverified). Ours: the spread for few replicates.
    """
    shape = max((count - 2.0) / count, 1.0 / 3.0) if few else 1.0
    return chance.dirichlet(np.full(count, shape), times)


def product(left: Array, right: Array, rows: Array, weights: Array) -> Array:
    """Mean over rows of the product of different replicates.

    Parameters
    ----------
    left, right : (row, quantity, replicate). rows : their weights (draw, row). weights : of replicates (draw, replicate).

    Returns
    -------
    Array (quantity, draw). With one replicate, whose noise is unknown, the plain product.
    """
    both = (left @ weights.T) * (right @ weights.T)
    if weights.shape[-1] > 1:
        squared = weights**2
        both = (both - (left * right) @ squared.T) / (1.0 - squared.sum(axis=-1))
    return np.einsum("rqd,dr->qd", both, rows)


def variance(numbers: Array, rows: Array, weights: Array) -> Array:
    """Variance over rows of what replicates have in common: their expectation.

    Parameters
    ----------
    numbers : (row, replicate). rows, weights : as in `product`.

    Returns
    -------
    Array (draw,).
    """
    square = product(numbers[:, np.newaxis], numbers[:, np.newaxis], rows, weights)[0]
    return np.asarray(square - square_of_mean(rows @ numbers, weights))


def square_of_mean(means: Array, weights: Array) -> Array:
    """Square of the expectation of means over rows.

    Parameters
    ----------
    means : (draw, replicate). weights : of replicates (draw, replicate).

    Returns
    -------
    Array (draw,).
    """
    square = (means * weights).sum(axis=-1) ** 2
    if weights.shape[-1] > 1:
        squared = weights**2
        square = (square - (means**2 * squared).sum(axis=-1)) / (1.0 - squared.sum(axis=-1))
    return np.asarray(square)
