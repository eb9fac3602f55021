"""Which motives moved a state's ties? A waterfall of log-odds, from one year to another or between two policies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.axes import SELF
from sim.outcomes.reasons import Reason, Why
from sim.plots import style
from sim.plots.text import sentence, signed
from sim.studies.explain.sentences import digits, option_name, policy_explanation

THICK = 0.62  # of a row
ROW = 0.27  # inches
NONE = 5e-4  # of the largest reason: smaller ones are left out


def draw(whys: Sequence[Why], attrs: Mapping[Any, Any]) -> Figure:
    """Draw one panel a domain: every term that moved, in the order of the choice, and their sum.

    Parameters
    ----------
    whys : of one state and question, one a domain. attrs : of the Dataset, for the footer.
    """
    rows = [rows_of(why) for why in whys]
    most = max(whys, key=lambda why: abs(why.change))
    page = style.sheet(
        width=7.0 if len(whys) == 1 else 11.5,
        height=1.6 + ROW * (max(map(len, rows)) + 1),
        title=policy_explanation(most),
        note=_footer_note(whys),
        attrs=attrs,
    )
    grid = page.figure.add_gridspec(1, len(whys), **page.area(1.35, 0.35, 0.62, 0.55), wspace=0.38)
    for index, why in enumerate(whys):
        _draw_panel(page.figure.add_subplot(grid[index]), why, rows[index], max(map(len, rows)))
    return page.figure


def rows_of(why: Why) -> list[Reason]:
    """The reasons that are shown, in the order of the choice: those that moved anything."""
    least = NONE * max((abs(reason.change) for reason in why.reasons), default=0.0)
    return [reason for reason in why.reasons if abs(reason.change) > least]


def _draw_panel(axes: Axes, why: Why, rows: Sequence[Reason], most: int) -> None:
    axes.axvline(0, color=style.INK, linewidth=0.9, zorder=1)
    count = digits(max((abs(item.change) for item in rows), default=0.0), 2) + 1
    reached, ends = 0.0, [0.0, why.change]
    for row, reason in enumerate(rows):
        before, reached = reached, reached + reason.change
        ends.append(reached)
        _draw_bar(axes, row, before, reached, _bar_colour(why, reason.change), count)
        axes.plot([reached] * 2, [row, row + 1], color=style.GREY, linewidth=0.7, zorder=1)
    _draw_bar(axes, len(rows), 0.0, why.change, style.INK, count)
    axes.set_yticks(
        range(len(rows) + 1), [*(item.label for item in rows), "in all"], color=style.INK
    )
    axes.get_yticklabels()[-1].set_fontweight("bold")
    _set_frame(axes, why, ends, most)


def _draw_bar(axes: Axes, row: int, start: float, end: float, hue: str, count: int) -> None:
    axes.barh(row, end - start, left=start, height=THICK, color=hue, zorder=2)
    axes.annotate(
        signed(end - start, count),
        (max(start, end), row),
        xytext=(4, 0),
        textcoords="offset points",
        va="center",
        size=8,
        color=style.INK,
        zorder=4,
        bbox={
            "facecolor": "white",
            "edgecolor": "none",
            "pad": 0.6,
        },  # no line makes a plus of a minus
    )


def _bar_colour(why: Why, change: float) -> str:
    toward = why.options[0 if change >= 0.0 else 1]
    return style.GREY if toward == SELF else style.OF_PARTNER.get(toward, style.PURPLE)


def _set_frame(axes: Axes, why: Why, ends: Sequence[float], last: int) -> None:
    low, high = float(np.min(ends)), float(np.max(ends))
    reach = max(high - low, 1e-6)
    axes.set_xlim(low - 0.12 * reach, high + 0.3 * reach)
    axes.set_ylim(last + 0.6, -0.6)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.grid(axis="x", color=style.PALE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    heading, below = _panel_heading(why)
    axes.set_title(heading, loc="left", size=10, weight="bold", color=style.INK, pad=17)
    axes.text(0, 1.008, below, transform=axes.transAxes, size=8.5, color=style.GREY, va="bottom")
    first, other = (option_name(why, side) for side in (0, 1))
    axes.set_xlabel(f"← toward {other}      log-odds      toward {first} →")


def _panel_heading(why: Why) -> tuple[str, str]:
    count = digits(why.change, 2)
    before, after = (signed(value, count) for value in why.odds)
    points = signed(why.moved, digits(why.moved, 1))
    chosen = f"alignment {points} points; " if np.isfinite(why.moved) else ""
    return f"{sentence(why.domain)} ties", f"{chosen}log-odds {before} to {after}"


def _footer_note(whys: Sequence[Why]) -> str:
    against = whys[0].against
    what = (
        f"they stand under {against}, by common random numbers"
        if against
        else f"they stood in {whys[0].years[0]}"
    )
    inertia = "adjusting at another speed" if against else "catching up with the start's motives"
    scales = " Each panel has its own scale." if len(whys) > 1 else ""
    return (
        f"Bars: what each motive made of the log-odds of ties, as far as ties have taken it in; they add up exactly. Zero: where "
        f"{what}. Room to hedge: a narrower one makes all motives count more. Inertia: ties {inertia}.{scales}"
    )


def draw_why(whys: Sequence[Why], folder: Path | str, attrs: Mapping[Any, Any]) -> list[Path]:
    """Draw the reasons of a change as a waterfall, one panel a domain, as PNG and SVG.

    Parameters
    ----------
    whys : of one state and question. attrs : of the history, for the footer.

    Raises
    ------
    UserError : the folder cannot be written.
    """
    with style.context():
        return style.save(draw(whys, attrs), Path(folder), "why")
