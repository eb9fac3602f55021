"""Shares of Japan's security assistance that are written out state by state: the user's own, and an optimiser's."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.axes import Array
from sim.config.levers import Japan
from sim.world.roster import state_codes


def custom_share(levers: Japan, states: Sequence[str], partners: int) -> Array:
    """What the user asked for each state, (state, partner), not yet made to sum to 1; 0 for states not named.

    Parameters
    ----------
    levers : Japan's. states : codes in order. partners : how many; all get the same column.

    Raises
    ------
    UserError : a share for a state that does not exist.
    """
    known = state_codes(list(levers.custom)) if levers.custom else ()
    asked = dict(zip(known, levers.custom.values(), strict=True))
    wanted = np.array([asked.get(code, 0.0) for code in states])
    return np.repeat(wanted[:, np.newaxis], partners, axis=1)
