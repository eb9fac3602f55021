"""Dated events, turned into what they add to the world, year by year.

Events are illustrations of what could befall, not predictions; each is data (year, kind, size, whom it concerns).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.axes import Array
from sim.config.settings import Event
from sim.errors import UserError, nearest
from sim.world.roster import powers, roster

LASTING = frozenset({"ambition", "coercion", "credibility", "presence"})
BY_STATE = frozenset({"incident", "pressure", "growth"})
BY_PARTNER = frozenset({"incident", "pressure", *LASTING})


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
    added = {kind: np.zeros(_shape(kind, states, partners)) for kind in _kinds()}
    for event in events:
        _known(event)
        if not _counts(event, year):
            continue
        rows = _places(event.state, states) if event.kind in BY_STATE else [0]
        columns = _places(event.partner, partners) if event.kind in BY_PARTNER else [0]
        added[event.kind][np.ix_(rows, columns)] += event.size
    return added


def _kinds() -> frozenset[str]:
    return LASTING | BY_STATE | {"rivalry"}


def _shape(kind: str, states: Sequence[str], partners: Sequence[str]) -> tuple[int, int]:
    return (
        len(states) if kind in BY_STATE else 1,
        len(partners) if kind in BY_PARTNER else 1,
    )


def _counts(event: Event, year: int) -> bool:
    if event.until:
        return event.year <= year <= event.until
    return year >= event.year if event.kind in LASTING else year == event.year


def _places(name: str, names: Sequence[str]) -> list[int]:
    if not name:
        return list(range(len(names)))
    return [list(names).index(name)] if name in names else []


def _known(event: Event) -> None:
    for name, valid, what in (
        (event.state, roster(), "state"),
        (event.partner, powers(), "power"),
    ):
        if name and name not in valid:
            raise UserError(
                given=f"an event of {event.year} ({event.kind}) names the {what} {name}",
                allowed=nearest(name, valid),
                where="in the file of the scenario under conf/scenario/",
            )
