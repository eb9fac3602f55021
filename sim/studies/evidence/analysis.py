"""The model's responses over the posterior, beside the published sizes.

Each row's two sides run under common random numbers for every draw; a draw's response is that of the mean over its runs, and
the spread over draws is parameter uncertainty. Monte Carlo error is measured by computing the same from parts of the runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np

from sim.axes import Array
from sim.config import Settings
from sim.ensemble.block_runs import point_context
from sim.ensemble.posterior import apply
from sim.studies.evidence.measures import ABSENT, HIGH, MEASURES, NUMBER
from sim.studies.evidence.rows import GROUPS, Row
from sim.studies.evidence.runs import Draws, drawn_settings, run_named

INSIDE, OUTSIDE, UNMEASURED = "inside", "outside", "not measured"
NOTHING = np.empty((1, 0))
PARTS = 4  # of the replicates, from whose disagreement the Monte Carlo error is taken


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A row and the model's response to it.

    Parameters
    ----------
    response : (draw,), empty where it was not measured. error : Monte Carlo standard error of their mean.
    error_of_draw : of one draw's response, the mean over draws. why : why it was not measured.
    """

    row: Row
    response: Array
    error: float = 0.0
    error_of_draw: float = 0.0
    why: str = ""

    @property
    def mean(self) -> float:
        """Posterior mean."""
        return float(np.nanmean(self.response)) if self.measured else float("nan")

    @property
    def low(self) -> float:
        """The fifth percentile over draws."""
        return self._quantile(0.05)

    @property
    def high(self) -> float:
        """The ninety-fifth percentile over draws."""
        return self._quantile(0.95)

    @property
    def overlap(self) -> float:
        """Share of draws whose response lies in the published range."""
        low, high = self.row.range
        known = self.response[~np.isnan(self.response)]
        return float(((known >= low) & (known <= high)).mean()) if self.measured else float("nan")

    @property
    def measured(self) -> bool:
        """Whether there is a response."""
        return bool((~np.isnan(self.response)).any())

    @property
    def verdict(self) -> str:
        """Whether the mean lies in the published range."""
        if not self.measured:
            return UNMEASURED
        low, high = self.row.range
        return INSIDE if low <= self.mean <= high else OUTSIDE

    def _quantile(self, part: float) -> float:
        return float(np.nanquantile(self.response, part)) if self.measured else float("nan")


def measure_rows(
    settings: Settings,
    rows: Sequence[Row],
    *,
    draws: Draws,
    replicates: int,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Finding]:
    """Measure every row, draw by draw; in a draw all settings run side by side, each once whichever rows look at it.

    Parameters
    ----------
    settings : the rest, one run. draws : of the posterior, setting -> value. replicates : runs of each draw, at least two.
    progress : called with the number of draws done, and of all.
    """
    run = [row for row in rows if row.names]
    responses: dict[str, list[Array]] = {row.id: [] for row in run}
    for done, draw in enumerate(draws):
        values, states = _run_sides(settings, run, draw, replicates)
        for row in run:
            responses[row.id].append(_responses(row, values, states))
        progress(done + 1, len(draws))
    return [
        _finding(settings, row, draws, np.concatenate(responses.get(row.id) or [NOTHING], axis=-1))
        for row in rows
    ]


def _run_sides(
    settings: Settings, rows: Sequence[Row], draw: Mapping[str, float], replicates: int
) -> tuple[dict[str, dict[str, Array]], dict[str, int]]:
    """Run the settings of all rows' sides under one draw.

    Returns
    -------
    Settings as text -> name -> (year, partner or 1, state, 1, replicate), and each state's place.
    """
    sides = {repr(side): side for row in rows for side in row.sides.values()}
    if not sides:
        return {}, {}
    names = tuple(dict.fromkeys(name for row in rows for name in row.names))
    points = [drawn_settings(settings, changes, draw) for changes in sides.values()]
    values = run_named(points, names, replicates)
    places = {code: index for index, code in enumerate(point_context(points[0])[0].states)}
    return {
        side: {name: values[name][..., place : place + 1, :] for name in names}
        for place, side in enumerate(sides)
    }, places


def _responses(
    row: Row, values: Mapping[str, Mapping[str, Array]], places: Mapping[str, int]
) -> Array:
    """The response of one draw, (1 + parts, 1): from all runs, and from each part of them."""
    states = [places[code] for code in GROUPS[row.states]]
    sides = {
        side: {name: _of_states(values[repr(changes)][name], states) for name in row.names}
        for side, changes in row.sides.items()
    }
    parts = min(PARTS, sides[HIGH][row.outcome].shape[-1])
    every = [_respond(row, _every(sides, first, parts)) for first in range(parts)]
    return np.stack([_respond(row, sides), *every])


def _finding(settings: Settings, row: Row, draws: Draws, responses: Array) -> Finding:
    """Sum a row up over draws; responses (1 + parts, draw), or nothing where no run was needed."""
    if row.measure == ABSENT:
        return Finding(row=row, response=NOTHING[0], why="the model has no counterpart")
    if row.measure == NUMBER:
        return Finding(row=row, response=_numbers(settings, row, draws))
    response, parts = responses[0], responses[1:]
    if np.isnan(response).all():
        return Finding(row=row, response=response, why="what it counts never happened")
    parts = np.where(np.isnan(parts), response, parts)  # a part in which nothing happened
    return Finding(
        row=row,
        response=response,
        error=float(_standard_error(np.nanmean(parts, axis=-1))),
        error_of_draw=float(np.nanmean(_standard_error(parts))),
    )


def _numbers(settings: Settings, row: Row, draws: Draws) -> Array:
    """The declared number in every draw."""
    path = attrgetter(row.setting)
    return row.scale * np.array([float(path(apply(settings, draw))) for draw in draws])


def _respond(row: Row, sides: dict[str, dict[str, Array]]) -> Array:
    return row.scale * MEASURES[row.measure].compute(sides, row.names, row.horizon)


def _every(
    sides: dict[str, dict[str, Array]], first: int, step: int
) -> dict[str, dict[str, Array]]:
    """Every so many of the replicates, from one of the first on."""
    return {
        side: {name: values[..., first::step] for name, values in named.items()}
        for side, named in sides.items()
    }


def _of_states(values: Array, states: Sequence[int]) -> Array:
    """(year, partner or 1, state, 1, replicate) -> (year, state, 1, replicate) of the states chosen."""
    chosen = values[:, :, list(states)]
    return chosen.reshape(len(values), -1, *values.shape[-2:])


def _standard_error(parts: Array) -> Any:
    """Standard error of the mean of independent parts, along the first axis."""
    return parts.std(axis=0, ddof=1) / np.sqrt(len(parts))
