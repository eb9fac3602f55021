"""The ternary axes: cut to where there is something, framed in partners' colours, labelled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import mpltern  # registers the projection
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MultipleLocator
from numpy.typing import NDArray

from sim.plots import style
from sim.plots.labels import Box, place
from sim.plots.letters import drawable_text
from sim.plots.text import PARTNERS

PROJECTION = mpltern.__name__ and "ternary"
CORNERS = ("JPN", "CHN", "USA")  # top, left, right
FAINT, STRONG = "#B9C9D9", "#08519C"  # one family: what was, what follows
STEP = 0.05  # the triangle is cut in steps of this


def enclosing_window(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """Find the smallest sub-triangle that holds all: least share by corner, (3,), and side."""
    flat = values.reshape(-1, 3)
    flat = flat[np.isfinite(flat).all(axis=1)]
    if not flat.size:
        return np.zeros(3), 1.0
    least = np.maximum(0.0, np.floor((flat.min(axis=0) - 0.01) / STEP) * STEP)
    return least, float(round(1.0 - least.sum(), 9))


def draw_frame(axes: Axes, least: NDArray[np.float64], side: float) -> None:
    """Set limits, ticks in percent, and whose share grows where, in the partners' colours."""
    low, high = [float(v) for v in least], [float(v) + side for v in least]
    axes.set_ternary_lim(low[0], high[0], low[1], high[1], low[2], high[2])  # type: ignore[attr-defined]
    percent = FuncFormatter(lambda value, _: f"{100 * value:.0f}")
    step = 0.1 if side > 0.45 else 0.05
    for axis, letter, code in zip(("taxis", "laxis", "raxis"), "tlr", CORNERS, strict=True):
        part, hue = getattr(axes, axis), style.OF_PARTNER[code]
        part.set_major_locator(MultipleLocator(step))
        part.set_major_formatter(percent)
        part.set_label_position("tick1")
        getattr(axes, f"set_{letter}label")(
            f"{_possessive_name(PARTNERS[code])} share, %", color=hue
        )
        axes.tick_params(axis=letter, colors=hue, length=3)  # type: ignore[arg-type]
        axes.grid(axis=letter, color=hue, alpha=0.18, linewidth=0.8)  # type: ignore[arg-type]
    for code, spot, words in zip(
        CORNERS, ((0.5, 1.08), (-0.06, -0.1), (1.06, -0.1)), ("↑ {}", "↙ {}", "{} ↘"), strict=True
    ):
        text = words.format(f"more {PARTNERS[code]}")
        axes.annotate(
            text,
            spot,
            xycoords="axes fraction",
            ha="center",
            weight="bold",
            color=style.OF_PARTNER[code],
        )
    for spine in axes.spines.values():
        spine.set_color(style.GREY)


def _possessive_name(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def label_ends(axes: Axes, drawn: dict[str, NDArray[np.float64]], names: Mapping[str, str]) -> None:
    """Name each path, (year, 2) in data coordinates, near its last point, clear of all else."""
    figure = axes.figure
    scale = 72.0 / figure.dpi
    canvas = FigureCanvasAgg(figure)  # type: ignore[arg-type]
    canvas.draw()  # settles where the ticks are
    renderer = canvas.get_renderer()
    last = {state: path[-1] for state, path in drawn.items() if len(path)}
    points, sizes = [], []
    for state, point in last.items():
        x, y = axes.transData.transform(point) * scale
        points.append((float(x), float(y)))
        probe = figure.text(0, 0, drawable_text(names[state]), size=8.5)
        extent = probe.get_window_extent(renderer)
        probe.remove()
        sizes.append((extent.width * scale + 3, extent.height * scale + 2))
    clear: list[Box] = [(x - 5, y - 5, x + 5, y + 5) for x, y in points] + _axis_word_positions(
        axes, renderer, scale
    )
    for path in drawn.values():
        clear += [
            (x - 2, y - 2, x + 2, y + 2)
            for x, y in axes.transData.transform(_refined_path(path)) * scale
        ]
    for (state, point), at, centre in zip(
        last.items(), points, place(points, sizes, keep_clear=clear), strict=True
    ):
        axes.annotate(
            names[state],
            tuple(point),
            xytext=(centre[0] - at[0], centre[1] - at[1]),
            textcoords="offset points",
            xycoords="data",
            ha="center",
            va="center",
            size=8.5,
            color=style.INK,
            zorder=6,
            arrowprops={
                "arrowstyle": "-",
                "color": style.GREY,
                "linewidth": 0.6,
                "shrinkA": 1,
                "shrinkB": 3,
            },
        )


def _axis_word_positions(axes: Axes, renderer: Any, scale: float) -> list[Box]:
    """Where the axes' own words stand, in points."""
    words = [
        text
        for name in ("taxis", "laxis", "raxis")
        for text in (getattr(axes, name).label, *getattr(axes, name).get_ticklabels())
    ]
    extents = [text.get_window_extent(renderer) for text in words if text.get_text()]
    return [(e.x0 * scale, e.y0 * scale, e.x1 * scale, e.y1 * scale) for e in extents]


def _refined_path(path: NDArray[np.float64]) -> NDArray[np.float64]:
    """The path with three points between each two, (point, 2)."""
    steps = np.arange(4 * (len(path) - 1) + 1) / 4
    return np.stack([np.interp(steps, np.arange(len(path)), path[:, k]) for k in (0, 1)], axis=1)


def draw_orientation(figure: Figure, least: NDArray[np.float64], side: float) -> None:
    """Draw the whole triangle small, with the part shown filled, unless nearly all is shown."""
    if side > 0.85:
        return
    width, height = (float(size) for size in figure.get_size_inches())
    axes = figure.add_axes(
        (1 - 1.95 / width, 1 - 3.1 / height, 1.3 / width, 1.2 / height), projection=PROJECTION
    )
    corners = least + side * np.eye(3)
    axes.fill(*corners.T, color=STRONG, alpha=0.45, linewidth=0)
    for axis in ("taxis", "laxis", "raxis"):
        getattr(axes, axis).set_ticks([])
    for code, spot, va in zip(
        CORNERS, ((0.5, 1.04), (0.0, -0.06), (1.0, -0.06)), ("bottom", "top", "top"), strict=True
    ):
        axes.annotate(
            PARTNERS[code],
            spot,
            xycoords="axes fraction",
            ha="center",
            va=va,
            size=7,
            color=style.OF_PARTNER[code],
        )
    axes.annotate(
        "the part shown",
        (0.5, -0.3),
        xycoords="axes fraction",
        ha="center",
        va="top",
        size=7,
        color=style.GREY,
    )
