"""What stands around the lines of a fan chart: the start, the hedging band, names at the ends, events along the years."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.config.settings import Event
from sim.dashboard.charts import look
from sim.dashboard.readings import Measure, Reading
from sim.dashboard.setup import BASELINE, SIDES
from sim.figures import style
from sim.figures.dodge import dodge

GAP = 0.075  # least distance of two labels, of the chart's height


def shapes(base: Reading, measure: str, difference: bool) -> list[look.Figure]:
    """The start of the projection, and the hedging band where alignment is shown."""
    start: look.Figure = {"type": "line", "x0": base.start, "x1": base.start, "yref": "paper"}
    start |= {"y0": 0, "y1": 1, "line": {"color": style.GREY, "dash": "dot", "width": 1}}
    if measure != "alignment" or difference:
        return [start]
    band: look.Figure = {"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "layer": "below"}
    band |= {"y0": base.band[0], "y1": base.band[1], "fillcolor": style.BAND, "line": {"width": 0}}
    band["label"] = {"text": "hedging band", "textposition": "top right", "padding": 6}
    band["label"]["font"] = {"color": style.GREY, "size": 12}
    return [band, start]


def labels(
    ends: Mapping[str, float],
    span: tuple[float, float],
    told: Measure,
    year: int,
    difference: bool,
) -> list[look.Figure]:
    """Name each line at its end, clear of the others."""
    low, high = span
    size = high - low
    wanted = np.array(list(ends.values()))
    placed = dodge(wanted, gap=GAP * size, low=low + 0.03 * size, high=high - 0.03 * size)
    sign = "+" if difference else ""
    return [
        look.note(
            f"<b>{look.CALLED[side]}</b> {value:{sign}.{told.digits}f}"
            if not (difference and side == BASELINE)
            else "<b>baseline</b> 0",
            x=1,
            xref="paper",
            xanchor="left",
            xshift=6,
            y=float(at),
            font={"color": look.WORDS[side], "size": look.SIZE},
        )
        for (side, value), at in zip(ends.items(), placed, strict=True)
    ]


def corners(told: Measure) -> list[look.Figure]:
    """What the two ends of the scale mean."""
    return [
        look.note(
            f"{arrow} {words}",
            x=0,
            xref="paper",
            xanchor="left",
            xshift=6,
            y=height,
            yref="paper",
            yanchor=anchor,
            font={"color": style.GREY, "size": 12},
        )
        for arrow, words, height, anchor in (
            ("↑", told.high, 1, "top"),
            ("↓", told.low, 0, "bottom"),
        )
    ]


def events(events: Mapping[str, tuple[Event, ...]], low: float) -> look.Figure:
    """A small triangle along the years for each year in which something befalls a side."""
    marks: dict[tuple[str, int], list[str]] = {}
    for side in SIDES:
        for event in events.get(side, ()):
            marks.setdefault((side, event.year), []).append(event.note or event.kind)
    return {
        "x": [year for _, year in marks],
        "y": [low] * len(marks),
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
