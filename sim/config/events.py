"""Dated events that a scenario lays upon the world: their kinds, and how large each may be."""

from __future__ import annotations

from dataclasses import dataclass

EVENT_SIZES = {  # the largest size of each kind, either way
    "rivalry": 1.0,
    "incident": 100.0,  # incidents
    "pressure": 1.0,
    "ambition": 1.0,
    "coercion": 1.0,
    "credibility": 1.0,
    "presence": 1.0,
    "growth": 50.0,  # percent of GDP
    "war": 1.0,  # how much each power demands of everybody, 1 = all
    "demand": 1.0,  # how much a power demands of a state
    "legitimacy": 3.0,  # blow to a power's standing, 1 = Iraq 2003
}
EVENT_KINDS = tuple(EVENT_SIZES)


@dataclass(frozen=True, kw_only=True)
class Event:
    """One dated event laid upon the world.

    `size` is added to the quantity named by `kind`: for one year for rivalry, incident, pressure and growth, from
    `year` to `until` (or the end) for ambition, coercion, credibility and presence. `war`, `demand` and `legitimacy` count in
    their year: every power, or one, asks states to choose, and a power loses standing. Blank `state`/`partner`: all.
    """

    year: int
    kind: str
    size: float
    state: str = ""
    partner: str = ""
    until: int = 0
    note: str = ""
