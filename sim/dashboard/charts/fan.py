"""One measure by year: the spread of each side's runs and the baseline, and below it what each side changes, run by run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from sim.config.settings import Event
from sim.dashboard.charts import look, marks
from sim.dashboard.charts.spread import FIRST, band, fans, from_start, line, observed
from sim.dashboard.measures import MEASURES, READINGS
from sim.dashboard.readings import Reading
from sim.dashboard.setup import BASELINE, SIDES
from sim.plots import style
from sim.plots.text import signed

ABOVE, BELOW = [0.37, 1.0], [0.0, 0.27]  # the two panels, in parts of the chart's height
OFF = ("above the baseline", "below the baseline")


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
    readings : of a, b and baseline. difference : what differs from the baseline fills the chart, instead of a strip below.
    title : said above a saved chart. events : dated events of each side, marked along the years.
    """
    base = readings[BASELINE]
    panels = {} if difference else {"y": _level_panel(readings, measure, place)}
    panels |= {
        "y" if difference else "y2": _difference_chart(readings, measure, place, whole=difference)
    }
    lowest = list(panels)[-1]
    happened = marks.events(events or {}, panels[lowest].axis["range"][0], lowest)
    return {
        "data": [*[trace for panel in panels.values() for trace in panel.data], happened],
        "layout": look.layout(
            title=title,
            seed=base.seed,
            margin={"l": 78 if difference else 66, "r": 120, "t": 14, "b": 40},
            hovermode="x unified",
            hoversubplots="axis",
            xaxis=look.axis(
                range=[(base.start if difference else FIRST) - 0.5, base.years[-1] + 0.3],
                nticks=5,
                minor={"dtick": 5, "ticks": "outside", "ticklen": 3},
                tickangle=0,
                anchor=lowest,
            ),
            **{name.replace("y", "yaxis"): panel.axis for name, panel in panels.items()},
            shapes=marks.marker_shapes(base, measure, place, difference),
            annotations=[note for panel in panels.values() for note in panel.notes],
        ),
    }


@dataclass(frozen=True, kw_only=True)
class _Panel:
    """One part of the chart: lines and shades, words on it, its upright axis."""

    data: list[look.Figure]
    notes: list[look.Figure]
    axis: look.Figure


def _level_panel(readings: Mapping[str, Reading], measure: str, place: str) -> _Panel:
    """The upper panel: both sides, the baseline, what was observed."""
    base, content = readings[BASELINE], MEASURES[measure]
    begin = float(base.at(measure, base.start)[base.place(place)])
    years, result = from_start(base, fans(readings, measure, place), begin)
    data = [trace for side in SIDES for trace in band(years, result[side], side)]
    data += [line(years, result[side], side, content) for side in (BASELINE, *SIDES)]
    before = observed(base, measure, place)
    values = [item[[0, -1]].ravel() for item in result.values()]
    values += [np.asarray(item["y"]) for item in before]
    if measure in READINGS:
        values.append(np.array(base.band))
    span = _axis_range(np.concatenate(values), 0.5 * 10.0**-content.decimals)
    ends = {side: float(value[2, -1]) for side, value in result.items()}
    return _Panel(
        data=[*data, *before],
        notes=[
            *marks.labels(ends, span, content.told, part=ABOVE[1] - ABOVE[0]),
            *marks.corners(*reversed(content.ends)),
        ],
        axis=look.axis(content.axis, range=list(span), domain=ABOVE, nticks=6),
    )


def _difference_chart(
    readings: Mapping[str, Reading], measure: str, place: str, *, whole: bool
) -> _Panel:
    """What each side changes, run by run: the whole chart, or its lower panel."""
    base, content = readings[BASELINE], MEASURES[measure]
    years, result = from_start(base, fans(readings, measure, place, difference=True), 0.0)
    name, domain = ("y", [0.0, 1.0]) if whole else ("y2", BELOW)
    lines = [trace for side in SIDES for trace in band(years, result[side], side, half=whole)]
    lines += [line(years, result[side], side, content, less=True) for side in SIDES]
    values = [0.0, *np.concatenate([item[[0, -1]].ravel() for item in result.values()])]
    span = _axis_range(values, 2.0 * 10.0**-content.decimals)
    ends = {side: float(value[2, -1]) for side, value in result.items()} | (
        {BASELINE: 0.0} if whole else {}
    )
    zero = {"zeroline": True, "zerolinecolor": style.INK, "zerolinewidth": 1.5}
    title = f"{content.axis},<br>less the baseline" if whole else ""
    notes = marks.labels(
        ends, span, partial(signed, digits=content.decimals), part=domain[1] - domain[0], panel=name
    )
    return _Panel(
        data=[item | {"yaxis": name} for item in lines],
        notes=[*notes, *(marks.corners(*OFF) if whole else [marks.lower_panel_note(span)])],
        axis=look.axis(title, range=list(span), domain=domain, nticks=8 if whole else 4) | zero,
    )


def _axis_range(values: Any, least: float) -> tuple[float, float]:
    """The range of an upright axis: all that is drawn, with a little room, at least so much either way."""
    low, high = float(np.min(values)), float(np.max(values))
    room = max(0.06 * (high - low), least)
    return low - room, high + room
