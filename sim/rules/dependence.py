"""Whom do I need more than they need me? Dependence follows trade; the asymmetry is leverage.

Source: Hirschman (1945): trade is an instrument of power through the cost of its interruption;
Keohane and Nye (1977): power comes from *asymmetric* interdependence. Ours: trade shares as the
measure, and that trade follows economic ties in proportion.
"""

from __future__ import annotations

import numpy as np

from sim.axes import Array


def leverage(*, dependence: Array, reverse: Array) -> Array:
    """How much more the state needs each partner than the partner needs it, 0 to 1.

    Parameters
    ----------
    dependence : (..., partner) partner's share of the state's goods trade.
    reverse : (..., partner) state's share of the partner's goods trade.
    """
    return np.maximum(dependence - reverse, 0.0)


def next_dependence(
    *, first: Array, first_tie: Array, tie: Array, episode: Array, cut: Array | float
) -> Array:
    """Dependence on each partner, (..., partner): trade follows economic ties in proportion; coercion cuts it while it lasts.

    Parameters
    ----------
    first : (..., partner) shares of trade at the start, summing to at most 1.
    first_tie, tie : (..., partner) the partners' part of economic ties, at the start and now.
    episode : (..., partner) 1 while an episode of coercion runs. cut : part of trade it cuts, at most 1; below 0 it adds.
    """
    grown = first * tie / np.where(first_tie > 0.0, first_tie, 1.0) * (1.0 - cut * episode)
    return grown / np.maximum(grown.sum(axis=-1, keepdims=True), 1.0)
