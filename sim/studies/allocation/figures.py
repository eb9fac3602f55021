"""Which divisions of a budget are not beaten, and who gets what under each rule and each chosen division."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from sim.outcomes.definitions import JAPAN, grouped
from sim.plots import style
from sim.plots.labels import place
from sim.plots.text import listed
from sim.world.roster import names

PURPOSES = {outcome.name: outcome.word for outcome in grouped()[JAPAN]}
OF_KIND = {"rule": style.VERMILION, "front": style.BLUE, "single": style.GREY}
FAR: dict[str, Any] = {"size": 7.5, "color": style.GREY, "linespacing": 1.2}
BACK = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}  # keeps lines out of the words
LIGHT = 0.35  # relative luminance from which dark letters read better
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
    far = [_name(row) for _, row in shown[~inside].iterrows()]
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
    words = [_name(row) for _, row in shown.iterrows()]
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


def _name(row: pd.Series) -> str:
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
    labels = [_name(row).replace("\n", " ") for _, row in shown.iterrows()]
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


def draw_allocation(
    table: pd.DataFrame, recipients: Sequence[str], attrs: Mapping[str, Any], folder: Path | str
) -> list[Path]:
    """Draw what divisions of a budget gain, and who gets what, as PNG and SVG.

    Parameters
    ----------
    table : one row a candidate. recipients : codes. attrs : for the footer.

    Raises
    ------
    UserError : the folder cannot be written.
    """
    with style.context():
        front = style.save(draw_front(table, attrs), Path(folder), "allocation_front")
        shares = draw_shares(table, recipients, attrs)
        return front + style.save(shares, Path(folder), "allocation_shares")
