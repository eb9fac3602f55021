"""What does Japan get? Its three stated purposes, each with a score from 0 to 100.

Source: the purposes named around Official Security Assistance: deter gray-zone pressure, keep sea lanes open, soft power and
connections. Ours: the scores. Effects per yen are differences of paired runs, not these levels.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr

from sim.axes import DOMAINS, OPTION, PARTNER, STATE
from sim.outcomes.bare import History, labels, pick
from sim.outcomes.sea import lane_security, pressed

GIVER = "JPN"


def deterrence(history: History) -> Any:
    """Deter gray-zone pressure: 100 less what pressure achieves against claimants, by their stake."""
    weight = history["claimant"] * history["stake"].sum("partner")
    share = weight / weight.sum(STATE).where(weight.sum(STATE) > 0.0, 1.0)
    achieved = pressed(history) * history["encroachment"]
    return 100.0 * (1.0 - (achieved * share).sum(STATE, skipna=False))


def sea_lanes(history: History) -> Any:
    """Keep sea lanes open: lane security, weighted by what Japan imports through each lane, cables a fifth."""
    weight = 0.8 * history["japan_import_share"] / history["japan_import_share"].sum("lane")
    weight = weight + 0.2 * history["cable_share"] / history["cable_share"].sum("lane")
    held = history["littoral"].sum(STATE) > 0.0
    weight = weight * held
    total = weight.sum("lane")
    score = (lane_security(history) * weight).sum("lane", skipna=False)
    return 100.0 * score / total.where(total > 0.0, 1.0)


def soft_power(history: History) -> Any:
    """Soft power and connections: mean of trust in Japan and of the ties with it, over all states."""
    if GIVER not in labels(history, PARTNER):
        return history["rivalry"] * np.nan
    trust = pick(history, "trust", PARTNER, GIVER)
    security, economic = (pick(history, f"{domain}_tie", OPTION, GIVER) for domain in DOMAINS)
    tie = security + economic
    return 100.0 * (0.5 * trust + 0.5 * np.minimum(tie, 1.0)).mean(STATE, skipna=False)


def scorecard(history: xr.Dataset) -> xr.Dataset:
    """The three scores over (run,) year."""
    return xr.Dataset(scores(history))


def scores(history: History) -> dict[str, Any]:
    """The variables of `scorecard` by name."""
    return {
        "deterrence": deterrence(history),
        "sea_lanes": sea_lanes(history),
        "soft_power": soft_power(history),
    }
