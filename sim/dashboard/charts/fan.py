"""One measure by year: the middle and the spread of each side's runs, the baseline, and what was observed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.config.settings import Event
from sim.dashboard.charts import look, marks
from sim.dashboard.readings import MEASURES, Measure, Reading
from sim.dashboard.setup import BASELINE, SIDES
from sim.figures import style

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
FIRST = 2012  # the first observed year shown
Fan = NDArray[np.float64]
Years = tuple[int, ...]


def fan(reading: Reading, measure: str, place: str, less: Reading | None = None) -> Fan:
    """Quantiles over runs, (level, year); of run-by-run differences if ``less`` is given."""
    values = reading.of(measure, place)
    if less is not None:
        values, other = paired(reading, less, measure, place)
        values = values - other
    return np.quantile(values, LEVELS, axis=0)


def paired(one: Reading, other: Reading, measure: str, place: str) -> tuple[Any, Any]:
    """The runs that both have, in the years that both have: same number, same luck; each (run, year)."""
    runs = min(one.runs, other.runs)
    return one.of(measure, place)[:runs], other.of(measure, place)[:runs]


def draw(
    readings: Mapping[str, Reading],
    *,
    measure: str,
    place: str,
    difference: bool,
    title: str,
    events: Mapping[str, tuple[Event, ...]] | None = None,
) -> look.Figure:
    """Draw the fan chart.

    Parameters
    ----------
    readings : of a, b and baseline. difference : run by run against the baseline, instead of levels.
    title : said above a saved chart. events : dated events of each side, marked along the years.
    """
    base, told = readings[BASELINE], MEASURES[measure]
    shown = SIDES if difference else (BASELINE, *SIDES)
    fans = {
        side: fan(readings[side], measure, place, base if difference else None) for side in shown
    }
    begin = 0.0 if difference else float(base.at(measure, base.start)[base.place(place)])
    years, fans = _from_start(base, fans, begin)
    data = [trace for side in SIDES for trace in _band(years, fans[side], side)]
    data += [_line(years, fans[side], side, told) for side in shown]
    past = None if difference else _past(base, measure, place)
    if past is not None:
        data.append(past)
    low, high = _span(fans, past, told, difference)
    data.append(marks.events(events or {}, low))
    ends = {side: float(found[2, -1]) for side, found in fans.items()}
    if difference:
        ends[BASELINE] = 0.0
    axis = f"{told.axis}, less the baseline" if difference else told.axis
    return {
        "data": data,
        "layout": look.layout(
            title=title,
            seed=base.seed,
            margin={"l": 62, "r": 120, "t": 14, "b": 40},
            hovermode="x unified",
            xaxis=look.axis(
                range=[(base.start if difference else FIRST) - 0.5, base.years[-1] + 0.3],
                nticks=9,
                tickangle=0,
            ),
            yaxis=look.axis(axis, range=[low, high]),
            shapes=marks.shapes(base, measure, difference),
            annotations=[
                *marks.labels(ends, (low, high), told, base.years[-1], difference),
                *marks.corners(told),
            ],
        ),
    }


def _from_start(base: Reading, fans: dict[str, Fan], begin: float) -> tuple[Years, dict[str, Fan]]:
    """Let all lines begin together at the start, where that is known."""
    if not np.isfinite(begin):
        return base.years, fans
    first = np.full((len(LEVELS), 1), begin)
    joined = {side: np.concatenate([first, found], axis=1) for side, found in fans.items()}
    return (base.start, *base.years), joined


def _band(years: Years, found: Fan, side: str) -> list[look.Figure]:
    """The middle half and the middle nine tenths of the runs."""
    colour = look.COLOURS[side]
    return [
        {
            "x": [*years, *years[::-1]],
            "y": [*_plain(found[outer]), *_plain(found[inner])[::-1]],
            "type": "scatter",
            "mode": "lines",
            "fill": "toself",
            "fillcolor": look.see_through(colour, part),
            "line": {"width": 0},
            "hoverinfo": "skip",
            "name": f"{look.CALLED[side]}, {words} of runs",
        }
        for outer, inner, part, words in ((0, 4, 0.14, "90 %"), (1, 3, 0.2, "middle half"))
    ]


def _line(years: Years, found: Fan, side: str, told: Measure) -> look.Figure:
    return {
        "x": list(years),
        "y": _plain(found[2]),
        "type": "scatter",
        "mode": "lines",
        "name": look.CALLED[side],
        "line": {
            "color": look.COLOURS[side],
            "dash": look.DASHES[side],
            "width": 2 if side == BASELINE else 3,
        },
        "customdata": [[_short(row, told) for row in column] for column in (found[[0, 4]].T)],
        "hovertemplate": f"{look.CALLED[side]} %{{y:.{told.digits}f}} "
        "(90 % of runs: %{customdata[0]} to %{customdata[1]})<extra></extra>",
    }


def _past(base: Reading, measure: str, place: str) -> look.Figure | None:
    values = base.past.levels[measure][:, base.place(place)]
    known = [
        (year, float(value))
        for year, value in zip(base.past.years, values, strict=True)
        if year >= FIRST and np.isfinite(value)
    ]
    if not known:
        return None
    return {
        "x": [year for year, _ in known],
        "y": [round(value, 4) for _, value in known],
        "type": "scatter",
        "mode": "lines",
        "name": "observed",
        "line": {"color": style.GREY, "width": 2},
        "hovertemplate": f"observed %{{y:.{MEASURES[measure].digits}f}}<extra></extra>",
    }


def _span(
    fans: Mapping[str, Fan], past: look.Figure | None, told: Measure, difference: bool
) -> tuple[float, float]:
    """The range of the upright axis: all that is drawn, and for alignment the hedging band."""
    values = [found[[0, -1]].ravel() for found in fans.values()]
    values += [np.asarray(past["y"])] if past else []
    values += [np.zeros(1)] if difference else []
    if told is MEASURES["alignment"] and not difference:
        values.append(np.array([42.0, 58.0]))
    every = np.concatenate(values)
    low, high = float(every.min()), float(every.max())
    room = max(0.06 * (high - low), 0.5 * 10.0**-told.digits)
    return low - room, high + room


def _plain(values: Any) -> list[float]:
    return [round(float(value), 4) for value in values]


def _short(value: float, told: Measure) -> str:
    return f"{value:.{told.digits}f}"
