"""Local minima found by descent from randomly sampled configurations, where they are too many to go through.

Each goes downhill as in `sim.theories.descent`. Of a basin only its share is known, with an error; a minimum that few
configurations lead to may be missed: of one with share s no descent ends in it with chance (1 - s)^starts. Ours: all of it.
"""

from __future__ import annotations

import numpy as np

from sim.axes import Array
from sim.errors import UserError
from sim.theories.descent import ROUNDING, Minima, steepest_moves
from sim.theories.landscape import changes, energies, frustrations, pair_couplings

MOST_SAMPLED = 100  # actors


def sample_minima(
    *, sizes: Array, propensities: Array, starts: int, chance: np.random.Generator
) -> Minima:
    """The minima that descents from `starts` configurations drawn at random end in, deepest first.

    `basin` counts descents, `energies` are those of the configurations drawn, `tied` counts steps with equally steep moves.

    Parameters
    ----------
    sizes : (actor,) above 0. propensities : (actor, actor). chance : of configurations, and of equally steep moves.

    Raises
    ------
    UserError : too few or too many actors.
    """
    _check_sampling(len(sizes))
    given = {"sizes": sizes, "propensities": propensities}
    slack = ROUNDING * np.abs(pair_couplings(**given)).sum()
    drawn = chance.choice([-1.0, 1.0], (starts, len(sizes)))
    ended, tied = _follow_descents(drawn.copy(), given, slack, chance)
    sides, basin = np.unique(ended * ended[:, :1], axis=0, return_counts=True)
    energy = energies(sides=sides, **given)
    order = np.lexsort((-basin, np.round(energy / max(slack, 1e-300))))
    sides = sides[order]
    return Minima(
        sides=sides,
        energy=energy[order],
        basin=basin[order].astype(float),
        frustration=frustrations(sides=sides, **given),
        flat=(np.abs(changes(sides=sides, **given)) <= slack).any(axis=1),
        energies=energies(sides=drawn, **given),
        tied=tied,
    )


def _follow_descents(
    sides: Array, given: dict[str, Array], slack: float, chance: np.random.Generator
) -> tuple[Array, int]:
    """Follow every descent to its end; also how many steps had a choice of equally steep moves."""
    moving, tied = np.arange(len(sides)), 0
    while len(moving):
        moves = steepest_moves(changes(sides=sides[moving], **given), slack)
        goes = moves.any(axis=1)
        moving, moves = moving[goes], moves[goes]
        tied += int((moves.sum(axis=1) > 1).sum())
        actor = np.argmax(np.where(moves, chance.random(moves.shape), -1.0), axis=1)
        sides[moving, actor] *= -1.0
    return sides, tied


def _check_sampling(actors: int) -> None:
    if not 2 <= actors <= MOST_SAMPLED:
        raise UserError(
            given=f"there are {actors} actors",
            allowed=f"descents are followed for 2 to {MOST_SAMPLED} actors",
            where="in the list of sizes, by naming more actors, or joining the smallest",
        )
