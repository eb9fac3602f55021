"""Where does each state's posture change? A phase map of two levers, and what they move for Japan.

A cell shows the posture most runs end in, paler the fewer runs agree; a dot marks cells on an uncertain boundary, where
another draw of the same number of runs could well show another posture (bootstrap over replicates).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from sim.axes import STATE
from sim.outcomes.definitions import OUTCOMES
from sim.plots import style
from sim.plots.levers import called, evenly_spaced, label, said
from sim.plots.text import counted, sentence, signed, state_names
from sim.plots.tiles import COLOURS, NAMES
from sim.statistics import mean_interval

POINT, REPLICATE = "point", "replicate"
RESAMPLES, SURE = 200, 0.95  # a posture is sure where it leads in this share of resamples
COLUMNS, MOST_TICKS = 5, 5
SHADED = ("alignment", "pressure", "deterrence", "sea_lanes")
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


def leading_postures(
    codes: NDArray[np.int64], kinds: int, seed: int = 0
) -> tuple[Grid, Grid, Grid]:
    """The leading code of each point, the share of runs in it, and how surely it leads.

    Parameters
    ----------
    codes : (point, replicate) whole numbers from 0. kinds : number of codes. seed : of the resampling.

    Returns
    -------
    Three arrays (point,): the code; its share, 0 to 1; the share of resamples in which it leads.

    >>> [x.tolist() for x in leading_postures(np.array([[2, 2, 2], [1, 1, 1]]), 3)]
    [[2, 1], [1.0, 1.0], [1.0, 1.0]]
    """
    counts = np.stack([(codes == kind).sum(axis=1) for kind in range(kinds)], axis=-1)
    lead = counts.argmax(axis=-1)
    runs = codes.shape[1]
    shares = counts / runs
    chance = np.random.default_rng(seed)
    drawn = np.stack([chance.multinomial(runs, share, RESAMPLES) for share in shares])
    surely = (drawn.argmax(axis=-1) == lead[:, np.newaxis]).mean(axis=1)
    return lead, shares[np.arange(len(lead)), lead], surely


def title(changes: int, total: int, names: tuple[str, str]) -> str:
    """Say how many states' leading posture changes anywhere on the map."""
    ranges = f"as {names[0]} and {names[1]} vary"
    if not changes:
        return f"No state ends in another posture {ranges}"
    verb = "ends" if changes == 1 else "end"
    return sentence(f"{counted(changes, total)} {verb} in another posture somewhere {ranges}")


