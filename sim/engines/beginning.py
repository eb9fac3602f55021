"""The first memory of one run, for engines that pass the years one run at a time."""

from __future__ import annotations

from sim.engines.context import SimulationContext
from sim.rules import year as the_year
from sim.rules.record import Memory, StartDraws
from sim.world.draws import start_draws


def first_memory(stage: SimulationContext, *, run: int = 0) -> Memory:
    """Where a run starts: what the record leaves open is drawn, once, and anchors are set.

    Parameters
    ----------
    stage : from `build_context`. run : which future.
    """
    conduct, outlook = stage.usual
    drawn = start_draws(
        seed=stage.settings.seed,
        states=stage.states,
        partners=stage.partners,
        year=stage.years[0] - 1,
        first_run=run,
        runs=1,
    )
    return the_year.begin(
        memory=stage.start,
        structure=stage.structure,
        conduct=conduct,
        outlook=outlook,
        reading=stage.reading,
        luck=StartDraws(**{name: block[0] for name, block in drawn.items()}),
        rules=stage.settings.rules,
    )
