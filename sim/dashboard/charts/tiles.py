"""What posture does each state take? A map of equal tiles, one a side; a tile that is clicked tells why."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.dashboard.charts import look
from sim.dashboard.readings import Reading
from sim.figures.style import GREY
from sim.figures.tiles import COLOURS, NAMES, luminance, places


def draw(reading: Reading, *, year: int, title: str, chosen: str = "") -> look.Figure:
    """Draw one side's map of one year; number: alignment of the middle run."""
    cells = places(list(reading.states))
    wide, high = (max(cell[k] for cell in cells.values()) + 1 for k in (0, 1))
    codes, levels = reading.posture(year), reading.at("alignment", year)
    z: list[list[Any]] = [[None] * wide for _ in range(high)]
    told: list[list[Any]] = [[None] * wide for _ in range(high)]
    words = []
    for at, state in enumerate(reading.states):
        column, row = cells[state]
        z[row][column] = int(codes[at])
        told[row][column] = [state, _posture(int(codes[at])), _number(levels[at])]
        words.append(_word(state, column, row, int(codes[at]), _number(levels[at])))
        told[row][column].append(reading.names[state])
    return {
        "data": [_map(z, told)],
        "layout": look.layout(
            title=title,
            seed=reading.seed,
            margin={"l": 4, "r": 4, "t": 4, "b": 4},
            xaxis={"visible": False, "fixedrange": True, "range": [-0.5, wide - 0.5]},
            yaxis={
                "visible": False,
                "fixedrange": True,
                "range": [high - 0.5, -0.5],
                "scaleanchor": "x",
            },
            annotations=words,
            shapes=[_ring(*cells[chosen])] if chosen in cells else [],
        ),
    }


def _map(z: list[list[Any]], told: list[list[Any]]) -> look.Figure:
    edges = [(k + shift) / len(COLOURS) for k in range(len(COLOURS)) for shift in (0, 1)]
    return {
        "type": "heatmap",
        "z": z,
        "zmin": -0.5,
        "zmax": len(COLOURS) - 0.5,
        "colorscale": [[edge, COLOURS[n // 2]] for n, edge in enumerate(edges)],
        "showscale": False,
        "xgap": 5,
        "ygap": 5,
        "hoverongaps": False,
        "customdata": told,
        "hovertemplate": "%{customdata[3]}: %{customdata[1]}<br>alignment %{customdata[2]}<extra></extra>",
    }


def _word(state: str, column: int, row: int, code: int, number: str) -> look.Figure:
    dark = 0 <= code < len(COLOURS) and luminance(COLOURS[code]) < 0.4
    return look.note(
        f"<b>{state}</b><br>{number}",
        x=column,
        y=row,
        font={"color": "white" if dark else "#111111", "size": look.SIZE},
        captureevents=False,
    )


def _ring(column: int, row: int) -> look.Figure:
    box = {"x0": column - 0.47, "x1": column + 0.47, "y0": row - 0.47, "y1": row + 0.47}
    return {"type": "rect", **box, "line": {"color": "black", "width": 4}}


def _posture(code: int) -> str:
    return NAMES[code].replace("\n", " ") if code >= 0 else "unknown"


def _number(value: float) -> str:
    return f"{value:.1f}" if np.isfinite(value) else "no data"


def key() -> list[tuple[str, str]]:
    """Name and colour of each posture, from resisting China to following it."""
    return [(name.replace("\n", " "), face) for name, face in zip(NAMES, COLOURS, strict=True)]


EDGE = GREY
