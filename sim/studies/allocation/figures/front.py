"""Which divisions of a budget are not beaten, and who gets what under each rule and each chosen division."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.outcomes.definitions import grouped
from sim.outcomes.outcome import JAPAN
from sim.plots import style
from sim.plots.labels import place
from sim.plots.text import listed

PURPOSES = {outcome.name: outcome.word for outcome in grouped()[JAPAN]}
OF_KIND = {"rule": style.VERMILION, "front": style.BLUE, "single": style.GREY}
FAR: dict[str, Any] = {"size": 7.5, "color": style.GREY, "linespacing": 1.2}
BACK = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}  # keeps lines out of the words
ALONE = 0.995  # share from which a division counts as all to one
WIDE, TALL = 6.3, 13.0  # pixels of a letter and a line of the names
MARKS = {"rule": "s", "front": "o", "single": "X"}
NOTE = (
    "Gain over the historical shares, points of 100, on independent random numbers, with 95 % intervals. "
    "Blue: divisions that the search found unbeaten (named: the chosen ones); red: rules; grey: everything to one state, "
    "or no budget at all; those beyond a panel are listed in its corner. The baseline, the historical shares, lies "
    "where the lines cross."
)


def title(table: pd.DataFrame) -> str:
    """Say by how much the division of the budget moves each purpose at most."""
    given = table[table["name"] != "none"]
    parts = [
        f"{word} by at most {float(np.ptp(given[f'{name}_gain'])):.2f}"
        for name, word in PURPOSES.items()
    ]
    return f"How the same budget is divided moves {listed(parts)} points of 100"


def draw_front(table: pd.DataFrame, attrs: Mapping[Any, Any]) -> Figure:
    """Draw the purposes two at a time.

    Parameters
    ----------
    table : one row a candidate, with name, kind, chosen and PURPOSE_gain, PURPOSE_low, PURPOSE_high.
    attrs : version and seed, for the footer.
    """
    page = style.sheet(width=15.5, height=5.2, title=title(table), note=NOTE, attrs=attrs)
    grid = page.figure.subplots(
        1, 3, squeeze=False, gridspec_kw=page.area(0.75, 0.25) | {"wspace": 0.26}
    )
    for axes, (across, up) in zip(grid[0], combinations(PURPOSES, 2), strict=True):
        _panel(axes, without_twins(table), across, up)
    return page.figure


def _panel(axes: Axes, table: pd.DataFrame, across: str, up: str) -> None:
    axes.axvline(0.0, color=style.GREY, linewidth=0.8, zorder=0.9)
    axes.axhline(0.0, color=style.GREY, linewidth=0.8, zorder=0.9)
    for kind in ("front", "single", "rule"):
        _points(axes, table[table["kind"] == kind], kind, across, up)
    chosen = table[table["chosen"] != ""]
    axes.plot(
        *(chosen[f"{name}_gain"] for name in (across, up)),
        linestyle="",
        marker="o",
        markersize=9,
        markerfacecolor="none",
        markeredgecolor=style.BLUE,
        markeredgewidth=1.6,
    )
    near = table[table["kind"] != "single"]
    axes.set_xlim(_limits(near, across))
    axes.set_ylim(_limits(near, up))
    axes.set_xlabel(f"{PURPOSES[across]}, gain in points")
    axes.set_ylabel(f"{PURPOSES[up]}, gain in points")
    axes.grid(color=style.PALE, linewidth=0.8)
    axes.set_axisbelow(True)
    _labels(axes, table, across, up)


def _points(axes: Axes, rows: pd.DataFrame, kind: str, across: str, up: str) -> None:
    axes.errorbar(
        rows[f"{across}_gain"],
        rows[f"{up}_gain"],
        xerr=_error(rows, across),
        yerr=_error(rows, up),
        linestyle="",
        marker=MARKS[kind],
        markersize=3.5 if kind == "front" else 6,
        color=OF_KIND[kind],
        elinewidth=0.8,
        alpha=0.5 if kind == "front" else 1.0,
    )


def _error(rows: pd.DataFrame, name: str) -> Any:
    middle = rows[f"{name}_gain"]
    return np.clip(
        np.array([middle - rows[f"{name}_low"], rows[f"{name}_high"] - middle]), 0.0, None
    )


def _limits(near: pd.DataFrame, name: str) -> tuple[float, float]:
    """Room for the rules and the front, and for their names."""
    low, high = float(near[f"{name}_gain"].min()), float(near[f"{name}_gain"].max())
    room = 0.25 * (high - low) or 1.0
    return low - room, high + room


def _labels(axes: Axes, table: pd.DataFrame, across: str, up: str) -> None:
    """Name rules, single recipients and chosen points, each label near its point and clear of the others."""
    shown = table[(table["kind"] != "front") | (table["chosen"] != "")]
    at = shown[[f"{across}_gain", f"{up}_gain"]].to_numpy()
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    inside = (at > (left, bottom)).all(axis=1) & (at < (right, top)).all(axis=1)
    far = [division_name(row) for _, row in shown[~inside].iterrows()]
    if far:
        words = "beyond the panel:\n" + ",\n".join(far)
        axes.text(
            0.99, 0.01, words, transform=axes.transAxes, ha="right", va="bottom", bbox=BACK, **FAR
        )
    every = table[[f"{across}_gain", f"{up}_gain"]].to_numpy()
    _place(axes, shown[inside], at[inside], every, len(far) + 1 if far else 0)


def _place(axes: Axes, shown: Any, at: Any, every: Any, corner: int) -> None:
    """Put each name on a free place near its point; `corner` lines are taken at the lower right."""
    to_screen = axes.transData.transform
    box = axes.get_window_extent()
    words = [division_name(row) for _, row in shown.iterrows()]
    sizes = [
        (WIDE * max(map(len, word.split("\n"))), TALL * len(word.split("\n"))) for word in words
    ]
    clear = [(x - 5, y - 5, x + 5, y + 5) for x, y in to_screen(every)]
    clear.append((box.x1 - 90, box.y0, box.x1, box.y0 + TALL * corner))
    clear += [(-1e5, -1e5, box.x0 + 2, 1e5), (box.x1 - 2, -1e5, 1e5, 1e5)]  # the panel's walls
    points = [(float(x), float(y)) for x, y in to_screen(at)]
    centres = place(points, sizes, keep_clear=clear, near=6.0)
    for word, size, point, centre, kind in zip(
        words, sizes, points, centres, shown["kind"], strict=True
    ):
        x, y = (float(value) for value in axes.transData.inverted().transform(centre))
        origin = axes.transData.inverted().transform(point)
        apart = abs(point[0] - centre[0]) > size[0] / 2 + 14 or abs(point[1] - centre[1]) > 30
        axes.annotate(
            word,
            (float(origin[0]), float(origin[1])),
            xytext=(x, y),
            ha="center",
            va="center",
            size=8,
            color=OF_KIND[kind],
            bbox=BACK,
            zorder=1,  # over the lines, under the points
            arrowprops={"arrowstyle": "-", "color": style.GREY, "linewidth": 0.5}
            if apart
            else None,
        )


def division_name(row: pd.Series) -> str:
    """What a division is called beside its mark: its rule, or what it was chosen for."""
    if row["chosen"]:
        return str(row["chosen"]).replace("; ", ",\n") + _alone(row)
    return "no budget" if row["name"] == "none" else str(row["name"])


def _alone(row: pd.Series) -> str:
    """Say where a division gives everything to one state."""
    whole = [name for name in row.index if name.startswith("share_") and row[name] >= ALONE]
    return f"\n(all to {whole[0].removeprefix('share_')})" if whole else ""


def without_twins(table: pd.DataFrame) -> pd.DataFrame:
    """Leave out "all to XXX" where a chosen division is just that."""
    chosen = [_alone(row) for _, row in table[table["chosen"] != ""].iterrows()]
    twins = [name.strip("\n()") for name in chosen if name]
    return table[~table["name"].isin(twins)]
