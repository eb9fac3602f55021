"""The lines and shades of a fan: quantiles over runs of levels, or of run-by-run differences to the baseline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.dashboard.charts import look
from sim.dashboard.differences import paired
from sim.dashboard.measures import MEASURES
from sim.dashboard.readings import Reading
from sim.dashboard.setup import BASELINE, SIDES
from sim.outcomes.outcome import Outcome
from sim.plots import style

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
FIRST = 2012  # the first observed year shown
Fan = NDArray[np.float64]
Years = tuple[int, ...]


def fans(
    readings: Mapping[str, Reading], measure: str, place: str, *, difference: bool = False
) -> dict[str, Fan]:
    """Quantiles over runs, side -> (level, year); of run-by-run differences to the baseline if so asked."""
    base = readings[BASELINE]
    if difference:
        result = {side: paired(readings[side], base, measure, place) for side in SIDES}
    else:
        result = {side: readings[side].of(measure, place) for side in (BASELINE, *SIDES)}
    return {side: np.quantile(values, LEVELS, axis=-1) for side, values in result.items()}


def from_start(base: Reading, found: dict[str, Fan], begin: float) -> tuple[Years, dict[str, Fan]]:
    """Let all lines begin together at the start, where that is known."""
    if not np.isfinite(begin):
        return base.years, found
    first = np.full((len(LEVELS), 1), begin)
    joined = {side: np.concatenate([first, value], axis=1) for side, value in found.items()}
    return (base.start, *base.years), joined


def band(years: Years, found: Fan, side: str, *, half: bool = True) -> list[look.Figure]:
    """The middle nine tenths of the runs, and the middle half unless the panel is low."""
    colour = look.COLOURS[side]
    return [
        {
            "x": [*years, *years[::-1]],
            "y": [*_plain_numbers(found[outer]), *_plain_numbers(found[inner])[::-1]],
            "type": "scatter",
            "mode": "lines",
            "fill": "toself",
            "fillcolor": look.see_through(colour, part),
            "line": {"width": 0},
            "hoverinfo": "skip",
            "name": f"{look.CALLED[side]}, {words} of runs",
        }
        for outer, inner, part, words in ((0, 4, 0.14, "90 %"), (1, 3, 0.2, "middle half"))
        if half or outer == 0
    ]


def line(years: Years, found: Fan, side: str, told: Outcome, *, less: bool = False) -> look.Figure:
    """The middle run, with nine tenths of the runs told when pointed at."""
    called = f"{look.CALLED[side]}{' less the baseline' if less else ''}"
    return {
        "x": list(years),
        "y": _plain_numbers(found[2]),
        "type": "scatter",
        "mode": "lines",
        "name": called,
        "line": {
            "color": look.COLOURS[side],
            "dash": look.DASHES[side],
            "width": 2 if side == BASELINE else 3,
        },
        "customdata": [[told.told(value) for value in column] for column in found[[0, 4]].T],
        "hovertemplate": f"{called} %{{y:{'+' if less else ''}.{told.decimals}f}} "
        "(90 % of runs: %{customdata[0]} to %{customdata[1]})<extra></extra>",
    }


def past(base: Reading, measure: str, place: str) -> list[tuple[int, float]]:
    """What was observed, from the first year shown: year and value, where known."""
    values = base.past.levels[measure][base.place(place)]
    return [
        (year, float(value))
        for year, value in zip(base.past.years, values, strict=True)
        if year >= FIRST and np.isfinite(value)
    ]


def observed(base: Reading, measure: str, place: str) -> list[look.Figure]:
    """The line of what was observed, if anything was."""
    known = past(base, measure, place)
    if not known:
        return []
    return [
        {
            "x": [year for year, _ in known],
            "y": [round(value, 4) for _, value in known],
            "type": "scatter",
            "mode": "lines",
            "name": "observed",
            "line": {"color": style.GREY, "width": 2},
            "hovertemplate": f"observed %{{y:.{MEASURES[measure].decimals}f}}<extra></extra>",
        }
    ]


def _plain_numbers(values: Any) -> list[float]:
    return [round(float(value), 4) for value in values]
