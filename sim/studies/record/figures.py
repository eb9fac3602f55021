"""Ten small panels: security alignment by the old ruler and by the ladder of agreements, with the acts that moved it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.plots import style
from sim.provenance import version
from sim.studies.record.analysis import acts_of
from sim.world.roster import names

ACROSS = 5
LOW, HIGH = 10.0, 95.0
APART = 3.0  # points between an act's mark and the line, or the mark before
NOTE = (
    "0 = China, 100 = the United States. Solid: arms, bonds in use and the ladder of agreements. Dashed: the ruler before, in "
    "which the highest partnership ever declared stayed. Triangles: security acts by the state or both, up and down, by "
    "partner; larger for steps of two. Shaded: the hedging band."
)


def title(before: pd.DataFrame, after: pd.DataFrame) -> str:
    """Say how far the ten states moved on average by each ruler."""
    old, new = (float((s.iloc[-1] - s.iloc[0]).mean()) for s in (before, after))
    moved = (
        f"{new:+.0f}".replace("-", "\N{MINUS SIGN}"),
        f"{old:+.0f}".replace("-", "\N{MINUS SIGN}"),
    )
    return (
        f"Read off dated agreements, security alignment moved {moved[0]} points on average from {after.index[0]} to "
        f"{after.index[-1]}, not {moved[1]}"
    )


def draw_record(
    folder: Path,
    before: pd.DataFrame,
    after: pd.DataFrame,
    world: xr.Dataset,
    band: tuple[float, float],
) -> None:
    """Draw a panel a state and save it.

    Parameters
    ----------
    folder : where to. before, after : year by state. world : the record, for the acts. band : of hedging.
    """
    with style.context():
        style.save(draw(before, after, world, band), folder, "record")


def draw(
    before: pd.DataFrame, after: pd.DataFrame, world: xr.Dataset, band: tuple[float, float]
) -> Figure:
    """Draw a panel a state: both readings, and the acts along today's."""
    attrs = {"footer": f"The observed record · Straits {version()}"}
    page = style.sheet(width=13.0, height=6.2, title=title(before, after), note=NOTE, attrs=attrs)
    rows = -(-len(after.columns) // ACROSS)
    panels = page.figure.subplots(
        rows,
        ACROSS,
        sharex=True,
        sharey=True,
        squeeze=False,
        gridspec_kw={"hspace": 0.22, "wspace": 0.08, **page.area(0.75, 0.25, 0.75, 0.35)},
    )
    labels = names(list(after.columns))
    for axes, state in zip(panels.flat, after.columns, strict=False):
        _panel(axes, before[state], after[state], acts_of(world, str(state)), band)
        axes.set_title(labels[str(state)], fontsize=10, loc="left", color=style.INK)
    for axes in panels[:, 0]:
        axes.set_ylabel("security alignment\n(points)")
    page.figure.legend(
        handles=_legend(world),
        loc="lower center",
        ncol=7,
        frameon=False,
        fontsize=8.5,
        bbox_to_anchor=(0.5, 0.30 / page.height),
    )
    return page.figure


def _panel(
    axes: Axes,
    before: pd.Series,
    after: pd.Series,
    acts: Sequence[tuple[int, str, float]],
    band: tuple[float, float],
) -> None:
    axes.axhspan(*band, color=style.BAND, zorder=0)
    axes.plot(before, color=style.GREY, linestyle=(0, (3, 2)), linewidth=1.3)
    axes.plot(after, color=style.INK, linewidth=1.7)
    taken: dict[tuple[int, bool], int] = {}
    for year, partner, steps in acts:
        up = steps > 0.0
        rank = taken[year, up] = taken.get((year, up), 0) + 1
        axes.plot(
            year,
            after[year] + (rank if up else -rank) * APART,
            marker="^" if up else "v",
            color=style.OF_PARTNER[partner],
            markersize=3.6 + 1.4 * abs(steps),
            markeredgewidth=0,
        )
    style.quiet(axes)
    axes.set_ylim(LOW, HIGH)
    axes.set_xticks(np.arange(2000, 2024, 5))


def _legend(world: xr.Dataset) -> list[Line2D]:
    lines = [
        Line2D([], [], color=style.INK, linewidth=1.7, label="ladder of agreements"),
        Line2D([], [], color=style.GREY, linestyle=(0, (3, 2)), label="ruler before"),
    ]
    partners = names([str(code) for code in world["partner"].values])
    marks = [
        Line2D(
            [], [], linestyle="", marker="^", color=style.OF_PARTNER[code], label=f"act with {name}"
        )
        for code, name in partners.items()
    ]
    down = Line2D([], [], linestyle="", marker="v", color=style.GREY, label="step down")
    return [*lines, *marks, down]
