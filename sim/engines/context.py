"""Setting the stage: from settings and observed data to all that a run needs. Both engines start here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import xarray as xr

from sim.axes import Array
from sim.config import Settings
from sim.config.settings import STACKED
from sim.engines.drivers_of_year import read_drivers, recorded_shifts
from sim.engines.instruments import declared_conduct, policy_instruments
from sim.engines.shares import check_optimised
from sim.engines.start import read_start, read_structure
from sim.errors import UserError
from sim.rules.record import (
    ExogenousDrivers,
    Memory,
    PolicyInstruments,
    StartReading,
    Structure,
)
from sim.world.enough import check_known
from sim.world.lanes import load_lanes
from sim.world.load import load
from sim.world.observed import observe
from sim.world.roster import WORLDS, partner_codes, state_codes
from sim.world.scenario import effects


@dataclass(frozen=True, kw_only=True)
class SimulationContext:
    """All that a run needs and no run changes."""

    settings: Settings
    states: tuple[str, ...]
    partners: tuple[str, ...]
    world: xr.Dataset
    observed: xr.Dataset
    lanes: xr.Dataset
    structure: Structure
    start: Memory
    reading: StartReading

    @property
    def years(self) -> range:
        """The simulated years, in order."""
        return range(self.settings.years.first, self.settings.years.last + 1)

    @cached_property
    def outlooks(self) -> dict[int, ExogenousDrivers]:
        """Exogenous drivers and scenario shocks of each simulated year."""
        return {
            year: read_drivers(self.settings, self.world, year, self.effects(year))
            for year in self.years
        }

    def conduct(self, year: int) -> PolicyInstruments:
        """What the powers have resolved to do in a year."""
        added = self.effects(year)
        return policy_instruments(
            self.settings.policy,
            self.settings.rules,
            partners=self.partners,
            events=added,
        )

    @cached_property
    def before(self) -> dict[str, Array]:
        """What the record adds in the last observed year, kind -> (state or 1, partner or 1); no scenario has begun."""
        year = self.settings.years.first - 1
        calm = effects((), states=self.states, partners=self.partners, year=year)
        return recorded_shifts(self.world, calm, year)

    @cached_property
    def usual(self) -> tuple[PolicyInstruments, ExogenousDrivers]:
        """What the powers do by the declared policies, and the world as it stood, in the last observed year."""
        year = self.settings.years.first - 1
        return declared_conduct(self.settings, self.partners, self.before), read_drivers(
            self.settings, self.world, year, self.before
        )

    def effects(self, year: int) -> dict[str, Array]:
        """What dated events add in a year, the scenario's and the record's, kind -> (state or 1, partner or 1)."""
        added = effects(
            self.settings.scenario.events, states=self.states, partners=self.partners, year=year
        )
        return recorded_shifts(self.world, added, year)


def check_start(settings: Settings) -> None:
    """Refuse settings whose states, partners and first year cannot be started from, before any run is made.

    Raises
    ------
    UserError : unknown world, state or partner; a state or power of which too little is known.
    """
    states = state_codes(settings.states or world_states(settings.world))
    check_known(load(states, partner_codes(settings.partners)), settings.years.first - 1)


def build_context(settings: Settings) -> SimulationContext:
    """Load the world that the settings name and read the start off it.

    Raises
    ------
    UserError : unknown world, state or partner; missing or malformed data file.
    """
    if settings.theory == STACKED:
        raise UserError(
            given=f"theory is {STACKED} where every run has the same numbers",
            allowed="one theory is drawn for a single history, or one for each draw of a sweep",
            where="on the command line: runs=1, or straits sweep theory=stacked sweep.parameters=posterior",
        )
    states = state_codes(settings.states or world_states(settings.world))
    partners = partner_codes(settings.partners)
    if not states or len(partners) < 2:
        raise UserError(
            given=f"states is {list(states)} and partners is {list(partners)}",
            allowed="there must be at least one state and two partners",
            where="on the command line: states=[PHL,VNM] partners=[CHN,USA,JPN]",
        )
    _check_others(settings, partners)
    world = load(states, partners)
    check_known(world, settings.years.first - 1)
    observed = observe(world, settings.rules.ties, settings=settings)
    lanes = load_lanes(states)
    check_optimised([settings], world)
    structure = read_structure(settings, world, observed, lanes)
    start, reading = read_start(settings, world, observed, structure)
    return SimulationContext(
        settings=settings,
        states=tuple(states),
        partners=tuple(partners),
        world=world,
        observed=observed,
        lanes=lanes,
        structure=structure,
        start=start,
        reading=reading,
    )


def _check_others(settings: Settings, partners: Sequence[str]) -> None:
    own = {"CHN": "china", "USA": "united_states", "JPN": "japan"}
    for code in settings.policy.others:
        if code in own or code not in partners:
            raise UserError(
                given=f"policy.others.{code} is set",
                allowed=f"the power has levers of its own, policy.{own[code]}"
                if code in own
                else f"it must be one of the partners, {', '.join(partners)}",
                where="on the command line: partners=[CHN,USA,JPN,IND] +policy.others.IND.presence=0.2",
            )


def world_states(name: str) -> Sequence[str]:
    """The states of a named world, or an error naming the worlds there are."""
    if name not in WORLDS:
        raise UserError(
            given=f"world is {name!r}",
            allowed=f"it must be one of {', '.join(WORLDS)}",
            where="on the command line: world=asean10",
        )
    return WORLDS[name]
