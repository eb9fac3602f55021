"""How far does each state hedge? Spread of its ties, and how far they contradict each other.

Source: Kuik (2008) and Lim and Cooper (2015): hedging shows in ambiguous, offsetting signals rather than in the middle of a
scale. Ours: effective number of partners (inverse Herfindahl), and the distance between security and economic leanings.
"""

from __future__ import annotations

import numpy as np

from sim.axes import Array, partners_of
from sim.outcomes.alignment import MIDDLE
from sim.rules.forms import share


def effective_partners(*, security_tie: Array, economic_tie: Array) -> Array:
    """Effective number of partners over both domains, (..., 1): 1 (all ties with one) to the number of partners.

    The inverse Herfindahl index of ties with partners, unaligned shares left out; towards 1 as the last ties vanish.

    Parameters
    ----------
    *_tie : (..., option), self last.
    """
    partners = partners_of(security_tie) + partners_of(economic_tie)
    total = partners.sum(axis=-1, keepdims=True)
    part, whole = (share(amount=each, total=total) for each in (partners, total))
    return 1.0 / ((part * part).sum(axis=-1, keepdims=True) + (1.0 - whole * whole))


def contradiction(*, security: Array, economic: Array) -> Array:
    """Distance between the security and the economic leaning (-1 to 1), 0 (the same) to 1 (opposite ends)."""
    return np.abs(security - economic) / 2.0


def hedging(*, effective: Array, alignment: Array, contradiction: Array, partners: int) -> Array:
    """Hedging index, 0 to 1: mean of spread, ambiguity of the overall leaning, and contradiction.

    Spread is the effective number of partners less one over the number of partners less one; ambiguity is the nearness of the
    combined alignment to 50; contradiction is doubled and capped, since opposite halves of the scale already are a full one.
    """
    spread = (effective - 1.0) / (partners - 1.0)
    ambiguity = 1.0 - np.abs(alignment - MIDDLE) / MIDDLE
    return (spread + ambiguity + np.minimum(2.0 * contradiction, 1.0)) / 3.0
