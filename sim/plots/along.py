"""How does an outcome go along a lever? One panel a state, a line each for what else varied, bands for 95 % intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.axes import STATE
from sim.plots import style
from sim.plots.text import STATES

MOST_LINES = 6
LEAST_HIGH = 0.02  # of the scale's unit, for panels in which nothing moves
TURN_LABELS = 3  # choices on the axis beyond which their names stand slanted


@dataclass(frozen=True, kw_only=True)
class Along:
    """What is drawn.

    table : a row a state, place and line: columns state, at (number or name), line, value, low, high.
    lever : label of the axis across. scale : label of the axis up. zero : draw the baseline, at zero.
    """

    table: pd.DataFrame
    lever: str
    scale: str
    zero: bool = False

    @property
    def named(self) -> bool:
        """Whether the lever's places are names."""
        return bool(self.table["at"].dtype.kind not in "if")


def draw(what: Along, *, title: str, note: str, attrs: Mapping[Any, Any]) -> Figure:
    """Draw small multiples, all panels as high in units as the one that moves most."""
    states = [str(code) for code in dict.fromkeys(what.table[STATE])]
    across = len(states) if len(states) <= 4 else 5
    down = -(-len(states) // across)
    names = list(dict.fromkeys(what.table["line"]))
    page = style.sheet(
        width=max(7.5, 0.9 + 2.3 * across),
        height=0.95 + (2.25 if what.named else 1.9) * down,
        title=title,
        note=note,
        attrs=attrs,
    )
    margins = page.area(0.75, 0.25, 1.05 if what.named else 0.75, 0.4)
    space = 0.85 if what.named and down > 1 else 0.42
    grid = page.figure.add_gridspec(down, across, **margins, wspace=0.3, hspace=space)
    high = _panel_height(what.table)
    for index, code in enumerate(states):
        axes = page.figure.add_subplot(grid[divmod(index, across)])
        _draw_panel(axes, what, what.table[what.table[STATE] == code], names, high)
        axes.set_title(STATES.get(code, code), loc="left", size=9.5, weight="bold", color=style.INK)
        axes.set_ylabel(what.scale if index % across == 0 else "", size=8.5)
    _draw_legend(page, what, names)
    return page.figure


def _panel_height(table: pd.DataFrame) -> float:
    """How high every panel must be to hold what any state does, with a little air."""
    apart = table.groupby(STATE)
    highest = apart["high"].max().fillna(apart["value"].max())
    lowest = apart["low"].min().fillna(apart["value"].min())
    return 1.15 * max(float((highest - lowest).max()), LEAST_HIGH)


def _draw_panel(axes: Axes, what: Along, part: pd.DataFrame, names: list[str], high: float) -> None:
    for index, name in enumerate(names):
        _draw_line(axes, what, part[part["line"] == name], index)
    low, top = part["low"].fillna(part["value"]).min(), part["high"].fillna(part["value"]).max()
    if what.zero:
        axes.axhline(0.0, color=style.INK, linewidth=0.9, linestyle=(0, (4, 2)))
        low, top = min(low, 0.0), max(top, 0.0)
    middle = 0.5 * (low + top)
    axes.set_ylim(middle - 0.55 * high, middle + 0.55 * high)
    style.quiet(axes)
    if what.named:
        places = list(dict.fromkeys(what.table["at"]))
        slanted: dict[str, Any] = {"rotation": 35, "ha": "right"}
        turned = slanted if len(places) > TURN_LABELS else {}
        axes.set_xticks(range(len(places)), places, size=7, **turned)
        axes.set_xlim(-0.4, len(places) - 0.6)


def _draw_line(axes: Axes, what: Along, part: pd.DataFrame, place: int) -> None:
    look: dict[str, Any] = {"color": style.CHOICES[place % 8], "marker": style.MARKERS[place % 8]}
    if what.named:
        order = list(dict.fromkeys(what.table["at"]))
        at = np.array([order.index(name) for name in part["at"]]) + 0.08 * place
        half = np.vstack([part["value"] - part["low"], part["high"] - part["value"]])
        axes.errorbar(at, part["value"], yerr=np.nan_to_num(half), fmt="none", ecolor=look["color"])
        axes.plot(at, part["value"], linewidth=0, markersize=4, **look)
        return
    part = part.sort_values("at")
    axes.fill_between(
        part["at"], part["low"], part["high"], color=look["color"], alpha=0.22, linewidth=0
    )
    axes.plot(part["at"], part["value"], linewidth=1.5, markersize=3, **look)


def _draw_legend(page: style.Sheet, what: Along, names: list[str]) -> None:
    """Name the lever, the lines, and the baseline."""
    handles = [
        Line2D([], [], color=style.CHOICES[index % 8], marker=style.MARKERS[index % 8], label=name)
        for index, name in enumerate(names)
        if name
    ]
    if what.zero:
        handles.append(
            Line2D([], [], color=style.INK, linestyle=(0, (4, 2)), label="baseline, zero")
        )
    look: dict[str, Any] = {"ha": "center", "va": "bottom", "size": 9, "color": style.INK}
    page.figure.text(0.5, (style.FOOT + 0.28) / page.height, what.lever, **look)
    if handles:
        spot = (0.5, (style.FOOT - 0.02) / page.height)
        page.figure.legend(
            handles=handles,
            loc="lower center",
            bbox_to_anchor=spot,
            ncols=MOST_LINES + 1,
            frameon=False,
            fontsize=8.5,
        )
