"""Policy minus baseline, state by state: mean difference and interval beside the zero line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.axes import STATE
from sim.outcomes.definitions import OUTCOMES
from sim.outcomes.summary import REGION
from sim.plots import style
from sim.plots.text import STATES

MOST_POINTS = 4
PANELS = ("alignment", "capacity", "pressure", "hedging")


def draw(
    table: pd.DataFrame,
    labels: Mapping[int, str],
    *,
    title: str,
    note: str,
    attrs: Mapping[Any, Any],
) -> Figure:
    """Draw one panel an outcome, one row a state, one marker a point.

    Parameters
    ----------
    table : differences.csv, the rows of these points. labels : point -> what it is called.
    """
    order = _state_order(table)
    page = style.sheet(
        width=13.5,
        height=1.15 + max(0.34 * len(order), 1.4),
        title=title,
        note=note,
        attrs=attrs,
    )
    grid = page.figure.add_gridspec(1, len(PANELS), **page.area(1.15, 0.3, 0.85, 0.4), wspace=0.14)
    looks = {point: (style.CHOICES[k % 8], style.MARKERS[k % 8]) for k, point in enumerate(labels)}
    for index, name in enumerate(PANELS):
        outcome = OUTCOMES[name]
        axes = page.figure.add_subplot(grid[index])
        _draw_panel(axes, table[table["outcome"] == name], order, looks)
        axes.set_title(outcome.label, loc="left", size=10, weight="bold", color=style.INK)
        axes.set_xlabel(f"{outcome.scale}; + = {outcome.ends[1]}", size=8.5)
        shown = ["Region, mean" if code == REGION else STATES.get(code, code) for code in order]
        axes.set_yticks(range(len(order)), shown if index == 0 else [], color=style.INK)
    handles = [
        Line2D([], [], color=colour, marker=marker, linewidth=0, label=labels[point])
        for point, (colour, marker) in looks.items()
    ]
    spot = (0.5, (style.FOOT - 0.02) / page.height)
    page.figure.legend(
        handles=handles,
        loc="lower center",
        bbox_to_anchor=spot,
        ncols=2 if len(labels) > 3 else 4,
        frameon=False,
        fontsize=8.5,
    )
    return page.figure


def _state_order(table: pd.DataFrame) -> list[str]:
    """States by how far alignment moves, the largest on top, and the region below them."""
    moved = table[(table["outcome"] == "alignment") & (table[STATE] != REGION)]
    most = moved.groupby(STATE)["difference"].max().sort_values()
    return [REGION, *map(str, most.index)]


def _draw_panel(
    axes: Axes, part: pd.DataFrame, order: list[str], looks: Mapping[int, tuple[str, str]]
) -> None:
    axes.axvline(0.0, color=style.INK, linewidth=0.9)
    for index, (point, (colour, marker)) in enumerate(looks.items()):
        rows = part[part["point"] == point].set_index(STATE).reindex(order)
        shift = 0.5 * ((len(looks) - 1) / 2 - index) / len(looks)
        half = np.vstack([rows["difference"] - rows["low95"], rows["high95"] - rows["difference"]])
        axes.errorbar(
            rows["difference"],
            np.arange(len(order)) + shift,
            xerr=np.nan_to_num(half),
            fmt=marker,
            color=colour,
            markersize=4.5,
            linewidth=1.2,
        )
    known = part[["difference", "low95", "high95"]].abs().to_numpy(dtype=float)
    reach = 1.12 * max(float(np.nanmax(known, initial=0.0)), 1e-3)
    axes.set_xlim(-reach, reach)
    axes.set_ylim(-0.6, len(order) - 0.4)
    axes.axhspan(-0.6, 0.5, color=style.PALE, alpha=0.6, linewidth=0, zorder=0)
    axes.grid(axis="y", color=style.PALE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", labelsize=8)
    axes.locator_params(axis="x", nbins=5)
