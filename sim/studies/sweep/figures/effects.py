"""What do two levers move? Maps of mean differences: opinion, stance, steps, capacity, alignment, and who leaves the band."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.axes import STATE
from sim.outcomes.definitions import columns
from sim.outcomes.outcome import Column
from sim.plots import style
from sim.plots.levers import called, label
from sim.plots.text import listed, signed
from sim.statistics import mean_interval
from sim.studies.sweep.figures.grid import (
    POINT,
    REPLICATE,
    Grid,
    grid_positions,
    name_axes,
    set_ticks,
    varied_names,
)

LEAVING = "left_band"  # a date, drawn as the share of runs that come to it
SHADED = (  # those that the sweep kept are drawn, in this order
    *("trust_china", "alignment_posture", "acts_down_china", "acts_up_united_states"),
    *("capacity", "alignment", LEAVING, "sea_lanes"),
)
TITLED = ("capacity", "trust_china", "alignment")  # the first two that are there are in the title
ACROSS = 4
WORDS = {LEAVING: ("Share of runs that leave the band", "0 to 1")}


def shown(outcomes: xr.Dataset) -> list[str]:
    """Name what is drawn of what was kept."""
    return [name for name in SHADED if name in outcomes]


def title(ends: dict[str, tuple[float, float]], levers: tuple[str, str]) -> str:
    """Say what each lever moves over its range, alone; the other stands at its lowest.

    Parameters
    ----------
    ends : outcome -> its change along the first lever, and along the second. levers : what they are called.
    """
    said = [
        listed([f"{_word(name)} by {_change(name, ends[name][place])}" for name in ends])
        for place in (0, 1)
    ]
    return f"Over its range {levers[0]} moves {said[0]}; {levers[1]} moves {said[1]}"


def draw_effects(outcomes: xr.Dataset) -> Figure:
    """Maps of mean differences, run by run, from the corner where both levers are lowest."""
    across, up = varied_names(outcomes)
    result = {name: difference(outcomes, name, (across, up)) for name in shown(outcomes)}
    _, _, at, rows = grid_positions(outcomes, (across, up))
    corners = [int(np.lexsort((rows, -at))[0]), int(np.lexsort((at, -rows))[0])]
    titled = [name for name in TITLED if name in result][:2] or list(result)[:2]
    ends = {
        name: (float(result[name][0][corners[0]]), float(result[name][0][corners[1]]))
        for name in titled
    }
    down = -(-len(result) // ACROSS)
    page = style.sheet(
        width=12.5,
        height=1.15 + 2.55 * down,
        title=title(ends, (called(across), called(up))),
        note="Mean difference from the lower left corner, run by run with common random numbers; of states, their mean. "
        "Hatched: not distinguishable from zero (95 % paired interval).",
        attrs=outcomes.attrs,
    )
    area = page.area(0.8, 0.85, 0.6, 0.4)
    grid = page.figure.add_gridspec(down, ACROSS, **area, wspace=0.75, hspace=0.42)
    for index, name in enumerate(result):
        axes = page.figure.add_subplot(grid[divmod(index, ACROSS)])
        _draw_shades(axes, page.figure, outcomes, (across, up), result[name], _unit(name))
        axes.set_title(_heading(name), loc="left", size=9, weight="bold", color=style.INK)
    name_axes(page, area, label(across), label(up))
    return page.figure


def _column(name: str) -> Column:
    return columns()[name]


def _heading(name: str) -> str:
    return WORDS[name][0] if name in WORDS else _column(name).label


def _word(name: str) -> str:
    heading = _heading(name)
    return heading[:1].lower() + heading[1:]


def _unit(name: str) -> str:
    if name in WORDS:
        return WORDS[name][1]
    return "0 to 1" if _column(name).unit == "1" else _column(name).unit


def _change(name: str, value: float) -> str:
    unit = "" if name in WORDS or _column(name).unit == "1" else f" {_column(name).unit}"
    return f"{signed(value, 1 if unit == ' points' else 2)}{unit}"


def difference(outcomes: xr.Dataset, name: str, names: tuple[str, str]) -> tuple[Grid, Grid]:
    """Mean difference of each point from the lowest corner, run by run, and half of its 95 % interval, (point,)."""
    values = outcomes[name]
    if name == LEAVING:
        values = values.notnull().where(outcomes["alignment"].notnull())
    if STATE in values.dims:
        values = values.mean(STATE)
    runs = values.transpose(POINT, REPLICATE).values.astype(float)
    corner = int(np.lexsort((outcomes[names[0]].values, outcomes[names[1]].values))[0])
    return mean_interval(runs - runs[corner])


def _draw_shades(
    axes: Axes,
    figure: Figure,
    outcomes: xr.Dataset,
    names: tuple[str, str],
    found: tuple[Grid, Grid],
    unit: str,
) -> None:
    xs, ys, across, rows = grid_positions(outcomes, names)
    values, unsure = np.zeros((len(ys), len(xs))), np.zeros((len(ys), len(xs)))
    values[rows, across] = found[0]
    unsure[rows, across] = np.abs(found[0]) <= found[1]
    most = max(float(np.abs(values).max()), 1e-9)
    image = axes.imshow(values, origin="lower", aspect="auto", cmap="PuOr", vmin=-most, vmax=most)
    for row, column in zip(*np.nonzero(unsure), strict=True):
        corner = (column - 0.5, row - 0.5)
        axes.add_patch(Rectangle(corner, 1.0, 1.0, fill=False, hatch="////", linewidth=0))
    bar = figure.colorbar(image, ax=axes, orientation="vertical", fraction=0.06, pad=0.04)
    bar.set_label(unit, size=8)
    bar.ax.tick_params(labelsize=7.5)
    set_ticks(axes, xs, ys, size=8)
