"""The start, state by state: what ties alone say, what was answered, and what a run is drawn from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.axes import Array
from sim.plots import style
from sim.provenance import version
from sim.studies.start.analysis import HALF

NOTE = (
    "Lines: 90 % intervals; of an answer its noise, found from its own changes. Ties: security and economic ties and what was "
    "answered about trust, before anybody's choice is heard. A run starts from a draw of what is filtered."
)
TIES, ANSWER, FILTERED = style.GREY, style.VERMILION, style.BLUE
APART = 0.22  # rows between the three readings of a state


def title(table: pd.DataFrame, year: int) -> str:
    """Say which state's answer the filter believes least."""
    asked = table[table["answer"].notna()]
    if asked.empty:
        return f"The start of {year}: nobody had been asked, so ties speak alone"
    apart = (asked["filtered_share"] - asked["answer"]).abs().to_numpy()
    row = asked.iloc[int(apart.argmax())]
    answer, start = 100.0 * row["answer"], 100.0 * row["filtered_share"]
    return (
        f"The start of {year}: furthest from the latest answer in {row['name']}, where {answer:.0f} % chose China and runs "
        f"start round {start:.0f} %"
    )


def draw_start(folder: Path, table: pd.DataFrame, year: int) -> None:
    """Draw both panels and save them."""
    with style.context():
        style.save(draw(table, year), folder, "start")


def draw(table: pd.DataFrame, year: int) -> Figure:
    """Draw the share that would choose China, and the stance, a row a state.

    Parameters
    ----------
    table : from `sim.studies.start.analysis.read_starts`. year : of the start.
    """
    table = table.sort_values("filtered_share")
    attrs = {"footer": f"The start of runs, not a forecast · Straits {version()}"}
    page = style.sheet(
        width=11.5,
        height=0.42 * len(table) + 1.6,
        title=title(table, year),
        note=NOTE,
        attrs=attrs,
    )
    left, right = page.figure.subplots(
        1,
        2,
        sharey=True,
        gridspec_kw={"wspace": 0.08, **page.area(1.35, 0.3, 0.85, 0.3)},
    )
    rows = np.arange(len(table), dtype=float)
    _choice(left, table, rows)
    _stance(right, table, rows)
    left.set_yticks(rows, table["name"])
    left.set_ylim(-0.6, len(table) - 0.4)
    page.figure.legend(
        handles=_legend(),
        loc="lower center",
        ncol=3,
        frameon=False,
        bbox_to_anchor=(0.5, 0.3 / page.height),
    )
    return page.figure


def _choice(axes: Axes, table: pd.DataFrame, rows: Array) -> None:
    for name, colour, shift in (("ties", TIES, APART), ("filtered", FILTERED, -APART)):
        ends = [100.0 * table[f"{name}_{end}"] for end in ("share", "low", "high")]
        _marks(axes, ends, rows + shift, colour, name == "filtered")
    wide = HALF * table["noise"]
    answer = [100.0 * (table["answer"] + k * wide).clip(0.0, 1.0) for k in (0, -1, 1)]
    _marks(axes, answer, rows, ANSWER, False, marker="D")
    _look(axes, "would choose China if forced to (%)", 50.0)
    axes.set_xlim(0.0, 100.0)


def _stance(axes: Axes, table: pd.DataFrame, rows: Array) -> None:
    for name, colour, shift in (("ties", TIES, APART), ("filtered", FILTERED, -APART)):
        middle, wide = table[f"{name}_stance"], HALF * table[f"{name}_stance_sd"]
        ends = [50.0 + 50.0 * (middle + k * wide).clip(-1.0, 1.0) for k in (0, -1, 1)]
        _marks(axes, ends, rows + shift, colour, name == "filtered")
    _look(axes, "posture of the government (0 = China, 100 = United States)", 50.0)
    axes.set_xlim(0.0, 100.0)


def _marks(
    axes: Axes,
    ends: list[pd.Series],
    rows: Array,
    colour: str,
    full: bool,
    marker: str = "o",
) -> None:
    middle, low, high = (end.to_numpy(dtype=float) for end in ends)
    axes.hlines(rows, low, high, color=colour, linewidth=2.2 if full else 1.1, alpha=0.8)
    face = colour if full else "white"
    axes.plot(middle, rows, marker, color=colour, markerfacecolor=face, markersize=5.5)


def _look(axes: Axes, label: str, middle: float) -> None:
    axes.axvline(middle, color=style.PALE, linewidth=1.2, zorder=0)
    axes.set_xlabel(label)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=style.PALE, linewidth=0.8)
    axes.set_axisbelow(True)


def _legend() -> list[Line2D]:
    return [
        Line2D([], [], color=TIES, marker="o", markerfacecolor="white", label="ties and trust"),
        Line2D([], [], color=ANSWER, marker="D", markerfacecolor="white", label="latest answer"),
        Line2D(
            [], [], color=FILTERED, marker="o", linewidth=2.2, label="filtered: runs start here"
        ),
    ]
