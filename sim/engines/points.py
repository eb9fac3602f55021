"""Many design points at once: settings that differ by run, as arrays along the run axis.

A point is one full `Settings`. Points that share a stage (the same world, years, seed and readings of the data) run side by
side: every number in which they differ becomes an array (run, 1, 1), every other stays one number.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
import xarray as xr

from sim.axes import Array
from sim.config import Settings
from sim.config.levers import Policy
from sim.config.mechanisms import Rules
from sim.engines.context import SimulationContext
from sim.engines.drivers_of_year import recorded_shifts
from sim.engines.instruments import policy_instruments
from sim.engines.shares import custom_share
from sim.rules.record import ExogenousDrivers, PolicyInstruments, Structure
from sim.world.load import LAST_YEAR
from sim.world.scenario import effects


def stage_key(settings: Settings) -> Hashable:
    """What two points must share to share a stage and run side by side: all that shapes the start and the observed
    drivers, and the rule by which targets are found."""
    rules, japan, united_states = (
        settings.rules,
        settings.policy.japan,
        settings.policy.united_states,
    )
    return (
        settings.world,
        settings.states,
        settings.partners,
        settings.years,
        settings.seed,
        rules.theory.alignment,
        rules.ties,
        rules.economy,
        settings.start,
        rules.assimilation.width,
        rules.courtship.presence_growth,
        rules.rivalry.start,
        rules.legitimacy.scale,
        rules.stocks.world_growth,
        (japan.exchange_rate, united_states.security_share),
    )


def by_run(values: Sequence[float], replicates: int) -> Array | float:
    """One number where all points agree, else (run, 1, 1): each point's value for all its replicates."""
    if all(value == values[0] for value in values):
        return values[0]
    return np.repeat(np.asarray(values, dtype=float), replicates)[:, np.newaxis, np.newaxis]


def rules_by_run(points: Sequence[Settings], replicates: int) -> Rules:
    """The rules' numbers of all points, group by group."""
    if all(point.rules == points[0].rules for point in points):
        return points[0].rules
    return _merge_points([point.rules for point in points], replicates)


def structure_by_run(
    structure: Structure, points: Sequence[Settings], replicates: int, states: Sequence[str]
) -> Structure:
    """The stage's structure with every point's own shares of security assistance.

    Parameters
    ----------
    structure : of the shared stage. points, replicates : as elsewhere. states : codes in order.

    Returns
    -------
    The same, its ``custom_share`` (state, partner) where all points agree, else (run, state, partner).
    """
    partners = structure.custom_share.shape[-1]
    shares = [custom_share(point.policy.japan, states, partners) for point in points]
    return dataclasses.replace(structure, custom_share=planes_by_run(shares, replicates))


def usual_by_run(
    stage: SimulationContext, points: Sequence[Settings], replicates: int
) -> tuple[PolicyInstruments, ExogenousDrivers]:
    """The declared conduct of every point, whose rules may differ, and the world as it stood in the last observed year.

    Parameters
    ----------
    stage : shared by all points. points, replicates : as elsewhere.
    """
    conduct, outlook = stage.usual
    own = [
        policy_instruments(
            Policy(others=point.policy.others),
            point.rules,
            partners=stage.partners,
            events=stage.before,
        )
        for point in points
    ]
    merged = {
        item.name: _merged_field([getattr(each, item.name) for each in own], replicates)
        for item in dataclasses.fields(PolicyInstruments)
    }
    return dataclasses.replace(conduct, **merged), outlook


def _merged_field(values: list[Any], replicates: int) -> Any:
    """All points' arrays of one field; of allocation rules only those that some power follows."""
    if isinstance(values[0], dict):
        followed = [name for name in values[0] if any(value[name].any() for value in values)]
        return {
            name: planes_by_run([value[name] for value in values], replicates) for name in followed
        }
    return planes_by_run(values, replicates)


def planes_by_run(values: Sequence[Array], replicates: int) -> Array:
    """(state, partner) where all points agree, else (run, state, partner), runs contiguous."""
    first = values[0]
    if all(value is first or np.array_equal(value, first) for value in values):
        return first
    stacked = np.stack(values, axis=-1)
    return np.repeat(stacked, replicates, axis=-1).transpose(2, 0, 1)


def _merge_points(groups: Sequence[Any], replicates: int) -> Any:
    if all(group == groups[0] for group in groups):
        return groups[0]
    merged = {}
    for item in dataclasses.fields(groups[0]):
        values = [getattr(group, item.name) for group in groups]
        nested = dataclasses.is_dataclass(values[0])
        merged[item.name] = (
            _merge_points(values, replicates) if nested else by_run(values, replicates)
        )
    return dataclasses.replace(groups[0], **merged)


class Policies:
    """The conduct of the powers and the dated events of every point, year by year.

    Parameters
    ----------
    points : settings sharing a stage. replicates : runs of each. states, partners : codes in order.
    world : whose record shifts credibility, ambition and standing of the powers in observed years.
    """

    def __init__(
        self,
        points: Sequence[Settings],
        *,
        replicates: int,
        states: Sequence[str],
        partners: Sequence[str],
        world: xr.Dataset,
    ) -> None:
        self.points, self.replicates, self.world = points, replicates, world
        self.states, self.partners = states, partners
        self._made: dict[Hashable, PolicyInstruments] = {}
        self._calm = not any(point.scenario.events for point in points)
        self._last: tuple[PolicyInstruments, dict[str, Array]] | None = None

    def at(self, year: int) -> tuple[PolicyInstruments, dict[str, Array]]:
        """Conduct (run or none, 1, partner), and what events add, kind -> (run or none, state, partner)."""
        if self._calm and self._last is not None and year > LAST_YEAR + 1:
            return self._last  # as last year, which was no year on record either
        added = self._added(year)
        conducts = [
            policy_instruments(point.policy, point.rules, partners=self.partners, events=item)
            for point, item in zip(self.points, added, strict=True)
        ]
        events = {
            kind: planes_by_run([item[kind] for item in added], self.replicates)
            for kind in added[0]
        }
        merged = {
            item.name: _merged_field(
                [getattr(conduct, item.name) for conduct in conducts], self.replicates
            )
            for item in dataclasses.fields(PolicyInstruments)
        }
        self._last = PolicyInstruments(**merged), events
        return self._last

    def _added(self, year: int) -> list[dict[str, Array]]:
        """What dated events add for every point, the scenario's and the record's."""
        if self._calm:
            calm = effects((), states=self.states, partners=self.partners, year=year)
            return [recorded_shifts(self.world, calm, year)] * len(self.points)
        return [
            recorded_shifts(
                self.world,
                effects(
                    point.scenario.events, states=self.states, partners=self.partners, year=year
                ),
                year,
            )
            for point in self.points
        ]

    def outlook(
        self, outlook: ExogenousDrivers, events: dict[str, Array], base: dict[str, Array]
    ) -> ExogenousDrivers:
        """Lay every point's rivalry level and events over the outlook of the shared stage."""
        level = by_run([point.scenario.rivalry for point in self.points], self.replicates)
        return dataclasses.replace(
            outlook,
            rivalry_level=level + np.zeros((1, 1)),
            rivalry_shock=events["rivalry"],
            pressure_shock=events["pressure"],
            incident_shock=events["incident"],
            demand=np.clip(events["demand"] + events["war"], 0.0, 1.0),
            legitimacy_shock=events["legitimacy"],
            growth=outlook.growth + 0.01 * (events["growth"] - base["growth"]),
        )
