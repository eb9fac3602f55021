"""The model's responses over the posterior, beside the published sizes.

Each row's two sides run under common random numbers for every draw; a draw's response is that of the mean over its runs, and
the spread over draws is parameter uncertainty. Monte Carlo error is measured by computing the same from parts of the runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np

from sim.axes import Array
from sim.config import Settings
from sim.ensemble.block_runs import point_context
from sim.ensemble.posterior import apply
from sim.studies.evidence.measures import ABSENT, HIGH, LOW, MEASURES, NUMBER
from sim.studies.evidence.rows import GROUPS, Row
from sim.studies.evidence.runs import Draws, draw_settings, run_named

INSIDE, OUTSIDE, UNMEASURED = "inside", "outside", "not measured"
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
    """Measure every row; rows with the same sides share their runs.

    Parameters
    ----------
    settings : the rest, one run. draws : of the posterior, setting -> value. replicates : runs of each draw, at least two.
    progress : called with the number of rows done, and of all.
    """
    findings: dict[str, Finding] = {}
    for group in _alike(rows):
        for finding in _measure_alike(settings, group, draws, replicates):
            findings[finding.row.id] = finding
            progress(len(findings), len(rows))
    return [findings[row.id] for row in rows]


def _alike(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows by their two sides."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(repr((row.side(LOW), row.side(HIGH))), []).append(row)
    yield from groups.values()


def _measure_alike(
    settings: Settings, rows: Sequence[Row], draws: Draws, replicates: int
) -> Iterator[Finding]:
    run = [row for row in rows if row.names and not row.missing]
    names = tuple(dict.fromkeys(name for row in run for name in row.names))
    sides, states = {}, {}
    for side in (LOW, HIGH):
        changes = run[0].side(side) if run else None
        if changes is not None:
            points = draw_settings(settings, changes, draws)
            sides[side] = run_named(points, names, replicates)
            states = {code: i for i, code in enumerate(point_context(points[0])[0].states)}
    for row in rows:
        if row.measure == ABSENT:
            yield Finding(row=row, response=np.array([]), why="the model has no counterpart")
        elif row.missing:
            lacking = ", ".join(row.missing)
            yield Finding(row=row, response=np.array([]), why=f"the model has no {lacking} yet")
        elif row.measure == NUMBER:
            yield Finding(row=row, response=_numbers(settings, row, draws))
        else:
            yield _finding(row, sides, [states[code] for code in GROUPS[row.states]])


def _numbers(settings: Settings, row: Row, draws: Draws) -> Array:
    """The declared number in every draw."""
    path = attrgetter(row.setting)
    return row.scale * np.array([float(path(apply(settings, draw))) for draw in draws])


def _finding(row: Row, sides: dict[str, dict[str, Array]], states: Sequence[int]) -> Finding:
    """The response in every draw, from all runs and from parts of them."""
    chosen: dict[str, dict[str, Array]] = {
        side: {name: _of_states(values[name], states) for name in row.names}
        for side, values in sides.items()
    }
    replicates = chosen[HIGH][row.outcome].shape[-1]
    parts = min(PARTS, replicates)
    response = _respond(row, chosen)
    by_part = np.stack([_respond(row, _every(chosen, k, parts)) for k in range(parts)])
    if np.isnan(response).all():
        return Finding(row=row, response=response, why="what it counts never happened")
    return Finding(
        row=row,
        response=response,
        error=_standard_error(np.nanmean(_filled(by_part, response), axis=-1)),
        error_of_draw=float(np.nanmean(_standard_error(_filled(by_part, response)))),
    )


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
    """(year, partner or 1, state, draw, replicate) -> (year, state, draw, replicate) of the states chosen."""
    chosen = values[:, :, list(states)]
    return chosen.reshape(len(values), -1, *values.shape[-2:])


def _filled(parts: Array, whole: Array) -> Array:
    """Parts in which nothing happened count as the whole."""
    return np.where(np.isnan(parts), whole, parts)


def _standard_error(parts: Array) -> Any:
    """Standard error of the mean of independent parts, along the first axis."""
    return parts.std(axis=0, ddof=1) / np.sqrt(len(parts))
