"""Exogenous inputs of each year, random draws apart: policy instruments of the powers, drivers and dated events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.config import Settings
from sim.engines.context import SimulationContext
from sim.engines.points import Policies
from sim.engines.shares import check_optimised
from sim.rules.record import ExogenousDrivers, PolicyInstruments


def drivers(
    stage: SimulationContext, points: Sequence[Settings], replicates: int
) -> Iterator[tuple[int, tuple[PolicyInstruments, ExogenousDrivers]]]:
    """Year by year, the conduct of the powers and the outlook of all points.

    What all runs share is (state, partner), what differs (run, state, partner).
    """
    check_optimised(points, stage.world)
    policies = Policies(
        points,
        replicates=replicates,
        states=stage.states,
        partners=stage.partners,
        world=stage.world,
    )
    for year in stage.years:
        conduct, events = policies.at(year)
        yield year, (conduct, policies.outlook(stage.outlooks[year], events, stage.effects(year)))
