"""Who governs now? Leaders change, and some of the new ones realign.

Source: new leaders of another societal base realign, above all in small-coalition regimes (Leeds and Mattes 2022, Smith 2016;
both unverified); the Philippines in 2016 and 2022, Myanmar in 2011. Ours: the two spreads, and one draw for both.
"""

from __future__ import annotations

import numpy as np

from sim.axes import Array


def turned(*, chance: Array, turnover: Array) -> Array:
    """1 where the leader changes this year, (..., 1).

    Parameters
    ----------
    chance : (..., 1) uniform. turnover : (..., 1) chance of a change, 0 to 1.
    """
    return np.where(chance < turnover, 1.0, 0.0)


def next_lean(
    *,
    lean: Array,
    chance: Array,
    leaning: Array,
    turnover: Array,
    realigning: Array | float,
    realigned: Array | float,
    ordinary: Array | float,
) -> Array:
    """Leaning of the present leader, (..., 1), in the unit of the stance's terms; above 0 towards the United States.

    Parameters
    ----------
    lean : (..., 1) last year's. chance : (..., 1) uniform. leaning : (..., 1) standard normal.
    turnover : (..., 1) chance of a change. realigning : part of changes that realign, 0 to 1.
    realigned, ordinary : spreads of the leanings of leaders who realign, and of those who do not.
    """
    spread = np.where(chance < realigning * turnover, realigned, ordinary)
    return np.where(chance < turnover, spread * leaning, lean)
