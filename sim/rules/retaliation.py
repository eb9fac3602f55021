"""What would leaning cost me? Rivals of the one I lean to can make me pay. This keeps hedgers hedging.

Source: Kuik (2008, 2021): hedgers avoid sides because any side provokes the other; Drezner (1999) on the
conditions of economic coercion; leverage after Hirschman (1945). Ours: the product of rivalry, leverage and
readiness to use it.
"""

from __future__ import annotations

from sim.axes import Array
from sim.rules.forms import sum_over_rivals


def retaliation(
    *,
    rivalry: Array,
    leverage: Array,
    coerciveness: Array,
    camp: Array,
    readiness: Array | float,
) -> Array:
    """Expected cost of leaning to each partner: ``rivalry * sum_k opposition_jk * leverage_k * readiness_k``.

    Parameters
    ----------
    rivalry : (..., 1) 0 to 1. leverage : (..., partner) of each partner over the state, 0 to 1.
    coerciveness : (..., partner) each partner's declared willingness to coerce, 0 to 1.
    camp : (..., partner). readiness : what leverage is worth even to a partner that never coerces, 0 to 1.
    """
    armed = leverage * (readiness + (1.0 - readiness) * coerciveness)
    return rivalry * sum_over_rivals(camp=camp, quantity=armed)
