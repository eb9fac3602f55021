"""Which limits of a box does chance explain? They are dropped, the least needed first.

A limit's quasi-p is the chance that a box without it, with its own density, gives as many cases as the box has: a one-sided
binomial test, Bryant and Lempert (2010, unverified). "Quasi", for the box was chosen on the same points. Ours: dropping limits
one by one until every one left has a quasi-p below 0.05, which analysts do by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import bdtrc

from sim.axes import Array
from sim.studies.discovery.boxes import Box, Mask

SURE = 0.05
Side = tuple[str, str]  # setting; low, high or (of choices) blank


def pruned(box: Box, table: pd.DataFrame, interest: Mask) -> Box:
    """Return a box with only the limits that chance does not explain, each with its quasi-p."""
    sides = [(name, side) for name, limit in box.limits.items() for side in _sides(limit)]
    outside = np.stack([_outside(box, table, one) for one in sides], axis=1) if sides else None
    while sides and outside is not None:
        chances = quasi_p(outside, interest)
        worst = int(np.argmax(chances))
        if chances[worst] < SURE:
            return _with(box, sides, chances)
        del sides[worst]
        outside = np.delete(outside, worst, axis=1)
    return Box(limits={})


def quasi_p(outside: Mask, interest: Mask) -> Array:
    """Quasi-p of each side.

    Parameters
    ----------
    outside : (point, side) true where a side shuts a point out. interest : (point,) true for cases.
    """
    shut = outside.sum(axis=1)
    inside = shut == 0
    points, cases = int(inside.sum()), int((inside & interest).sum())
    without = (shut[:, np.newaxis] - outside) == 0  # (point, side)
    share = (without & interest[:, np.newaxis]).sum(axis=0) / np.maximum(without.sum(axis=0), 1)
    if cases == 0:
        return np.ones(outside.shape[1])
    return np.asarray(bdtrc(cases - 1, points, share))


def _sides(limit: tuple[float, float] | frozenset[str]) -> Sequence[str]:
    if isinstance(limit, frozenset):
        return [""]
    return [side for side, one in zip(("low", "high"), limit, strict=True) if np.isfinite(one)]


def _outside(box: Box, table: pd.DataFrame, one: Side) -> Mask:
    name, side = one
    limit = box.limits[name]
    if isinstance(limit, frozenset):
        return ~table[name].isin(limit).to_numpy()
    low, high = limit
    column = table[name].to_numpy(float)
    return np.asarray(column < low if side == "low" else column > high)


def _with(box: Box, sides: Sequence[Side], chances: Array) -> Box:
    limits: dict[str, Any] = {}
    for name, side in sides:
        limit = box.limits[name]
        if isinstance(limit, frozenset):
            limits[name] = limit
            continue
        low, high = limits.get(name, (-np.inf, np.inf))
        limits[name] = (limit[0], high) if side == "low" else (low, limit[1])
    named = {
        f"{name} {side}".strip(): float(p) for (name, side), p in zip(sides, chances, strict=True)
    }
    return Box(limits=limits, p=named)
