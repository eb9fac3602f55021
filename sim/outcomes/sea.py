"""What happens at sea: pressure, incidents, joint resolve, and how safe the lanes are.

Source: chokepoints and flows as in the data (EIA, CSIS); a lane is as safe as its littoral states can make it. Ours: the
index (`sim.rules.sea`) and its use on observed years too.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.axes import PARTNER, STATE
from sim.outcomes.bare import History, once


@once
def pressed(history: History) -> Any:
    """Pressure at sea on each state from all powers, 0 to 1."""
    return history["pressure"].sum(PARTNER, skipna=False).clip(max=1.0)


def incidents(history: History) -> Any:
    """Incidents at sea of each state in the year, count."""
    return history["incidents"].sum(PARTNER, skipna=False)


def collective_resolve(history: History) -> Any:
    """Mean resolve of the claimants in the year, 0 to 1 (0 where nobody claims)."""
    claimant = history["claimant"]
    return (history["resolve"] * claimant).sum(STATE, skipna=False) / np.maximum(
        claimant.sum(STATE), 1.0
    )


@once
def lane_security(history: History) -> Any:
    """Security of each lane, 0 to 1: its littoral states' grip on their waters, by their part in the lane."""
    return (history["safety"] * history["littoral"]).sum(STATE, skipna=False)
