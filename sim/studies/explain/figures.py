"""Which motives moved a state, or spoke for its step? A waterfall for each thing explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.outcomes.reasons import OPINION, POSTURE, STEPS, STRUCTURE, UNITS, Why
from sim.outcomes.wording import reason_phrase
from sim.plots import style
from sim.plots.text import sentence, signed
from sim.studies.explain.sentences import title_of

THICK = 0.62  # of a row
ROW = 0.27  # inches
NONE = 5e-3  # of the largest reason: smaller ones are shown together
MOST_ROWS = 10
FEW = 3.0  # amounts all below this are shown with two decimals
HEADINGS = {POSTURE: "Posture", STRUCTURE: "Structure", OPINION: "Opinion"}
OTHERS = "{count} smaller"


def draw(whys: Sequence[Why], attrs: Mapping[Any, Any], title: str = "") -> Figure:
    """Draw one panel for each thing explained: the reasons, largest first, and their sum.

    Parameters
    ----------
    whys : of one state and question. attrs : of the Dataset, for the footer.
    title : the finding; blank for the largest move and its first reason.
    """
    rows = [rows_of(why) for why in whys]
    most = max(map(len, rows))
    page = style.sheet(
        width=8.5 if len(whys) == 1 else 13.0,
        height=1.7 + ROW * (most + 1),
        title=title or title_of(max(whys, key=lambda why: abs(why.change))),
        note=_footer_note(whys),
        attrs=attrs,
    )
    grid = page.figure.add_gridspec(1, len(whys), **page.area(2.3, 0.35, 0.62, 0.55), wspace=0.72)
    for index, why in enumerate(whys):
        _draw_panel(page.figure.add_subplot(grid[index]), why, rows[index], most)
    return page.figure


def rows_of(why: Why) -> list[tuple[str, float]]:
    """The reasons that are shown, largest first, and what the others come to: name and size."""
    ranked = why.ranked()
    least = NONE * abs(ranked[0].change) if ranked else 0.0
    large = [reason for reason in ranked if abs(reason.change) >= least][:MOST_ROWS]
    small = ranked[len(large) :]
    rows = [(reason_phrase(why, reason), reason.change) for reason in large]
    if small:
        rows.append((OTHERS.format(count=len(small)), sum(reason.change for reason in small)))
    return rows


def _draw_panel(axes: Axes, why: Why, rows: Sequence[tuple[str, float]], most: int) -> None:
    axes.axvline(0, color=style.INK, linewidth=0.9, zorder=1)
    count = 2 if max((abs(change) for _, change in rows), default=0.0) < FEW else 1
    reached, ends = 0.0, [0.0, why.change]
    for row, (_, change) in enumerate(rows):
        before, reached = reached, reached + change
        ends.append(reached)
        _draw_bar(axes, row, before, reached, _bar_colour(why, change), count)
        axes.plot([reached] * 2, [row, row + 1], color=style.GREY, linewidth=0.7, zorder=1)
    _draw_bar(axes, len(rows), 0.0, why.change, style.INK, count)
    labels = [*(label for label, _ in rows), "in all"]
    axes.set_yticks(range(len(labels)), labels, color=style.INK)
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
    if why.kind in (POSTURE, STRUCTURE):
        return style.OF_PARTNER["USA" if change >= 0.0 else "CHN"]
    return style.OF_PARTNER.get(why.partner, style.PURPLE) if change >= 0.0 else style.GREY


def _set_frame(axes: Axes, why: Why, ends: Sequence[float], last: int) -> None:
    low, high = float(np.min(ends)), float(np.max(ends))
    reach = max(high - low, 1e-6)
    axes.set_xlim(low - 0.12 * reach, high + 0.3 * reach)
    axes.set_ylim(last + 0.6, -0.6)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.grid(axis="x", color=style.PALE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    axes.set_title(_heading(why), loc="left", size=10, weight="bold", color=style.INK, pad=17)
    below = _ends_text(why)
    axes.text(0, 1.008, below, transform=axes.transAxes, size=8.5, color=style.GREY, va="bottom")
    axes.set_xlabel(_axis_label(why))


def _heading(why: Why) -> str:
    return HEADINGS.get(why.kind, sentence(UNITS[why.kind]))


def _axis_label(why: Why) -> str:
    if why.kind in (POSTURE, STRUCTURE):
        return "← toward China      points of alignment      toward the United States →"
    if why.kind == OPINION:
        return "← worse      points of 100      better →"
    return "← against it      log-odds      for it →"


def _ends_text(why: Why) -> str:
    if why.kind in STEPS and not why.against:
        return f"chance against none: {1.0 / (1.0 + np.exp(-why.change)):.2f}"
    before, after = (f"{value:.{2 if why.kind in STEPS else 1}f}" for value in why.ends)
    return (
        f"{before} under {why.against}, {after} as asked" if why.against else f"{before} to {after}"
    )


def _footer_note(whys: Sequence[Why]) -> str:
    why = whys[0]
    if why.kind in STEPS:
        what = (
            "Log-odds of the act against no act: what each motive adds, from even odds"
            if not why.against
            else f"What each motive adds to the log-odds of the act, beyond what it does under {why.against}"
        )
    elif why.against:
        what = (
            f"What each motive makes of the difference from {why.against}, by common random numbers"
        )
    else:
        what = f"What each motive made of the change since {why.years[0]}"
    scales = " Each panel has its own scale." if len(whys) > 1 else ""
    return f"{what}; the bars add up exactly. Run {why.run}, one of many possible.{scales}"


def draw_why(
    whys: Sequence[Why], folder: Path | str, attrs: Mapping[Any, Any], title: str = ""
) -> list[Path]:
    """Draw the reasons as waterfalls, as PNG and SVG.

    Parameters
    ----------
    whys : of one state and question. attrs : of the history, for the footer. title : as in `draw`.

    Raises
    ------
    UserError : the folder cannot be written.
    """
    with style.context():
        return style.save(draw(whys, attrs, title), Path(folder), "why")
