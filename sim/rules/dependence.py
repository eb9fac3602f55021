"""Whom do I need more than they need me? Dependence follows trade; the asymmetry is leverage.

Source: Hirschman (1945): trade is an instrument of power through the cost of its interruption;
Keohane and Nye (1977): power comes from *asymmetric* interdependence. Ours: trade shares as the
measure, drift with partners' growth, partial adjustment towards the chosen economic ties.
"""

from __future__ import annotations

import numpy as np

from sim.axes import Array
from sim.rules.forms import partial_adjustment


def leverage(*, dependence: Array, reverse: Array) -> Array:
    """How much more the state needs each partner than the partner needs it, 0 to 1.

    Parameters
    ----------
    dependence : (..., partner) partner's share of the state's goods trade.
    reverse : (..., partner) state's share of the partner's goods trade.
    """
    return np.maximum(dependence - reverse, 0.0)


def next_dependence(
    *,
    dependence: Array,
    economic_tie: Array,
    partner_growth: Array,
    world_growth: Array | float,
    adjustment: Array | float,
) -> Array:
    """Next year's dependence: shares drift with partners' growth, then towards the chosen ties.

    Parameters
    ----------
    dependence : (..., partner) shares of trade, summing to at most 1.
    economic_tie : (..., partner) the partners' part of the chosen economic ties.
    partner_growth : (..., partner) growth of the partner's economy, as a fraction a year.
    world_growth : (..., 1) growth of all other markets, as a fraction a year.
    adjustment : share of the gap to the chosen ties that trade closes in a year, 0 to 1.
    """
    grown = dependence * (1.0 + partner_growth)
    rest = (1.0 - dependence.sum(axis=-1, keepdims=True)) * (1.0 + world_growth)
    drifted = grown / (grown.sum(axis=-1, keepdims=True) + rest)
    return partial_adjustment(current=drifted, target=economic_tie, rate=adjustment)
