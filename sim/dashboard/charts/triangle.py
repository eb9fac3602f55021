"""Between which partners? Where each state's ties lie between China, the United States and Japan, as far as one year."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sim.dashboard.charts import look
from sim.dashboard.readings import Reading
from sim.dashboard.setup import BASELINE, A, B
from sim.plots import style
from sim.plots.ternary import CORNERS, enclosing_window
from sim.plots.text import PARTNERS

Points = NDArray[np.float64]  # (point, corner), in the order of CORNERS
MARKS = {A: "circle", B: "diamond", BASELINE: "circle-open"}
LETTERS = "abc"  # Plotly's: top, left, right


def draw(
    readings: Mapping[str, Reading], *, year: int, title: str, chosen: str = ""
) -> look.Figure:
    """Draw each state's path from the start to a year: both sides, and where the baseline stands."""
    base = readings[BASELINE]
    upto = year - base.start + 1
    least, side = enclosing_window(
        np.concatenate([reading.shares for reading in readings.values()])
    )
    data = [_start_marks(base)]
    for name in (BASELINE, B, A):
        for strong in (False, True):
            items = [state for state in base.states if (chosen in ("", state)) is strong]
            if items:
                data.append(_path_trace(readings[name], name, items, upto, strong))
    data.append(_code_labels(readings[A], upto, chosen))
    return {
        "data": data,
        "layout": look.layout(
            title=title,
            seed=base.seed,
            margin={"l": 76, "r": 76, "t": 56, "b": 80},
            ternary={
                "sum": 1,
                "bgcolor": "white",
                **{
                    f"{letter}axis": _triangle_axis(PARTNERS[code], float(low), side)
                    for letter, code, low in zip(LETTERS, CORNERS, least, strict=True)
                },
            },
        ),
    }


def _triangle_axis(name: str, least: float, side: float) -> look.Figure:
    return {
        "title": {"text": f"more {name.replace('d S', 'd<br>S')}, %", "font": {"size": look.SIZE}},
        "min": least,
        "dtick": 0.1 if side > 0.45 else 0.05,
        "tickformat": ".0%",
        "tickfont": {"size": 12},
        "gridcolor": style.PALE,
        "linecolor": style.GREY,
    }


def _corner_positions(points: Points) -> dict[str, list[float]]:
    return {letter: [round(float(v), 4) for v in points[:, k]] for k, letter in enumerate(LETTERS)}


def _start_marks(base: Reading) -> look.Figure:
    return {
        "type": "scatterternary",
        **_corner_positions(base.shares[0]),
        "mode": "markers",
        "name": str(base.start),
        "marker": {"symbol": "x-thin", "size": 7, "line": {"width": 2, "color": style.GREY}},
        "text": [base.names[state] for state in base.states],
        "hovertemplate": f"%{{text}} in {base.start}<extra></extra>",
    }


def _path_trace(
    reading: Reading, side: str, states: list[str], upto: int, strong: bool
) -> look.Figure:
    """The paths of some states in one trace, gaps between them: few traces are drawn faster."""
    ended = 9 if side == BASELINE else 10
    corners: dict[str, list[float | None]] = {letter: [] for letter in LETTERS}
    sizes: list[int] = []
    names: list[str] = []
    for state in states:
        points = reading.shares[:upto, reading.place(state)]
        for letter, values in _corner_positions(points).items():
            corners[letter] += [*values, None]
        sizes += [0] * (len(points) - 1) + [ended, 0]
        names += [reading.names[state]] * (len(points) + 1)
    return {
        "type": "scatterternary",
        **corners,
        "mode": "markers" if side == BASELINE else "lines+markers",
        "name": look.CALLED[side],
        "opacity": 1.0 if strong else 0.25,
        "line": {"color": look.COLOURS[side], "dash": look.DASHES[side], "width": 2},
        "marker": {
            "symbol": MARKS[side],
            "size": sizes,
            "opacity": 1,
            "color": look.COLOURS[side],
            "line": {"color": look.COLOURS[side], "width": 1.5 if side == BASELINE else 0},
        },
        "text": names,
        "hovertemplate": f"%{{text}}, {look.CALLED[side]}: Japan %{{a:.0%}}, China %{{b:.0%}}, "
        "United States %{c:.0%}<extra></extra>",
    }


def _code_labels(reading: Reading, upto: int, chosen: str) -> look.Figure:
    """The states' codes beside the ends of the first side's paths; of the chosen one alone if one is chosen."""
    ends = reading.shares[upto - 1]
    return {
        "type": "scatterternary",
        **_corner_positions(ends),
        "mode": "text",
        "text": [
            f"\u2002{state}\u2002" if chosen in ("", state) else "" for state in reading.states
        ],
        "textposition": _label_sides(ends),
        "cliponaxis": False,
        "textfont": {"size": 12, "color": style.INK},
        "hoverinfo": "skip",
    }


def _label_sides(ends: Points) -> list[str]:
    """On which side each code stands: the one farther from its nearest neighbour."""
    across = ends[:, 2] - ends[:, 1]
    result = []
    for at, (end, x) in enumerate(zip(ends, across, strict=True)):
        gaps = np.abs(ends - end).sum(axis=1)
        gaps[at] = np.inf
        nearest = int(gaps.argmin())
        result.append(
            "middle left" if across[nearest] > x and gaps[nearest] < 0.12 else "middle right"
        )
    return result
