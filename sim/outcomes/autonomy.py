"""How much room is left? Own means, unaligned ties, and a fallback that does not depend on the same partner.

Source: autonomy as the object that hedgers insure, Kuik (2016), Lim and Cooper (2015). Ours: the mean of three parts.
"""

from __future__ import annotations

from typing import Any

from sim.axes import OPTION, PARTNER, SELF
from sim.outcomes.bare import History, pick


def autonomy(history: History) -> Any:
    """Autonomy index, 0 to 1: mean of capacity / (1 + capacity), unaligned security share, and fallback.

    Fallback is one minus the largest dependence on any one partner, as a share of all dependence on partners.
    """
    capacity = history["capacity"] / (1.0 + history["capacity"])
    unaligned = pick(history, "security_tie", OPTION, SELF)
    dependence = history["dependence"]
    total = dependence.sum(PARTNER, skipna=False)
    fallback = 1.0 - dependence.max(PARTNER) / total.where(total > 0.0, 1.0)
    return (capacity + unaligned + fallback) / 3.0


def cohesion(alignment: Any, member: Any) -> Any:
    """Do members lean together? 1 minus their mean distance from their mean alignment, over the scale's half."""
    share = member / member.sum("state").clip(min=1.0)
    mean = (alignment * share).sum("state", skipna=False)
    return 1.0 - (abs(alignment - mean) * share).sum("state", skipna=False) / 50.0
