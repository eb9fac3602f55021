"""The grid of a sweep of two levers: where each point stands, and how the maps over it are named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from numpy.typing import NDArray

from sim.plots import style
from sim.plots.levers import evenly_spaced, said

POINT, REPLICATE = "point", "replicate"
MOST_TICKS = 5
Grid = NDArray[np.float64]


def varied_names(outcomes: xr.Dataset) -> list[str]:
    """Names of the numbers that a sweep varied, in its order, those with more than one value."""
    names = [str(name) for name, at in outcomes.coords.items() if at.dims == (POINT,)]
    return [n for n in names if outcomes[n].dtype.kind == "f" and np.unique(outcomes[n]).size > 1]


def is_grid(outcomes: xr.Dataset) -> bool:
    """Whether two numbers, and nothing else, were varied over a full grid."""
    names = varied_names(outcomes)
    if len(names) != 2:
        return False
    cells = np.unique(outcomes[names[0]]).size * np.unique(outcomes[names[1]]).size
    return cells == outcomes.sizes[POINT]


def grid_positions(outcomes: xr.Dataset, names: tuple[str, str]) -> tuple[Any, ...]:
    """Values of both levers, and column and row of each point."""
    result: list[Any] = []
    for name in names:
        result += np.unique(outcomes[name].values, return_inverse=True)
    return result[0], result[2], result[1], result[3]


def set_ticks(axes: Axes, xs: Grid, ys: Grid, *, size: float) -> None:
    """Write the levers' values below and beside the middles of their cells, however they are spaced."""
    for values, set_them in ((xs, axes.set_xticks), (ys, axes.set_yticks)):
        places = evenly_spaced(range(len(values)), MOST_TICKS)
        set_them(places, [said(float(values[position])) for position in places])
    axes.tick_params(length=2, labelsize=size)


def name_axes(
    page: style.Sheet, area: Mapping[str, float], across: str, up: str, bottom: float = 0.05
) -> None:
    """Name both levers once for all maps.

    Parameters
    ----------
    area : of the maps, from `Sheet.area`. bottom : inches between the footer and the lower name.
    """
    look: dict[str, Any] = {"size": 9, "color": style.INK}
    low = (style.FOOT + bottom) / page.height
    page.figure.text(0.5, low, across, ha="center", va="bottom", **look)
    middle = 0.5 * (area["bottom"] + area["top"])
    page.figure.text(0.2 / page.width, middle, up, ha="left", va="center", rotation=90, **look)
