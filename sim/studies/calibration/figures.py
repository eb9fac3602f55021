"""Prior and posterior of every number side by side: what the record narrowed, and what it left as it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sim.plots import style

COLUMNS = 3
GROUPS = ("opinion", "stance", "acts", "stocks")
ROW = 0.22  # inches a number


def draw_numbers(table: pd.DataFrame, attrs: Mapping[str, Any]) -> Figure:
    """Draw prior and posterior ranges of every number, in prior standard deviations round the prior's middle.

    Parameters
    ----------
    table : from `sim.ensemble.fitting.narrowing.narrowing`. attrs : for the footer.
    """
    said = table["record_says"]
    shown = table.reset_index(drop=True)
    rows = -(-len(shown) // COLUMNS)
    page = style.sheet(
        width=13,
        height=ROW * rows + 0.6,
        title=f"The record narrows {(said == 'something').sum()} of {len(table)} numbers by a third or more, "
        f"and says nothing of {(said == 'nothing').sum()}",
        note="Grey: 90 % of the prior. Colour: 90 % of the posterior and its median; orange where the record "
        "says nothing. In prior standard deviations round the prior's mean. None belongs to a state.",
        attrs=attrs,
    )
    panels = page.figure.subplots(
        1,
        COLUMNS,
        sharex=True,
        gridspec_kw=page.area(2.1, 0.3, top=0.2, bottom=0.5) | {"wspace": 0.95},
    )
    for k, axes in enumerate(np.ravel(panels)):
        _draw_column(axes, shown.iloc[k * rows : (k + 1) * rows], rows)
    return page.figure


def _draw_column(axes: Any, table: pd.DataFrame, rows: int) -> None:
    scale = (table["prior_high"] - table["prior_low"]) / 3.29
    heights = np.arange(len(table))
    for at, before, after, colour in (
        (heights, ("prior_low", "prior_high"), None, style.PALE),
        (heights, ("low", "high"), "posterior", style.BLUE),
    ):
        low, high = ((table[name] - table["prior"]) / scale for name in before)
        colours = [
            style.ORANGE if after and word == "nothing" else colour for word in table["record_says"]
        ]
        axes.hlines(at, low, high, color=colours, linewidth=2.0 if after else 7.0)
        if after:
            axes.scatter((table[after] - table["prior"]) / scale, at, color=colours, s=14, zorder=3)
    axes.axvline(0.0, color=style.PALE, linewidth=0.8, zorder=0)
    axes.set_yticks(heights, [_label(path) for path in table["path"]], size=8)
    axes.set_ylim(rows - 0.4, -0.6)
    axes.set_xlabel("prior standard deviations")


def _label(path: str) -> str:
    return path.removeprefix("rules.").replace("_", " ").replace(".", ": ")
