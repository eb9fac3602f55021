"""Who leaves the hedging band, and how often? A map of two levers for each state: the share of its runs that leave."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.image import AxesImage

from sim.axes import STATE
from sim.plots import style
from sim.plots.levers import called, label
from sim.plots.text import state_names, the
from sim.studies.sweep.figures.effects import LEAVING
from sim.studies.sweep.figures.grid import (
    POINT,
    REPLICATE,
    Grid,
    grid_positions,
    name_axes,
    set_ticks,
    varied_names,
)

COLUMNS = 5
LEAST = 0.005  # share of runs: smaller ranges are called none
HUES = "cividis"


def shares(outcomes: xr.Dataset, state: str) -> Grid:
    """Share of one state's runs that leave the band for three years or more, (point,)."""
    left = outcomes[LEAVING].sel({STATE: state}).transpose(POINT, REPLICATE)
    return np.asarray(left.notnull().mean(REPLICATE).values, dtype=float)


def title(found: Mapping[str, Grid], names: Mapping[str, str], levers: tuple[str, str]) -> str:
    """Say in which state the share of runs that leave differs most over the map.

    Parameters
    ----------
    found : state -> (point,) shares, 0 to 1. names : of the states. levers : what they are called.
    """
    wide = {code: float(np.ptp(values)) for code, values in found.items()}
    code = max(wide, key=lambda each: wide[each])
    ranges = f"as {levers[0]} and {levers[1]} vary"
    if wide[code] < LEAST:
        return f"In no state does the share of runs that leave the hedging band change {ranges}"
    low, high = (100 * float(end) for end in (found[code].min(), found[code].max()))
    leave = "leave" if code == "PHL" else "leaves"
    name = the(names[code])
    return (
        f"{name[:1].upper()}{name[1:]} {leave} the hedging band in {low:.0f} to {high:.0f} % of runs {ranges}; "
        "no other state's share differs as much"
    )


def draw(outcomes: xr.Dataset) -> Figure:
    """One small map a state, all in the same colours from none to all runs."""
    across, up = varied_names(outcomes)
    states = [str(code) for code in outcomes[STATE].values]
    found = {code: shares(outcomes, code) for code in states}
    named = state_names(outcomes)
    rows = -(-len(states) // COLUMNS)
    page = style.sheet(
        width=12.5,
        height=2.35 * rows + 0.75,
        title=title(found, named, (called(across), called(up))),
        note=f"Colour: share of {outcomes.sizes[REPLICATE]} runs in which alignment stays outside the hedging band for three "
        "years or more, dark none, bright all. Number: its least and most on the map, %.",
        attrs=outcomes.attrs,
    )
    area = page.area(0.8, 1.1, 0.6, 0.3)
    grid = page.figure.add_gridspec(rows, COLUMNS, **area, hspace=0.45)
    for index, code in enumerate(states):
        axes = page.figure.add_subplot(grid[divmod(index, COLUMNS)])
        image = _draw_shares(axes, outcomes, (across, up), found[code])
        least, most = (f"{100 * float(end):.0f}" for end in (found[code].min(), found[code].max()))
        heading = (
            f"{named.get(code, code)}  {least}–{most}"
            if least != most
            else f"{named.get(code, code)}  {most}"
        )
        axes.set_title(heading, loc="left", size=9.5, weight="bold", color=style.INK)
    bar = page.figure.colorbar(
        image,
        cax=page.figure.add_axes(
            (1 - 0.95 / page.width, area["bottom"], 0.16 / page.width, area["top"] - area["bottom"])
        ),
    )
    bar.set_label("share of runs", size=8.5)
    bar.ax.tick_params(labelsize=7.5)
    name_axes(page, area, label(across), label(up))
    return page.figure


def _draw_shares(
    axes: Axes, outcomes: xr.Dataset, names: tuple[str, str], found: Grid
) -> AxesImage:
    xs, ys, at, rows = grid_positions(outcomes, names)
    values = np.zeros((len(ys), len(xs)))
    values[rows, at] = found
    image = axes.imshow(values, origin="lower", aspect="auto", cmap=HUES, vmin=0.0, vmax=1.0)
    set_ticks(axes, xs, ys, size=7.5)
    return image
