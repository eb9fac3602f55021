"""Who governs now? Governments change, and with them how far the state leans, whatever its interests.

Source: Kuik (2008) on regime legitimation; the Philippines in 2016 and 2022 as the case in view. Ours: the same rate of
turnover for every state (a rate of its own would be a hidden constant by state) and normal leanings.
"""

from __future__ import annotations

import numpy as np

from sim.axes import Array


def next_lean(
    *,
    lean: Array,
    chance: Array,
    leaning: Array,
    turnover: Array | float,
    inheritance: Array | float,
    spread: Array | float,
) -> Array:
    """The government's leaning this year, (..., 1), -1 (China) to 1 (United States).

    Parameters
    ----------
    lean : (..., 1) last year's. chance : (..., 1) uniform draw. leaning : (..., 1) standard normal draw.
    turnover : chance of a change of government a year, 0 to 1.
    inheritance : part of the old leaning that a successor keeps, 0 to 1. spread : of successors' leanings.
    """
    successor = np.clip(inheritance * lean + spread * leaning, -1.0, 1.0)
    return np.where(chance < turnover, successor, lean)
