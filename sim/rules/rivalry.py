"""How hot is the contest of the great powers? A path the scenario sets, and what the region's sides add to it.

Source: the scenario axis of MODEL terms (rivalry path plus feedback); security-dilemma spirals, Jervis (1978). Ours: partial
adjustment to the scenario's level and a feedback linear in how far the region has taken sides.
"""

from __future__ import annotations

import numpy as np

from sim.axes import STATE_AXIS, Array, over_states


def next_rivalry(
    *,
    rivalry: Array,
    level: Array | float,
    polarisation: Array,
    shock: Array,
    chance: Array,
    adjustment: Array | float,
    feedback: Array | float,
    noise: Array | float,
) -> Array:
    """This year's rivalry, (..., 1, 1), 0 to 1.

    Parameters
    ----------
    rivalry : (..., 1, 1) last year's. level : the scenario's level approached, 0 to 1.
    polarisation : (..., 1, 1) from `regional_polarisation`. shock : (..., 1, 1) dated events of the year.
    chance : (..., 1, 1) standard normal draw. adjustment : part of the gap closed a year.
    feedback : added a year when all take sides. noise : standard deviation a year.
    """
    moved = (
        rivalry + adjustment * (level - rivalry) + feedback * polarisation + shock + noise * chance
    )
    return np.clip(moved, 0.0, 1.0)


def regional_polarisation(*, lean: Array) -> Array:
    """How far states have taken sides, whichever, (..., 1, 1), 0 to 1: the mean size of their leanings.

    Parameters
    ----------
    lean : (..., state, 1) net leaning of security ties, -1 to 1.
    """
    return over_states(np.abs(lean)) / lean.shape[STATE_AXIS]
