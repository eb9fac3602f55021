"""How many equilibria has the rule of resolve itself? Its roots, with everything but the others' resolve held fixed.

Resolve feeds on the others' resolve and never falls with it, so iterating the rule from nobody's resolve and from everybody's
ends in its least and its greatest equilibrium; where the two agree there is no other. Source: Tarski's theorem as used for
supermodular games, Milgrom and Roberts (1990; unverified); thresholds and two equilibria, Granovetter (1978), Cooper and John
(1988). Ours: the closed form for claimants that are all alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.axes import Array
from sim.rules.neighbours import others_mean
from sim.rules.resolve import collective_resolve, resolve_target

STILL, MOST_STEPS = 1e-9, 4000
CUSP = 4.0  # steepness times weight of the others beyond which alike claimants have two equilibria


def extremes(*, inputs: Mapping[str, Array], numbers: Mapping[str, Any]) -> tuple[Array, Array]:
    """Joint resolve in the least and in the greatest equilibrium of the rule, (...,) each.

    Parameters
    ----------
    inputs : all arguments of `resolve_target` that are not numbers, but `peers`; (..., state, 1), and claimant (state, 1).
    numbers : its weights, threshold and steepness.
    """
    claimant = inputs["claimant"]
    shape = np.broadcast_shapes(*(np.shape(value) for value in inputs.values()))
    found = []
    for start in (0.0, 1.0):
        settled = _settle(np.full(shape, start) * claimant, inputs, numbers)
        found.append(collective_resolve(resolve=settled, claimant=claimant)[..., 0, 0])
    return found[0], found[1]


def _settle(resolve: Array, inputs: Mapping[str, Array], numbers: Mapping[str, Any]) -> Array:
    for _ in range(MOST_STEPS):
        peers = others_mean(values=resolve, member=inputs["claimant"])
        moved = resolve_target(**inputs, peers=peers, **numbers)
        if np.abs(moved - resolve).max() < STILL:
            return moved
        resolve = moved
    return resolve


def folds(*, steepness: float, weight: float, threshold: float) -> tuple[float, float] | None:
    """The drives (without the others') between which claimants that are all alike have two equilibria; None if never.

        r = logistic(steepness * (drive + weight * r - threshold))

    Its slope in r is at most steepness * weight / 4, so it needs steepness * weight > 4 to cross the diagonal thrice.

    >>> folds(steepness=5.0, weight=0.8, threshold=1.0) is None
    True
    """
    if steepness * weight <= CUSP:
        return None
    half = 0.5 * np.sqrt(1.0 - CUSP / (steepness * weight))
    ends = [
        float(threshold - weight * r + np.log(r / (1.0 - r)) / steepness)
        for r in (0.5 + half, 0.5 - half)
    ]
    return ends[0], ends[1]
