"""Where states end under each theory, and what the spread of outcomes is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.axes import Array
from sim.plots import style
from sim.plots.text import listed
from sim.studies.theories.side_by_side import SIDES

OF_SIDE = dict(zip(SIDES, (style.VERMILION, style.BAND, style.BLUE), strict=True))
OF_PART = {
    "theory": style.BLUE,
    "aid": style.ORANGE,
    "open numbers": style.SKY,
    "chance": "#BDBDBD",
}
LABELS = {"China": "leans to China", "hedging": "hedges", "United States": "leans to the US"}
DARK = ("theory", "China", "United States")
LEAST_SHOWN = 8.0  # percent, from which a share is written
NOTE = (
    "Top: {futures} futures of each theory in {last} by draws of its own posterior, at the declared aid; the hedging band is "
    "{low:g} to {high:g} points of alignment. Under each name its stacking weight with the 90 % range. Bottom: shares of the "
    "variance over theories (by their weights), {levels} budgets of security aid, open numbers and chance."
)


def title(shares: pd.DataFrame) -> str:
    """Say what is the largest part of the spread of each outcome, and how much of it is aid.

    Parameters
    ----------
    shares : rows of outcome, part, share.
    """
    wide = shares.pivot(index="outcome", columns="part", values="share").dropna()
    leads = wide.idxmax(axis=1)
    most = str(leads.mode().iloc[0])
    rest = [str(name).lower() for name in leads.index if leads[name] != most]
    but = f", but not of {listed(rest)}" if rest else ""
    aid = 100.0 * wide["aid"].sort_values()
    second = aid.iloc[-2] if len(aid) > 1 else np.nan
    most_else = f"at most {second:.0f}" if second >= 1.0 else "less than 1"
    others = f", and {most_else} % of the rest" if len(aid) > 1 else ""
    return (
        f"{most.capitalize()} is the largest part of what may come about{but}; "
        f"aid makes up {aid.iloc[-1]:.0f} % of {str(aid.index[-1]).lower()}{others}"
    )


def draw(
    sides: Mapping[str, pd.DataFrame],
    shares: pd.DataFrame,
    weights: pd.DataFrame,
    *,
    sizes: Mapping[str, Any],
    attrs: Mapping[Any, Any],
) -> Figure:
    """Draw where states end by theory above the shares of the spread.

    Parameters
    ----------
    sides : theory -> share of futures, a row a state (by name), a column a side. shares : rows of outcome, part, share.
    weights : rows of theory, weight, low, high. sizes : futures, last, levels, low, high, for the note.
    attrs : version and seed, for the footer.
    """
    states = list(next(iter(sides.values())).index)
    outcomes = list(dict.fromkeys(shares["outcome"]))
    page = style.sheet(
        width=13.0,
        height=2.9 + 0.26 * len(states) + 0.3 * len(outcomes),
        title=title(shares),
        note=NOTE.format(**sizes),
        attrs=attrs,
    )
    rows = page.figure.add_gridspec(
        2,
        1,
        height_ratios=(0.26 * len(states), 0.3 * len(outcomes)),
        hspace=0.62,
        **page.area(1.9, 0.3, 0.75, 0.65),
    )
    panels = rows[0].subgridspec(1, len(sides), wspace=0.1).subplots(sharey=True, squeeze=False)[0]
    of_theory = weights.set_index("theory")
    for axes, (theory, table) in zip(panels, sides.items(), strict=True):
        row = of_theory.loc[theory]
        axes.set_title(
            f"{theory.replace('_', ' ')}\n{row['weight']:.2f} ({row['low']:.2f} to {row['high']:.2f})",
            size=9,
            color=style.INK,
        )
        _bars(axes, table, OF_SIDE)
        axes.set_xticks((25, 50, 75))
        axes.set_xlabel("% of futures")
    panels[0].set_yticks(range(len(states)), states)
    _legend(panels[len(sides) // 2], -0.3, 0.0)
    bottom = page.figure.add_subplot(rows[1])
    wide = 100.0 * shares.pivot(index="outcome", columns="part", values="share").loc[outcomes]
    _bars(bottom, wide / 100.0, OF_PART)
    bottom.set_yticks(range(len(outcomes)), outcomes)
    bottom.set_xlabel("share of the variance, percent")
    _legend(bottom, -0.36, 0.5)
    return page.figure


def _bars(axes: Axes, table: pd.DataFrame, colours: Mapping[str, str]) -> None:
    """Rows of shares as stacked bars."""
    left = np.zeros(len(table))
    for part, colour in colours.items():
        width = 100.0 * np.nan_to_num(table[part].to_numpy(float))
        axes.barh(
            range(len(table)),
            width,
            left=left,
            color=colour,
            edgecolor="white",
            height=0.78,
            label=LABELS.get(part, part),
        )
        _numbers(axes, left, width, "white" if part in DARK else style.INK)
        left = left + width
    for row in np.flatnonzero(table.isna().any(axis=1)):
        axes.text(2, float(row), "nothing varies", va="center", size=8.5, color=style.GREY)
    axes.set_ylim(len(table) - 0.4, -0.6)
    axes.set_xlim(0, 100)
    axes.tick_params(length=0, colors=style.INK)
    axes.spines["left"].set_visible(False)


def _numbers(axes: Axes, left: Array, width: Array, colour: str) -> None:
    for row, (start, length) in enumerate(zip(left, width, strict=True)):
        if length >= LEAST_SHOWN:
            middle = start + length / 2
            axes.text(middle, row, f"{length:.0f}", ha="center", va="center", size=8, color=colour)


def _legend(axes: Axes, down: float, right: float) -> None:
    axes.legend(
        loc="upper center", bbox_to_anchor=(right, down), ncols=4, frameon=False, fontsize=8.5
    )
