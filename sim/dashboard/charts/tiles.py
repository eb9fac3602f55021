"""What posture does each state take? A map of equal tiles, one a side, as buttons that tell why, and as a chart to save."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.dashboard.charts import look
from sim.dashboard.readings import Reading
from sim.plots.tiles import COLOURS, NAMES, places, relative_luminance


def tile_buttons(
    reading: Reading, *, side: str, year: int, chosen: str = ""
) -> list[dict[str, Any]]:
    """One side's map of one year, as data: for each state where its button stands, its colours, what it says and is called."""
    codes, levels = reading.posture(year), reading.at("alignment", year)[:-1]
    cells = places(list(reading.states))
    return [
        {
            "state": state,
            "cell": [cells[state][0] + 1, cells[state][1] + 1],
            "face": COLOURS[code] if code >= 0 else "white",
            "ink": _ink_colour(int(code)),
            "number": _number_text(level),
            "called": f"{reading.names[state]} in {side.upper()}: {_posture_name(int(code))}, "
            f"alignment {_number_text(level)}. Why?",
            "chosen": state == chosen,
        }
        for state, code, level in zip(reading.states, codes, levels, strict=True)
    ]


def draw(reading: Reading, *, year: int, title: str, chosen: str = "") -> look.Figure:
    """Draw one side's map of one year; number: alignment of the middle run."""
    cells = places(list(reading.states))
    wide, high = (max(cell[k] for cell in cells.values()) + 1 for k in (0, 1))
    codes, levels = reading.posture(year), reading.at("alignment", year)[:-1]
    z: list[list[Any]] = [[None] * wide for _ in range(high)]
    words = []
    for state, code, level in zip(reading.states, codes, levels, strict=True):
        column, row = cells[state]
        z[row][column] = int(code)
        words.append(_tile_word(state, column, row, int(code), _number_text(level)))
    return {
        "data": [_tile_map(z)],
        "layout": look.layout(
            title=title,
            seed=reading.seed,
            margin={"l": 4, "r": 4, "t": 4, "b": 4},
            xaxis={"visible": False, "range": [-0.5, wide - 0.5]},
            yaxis={"visible": False, "range": [high - 0.5, -0.5], "scaleanchor": "x"},
            annotations=words,
            shapes=[_ring_mark(*cells[chosen])] if chosen in cells else [],
        ),
    }


def _tile_map(z: list[list[Any]]) -> look.Figure:
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
    }


def _tile_word(state: str, column: int, row: int, code: int, number: str) -> look.Figure:
    return look.note(
        f"<b>{state}</b><br>{number}",
        x=column,
        y=row,
        font={"color": _ink_colour(code), "size": look.SIZE},
    )


def _ink_colour(code: int) -> str:
    dark = 0 <= code < len(COLOURS) and relative_luminance(COLOURS[code]) < 0.4
    return "white" if dark else "#111111"


def _ring_mark(column: int, row: int) -> look.Figure:
    box = {"x0": column - 0.47, "x1": column + 0.47, "y0": row - 0.47, "y1": row + 0.47}
    return {"type": "rect", **box, "line": {"color": "black", "width": 4}}


def _posture_name(code: int) -> str:
    return NAMES[code].replace("\n", " ") if code >= 0 else "unknown"


def _number_text(value: float) -> str:
    return f"{value:.1f}" if np.isfinite(value) else "no data"


def key() -> list[tuple[str, str]]:
    """Name and colour of each posture, from resisting China to following it."""
    return [(name.replace("\n", " "), face) for name, face in zip(NAMES, COLOURS, strict=True)]
