"""The course of the record: the observed memory of every year, with what the model adds of pressure, salience and resolve.

Agreements (rung, renewal, use, recent steps), arms, ties, trade, output, capacity and aid are the record's. Pressure, salience
and resolve are the model's, at their expected values without chance; they depend on no number that is fitted, so they are found
once. Changes of leader are the record's; what a new leader leans to is not known and taken as nothing.
"""

from __future__ import annotations

import dataclasses
from functools import cached_property
from typing import Any

import numpy as np

from sim.axes import Array
from sim.engines.context import SimulationContext
from sim.engines.layout import RunBroadcaster
from sim.engines.past import rivalry_level
from sim.engines.planes import state_array, state_partner_array
from sim.rules import acts, coercion, offers, sea
from sim.rules import year as the_year
from sim.rules.record import (
    ExogenousDrivers,
    Memory,
    PolicyInstruments,
    RandomDraws,
    StartDraws,
    Structure,
)

OBSERVED_PAIRS = ("rung", "renewed", "use", "arms", "dependence")


class RecordCourse:
    """The record as memory, year by year, with what the model adds of pressure, salience and resolve.

    Parameters
    ----------
    stage : of a run over past years, from `sim.engines.past.past_context`.
    """

    def __init__(self, stage: SimulationContext) -> None:
        self.stage = stage
        self.years = tuple(stage.years)
        self.drivers = {year: self._drivers(year) for year in self.years}
        self._laid: dict[int, list[tuple[Memory, PolicyInstruments, ExogenousDrivers]]] = {}

    def _drivers(self, year: int) -> tuple[PolicyInstruments, ExogenousDrivers]:
        outlook = self.stage.outlooks[year]
        turned = np.nan_to_num(state_array(self.stage.world["turnover"].sel(year=year)))
        level = np.full((1, 1), rivalry_level(year))
        return self.stage.conduct(year), dataclasses.replace(
            outlook, turnover=turned, rivalry_level=level
        )

    @cached_property
    def security_aid(self) -> Array:
        """Military grants, (state, partner) USD m: the mean of the years known, since most years are not."""
        grants = self.stage.world["security_grant"].clip(min=0.0).mean("year").fillna(0.0)
        return state_partner_array(grants)

    @cached_property
    def memories(self) -> list[Memory]:
        """Memory at the start of each simulated year, by the declared numbers."""
        stage, rules = self.stage, self.stage.settings.rules
        conduct, outlook = stage.usual
        memory = the_year.begin(
            memory=stage.start,
            structure=stage.structure,
            conduct=conduct,
            outlook=outlook,
            reading=stage.reading,
            luck=StartDraws(stance=0.0 * stage.start.stance, trust=0.0 * stage.start.trust),
            rules=rules,
        )
        memory = self._put_record(memory, self.years[0] - 1)
        worth = offers.worth(
            security_aid=memory.security_aid,
            economic_aid=memory.economic_aid / (1000.0 * memory.gdp),
            security_half=rules.offers.security_half,
            economic_half=rules.offers.economic_half,
        )
        memory = dataclasses.replace(memory, usual_worth=worth)
        kept = [self._as_expected(memory)]
        for year in self.years[:-1]:
            kept.append(self._as_expected(self._put_record(self._next(kept[-1], year), year)))
        return kept

    def _as_expected(self, memory: Memory) -> Memory:
        """Incidents and episodes of coercion as chance brings them on average, which is what opinion rests on at the start."""
        rules = self.stage.settings.rules
        return dataclasses.replace(
            memory,
            incidents=sea.felt_incidents(
                mean=memory.incidents, severity=1.0 + rules.opinion.severity * memory.resolve
            ),
            episode=coercion.usual_episode(
                coercion=memory.coercion, rate=rules.coercion.rate, end=rules.coercion.end
            ),
        )

    def _next(self, memory: Memory, year: int) -> Memory:
        """The year in its order (`sim.rules.year`), with as many incidents as are expected."""
        conduct, outlook = self.drivers[year]
        rules, luck = self.stage.settings.rules, still(memory)
        situation = the_year.see(
            memory=memory,
            structure=self.stage.structure,
            conduct=conduct,
            outlook=outlook,
            luck=luck,
            rules=rules,
        )
        everybody: dict[str, Any] = {
            "memory": memory,
            "structure": self.stage.structure,
            "situation": situation,
            "conduct": conduct,
            "rules": rules,
        }
        given = the_year.court_and_press(**everybody)
        choice = the_year.weigh_and_choose(**everybody, luck=luck)
        met = the_year.meet_at_sea(
            memory=memory, situation=situation, offers=given, choice=choice, luck=luck, rules=rules
        )
        expected = sea.incident_rate(
            pressure=given.pressure,
            resolve=choice.resolve,
            rate=rules.sea.incident_rate,
            passive=rules.sea.passive,
        )
        met = dataclasses.replace(met, incidents=expected + outlook.incident_shock)
        return the_year.settle(**everybody, offers=given, choice=choice, at_sea=met, luck=luck)

    def _put_record(self, memory: Memory, year: int) -> Memory:
        then = self.stage.observed.sel(year=year)
        before = memory.recent
        steps = np.nan_to_num(state_partner_array(then["steps"]))
        first = year == self.years[0] - 1
        pairs = {name: np.nan_to_num(state_partner_array(then[name])) for name in OBSERVED_PAIRS}
        return dataclasses.replace(
            memory,
            **pairs,
            recent=before
            if first
            else acts.next_recent(
                recent=before, steps=steps, fade=self.stage.settings.rules.acts.fade
            ),
            economic_tie=then["economic_tie"].values,
            security_tie=then["security_tie"].values,
            gdp=state_array(then["gdp"]),
            capacity=state_array(then["capacity"]),
            economic_aid=np.nan_to_num(state_partner_array(then["economic_aid"])),
            security_aid=self.security_aid,
        )

    def laid(
        self, runs: int
    ) -> tuple[Structure, list[tuple[Memory, PolicyInstruments, ExogenousDrivers]]]:
        """Structure, and each year's memory, conduct and drivers, laid out for a number of runs; kept."""
        if runs not in self._laid:
            lay = RunBroadcaster(runs)
            self._laid = {  # of one number of runs at a time
                runs: [
                    (lay(memory), lay(self.drivers[year][0]), lay(self.drivers[year][1]))
                    for memory, year in zip(self.memories, self.years, strict=True)
                ]
            }
        return RunBroadcaster(runs)(self.stage.structure), self._laid[runs]


def still(memory: Memory) -> RandomDraws:
    """A year without chance: the record's leaders, no incident or contract drawn, nothing swings."""
    none, pairs = 0.0 * memory.stance, 0.0 * memory.trust
    return RandomDraws(
        turnover=none + 0.5,
        incidents=none + 0.5,
        answer=none + 0.5,
        contract=none + 1.0,
        leaning=none,
        growth=none,
        trade=none,
        act=pairs + 0.5,
        coercion=pairs + 1.0,
        mood=pairs,
        courtship=0.0 * memory.courtship,
        rivalry=0.0 * memory.rivalry,
    )
