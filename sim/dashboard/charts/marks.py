"""What stands around the lines of a fan chart: the start, the hedging band, names at the ends, events along the years."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from sim.config.settings import Event
from sim.dashboard.charts import look
from sim.dashboard.measures import READINGS
from sim.dashboard.readings import Reading
from sim.dashboard.setup import BASELINE, SIDES
from sim.outcomes.alignment import MIDDLE
from sim.plots import style
from sim.plots.labels import dodge

GAP = 0.075  # least distance of two labels, of the chart's height


def marker_shapes(base: Reading, measure: str, place: str, difference: bool) -> list[look.Figure]:
    """The start of the projection, and the hedging band where a reading of alignment is shown, its name away from the lines."""
    start: look.Figure = {"type": "line", "x0": base.start, "x1": base.start, "yref": "paper"}
    start |= {"y0": 0, "y1": 1, "line": {"color": style.GREY, "dash": "dot", "width": 1}}
    if measure not in READINGS or difference:
        return [start]
    band: look.Figure = {"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "layer": "below"}
    band |= {"y0": base.band[0], "y1": base.band[1], "fillcolor": style.BAND, "line": {"width": 0}}
    corner = (
        "bottom right"
        if base.at(measure, base.years[-1])[base.place(place)] > MIDDLE
        else "top right"
    )
    band["label"] = {"text": "hedging band", "textposition": corner, "padding": 6}
    band["label"]["font"] = {"color": style.GREY, "size": 12}
    return [band, start]


def labels(
    ends: Mapping[str, float],
    span: tuple[float, float],
    said: Callable[[float], str],
    *,
    part: float,
    panel: str = "y",
) -> list[look.Figure]:
    """Name each line at its end, clear of the others.

    Parameters
    ----------
    ends : side -> where its line ends. span : of the axis. said : a value in words. part : of the chart's height that
        the panel takes. panel : the axis.
    """
    low, high = span
    size = high - low
    wanted = np.array(list(ends.values()))
    edge = 0.03 / part
    placed = dodge(wanted, gap=GAP / part * size, low=low + edge * size, high=high - edge * size)
    return [
        look.note(
            f"<b>{look.CALLED[side]}</b> {said(value) if value or side != BASELINE else 0}",
            x=1,
            xref="paper",
            xanchor="left",
            xshift=6,
            y=float(at),
            yref=panel,
            font={"color": look.WORDS[side], "size": look.SIZE},
        )
        for (side, value), at in zip(ends.items(), placed, strict=True)
    ]


def corners(high: str, low: str) -> list[look.Figure]:
    """What the two ends of the scale mean."""
    return [
        look.note(
            f"{arrow} {words}",
            x=0,
            xref="paper",
            xanchor="left",
            xshift=6,
            y=height,
            yref="y domain",
            yanchor=anchor,
            font={"color": style.GREY, "size": 12},
        )
        for arrow, words, height, anchor in (
            ("↑", high, 1, "top"),
            ("↓", low, 0, "bottom"),
        )
    ]


def lower_panel_note(span: tuple[float, float]) -> look.Figure:
    """What the lower panel is, said where it has no lines: in the observed years, on the wider side of zero."""
    high = span[1] >= -span[0]
    return look.note(
        "A and B,<br>each run less<br>the baseline's",
        x=0,
        xref="paper",
        xanchor="left",
        xshift=6,
        y=1 if high else 0,
        yref="y2 domain",
        yanchor="top" if high else "bottom",
        align="left",
        font={"color": style.GREY, "size": 12},
    )


def events(events: Mapping[str, tuple[Event, ...]], low: float, panel: str) -> look.Figure:
    """A small triangle along the years, at the foot of a panel, for each year in which an event concerns a side."""
    marks: dict[tuple[str, int], list[str]] = {}
    for side in SIDES:
        for event in events.get(side, ()):
            marks.setdefault((side, event.year), []).append(event.note or event.kind)
    return {
        "x": [year for _, year in marks],
        "y": [low] * len(marks),
        "yaxis": panel,
        "type": "scatter",
        "mode": "markers",
        "cliponaxis": False,
        "name": "events",
        "marker": {
            "symbol": "triangle-up",
            "size": 13,
            "color": [look.COLOURS[side] for side, _ in marks],
            "line": {"color": "white", "width": 1},
        },
        "customdata": [
            f"{look.CALLED[side]}, {year}: {'; '.join(words)}"
            for (side, year), words in marks.items()
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
