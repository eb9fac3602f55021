"""Where does each state's posture change? A phase map of two levers.

A cell shows the posture most runs end in, paler the fewer runs agree; a dot marks cells on an uncertain boundary, where
another draw of the same number of runs could well show another posture (bootstrap over replicates).
"""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.axes import STATE
from sim.plots import style
from sim.plots.levers import called, label
from sim.plots.text import counted, sentence, state_names
from sim.plots.tiles import COLOURS, NAMES
from sim.studies.sweep.figures.grid import (
    POINT,
    REPLICATE,
    Grid,
    grid_positions,
    name_axes,
    set_ticks,
    varied_names,
)

RESAMPLES, SURE = 200, 0.95  # a posture is sure where it leads in this share of resamples
COLUMNS = 5


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
    name_axes(page, area, label(across), label(up), bottom=0.85)
    _draw_legend(page, {int(code) for lead, _, _ in maps.values() for code in np.unique(lead)})
    return page.figure


def _posture_grids(outcomes: xr.Dataset, code: str) -> tuple[Grid, Grid, Grid]:
    codes = outcomes["posture"].sel({STATE: code}).transpose(POINT, REPLICATE).values
    return leading_postures(codes.astype(int), len(NAMES))


def _draw_cells(
    axes: Axes, outcomes: xr.Dataset, names: tuple[str, str], found: tuple[Grid, Grid, Grid]
) -> None:
    xs, ys, columns, rows = grid_positions(outcomes, names)
    shown = np.ones((len(ys), len(xs), 3))
    for index, (code, share, _) in enumerate(zip(*found, strict=True)):
        face = np.array(to_rgb(COLOURS[int(code)]))
        shown[rows[index], columns[index]] = 1.0 - (1.0 - face) * (0.25 + 0.75 * share)
    axes.imshow(shown, origin="lower", aspect="auto")
    unsure = found[2] < SURE
    axes.plot(columns[unsure], rows[unsure], "o", color=style.INK, markersize=2.5)
    set_ticks(axes, xs, ys, size=7.5)


def _draw_legend(page: style.Sheet, codes: set[int]) -> None:
    axes = page.figure.add_axes((0.05, (style.FOOT + 0.12) / page.height, 0.9, 0.55 / page.height))
    axes.set(xlim=(0, len(NAMES)), ylim=(0, 1))
    axes.axis("off")
    for code in sorted(codes):
        axes.barh(
            0.82, 0.92, 0.3, left=code, color=COLOURS[code], edgecolor=style.GREY, linewidth=0.6
        )
        axes.text(code + 0.46, 0.55, NAMES[code], ha="center", va="top", size=8.5, color=style.INK)
