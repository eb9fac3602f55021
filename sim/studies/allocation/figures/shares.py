"""Who gets what under each rule and each chosen division: a bar a division, a part a recipient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from sim.plots import style
from sim.studies.allocation.figures.front import division_name
from sim.world.roster import names

LIGHT = 0.35  # relative luminance from which dark letters read better


def draw_shares(table: pd.DataFrame, recipients: Sequence[str], attrs: Mapping[Any, Any]) -> Figure:
    """Draw each rule's and each chosen division's shares, one bar each.

    Parameters
    ----------
    table : as in `draw_front`, with share_CODE. recipients : codes. attrs : for the footer.
    """
    shown = table[(table["kind"] == "rule") | (table["chosen"] != "")]
    page = style.sheet(
        width=11.0,
        height=0.42 * len(shown) + 0.5,
        title="Who gets what: the rules, and the divisions that the search chose",
        note="Shares of the last year's budget, mean over runs, %. The first bar is the baseline, the historical shares.",
        attrs=attrs,
    )
    axes = page.figure.add_axes(_box(page.area(2.5, 0.3, bottom=0.5, top=0.4)))
    _bars(axes, shown, recipients)
    return page.figure


def luminance(colour: str) -> float:
    """Relative luminance of a colour, 0 to 1 (WCAG 2, without its linear toe).

    >>> luminance("#ffffff"), luminance("#000000")
    (1.0, 0.0)
    """
    return float(np.dot(np.array(to_rgb(colour)) ** 2.2, [0.2126, 0.7152, 0.0722]).round(6))


def _box(area: Mapping[str, float]) -> tuple[float, float, float, float]:
    left, bottom = area["left"], area["bottom"]
    return left, bottom, area["right"] - left, area["top"] - bottom


def _bars(axes: Axes, shown: pd.DataFrame, recipients: Sequence[str]) -> None:
    rows = np.arange(len(shown))
    filled = np.zeros(len(shown))
    called = names(recipients)
    for code in recipients:
        parts = 100.0 * shown[f"share_{code}"].to_numpy()
        axes.barh(
            rows,
            parts,
            left=filled,
            color=style.colour(code),
            edgecolor="white",
            label=f"{code} {called[code]}",
            height=0.78,
        )
        for row, (start, part) in enumerate(zip(filled, parts, strict=True)):
            if part >= 4.0:
                ink = style.INK if luminance(style.colour(code)) > LIGHT else "white"
                word = f"{code} {part:.0f}" if part >= 8.0 else f"{part:.0f}"
                axes.text(start + part / 2, row, word, ha="center", va="center", size=8, color=ink)
        filled = filled + parts
    labels = [division_name(row).replace("\n", " ") for _, row in shown.iterrows()]
    axes.set_yticks(rows, labels)
    axes.tick_params(axis="y", length=0, labelcolor=style.INK)
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.set_xlim(0.0, 100.0)
    axes.set_xlabel("share of the budget, %")
    axes.legend(
        ncols=len(recipients),
        loc="lower left",
        bbox_to_anchor=(0.0, 1.0),
        frameon=False,
        fontsize=8,
    )
