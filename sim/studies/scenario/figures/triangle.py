"""Between which partners? Each state's ties as a path between China, United States and Japan."""

from __future__ import annotations

from collections import Counter

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.axes import RUN
from sim.plots import style, ternary
from sim.plots.story import Story
from sim.plots.ternary import CORNERS, FAINT, STRONG
from sim.plots.text import PARTNERS, counted, listed, the

PAST = 8  # observed years drawn
MANY = 12  # states beyond which the observed years would hide the simulated


def combined_shares(history: xr.Dataset) -> xr.DataArray:
    """Combined ties with the three partners, (year, state, option), summing to one.

    Mean of security and economic ties, normalised over the three corners; mean over runs.
    """
    ties = (history["security_tie"] + history["economic_tie"]) / 2
    ties = ties.sel(option=list(CORNERS))
    ties = ties.mean(RUN) if RUN in ties.dims else ties
    total = ties.sum("option", skipna=False)
    return (ties / total.where(total > 0)).transpose("year", "state", "option")


def title(start: NDArray[np.float64], end: NDArray[np.float64], years: tuple[int, int]) -> str:
    """Say toward whom most states' ties shift: (state, option) shares, in the corners' order."""
    if years[0] == years[1]:
        return (
            f"Where do the states stand between China, the United States and Japan in {years[1]}?"
        )
    gains = [CORNERS[int(row.argmax())] for row in end - start if np.isfinite(row).all()]
    if not gains:
        return "Where do the states stand between China, the United States and Japan?"
    tally = Counter(gains)
    most = max(tally.values())
    first = [the(PARTNERS[code]) for code in CORNERS if tally[code] == most]
    if len(first) > 1:
        alike = f"as many shift most toward {listed(first)}"
        return f"From {years[0]} to {years[1]} the states' ties scatter: {alike}"
    shift = "shifts its" if most == 1 else "shift their"
    who = counted(most, len(gains))
    return f"From {years[0]} to {years[1]} {who} {shift} ties most toward {first[0]}"


def draw(story: Story) -> Figure:
    """Draw the triangle, cut to the part where the paths run, beside a small whole one."""
    if not set(CORNERS) <= {str(code) for code in story.history["option"].values}:
        return style.empty(
            "Between which partners?",
            "The triangle needs China, the United States and Japan.",
            story.history,
        )
    ties = combined_shares(story.history)
    before = PAST if len(story.states) <= MANY else 0
    ties = ties.sel(year=slice(story.start - before, None))
    ends = [ties.sel(year=year).values for year in (story.start, story.end)]
    note = (
        "Each state's ties, security and economic averaged, shared out among three partners, %. "
        f"{_legend_text(story)}The nearer to a corner, the larger that partner's share."
    )
    note += f" Mean of {story.runs} runs." if story.runs > 1 else ""
    heading = title(ends[0], ends[1], (story.start, story.end))
    page = style.sheet(width=9.5, height=7.0, title=heading, note=note, attrs=story.history.attrs)
    spot = page.area(1.3, 1.3, 0.65, 0.75)
    box = (spot["left"], spot["bottom"], spot["right"] - spot["left"], spot["top"] - spot["bottom"])
    axes = page.figure.add_axes(box, projection=ternary.PROJECTION)
    least, side = ternary.enclosing_window(ties.values)
    ternary.draw_frame(axes, least, side)
    ternary.label_ends(axes, _draw_paths(axes, story, ties), story.names)
    ternary.draw_orientation(page.figure, least, side)
    return page.figure


def _legend_text(story: Story) -> str:
    if story.start == story.end:
        return ""
    seen = f"Faint: observed, {PAST} years; strong: simulated. "
    seen = "" if story.observed_until is None or len(story.states) > MANY else seen
    return f"{seen}Ring: {story.start}; dot: {story.end}. "


def _draw_paths(axes: Axes, story: Story, ties: xr.DataArray) -> dict[str, NDArray[np.float64]]:
    """Draw all paths; return each state's simulated path in data coordinates, (year, 2)."""
    drawn: dict[str, NDArray[np.float64]] = {}
    for state in story.states:
        path = ties.sel(state=state).dropna("year")
        if not path.sizes["year"]:
            continue
        past, future = (
            path.sel(year=slice(None, story.start)),
            path.sel(year=slice(story.start, None)),
        )
        axes.plot(*past.values.T, color=FAINT, linewidth=1.0, zorder=2)
        (line,) = axes.plot(*future.values.T, color=STRONG, linewidth=1.6, zorder=3, alpha=0.85)
        axes.plot(
            *future.values[:1].T, "o", markerfacecolor="white", color=STRONG, markersize=5, zorder=4
        )
        axes.plot(*path.values[-1:].T, "o", color=STRONG, markersize=6, zorder=5)
        drawn[state] = np.asarray(line.get_xydata(), dtype=float)
    return drawn
