"""How safe is each sea lane? One small bar a lane."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from sim.plots import style
from sim.plots.story import Story, central

LANES = {
    "malacca": "Malacca",
    "south_china_sea": "South China Sea",
    "luzon": "Luzon / Bashi",
    "lombok_makassar": "Lombok–Makassar",
    "sunda": "Sunda",
}


def lane_bars(axes: Axes, story: Story) -> None:
    """Draw one bar a lane: its security in the last year; start and baseline ticked."""
    values = central(story.outcomes["lane_security"]).transpose("year", "lane")
    names = [LANES.get(str(code), str(code).replace("_", " ")) for code in values["lane"].values]
    rows = np.arange(len(names))
    start = story.first_known(values)
    now = values.isel(year=-1).values
    axes.barh(rows, np.nan_to_num(now), height=0.6, color=style.GREEN, alpha=0.75)
    for row, value in zip(rows, now, strict=True):
        text = f"{value:.2f}" if np.isfinite(value) else "n/a"
        axes.text(1.22, float(row), text, ha="right", va="center", size=8.5, color=style.INK)
    _set_ticks(axes, rows, values.sel(year=start).values, style.GREY, "-")
    base = story.of_baseline("lane_security")
    if base is not None:
        _set_ticks(
            axes,
            rows,
            central(base).transpose("year", "lane").isel(year=-1).values,
            style.INK,
            (0, (2, 1)),
        )
    dashed = "" if base is None else f"; dashed: {story.baseline_label}"
    axes.set_title(
        f"Lane security in {story.end} (0–1)",
        loc="left",
        size=10,
        weight="bold",
        color=style.INK,
        pad=18,
    )
    axes.text(
        0,
        1.02,
        f"grey tick: {start}{dashed}",
        transform=axes.transAxes,
        size=7.5,
        color=style.GREY,
    )
    axes.set_yticks(rows, names, color=style.INK)
    axes.invert_yaxis()
    axes.set_xlim(0, 1.22)
    axes.set_xticks([0, 0.5, 1.0])
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)


def _set_ticks(
    axes: Axes, rows: NDArray[np.int_], values: NDArray[np.float64], hue: str, dash: Any
) -> None:
    for row, value in zip(rows, values, strict=True):
        if np.isfinite(value):
            axes.plot(
                [value, value], [row - 0.38, row + 0.38], color=hue, linewidth=1.6, linestyle=dash
            )
