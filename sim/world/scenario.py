"""Dated events, turned into what they add to the world, year by year.

Events are illustrations of what could happen, not predictions; each is data (year, kind, size, whom it concerns).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.axes import Array
from sim.config.settings import Event, Settings
from sim.world.naming import event_with_codes, with_codes
from sim.world.roster import WORLDS

LASTING = frozenset({"ambition", "coercion", "credibility", "presence"})
BY_STATE = frozenset({"incident", "pressure", "growth", "demand"})
BY_PARTNER = frozenset({"incident", "pressure", "demand", "legitimacy", *LASTING})
IN_WAR = "war"


def effects(
    events: Sequence[Event], *, states: Sequence[str], partners: Sequence[str], year: int
) -> dict[str, Array]:
    """Sum what all events add in one year: kind -> (state or 1, partner or 1).

    Lasting kinds (ambition, coercion, credibility, presence) count from their year to `until` or for good; the others
    in their year, or in each year to `until`.

    Raises
    ------
    UserError : an event names a state or power that does not exist. One that exists but is not modelled is skipped.
    """
    added = {kind: np.zeros(_array_shape(kind, states, partners)) for kind in _event_kinds()}
    for event in map(event_with_codes, events):
        if not _counts_events(event, year):
            continue
        rows = _event_indices(event.state, states) if event.kind in BY_STATE else [0]
        columns = _event_indices(event.partner, partners) if event.kind in BY_PARTNER else [0]
        added[event.kind][np.ix_(rows, columns)] += event.size
    return added


def idle_events(settings: Settings) -> list[str]:
    """Say of every event that changes nothing in these settings why not.

    A scenario that serves many worlds and spans of years may hold such events; none is passed over in silence.
    """
    settings = with_codes(settings)
    states = settings.states or WORLDS.get(settings.world, ())
    first, last = settings.years.first, settings.years.last
    result = []
    for event in settings.scenario.events:
        named = f"the event of {event.year} ({event.kind}, {event.size:+g}) has no effect"
        if not any(_counts_events(event, year) for year in range(first, last + 1)):
            result.append(f"{named}: the simulated years are {first} to {last}")
        elif event.kind in BY_STATE and not _event_indices(event.state, states):
            result.append(f"{named}: {event.state} is not among the states")
        elif event.kind in BY_PARTNER and not _event_indices(event.partner, settings.partners):
            result.append(f"{named}: {event.partner} is not among the partners")
    return result


def _event_kinds() -> frozenset[str]:
    return LASTING | BY_STATE | {"rivalry", "legitimacy", IN_WAR}


def _array_shape(kind: str, states: Sequence[str], partners: Sequence[str]) -> tuple[int, int]:
    return (
        len(states) if kind in BY_STATE else 1,
        len(partners) if kind in BY_PARTNER else 1,
    )


def _counts_events(event: Event, year: int) -> bool:
    if event.until:
        return event.year <= year <= event.until
    return year >= event.year if event.kind in LASTING else year == event.year


def _event_indices(name: str, names: Sequence[str]) -> list[int]:
    if not name:
        return list(range(len(names)))
    return [list(names).index(name)] if name in names else []
