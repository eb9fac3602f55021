"""Local minima of a landscape by exhaustive descent, and from how many configurations each is reached.

From any configuration the actor moves whose move lowers energy most (steepest descent), one at a time, until no move
does. Where several moves are equally steep, each is taken with equal chance: basins are expected numbers of
configurations, and do not depend on the order in which actors are listed. Source: Axelrod and Bennett (1993) for
the descent. Ours: the equal chances. Differences below a relative 1e-12 count as none; a minimum from which some move
changes nothing is called flat.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.axes import Array
from sim.theories.landscape import changes, configurations, energies, frustrations, pair_couplings

ROUNDING = 1e-12


@dataclass(frozen=True, kw_only=True)
class Minima:
    """The local minima of a landscape, deepest first.

    sides : (minimum, actor) of +1 and -1. energy, basin : (minimum,). frustration : (minimum, actor).
    flat : (minimum,) whether a move changes nothing. energies : (configuration,) of all. tied : configurations with
    equally steep moves.
    """

    sides: Array
    energy: Array
    basin: Array
    frustration: Array
    flat: Array
    energies: Array
    tied: int


def find_minima(*, sizes: Array, propensities: Array) -> Minima:
    """Every local minimum with its basin, by going through all configurations.

    Parameters
    ----------
    sizes : (actor,) above 0. propensities : (actor, actor).

    Raises
    ------
    UserError : too few or too many actors.
    """
    given = {"sizes": sizes, "propensities": propensities}
    sides = configurations(len(sizes))
    change = changes(sides=sides, **given)
    slack = ROUNDING * np.abs(pair_couplings(**given)).sum()
    moves = steepest_moves(change, slack)
    energy = energies(sides=sides, **given)
    resting = np.flatnonzero(~moves.any(axis=1))
    order = resting[np.lexsort((resting, np.round(energy[resting] / max(slack, 1e-300))))]
    return Minima(
        sides=sides[order],
        energy=energy[order],
        basin=_basin_sizes(moves)[order],
        frustration=frustrations(sides=sides[order], **given),
        flat=(np.abs(change[order]) <= slack).any(axis=1),
        energies=energy,
        tied=int((moves.sum(axis=1) > 1).sum()),
    )


def descent_path(*, start: Array, sizes: Array, propensities: Array) -> Array:
    """One path of steepest descent from a configuration, (step, actor); of equally steep moves the first.

    Parameters
    ----------
    start : (actor,) of +1 and -1. sizes : (actor,). propensities : (actor, actor).
    """
    slack = ROUNDING * np.abs(pair_couplings(sizes=sizes, propensities=propensities)).sum()
    path = [np.asarray(start, dtype=float)]
    while True:
        change = changes(sides=path[-1], sizes=sizes, propensities=propensities)
        steepest = int(np.argmax(change <= change.min() + slack))
        if change[steepest] >= -slack:
            return np.array(path)
        path.append(np.where(np.arange(len(start)) == steepest, -path[-1], path[-1]))


def steepest_moves(change: Array, slack: float) -> Array:
    """Which single moves are the steepest downhill, (configuration, actor) bool."""
    least = change.min(axis=1, keepdims=True)
    return (change <= least + slack) & (least < -slack)


def _basin_sizes(moves: Array) -> Array:
    """Expected number of configurations whose descent ends in each, (configuration,); 0 but for minima."""
    count = moves.sum(axis=1)
    ended, moving = np.zeros(len(moves)), np.ones(len(moves))
    while moving.any():
        ended += np.where(count == 0, moving, 0.0)
        part = np.where(count == 0, 0.0, moving / np.maximum(count, 1))
        moving = np.zeros_like(part)
        for actor in range(moves.shape[1]):
            came_from = _neighbour_indices(len(moves), actor)
            moving += np.where(moves[:, actor], part, 0.0)[came_from]
    return ended


def _neighbour_indices(configurations: int, actor: int) -> Array:
    """Place of each configuration with one actor moved; moving the first is moving all others."""
    position: Any = np.arange(configurations)
    return position ^ (1 << (actor - 1)) if actor else configurations - 1 - position