def draw_postures(outcomes: xr.Dataset) -> Figure:
    """One small map a state: the posture most runs end in, over the two levers."""
    across, up = varied_names(outcomes)
    states = [str(code) for code in outcomes[STATE].values]
    maps = {code: _posture_grids(outcomes, code) for code in states}
    changes = sum(np.unique(lead).size > 1 for lead, _, _ in maps.values())
    note = (
        f"Colour: the posture most of {outcomes.sizes[REPLICATE]} runs end in, paler the fewer agree. "
        "Dot: on an uncertain boundary (that posture leads in less than 95 % of resamples of the runs)."
    )
    rows = -(-len(states) // COLUMNS)
    page = style.sheet(
        width=12.5,
        height=2.35 * rows + 1.05,
        title=title(changes, len(states), (called(across), called(up))),
        note=note,
        attrs=outcomes.attrs,
    )
    area = page.area(0.8, 0.2, 1.5, 0.3)
    grid = page.figure.add_gridspec(rows, COLUMNS, **area, hspace=0.45)
    named = state_names(outcomes)
    for index, code in enumerate(states):
        axes = page.figure.add_subplot(grid[divmod(index, COLUMNS)])
        _draw_cells(axes, outcomes, (across, up), maps[code])
        axes.set_title(named.get(code, code), loc="left", size=10, weight="bold", color=style.INK)
    _name_axes(page, area, label(across), label(up), bottom=0.85)
    _draw_legend(page, {int(code) for lead, _, _ in maps.values() for code in np.unique(lead)})
    return page.figure


def draw_effects(outcomes: xr.Dataset) -> Figure:
    """Four maps of mean differences, run by run, from the corner where both levers are lowest."""
    across, up = varied_names(outcomes)
    result = {name: _difference(outcomes, name, (across, up)) for name in SHADED}
    reach = result["deterrence"][0]
    low, high = (signed(float(end), 0) for end in (reach.min(), reach.max()))
    page = style.sheet(
        width=12.5,
        height=3.6,
        title=f"As {called(across)} and {called(up)} vary, Japan's deterrence score moves by {low} to {high} points",
        note="Mean difference from the lower left corner, run by run with common random numbers. "
        "Hatched: not told from zero (95 % paired interval).",
        attrs=outcomes.attrs,
    )
    area = page.area(0.8, 0.75, 0.6, 0.4)
    grid = page.figure.add_gridspec(1, len(SHADED), **area, wspace=0.6)
    for index, name in enumerate(SHADED):
        outcome = OUTCOMES[name]
        heading = f"{outcome.label}, states' mean" if outcome.of == STATE else outcome.label
        axes = page.figure.add_subplot(grid[index])
        _draw_shades(axes, page.figure, outcomes, (across, up), result[name], outcome.scale)
        axes.set_title(heading, loc="left", size=9.5, weight="bold", color=style.INK)
    _name_axes(page, area, label(across), label(up))
    return page.figure


def _name_axes(
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


def _posture_grids(outcomes: xr.Dataset, code: str) -> tuple[Grid, Grid, Grid]:
    codes = outcomes["posture"].sel({STATE: code}).transpose(POINT, REPLICATE).values
    return leading_postures(codes.astype(int), len(NAMES))


def _grid_positions(outcomes: xr.Dataset, names: tuple[str, str]) -> tuple[Any, ...]:
    """Values of both levers, and column and row of each point."""
    result: list[Any] = []
    for name in names:
        result += np.unique(outcomes[name].values, return_inverse=True)
    return result[0], result[2], result[1], result[3]


def _draw_cells(
    axes: Axes, outcomes: xr.Dataset, names: tuple[str, str], found: tuple[Grid, Grid, Grid]
) -> None:
    xs, ys, columns, rows = _grid_positions(outcomes, names)
    shown = np.ones((len(ys), len(xs), 3))
    for index, (code, share, _) in enumerate(zip(*found, strict=True)):
        face = np.array(to_rgb(COLOURS[int(code)]))
        shown[rows[index], columns[index]] = 1.0 - (1.0 - face) * (0.25 + 0.75 * share)
    axes.imshow(shown, origin="lower", aspect="auto")
    unsure = found[2] < SURE
    axes.plot(columns[unsure], rows[unsure], "o", color=style.INK, markersize=2.5)
    _set_ticks(axes, xs, ys, size=7.5)


def _set_ticks(axes: Axes, xs: Grid, ys: Grid, *, size: float) -> None:
    """Write the levers' values below and beside the middles of their cells, however they are spaced."""
    for values, set_ticks in ((xs, axes.set_xticks), (ys, axes.set_yticks)):
        places = evenly_spaced(range(len(values)), MOST_TICKS)
        set_ticks(places, [said(float(values[position])) for position in places])
    axes.tick_params(length=2, labelsize=size)


def _difference(outcomes: xr.Dataset, name: str, names: tuple[str, str]) -> tuple[Grid, Grid]:
    values = outcomes[name]
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
    xs, ys, columns, rows = _grid_positions(outcomes, names)
    shown, unsure = np.zeros((len(ys), len(xs))), np.zeros((len(ys), len(xs)))
    shown[rows, columns] = found[0]
    unsure[rows, columns] = np.abs(found[0]) <= found[1]
    most = max(float(np.abs(shown).max()), 1e-9)
    image = axes.imshow(shown, origin="lower", aspect="auto", cmap="PuOr", vmin=-most, vmax=most)
    for row, column in zip(*np.nonzero(unsure), strict=True):
        corner = (column - 0.5, row - 0.5)
        axes.add_patch(Rectangle(corner, 1.0, 1.0, fill=False, hatch="////", linewidth=0))
    bar = figure.colorbar(image, ax=axes, orientation="vertical", fraction=0.06, pad=0.04)
    bar.set_label(unit, size=8)
    bar.ax.tick_params(labelsize=7.5)
    _set_ticks(axes, xs, ys, size=8)


def _draw_legend(page: style.Sheet, codes: set[int]) -> None:
    axes = page.figure.add_axes((0.05, (style.FOOT + 0.12) / page.height, 0.9, 0.55 / page.height))
    axes.set(xlim=(0, len(NAMES)), ylim=(0, 1))
    axes.axis("off")
    for code in sorted(codes):
        axes.barh(
            0.82, 0.92, 0.3, left=code, color=COLOURS[code], edgecolor=style.GREY, linewidth=0.6
        )
        axes.text(code + 0.46, 0.55, NAMES[code], ha="center", va="top", size=8.5, color=style.INK)
