"""The two chief dimensions of a box: every point of the sweep, and the limits around those of interest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.config.labels import setting_label
from sim.plots import style
from sim.plots.text import listed, sentence

SCATTER = (
    "One dot a point, dark where all replicates are of interest, pale where none is. Frame: the box, of which these are two "
    "sides{rest}. Small dots lie outside its other limits."
)


def draw_scatter(
    told: str, table: pd.DataFrame, shares: Any, limits: pd.DataFrame, attrs: Mapping[Any, Any]
) -> Figure:
    """Draw all points over the two settings whose limits cut most of their range, with the box."""
    ranges = limits[limits["least"].notna()]
    kept = ranges["high"].fillna(ranges["most"]) - ranges["low"].fillna(ranges["least"])
    two = ranges.loc[(kept / (ranges["most"] - ranges["least"])).nsmallest(2).index]
    (one, other) = (row for _, row in two.iterrows())
    names = [setting_label(str(row["setting"])) for row in (one, other)]
    others = [
        setting_label(str(name)) for name in limits["setting"] if name not in set(two["setting"])
    ]
    rest = f"; the others are on {listed(others)}" if others else ""
    page = style.sheet(
        width=8.0,
        height=4.6,
        title=f"{sentence(told)}: cases lie together over {listed(names)}",
        note=SCATTER.format(rest=rest),
        attrs=attrs,
    )
    axes = page.figure.add_subplot(page.figure.add_gridspec(1, 1, **page.area(0.8, 0.6))[0])
    seen = axes.scatter(
        table[one["setting"]],
        table[other["setting"]],
        c=shares,
        cmap="Blues",
        vmin=0,
        vmax=1,
        s=np.where(_within(table, limits.drop(index=two.index)), 30, 5),
        edgecolor=style.GREY,
        linewidth=0.3,
    )
    axes.add_patch(_frame(one, other))
    axes.set_xlabel(names[0])
    axes.set_ylabel(names[1])
    bar = page.figure.colorbar(seen, ax=axes, fraction=0.05, pad=0.03)
    bar.set_label("share of replicates of interest", size=8.5)
    return page.figure


def _within(table: pd.DataFrame, limits: pd.DataFrame) -> Any:
    """Which points lie inside limits, (point,)."""
    inside = np.ones(len(table), dtype=bool)
    for _, row in limits.iterrows():
        column = table[row["setting"]]
        if isinstance(row.get("kept"), str):
            inside &= column.astype(str).isin(row["kept"].split()).to_numpy()
            continue
        low, high = row.fillna({"low": -np.inf, "high": np.inf})[["low", "high"]]
        inside &= ((column >= low) & (column <= high)).to_numpy()
    return inside


def _frame(one: Any, other: Any) -> Rectangle:
    edges = []
    for row in (one, other):
        low = row["least"] if np.isnan(row["low"]) else row["low"]
        high = row["most"] if np.isnan(row["high"]) else row["high"]
        edges.append((low, high))
    (left, right), (bottom, top) = edges
    return Rectangle(
        (left, bottom),
        right - left,
        top - bottom,
        fill=False,
        edgecolor=style.VERMILION,
        linewidth=2,
    )
