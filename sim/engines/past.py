"""The past as a run sees it: what was known in a year, and a run from 2000 on with observed drivers.

Output, treaties, votes, credibility, China's ambition at sea and blows to standing are observed. The level of great-power rivalry
that each stretch of years approached is assumed (`RIVALRY`), as is its start.
"""

from __future__ import annotations

import dataclasses

import numpy as np

from sim.config import Settings
from sim.config.settings import LAST_OBSERVED, Years
from sim.engines.context import SimulationContext, world_states
from sim.engines.start import read_start, read_structure
from sim.world.lanes import load_lanes
from sim.world.load import load
from sim.world.observed import observe
from sim.world.roster import partner_codes, state_codes
from sim.world.series import FIRST_YEAR

FIRST_RIVALRY = 0.2  # in 2000; assumed
RIVALRY = {2011: 0.3, 2019: 0.5, LAST_OBSERVED: 0.6}  # last year of a stretch -> level; assumed


def rivalry_level(year: int) -> float:
    """Level of great-power rivalry that an observed year approached."""
    return next(level for last, level in RIVALRY.items() if year <= last)


def past_context(
    settings: Settings, *, known: int, first: int = FIRST_YEAR + 1, last: int | None = None
) -> SimulationContext:
    """Set up a run of past years from what was known in a year; nothing later is read, not even to fill a gap.

    Parameters
    ----------
    settings : rules, states and partners; its years are replaced.
    known : last year of which anything is read. first, last : simulated years; to `known` if left out.
    """
    settings = dataclasses.replace(settings, years=Years(first=first, last=last or known))
    states = state_codes(settings.states or world_states(settings.world))
    partners = partner_codes(settings.partners)
    world = load(states, partners, last=known)
    observed = observe(world, settings.rules.ties, settings=settings)
    lanes = load_lanes(states)
    structure = read_structure(settings, world, observed, lanes)
    start, reading = read_start(settings, world, observed, structure)
    if first == FIRST_YEAR + 1:
        start = dataclasses.replace(start, rivalry=np.full((1, 1), FIRST_RIVALRY))
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
