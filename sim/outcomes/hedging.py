"""How far does each state hedge? Spread of its ties, and how far they contradict each other.

Source: Kuik (2008) and Lim and Cooper (2015): hedging shows in ambiguous, offsetting signals rather than in the middle of a
scale. Ours: effective number of partners (inverse Herfindahl), and the distance between security and economic leanings.
"""

from __future__ import annotations

from typing import Any

from sim.axes import DOMAINS, OPTION, PARTNER
from sim.outcomes.alignment import leaning
from sim.outcomes.bare import History, once, partner_ties


@once
def effective_partners(history: History) -> Any:
    """Effective number of partners over both domains: 1 (all ties with one) to the number of partners.

    The inverse Herfindahl index of ties with partners, unaligned shares left out.
    """
    first, *rest = (partner_ties(history, domain, OPTION) for domain in DOMAINS)
    partners = sum(rest, start=first) / len(DOMAINS)
    total = partners.sum(OPTION, skipna=False)
    share = partners / total.where(total > 0.0, 1.0)
    concentration = (share**2).sum(OPTION, skipna=False)
    return 1.0 / concentration.where(concentration != 0.0, 1.0)


@once
def contradiction(history: History) -> Any:
    """Distance between the security and the economic leaning, 0 (the same) to 1 (opposite ends)."""
    security, economic = (leaning(history, domain) for domain in DOMAINS)
    return abs(security - economic) / 2.0


def hedging(history: History, alignment: Any) -> Any:
    """Hedging index, 0 to 1: mean of spread, ambiguity of the overall leaning, and contradiction.

    Spread is the effective number of partners less one over the number of partners less one; ambiguity is the nearness of the
    combined alignment to 50; contradiction is doubled and capped, since opposite halves of the scale already are a full one.
    """
    partners = history.sizes[PARTNER]
    spread = (effective_partners(history) - 1.0) / (partners - 1.0)
    ambiguity = 1.0 - abs(alignment - 50.0) / 50.0
    contradictory = (2.0 * contradiction(history)).clip(max=1.0)
    return (spread + ambiguity + contradictory) / 3.0
