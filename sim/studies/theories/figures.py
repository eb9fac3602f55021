"""Where theories end, and shares of variance: does it matter more which theory holds, or how much aid is given?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.plots import style
from sim.plots.text import listed

OF_PART = {
    "theory": style.BLUE,
    "aid": style.ORANGE,
    "theory x aid": style.WINE,
    "Monte Carlo": "#BDBDBD",
}
LABELS = {"theory x aid": "theory and aid together"}
STEP = 0.11  # theories of one state a little below one another
LEAST_SHOWN = 0.06  # shares whose number is written
NOTE = (
    "Left: mean alignment in {last} by theory, {runs} runs each under common random numbers, at the declared aid; black tick: "
    "observed in {start}; shaded: the hedging band. Right: shares of the variance over six theories, {levels} budgets and "
    "Monte Carlo noise (regional means and scores in {last}). Other sizes of a theory's numbers would give other shares."
)


def title(shares: pd.DataFrame) -> str:
    """Say where theory leads and where aid does.

    Parameters
    ----------
    shares : rows of outcome, part, share.
    """
    wide = shares.pivot(index="outcome", columns="part", values="share").dropna()
    leads = wide[["theory", "aid"]].idxmax(axis=1)
    order = [name for name in shares["outcome"].unique() if name in leads.index]
    by_aid = [name for name in order if leads[name] == "aid"]
    if not by_aid:
        return "Which theory holds matters more than how much aid is given, for every outcome shown"
    if len(by_aid) == len(order):
        return "How much aid is given matters more than which theory holds, for every outcome shown"
    return (
        "Which theory holds matters more than how much aid is given, "
        f"except for {listed([name.lower() for name in by_aid])}"
    )


def draw(
    ends: pd.DataFrame,
    shares: pd.DataFrame,
    observed: Mapping[str, float],
    *,
    band: tuple[float, float],
    sizes: Mapping[str, Any],
    attrs: Mapping[Any, Any],
) -> Figure:
    """Draw where theories end by state beside the shares of the spread.

    Parameters
    ----------
    ends : rows of state (a name), theory, alignment, in drawing order. shares : rows of outcome, part, share.
    observed : state -> alignment at the start. band : of hedging. sizes : last, start, runs, levels, for the note.
    attrs : version and seed, for the footer.
    """
    states = list(dict.fromkeys(ends["state"]))
    page = style.sheet(
        width=13.0,
        height=1.7 + 0.52 * len(states),
        title=title(shares),
        note=NOTE.format(**sizes),
        attrs=attrs,
    )
    grid = page.figure.add_gridspec(
        1, 2, width_ratios=(5.4, 5.0), wspace=0.36, **page.area(1.1, 0.4, 1.0, 0.3)
    )
    _ends(page.figure.add_subplot(grid[0]), ends, states, observed, band)
    _shares(page.figure.add_subplot(grid[1]), shares)
    return page.figure


def _ends(
    axes: Axes,
    ends: pd.DataFrame,
    states: Sequence[str],
    observed: Mapping[str, float],
    band: tuple[float, float],
) -> None:
    axes.axvspan(*band, color=style.BAND, zorder=0)
    theories = list(dict.fromkeys(ends["theory"]))
    for row, state in enumerate(states):
        part = ends[ends["state"] == state].set_index("theory")["alignment"]
        axes.plot([part.min(), part.max()], [row, row], color=style.PALE, linewidth=3, zorder=1)
        axes.plot(
            [observed[state]] * 2,
            [row - 0.4, row + 0.4],
            color=style.BLACK,
            linewidth=2,
            zorder=2,
        )
        for index, theory in enumerate(theories):
            axes.plot(
                part[theory],
                row + STEP * (index - (len(theories) - 1) / 2),
                marker=style.MARKERS[index],
                color=style.CHOICES[index],
                markersize=6.5,
                linestyle="",
                zorder=3,
            )
    axes.set_yticks(range(len(states)), states)
    axes.set_ylim(len(states) - 0.4, -0.6)
    values = [*ends["alignment"], *observed.values(), *band]
    low, high = 10 * np.floor(min(values) / 10), 10 * np.ceil(max(values) / 10)
    axes.set_xlim(max(low, 0.0), min(high, 100.0))
    axes.set_xlabel("alignment, 0 = China, 100 = United States")
    axes.tick_params(length=0, colors=style.INK)
    handles = [
        Line2D(
            [],
            [],
            marker=style.MARKERS[index],
            color=style.CHOICES[index],
            linestyle="",
            markersize=7,
            label=theory.replace("_", " "),
        )
        for index, theory in enumerate(theories)
    ]
    axes.legend(
        handles=handles,
        loc="upper center",
        bbox_to_anchor=(0.5, -0.11),
        ncols=3,
        frameon=False,
        fontsize=8.5,
    )


def _shares(axes: Axes, shares: pd.DataFrame) -> None:
    outcomes = list(dict.fromkeys(shares["outcome"]))
    wide = shares.pivot(index="outcome", columns="part", values="share").loc[outcomes]
    left = np.zeros(len(outcomes))
    for part, colour in OF_PART.items():
        width = 100 * wide[part].to_numpy()
        axes.barh(
            range(len(outcomes)),
            width,
            left=left,
            color=colour,
            edgecolor="white",
            height=0.7,
            label=LABELS.get(part, part),
        )
        for row, (start, length) in enumerate(zip(left, width, strict=True)):
            if length >= 100 * LEAST_SHOWN:
                dark = part in ("theory", "theory x aid")
                axes.text(
                    start + length / 2,
                    row,
                    f"{length:.0f}",
                    ha="center",
                    va="center",
                    size=8.5,
                    color="white" if dark else style.INK,
                )
        left = left + np.nan_to_num(width)
    for row, outcome in enumerate(outcomes):
        if not np.isfinite(wide.loc[outcome]).all():
            axes.text(2, row, "nothing varies", va="center", size=8.5, color=style.GREY)
    axes.set_yticks(range(len(outcomes)), outcomes)
    axes.set_ylim(len(outcomes) - 0.4, -0.6)
    axes.set_xlim(0, 100)
    axes.set_xlabel("share of the variance, percent")
    axes.tick_params(length=0, colors=style.INK)
    axes.spines["left"].set_visible(False)
    axes.legend(
        loc="upper center", bbox_to_anchor=(0.5, -0.11), ncols=4, frameon=False, fontsize=8.5
    )
