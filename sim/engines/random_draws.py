"""The draws of a block of runs, laid out point by point: every point meets the same chance."""

from __future__ import annotations

import numpy as np

from sim.axes import Array
from sim.engines.context import SimulationContext
from sim.rules.record import RandomDraws, StartDraws
from sim.world.draws import draws, start_draws


def random_draws(
    stage: SimulationContext, year: int, *, first: int, replicates: int, points: int
) -> RandomDraws:
    """The draws of a year, (run, state or 1, partner or 1), replicates fastest.

    Parameters
    ----------
    stage : shared by all points. year : any. first : number of the first replicate. replicates : of each point.
    points : how many.
    """
    result = draws(
        seed=stage.settings.seed,
        states=stage.states,
        partners=stage.partners,
        year=year,
        first_run=first,
        runs=replicates,
    )
    return RandomDraws(**{name: _tile_points(block, points) for name, block in result.items()})


def first_draws(
    stage: SimulationContext, *, first: int, replicates: int, points: int
) -> StartDraws:
    """What the start draws, once a run; parameters as in `random_draws`."""
    result = start_draws(
        seed=stage.settings.seed,
        states=stage.states,
        partners=stage.partners,
        year=stage.years[0] - 1,
        first_run=first,
        runs=replicates,
    )
    return StartDraws(**{name: _tile_points(block, points) for name, block in result.items()})


def _tile_points(block: Array, points: int) -> Array:
    if points == 1:
        return block
    return np.tile(block.transpose(1, 2, 0), points).transpose(2, 0, 1)
