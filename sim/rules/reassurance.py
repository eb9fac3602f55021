"""Whom have I slighted? Leaning further to one side is paid back with engagement on the other.

Source: Kuik (2016, 2021): hedging offsets its own moves; the case in view is Vietnam in autumn 2023 (ties with
Washington raised in September, with Tokyo in November, Xi hosted in December). Ours: the form, saturating in the
slighted power's leverage times the rise in ties with its rivals.
"""

from __future__ import annotations

import numpy as np

from sim.axes import Array
from sim.rules.forms import sum_over_rivals


def reassurance(*, rise: Array, leverage: Array, camp: Array, rate: Array | float) -> Array:
    """Engagement offered to each slighted partner, 0 to 1.

        1 - exp(-rate * leverage_k * sum_j opposition_kj * max(0, rise_j))

    Parameters
    ----------
    rise : (..., partner) change of this year's security tie with each partner.
    leverage, camp : (..., partner). rate : how readily it is offered.
    """
    slight = sum_over_rivals(camp=camp, quantity=np.maximum(rise, 0.0))
    return 1.0 - np.exp(-rate * leverage * slight)
