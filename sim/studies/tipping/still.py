"""A world held still, in which pressure alone moves: up a staircase of levels, and down again.

The years are the engine's own, one after another with memory carried on; only what befalls from outside (growth, designations,
dated events) stays as in the first year, so that a gap between the way up and the way down is not the calendar's doing. Before
the climb some years pass without pressure: agreements climb and dispositions fade for decades, which is no loop either.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.axes import Array
from sim.config import Settings
from sim.config.settings import Event, Years
from sim.engines.context import SimulationContext, build_context
from sim.engines.drivers_of_year import read_drivers
from sim.errors import UserError
from sim.rules.record import ExogenousDrivers

PRESSER = "CHN"
FEWEST_CLAIMANTS = 2


@dataclass(frozen=True, kw_only=True)
class FrozenContext(SimulationContext):
    """A stage on which every year is like the first."""

    @cached_property
    def outlooks(self) -> dict[int, ExogenousDrivers]:
        """The first year's outlook for every year, without growth of anybody."""
        first = self.years[0]
        found = read_drivers(self.settings, self.world, first, self.effects(first))
        calm = dataclasses.replace(
            found,
            growth=np.zeros_like(found.growth),
            growth_spread=np.zeros_like(found.growth_spread),
            partner_growth=np.full_like(
                found.partner_growth, self.settings.rules.stocks.world_growth
            ),
        )
        return dict.fromkeys(self.years, calm)


def up_and_down(top: float, levels: int) -> Array:
    """Pressure levels from 0 up to `top` and down again, (2 * levels,); the top stands twice.

    >>> up_and_down(0.5, 3).tolist()
    [0.0, 0.25, 0.5, 0.5, 0.25, 0.0]
    """
    up = np.linspace(0.0, top, levels)
    return np.concatenate([up, up[::-1]])


def on_the_stairs(
    settings: Settings, steps: Sequence[float], *, years: int, settle: int
) -> Settings:
    """The same settings with China's ambition set to each step for so many years, and no other event.

    Parameters
    ----------
    settings : the rest. steps : levels of gray-zone activity, 0 to 1, in order. years : at each.
    settle : years without any before the first.
    """
    first = settings.years.first + settle
    events = tuple(
        Event(
            year=first + place * years,
            until=first + (place + 1) * years - 1,
            kind="ambition",
            size=float(step),
            partner=PRESSER,
        )
        for place, step in enumerate(steps)
    )
    return dataclasses.replace(
        settings,
        years=Years(first=settings.years.first, last=first + years * len(steps) - 1),
        scenario=dataclasses.replace(settings.scenario, events=events),
        policy=dataclasses.replace(
            settings.policy, china=dataclasses.replace(settings.policy.china, gray_zone=0.0)
        ),
        runs=1,
    )


def still_stage(settings: Settings) -> FrozenContext:
    """Set a stage for settings from `on_the_stairs`.

    Raises
    ------
    UserError : a world without China, or with fewer than two claimants.
    """
    calm = dataclasses.replace(settings.scenario, events=())
    base = build_context(dataclasses.replace(settings, scenario=calm))
    claimants = int(base.structure.claimant.sum())
    if PRESSER not in base.partners or claimants < FEWEST_CLAIMANTS:
        raise UserError(
            given=f"partners is {list(base.partners)} and {claimants} of {list(base.states)} claim waters",
            allowed="joint resolve needs China and at least two claimants",
            where="on the command line: world=asean10 partners=[CHN,USA,JPN]",
        )
    return FrozenContext(
        **{f.name: getattr(base, f.name) for f in dataclasses.fields(SimulationContext)}
    )
