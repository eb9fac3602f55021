"""The charts of a discovery: what the box trades off, where its limits lie, and its two chief dimensions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.config.labels import setting_label
from sim.plots import style
from sim.plots.text import listed, sentence
from sim.studies.discovery import tables
from sim.studies.discovery.cover import Found
from sim.studies.discovery.figures.scatter import draw_scatter

TRADEOFF = (
    "Each dot is a box that PRIM peeled, freed of limits that chance explains; the number is how many limits it has. Up: more of "
    "the points inside are cases. Right: more of the cases are inside. Ring: the box told. Crosses: boxes of resamples, measured "
    "on the half of the points they had not seen. Dashed: the share of cases among all points, what no box would give."
)
LIMITS = (
    "The range tried of each setting, left to right. Bar: what the box keeps. Bracket: where the limit lies in the middle 95 % "
    "of resamples; the share of resamples in which it is there again stands beside it."
)


def draw_all(folder: Path, found: Sequence[Found], attrs: Mapping[Any, Any]) -> None:
    """Draw the charts of every box that is reported."""
    for number, one in enumerate(found, 1):
        if one.chosen is None or not one.told:
            continue
        draw_discovery(
            folder,
            told=one.cases.told,
            table=one.cases.table,
            shares=one.cases.shares,
            tradeoff=tables.tradeoff(one.chosen),
            limits=tables.limits(one.chosen, one.cases, one.stable),
            unseen=pd.DataFrame(
                [{"coverage": each.coverage, "density": each.density} for each in one.stable.unseen]
            ),
            attrs=attrs,
            end=tables.stem(number),
            base=float(one.cases.interest.mean()),
        )


def draw_discovery(
    folder: Path,
    *,
    told: str,
    table: pd.DataFrame,
    shares: Any,
    tradeoff: pd.DataFrame,
    limits: pd.DataFrame,
    unseen: pd.DataFrame,
    attrs: Mapping[Any, Any],
    end: str = "",
    base: float = 0.0,
) -> list[Path]:
    """Draw the figures of a box, as PNG and SVG.

    Parameters
    ----------
    told : the question, "hedging below 0.45". table : (point, setting). shares : of replicates of interest,
        (point,). tradeoff, limits : as `sim.studies.discovery.tables` lays them out. unseen : coverage and
        density of resamples. attrs : version and seed. end : of the file names, blank for the first
        box; a further one is sought outside those before. base : share of cases among the points it is sought in.

    Raises
    ------
    UserError : the folder cannot be written.
    """
    told = f"{told}, outside the boxes before" if end else told
    with style.context():
        written = style.save(
            draw_tradeoff(told, tradeoff, unseen, attrs, base), folder, f"discovery_tradeoff{end}"
        )
        written += style.save(draw_limits(told, limits, attrs), folder, f"discovery_limits{end}")
        two = limits[limits["least"].notna()] if "least" in limits else limits.iloc[:0]
        if len(two) >= 2:
            figure = draw_scatter(told, table, shares, limits, attrs)
            written += style.save(figure, folder, f"discovery_scatter{end}")
    return written


def draw_tradeoff(
    told: str,
    tradeoff: pd.DataFrame,
    unseen: pd.DataFrame,
    attrs: Mapping[Any, Any],
    base: float = 0.0,
) -> Figure:
    """Draw density against coverage of all boxes offered."""
    best = tradeoff[tradeoff["chosen"]].iloc[0]
    heading = f"{sentence(told)}: a box that is {best['density']:.0%} cases holds {best['coverage']:.0%} of the cases"
    page = style.sheet(width=8.5, height=4.3, title=heading, note=TRADEOFF, attrs=attrs)
    axes = page.figure.add_subplot(page.figure.add_gridspec(1, 1, **page.area(0.7, 0.4))[0])
    axes.plot(tradeoff["coverage"], tradeoff["density"], color=style.PALE, linewidth=1, zorder=1)
    axes.scatter(
        unseen["coverage"], unseen["density"], marker="x", s=28, color=style.ORANGE, zorder=2
    )
    axes.scatter(tradeoff["coverage"], tradeoff["density"], s=34, color=style.BLUE, zorder=3)
    axes.scatter(
        best["coverage"], best["density"], s=190, facecolor="none", edgecolor=style.INK, zorder=4
    )
    axes.axhline(base, color=style.GREY, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
    words = f"all points: {base:.0%}"
    axes.text(0.005, base + 0.015, words, size=8.5, color=style.GREY, va="bottom")
    _count(axes, tradeoff)
    axes.set(xlim=(0, 1.05), ylim=(0, 1.08))
    axes.set_xlabel("coverage: share of the cases that lie inside")
    axes.set_ylabel("density: share of points inside that are cases")
    style.quiet(axes)
    return page.figure


def _count(axes: Axes, tradeoff: pd.DataFrame) -> None:
    """Write the number of limits where it changes along the curve, from the widest box on."""
    before = None
    row: Any
    for row in tradeoff.itertuples():
        if row.limits != before:
            axes.annotate(
                f"{row.limits} limit{'s' if row.limits > 1 else ''}",
                (row.coverage, row.density),
                xytext=(-9, 0),
                textcoords="offset points",
                ha="right",
                va="center",
                size=8.5,
                color=style.INK,
            )
        before = row.limits


def draw_limits(told: str, limits: pd.DataFrame, attrs: Mapping[Any, Any]) -> Figure:
    """Draw each limited setting as a bar over the range tried."""
    names = listed([setting_label(str(name)) for name in limits["setting"]])
    page = style.sheet(
        width=9.5,
        height=0.75 * len(limits) + 0.7,
        title=f"{sentence(told)} depends on {names}",
        note=LIMITS,
        attrs=attrs,
    )
    axes = page.figure.add_subplot(page.figure.add_gridspec(1, 1, **page.area(2.4, 0.6))[0])
    rows = limits.iloc[::-1].reset_index(drop=True)
    for place in range(len(rows)):
        axes.barh(place, 1.0, height=0.34, color=style.PALE)
        row = dict(rows.loc[place])
        if isinstance(row.get("kept"), str):
            _choices(axes, place, row)
        else:
            _range(axes, place, row)
    axes.set_yticks(
        range(len(rows)), [setting_label(str(name)) for name in rows["setting"]], color=style.INK
    )
    axes.set(xlim=(-0.02, 1.02), ylim=(-0.7, len(rows) - 0.3))
    ranges = "least" in rows and rows["least"].notna().any()
    axes.set_xticks([0, 0.5, 1], ["least tried", "middle", "most tried"] if ranges else [""] * 3)
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(length=0)
    axes.spines["left"].set_visible(False)
    return page.figure


def _range(axes: Axes, place: int, row: Mapping[Any, Any]) -> None:
    least, scale = row["least"], row["most"] - row["least"]
    low = 0.0 if np.isnan(row["low"]) else (row["low"] - least) / scale
    high = 1.0 if np.isnan(row["high"]) else (row["high"] - least) / scale
    axes.barh(place, high - low, left=low, height=0.34, color=style.BLUE)
    for side, at in (("low", low), ("high", high)):
        if np.isnan(row[side]):
            continue
        words = f"{row[side]:.3g} ({row[f'again_{side}']:.0%})"
        ends = [(row[f"{side}_{end}"] - least) / scale for end in ("from", "to")]
        axes.plot(ends, [place + 0.27] * 2, color=style.INK, linewidth=1.4, marker="|")
        axes.text(at, place - 0.22, words, ha="center", va="top", size=8.5, color=style.INK)


def _choices(axes: Axes, place: int, row: Mapping[Any, Any]) -> None:
    every, kept = str(row["choices"]).split(), set(str(row["kept"]).split())
    every = sorted(every, key=lambda name: name not in kept)
    for at, name in enumerate(every):
        colour = style.BLUE if name in kept else style.PALE
        left, wide = at / len(every), 1.0 / len(every)
        axes.barh(place, wide - 0.01, left=left, height=0.34, color=colour)
        axes.text(
            left + wide / 2,
            place,
            name.replace("_", " "),
            ha="center",
            va="center",
            size=8,
            color="white" if name in kept else style.GREY,
        )
    again = f"{', '.join(sorted(kept)).replace('_', ' ')} ({row['again_low']:.0%})"
    axes.text(0.0, place - 0.22, again, ha="left", va="top", size=8.5, color=style.INK)
