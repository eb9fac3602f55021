"""The region in Mesa: one history, one agent a state and a power, to look inside.

Everybody steps (decides on last year's public record), then everybody advances (settles). Chance comes from
`sim.world.draws`; neither of Mesa's own generators is used.
"""

from __future__ import annotations

from collections.abc import Callable

import mesa
import xarray as xr

from sim.actors.power import Power
from sim.actors.state import State
from sim.config import Settings
from sim.engines.beginning import first_memory
from sim.engines.context import SimulationContext, build_context
from sim.engines.history import YearRecord, to_dataset
from sim.rules import year as the_year
from sim.rules.record import (
    Choice,
    MaritimeEncounter,
    Memory,
    Offers,
    PolicyInstruments,
    RandomDraws,
    Situation,
)
from sim.world.draws import draws

Progress = Callable[[int, int], None]


class Region(mesa.Model):
    """One possible history of the region.

    Attributes
    ----------
    stage : what no run changes. run : which future, the counter of all its draws.
    memory : the public record of last year, all states. situation, conduct, offers, luck : this year's.
    records : one `YearRecord` for each year gone by.
    """

    situation: Situation
    conduct: PolicyInstruments
    offers: Offers
    luck: RandomDraws

    def __init__(self, stage: SimulationContext, *, run: int = 0) -> None:
        super().__init__(rng=stage.settings.seed)
        self.stage, self.run, self.rules = stage, run, stage.settings.rules
        self.memory = first_memory(stage, run=run)
        self.records: list[YearRecord] = []
        self.states = [
            State(self, code=code, place=index, memory=self.memory.for_state(index))
            for index, code in enumerate(stage.states)
        ]
        self.powers = [
            Power(self, code=code, place=index) for index, code in enumerate(stage.partners)
        ]
        self.calendar = iter(stage.years)

    def step(self) -> None:
        """One year: see, everybody decides, everybody settles, the year is recorded."""
        year = next(self.calendar)
        self.luck = self._draw(year)
        self.conduct = self.stage.conduct(year)
        self.situation = the_year.see(
            memory=self.memory,
            structure=self.stage.structure,
            conduct=self.conduct,
            outlook=self.stage.outlooks[year],
            luck=self.luck,
            rules=self.rules,
        )
        self.agents.do("step")
        self.offers = Offers.join([power.offers for power in self.powers], axis=-1)
        self.agents.do("advance")
        self.memory = Memory.join([state.memory for state in self.states], axis=-2)
        self.records.append(
            YearRecord(
                year=year,
                passed=the_year.YearResult(
                    memory=self.memory,
                    situation=self.situation,
                    offers=self.offers,
                    choice=Choice.join([state.choice for state in self.states], axis=-2),
                    at_sea=MaritimeEncounter.join([state.at_sea for state in self.states], axis=-2),
                ),
            )
        )

    def _draw(self, year: int) -> RandomDraws:
        result = draws(
            seed=self.stage.settings.seed,
            states=self.stage.states,
            partners=self.stage.partners,
            year=year,
            first_run=self.run,
        )
        return RandomDraws(**{name: block[0] for name, block in result.items()})


def simulate(settings: Settings, *, run: int = 0, progress: Progress | None = None) -> xr.Dataset:
    """Run one history and return it as a labelled Dataset (see `sim.engines.history`).

    Parameters
    ----------
    settings : validated settings. run : which future. progress : called with (years done, years in all).

    Raises
    ------
    UserError : unknown world, state or partner; missing or malformed data file.
    """
    region = Region(build_context(settings), run=run)
    total = len(region.stage.years)
    for done in range(1, total + 1):
        region.step()
        if progress is not None:
            progress(done, total)
    return to_dataset(region.stage, region.records, run=run)
