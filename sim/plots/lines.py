"""What the charts over the years share: hinge, hedging band, bands of runs, labels at the ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FixedLocator, MaxNLocator

from sim.axes import RUN
from sim.plots import style
from sim.plots.labels import dodge
from sim.plots.story import Story, central, quantile


@dataclass(frozen=True)
class End:
    """What is written at the end of one line."""

    value: float
    text: str
    colour: str


def frame_years(axes: Axes, story: Story, first: int | None = None, *, words: bool = True) -> None:
    """Set the year axis and mark where observation ends and simulation begins."""
    begin = max(int(story.years[0]), first or 0)
    begin = min(begin, story.end)
    axes.set_xlim(begin - (begin == story.end), story.end)
    several = MaxNLocator(integer=True, nbins=5, steps=[1, 2, 5, 10])
    axes.xaxis.set_major_locator(FixedLocator([begin]) if begin == story.end else several)
    style.quiet(axes)
    last = story.observed_until
    if last is not None and begin <= last < story.end:
        _mark_hinge(axes, last + 0.5, (last + 0.5 - begin) / (story.end - begin) if words else None)


def _mark_hinge(axes: Axes, year: float, past: float | None) -> None:
    """Mark the hinge; `past` is the observed part of the axis, 0 to 1, None for no words."""
    axes.axvline(year, color=style.GREY, linewidth=0.9, linestyle=(0, (1, 2)))
    if past is None:
        return
    look: dict[str, Any] = {"size": 7.5, "color": style.GREY, "va": "bottom"}
    look |= {"xycoords": axes.get_xaxis_transform(), "textcoords": "offset points"}
    if past > 0.2:
        axes.annotate("observed", (year, 1.01), xytext=(-5, 0), ha="right", **look)
    if past < 0.8:
        axes.annotate("simulated", (year, 1.01), xytext=(5, 0), ha="left", **look)


def hedging_band(axes: Axes, story: Story, beside: xr.DataArray | None = None) -> None:
    """Shade the hedging band, and say so where the fewest of the lines drawn `beside` pass."""
    low, high = story.band
    axes.axhspan(low, high, color=style.BAND, zorder=0, linewidth=0)
    if beside is None:
        return
    begin, end = axes.get_xlim()
    wide, tall = 0.17 * (end - begin), 0.035 * float(np.diff(axes.get_ylim())[0])
    spots = [(x, y) for y in (high - tall, low) for x in np.linspace(begin, end - wide, 24)]
    position = min(spots, key=lambda spot: _crossing_count(beside, spot, wide, tall))
    axes.text(
        position[0] + wide / 2,
        position[1] + tall / 2,
        f"hedging band {low:g}–{high:g}",
        ha="center",
        va="center",
        size=8,
        color="#6B5D2A",
        zorder=5,
        path_effects=[withStroke(linewidth=2.5, foreground=style.BAND)],
    )


def _crossing_count(
    values: xr.DataArray, spot: tuple[float, float], wide: float, tall: float
) -> int:
    years = values["year"].values
    fine = np.linspace(spot[0], spot[0] + wide, 9)
    part = values.interp(year=fine) if len(years) > 1 else values
    return int(((part > spot[1] - 0.3 * tall) & (part < spot[1] + 1.3 * tall)).sum())


def course(
    axes: Axes, values: xr.DataArray, colour: str, *, width: float = 1.8, marker: str = ""
) -> None:
    """Draw one course, (year,) or (run, year): the median, and bands where there are runs."""
    years, middle = values["year"].values, central(values)
    if RUN in values.dims:
        for low, high, alpha in ((0.05, 0.95, 0.15), (0.25, 0.75, 0.28)):
            bottom, top = quantile(values, low).values, quantile(values, high).values
            axes.fill_between(years, bottom, top, color=colour, alpha=alpha, linewidth=0)
    look: dict[str, Any] = {"marker": marker, "markersize": 4, "markevery": 3} if marker else {}
    axes.plot(years, middle.values, color=colour, linewidth=width, solid_capstyle="round", **look)
    axes.plot(
        years[-1:], middle.values[-1:], marker or "o", color=colour, markersize=3.5, clip_on=False
    )


def baseline_course(axes: Axes, story: Story, name: str, colour: str, state: str = "") -> None:
    """Draw the baseline's course, if any, dashed from the start on: before it the past is one."""
    values = story.of_baseline(name)
    if values is None:
        return
    middle = central(values.sel(state=state) if state else values).sel(
        year=slice(story.start, None)
    )
    look: dict[str, Any] = {"color": colour, "linewidth": 1.1, "alpha": 0.85}
    look |= {"marker": "_"} if middle.sizes["year"] == 1 else {}
    axes.plot(middle["year"].values, middle.values, linestyle=(0, (4, 2)), **look)


def span(
    axes: Axes, *values: xr.DataArray | None, around: Sequence[float] = (), floor: float = 1.0
) -> None:
    """Fit the value axis around all that is drawn, with a little air, at least `floor` high."""
    parts = [np.asarray(v.values, dtype=float).ravel() for v in values if v is not None]
    every = np.concatenate([*parts, np.asarray(around, dtype=float)])
    every = every[np.isfinite(every)]
    low, high = (float(every.min()), float(every.max())) if every.size else (0.0, floor)
    lack = max(0.0, floor - (high - low)) / 2
    air = 0.05 * max(high - low, floor)
    axes.set_ylim(low - lack - air, high + lack + air)


def label_ends(axes: Axes, ends: Sequence[End], *, size: float = 8.5) -> None:
    """Write each line's label beside its end, moved apart until none covers another.

    The limits of the value axis must be set before.
    """
    ends = [end for end in ends if np.isfinite(end.value)]
    low, high = axes.get_ylim()
    box = axes.get_position()
    points = box.height * float(axes.figure.get_size_inches()[1]) * 72.0  # type: ignore[union-attr]
    gap = 1.32 * size * (high - low) / points
    placed = dodge(np.array([end.value for end in ends]), gap=gap, low=low, high=high)
    inches = box.width * float(axes.figure.get_size_inches()[0])  # type: ignore[union-attr]
    near, far = 1 + 0.05 / inches, 1 + 0.2 / inches
    for end, height in zip(ends, placed, strict=True):
        look: dict[str, Any] = {
            "transform": axes.get_yaxis_transform(),
            "color": end.colour,
            "clip_on": False,
        }
        axes.plot([near, far], [end.value, height], linewidth=0.7, alpha=0.7, **look)
        axes.text(far + 0.04 / inches, height, end.text, va="center", size=size, **look)
