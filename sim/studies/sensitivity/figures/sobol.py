"""Sobol indices as bars: what share of an outcome's variance each setting has, and what share is stochastic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.config.labels import setting_label
from sim.plots import style
from sim.plots.text import called, listed

MOST = 14
NOTE = (
    "Shares of the variance of the expected outcome over the ranges of the settings (Sobol indices). Dark: a setting alone "
    "(first order); pale: with all its interactions (total); lines: 95 % interval over samples and replicates; grey: not "
    "distinguishable from noise. Stochastic variance is removed from the bars and shown below. {about}."
)
STRIP = "The common component moves all points alike and drops out of every comparison; the rest differs between settings."


def title(part: pd.DataFrame, outcome: Mapping[Any, Any]) -> str:
    """Name what drives an outcome: up to three totals above a tenth that stand out from noise."""
    rows = part[(part["total"] >= 0.1) & ~part["swamped"].astype(bool)].nlargest(3, "total")
    if rows.empty:
        return f"Nothing that was varied is seen to drive {called(outcome)}"
    parts = [f"{setting_label(str(row.setting))} ({row.total:.0%})" for row in rows.itertuples()]
    return f"What drives {called(outcome)}: {listed(parts)} of its variance, interactions included"


def draw(
    part: pd.DataFrame,
    noise: Mapping[Any, Any],
    outcome: Mapping[Any, Any],
    attrs: Mapping[Any, Any],
) -> Figure:
    """Draw the indices of one outcome, the largest total on top, and the strip of stochastic variance.

    Parameters
    ----------
    part : a row a setting, with first, total and their intervals. noise : with stochastic_share. outcome : the
        outcome's name, units, and about.
    """
    rows = part.nlargest(MOST, "total").iloc[::-1]
    page = style.sheet(
        width=9.5,
        height=0.34 * len(rows) + 1.75,
        title=title(part, outcome),
        note=NOTE.format(about=outcome["about"]),
        attrs=attrs,
    )
    bars, strip = 0.34 * len(rows), 0.3  # inches
    grid = page.figure.add_gridspec(
        2,
        1,
        **page.area(2.2, 0.5, 0.5, 0.2),
        hspace=1.6 / (bars + strip),
        height_ratios=(bars, strip),
    )
    _bars(page.figure.add_subplot(grid[0]), rows, len(part) - len(rows))
    _stochastic(page.figure.add_subplot(grid[1]), noise)
    return page.figure


def _bars(axes: Axes, rows: pd.DataFrame, left_out: int) -> None:
    positions = np.arange(len(rows))
    sure = ~rows["swamped"].to_numpy(bool)
    for name, shift, dark, pale in (
        ("total", 0.17, style.SKY, style.PALE),
        ("first", -0.17, style.BLUE, style.GREY),
    ):
        colours = [dark if row else pale for row in sure]
        axes.barh(positions + shift, rows[name].clip(lower=0.0), height=0.32, color=colours)
        axes.hlines(
            positions + shift,
            rows[f"{name}_low"],
            rows[f"{name}_high"],
            color=style.INK,
            linewidth=1.1,
        )
    axes.set_yticks(
        positions, [setting_label(str(name)) for name in rows["setting"]], color=style.INK
    )
    axes.axvline(0.0, color=style.GREY, linewidth=0.8)
    reach = float(rows[["total_high", "first_high"]].to_numpy().max())
    lowest = float(rows[["total_low", "first_low"]].to_numpy().min())
    axes.set_xlim(max(min(lowest, 0.0), -0.25) - 0.02, min(max(reach, 0.3), 1.3) + 0.02)
    more = f" ({left_out} smaller ones not drawn)" if left_out else ""
    axes.set_xlabel(f"share of the variance of the expected outcome{more}")
    axes.grid(axis="x", color=style.PALE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.legend(
        handles=[
            axes.barh([0], [0], color=style.SKY, label="with interactions (total)"),
            axes.barh([0], [0], color=style.BLUE, label="alone (first order)"),
        ],
        loc="lower right",
        frameon=False,
        fontsize=8.5,
    )


def _stochastic(axes: Axes, noise: Mapping[Any, Any]) -> None:
    share = float(noise["stochastic_share"])
    alike = share * float(noise["common_part"])
    parts = (
        (1.0 - share, style.SKY, "settings"),
        (share - alike, style.ORANGE, "stochastic, differing"),
        (alike, style.YELLOW, "stochastic, common"),
    )
    start = 0.0
    for size, colour, words in parts:
        axes.barh([0], [size], left=start, color=colour, height=0.8, label=f"{words} {size:.0%}")
        start += size
    axes.legend(
        ncols=len(parts), loc="lower left", bbox_to_anchor=(0, 0.95), frameon=False, fontsize=8
    )
    axes.set(xlim=(0, 1), ylim=(-0.5, 0.5))
    axes.set_yticks([0], ["variance of\nsingle runs"], color=style.INK)
    axes.tick_params(length=0)
    axes.set_xticks([])
    axes.set_xlabel(STRIP, size=8, color=style.GREY)
    for side in axes.spines.values():
        side.set_visible(False)
