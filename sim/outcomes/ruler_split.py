"""Which part of a structural tie moved it? The reading of `sim.rules.ruler`, split exactly between two points.

Products are split at their middle, the bend of the ladder by its chord (choices of ours); each sums exactly. What scales ties
down where they would leave a state too little of its own is *crowding*.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.axes import Array
from sim.config.mechanisms import Ties
from sim.rules.ruler import PAPER, faded_rung

PARTS = ("arms", "bond", "use", "presence", "climbs", "renewal", "fading", "crowding")
CLOSE = 1e-7  # rungs nearer than this have the slope of their middle


@dataclass(frozen=True, kw_only=True)
class Bonds:
    """What ties are read off, (..., partner) each: as in `sim.rules.ruler.security_tie`, and what fades a rung."""

    arms: Array
    bound: Array
    use: Array
    forward: Array
    rung: Array
    renewed: Array

    def __getitem__(self, key: object) -> Bonds:
        """Cut all."""
        return Bonds(**{name: value[key] for name, value in vars(self).items()})

    def freshness(self, ties: Ties) -> Array:
        """Part of a rung that has not faded."""
        return faded_rung(
            rung=np.ones_like(self.rung), renewed=self.renewed, bound=self.bound, years=ties.fade
        )

    def raw(self, ties: Ties) -> Array:
        """Ties before they are scaled."""
        in_use = PAPER + (1.0 - PAPER) * self.use * self.forward
        ladder = 1.0 - np.exp(-self.rung * self.freshness(ties) / ties.bend)
        return ties.arms * self.arms + ties.bond * self.bound * in_use + ties.agreements * ladder

    def scale(self, ties: Ties) -> Array:
        """What ties are multiplied by, (..., 1): below 1 where they would leave the state too little of its own."""
        most = 1.0 - ties.own_least
        return np.asarray(most / np.maximum(self.raw(ties).sum(axis=-1, keepdims=True), most))


def split_ties(before: Bonds, after: Bonds, ties: Ties) -> Array:
    """Parts of the change of each partner's security tie, (..., partner, part), in the order of `PARTS`.

    Parameters
    ----------
    before, after : two readings. ties : the weights of the ruler.
    """
    in_use, was = (PAPER + (1.0 - PAPER) * each.use * each.forward for each in (after, before))
    share = (1.0 - PAPER) * _middle(after.bound, before.bound)
    fresh, stale = after.freshness(ties), before.freshness(ties)
    slope = ties.agreements * _ladder_slope(before.rung * stale, after.rung * fresh, ties.bend)
    kept = slope * _middle(after.rung, before.rung) * (fresh - stale)
    raw = np.stack(
        [
            ties.arms * (after.arms - before.arms),
            ties.bond * _middle(in_use, was) * (after.bound - before.bound),
            ties.bond * share * _middle(after.forward, before.forward) * (after.use - before.use),
            ties.bond * share * _middle(after.use, before.use) * (after.forward - before.forward),
            slope * _middle(fresh, stale) * (after.rung - before.rung),
            np.maximum(kept, 0.0),
            np.minimum(kept, 0.0),
        ],
        axis=-1,
    )
    now, then = after.scale(ties), before.scale(ties)
    crowding = _middle(after.raw(ties), before.raw(ties)) * (now - then)
    return np.concatenate(
        [_middle(now, then)[..., np.newaxis] * raw, crowding[..., np.newaxis]], axis=-1
    )


def _middle(one: Array, other: Array) -> Array:
    return 0.5 * (one + other)


def _ladder_slope(first: Array, second: Array, bend: float) -> Array:
    gap = second - first
    apart = np.abs(gap) > CLOSE
    chord = (np.exp(-first / bend) - np.exp(-second / bend)) / np.where(apart, gap, 1.0)
    return np.where(apart, chord, np.exp(-0.5 * (first + second) / bend) / bend)
