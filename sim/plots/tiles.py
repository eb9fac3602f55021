"""What posture does each state take? A map of equal tiles: no state is too small to be seen."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from sim.axes import RUN
from sim.plots import style
from sim.plots.story import Story, central
from sim.plots.text import counted, sentence, spell

# Column and row of each state, roughly where it lies; rows count from the north.
PLACES = {
    **{"MNG": (4, 0), "BGD": (1, 1), "MMR": (2, 1), "LAO": (3, 1), "VNM": (4, 1)},
    **{"DJI": (0, 2), "THA": (2, 2), "KHM": (3, 2), "PHL": (5, 2)},
    **{"MYS": (2, 3), "SGP": (3, 3), "BRN": (4, 3)},
    **{"IDN": (3, 4), "TLS": (4, 4), "PNG": (5, 4), "FJI": (6, 4)},
}

# Kuik's spectrum, from resisting China to following it; blue and orange part for every eye.
NAMES = (
    "balancing",
    "indirect balancing /\ndominance denial",
    "hedging",
    "economic pragmatism /\nbinding engagement",
    "limited\nbandwagoning",
    "bandwagoning",
)
NAMED = 0.84  # inches: a tile that holds a name
COLOURS = ("#08519C", "#6BAED6", "#EFEBDD", "#FDC57E", "#EC7A1C", "#8C2D04")
HEDGING = 2


def title(start: NDArray[np.float64], end: NDArray[np.float64], years: tuple[int, int]) -> str:
    """Say how many states hedge in the first and the last of `years`, (state,) posture codes."""
    before, after, total = int((start == HEDGING).sum()), int((end == HEDGING).sum()), len(end)
    verb = "hedges" if after == 1 else "hedge"
    if years[0] == years[1]:
        return sentence(f"{counted(after, total)} {verb} in {years[1]}")
    if total == 1:
        words = {(0, 0): "hedges neither in {} nor in {}", (1, 1): "hedges in {} and again in {}"}
        words |= {
            (1, 0): "hedges in {}, no longer in {}",
            (0, 1): "does not hedge in {}, but does in {}",
        }
        return f"The one state {words[before, after].format(*years)}"
    verb = "hedges" if before == 1 else "hedge"
    then = spell(after) if after else "none"
    again = f"{then} again" if before == after else then
    return sentence(f"{counted(before, total)} {verb} in {years[0]}, {again} in {years[1]}")


def places(states: list[str]) -> dict[str, tuple[int, int]]:
    """Tile of each state, moved to begin at zero; states without a place form a last row."""
    known = {state: PLACES[state] for state in states if state in PLACES}
    row = max((r for _, r in known.values()), default=-1) + 1
    left = min((c for c, _ in known.values()), default=0)
    spare = {state: (left + n, row) for n, state in enumerate(s for s in states if s not in PLACES)}
    every = {**known, **spare}
    top = min(r for _, r in every.values())
    return {state: (c - left, r - top) for state, (c, r) in every.items()}


def commonest_posture(posture: xr.DataArray) -> xr.DataArray:
    """The posture most runs take, the middle-most of equals by code; a single run's own."""
    if RUN not in posture.dims:
        return posture
    counts = xr.concat([(posture == code).sum(RUN) for code in range(len(NAMES))], dim="code")
    return counts.argmax("code").where(counts.max("code") > 0, -1)


def draw(story: Story) -> Figure:
    """Draw the map at the start, midway and at the end."""
    years = sorted({story.start, (story.start + story.end) // 2, story.end})
    posture, alignment = (
        commonest_posture(story.outcomes["posture"]),
        central(story.outcomes["alignment"]),
    )
    cells = places(story.states)
    wide, high = (max(cell[k] for cell in cells.values()) + 1 for k in (0, 1))
    tile = min(NAMED, 4.4 / wide)
    width = max(9.5, 0.6 + len(years) * (wide * tile + 0.4))
    codes = [
        np.asarray(posture.sel(year=year).values, dtype=float) for year in (story.start, story.end)
    ]
    note = (
        "Each tile is a state, placed roughly where it lies; colour: posture on Kuik's spectrum; "
        "number: alignment, 0 = China, 100 = United States."
    )
    many = f" Commonest posture and median alignment of {story.runs} runs."
    note += many if story.runs > 1 else ""
    heading = title(codes[0], codes[1], (story.start, story.end))
    page = style.sheet(
        width=width, height=high * tile + 1.5, title=heading, note=note, attrs=story.outcomes.attrs
    )
    grid = page.figure.add_gridspec(1, len(years), **page.area(0.2, 0.2, 0.85, 0.4), wspace=0.06)
    for spot, year in enumerate(years):
        axes = page.figure.add_subplot(grid[spot])
        word = (
            ""
            if story.observed_until is None
            else " (observed)"
            if year <= story.observed_until
            else " (simulated)"
        )
        axes.set_title(f"{year}{word}", size=11, weight="bold", color=style.INK)
        named = story.names if tile >= NAMED else {}
        _draw_map(axes, cells, posture.sel(year=year), alignment.sel(year=year), named)
    _draw_legend(page)
    return page.figure


def _draw_map(
    axes: Axes,
    cells: dict[str, tuple[int, int]],
    posture: xr.DataArray,
    alignment: xr.DataArray,
    names: Mapping[str, str],
) -> None:
    """Draw one map; a state without a name among `names` is called by its code."""
    for state, (column, row) in cells.items():
        code, value = float(posture.sel(state=state)), float(alignment.sel(state=state))
        known = np.isfinite(code) and 0 <= code < len(COLOURS)
        face = COLOURS[int(code)] if known else "white"
        axes.add_patch(
            Rectangle(
                (column + 0.04, row + 0.04),
                0.92,
                0.92,
                facecolor=face,
                edgecolor="#BBBBBB",
                linewidth=0.8,
            )
        )
        ink = "white" if relative_luminance(face) < 0.4 else style.INK
        axes.text(
            column + 0.5,
            row + 0.36,
            names.get(state, state),
            ha="center",
            va="center",
            size=7.5 if names else 9.5,
            weight="bold",
            color=ink,
        )
        number = f"{value:.1f}" if np.isfinite(value) else "no data"
        axes.text(column + 0.5, row + 0.69, number, ha="center", va="center", size=8.5, color=ink)
    axes.set_xlim(0, max(c for c, _ in cells.values()) + 1)
    axes.set_ylim(max(r for _, r in cells.values()) + 1, 0)
    axes.set_aspect("equal")
    axes.axis("off")


def relative_luminance(colour: str) -> float:
    """Brightness of a colour to the eye, 0 (black) to 1 (white); weights of ITU-R BT.601."""
    red, green, blue = to_rgb(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _draw_legend(page: style.Sheet) -> None:
    strip = page.figure.add_axes(
        (
            0.3 / page.width,
            (style.FOOT + 0.1) / page.height,
            1 - 0.6 / page.width,
            0.62 / page.height,
        )
    )
    for code, (name, face) in enumerate(zip(NAMES, COLOURS, strict=True)):
        strip.add_patch(
            Rectangle((code, 0.66), 0.97, 0.34, facecolor=face, edgecolor="#BBBBBB", linewidth=0.8)
        )
        strip.text(
            code + 0.485,
            0.56,
            name,
            ha="center",
            va="top",
            size=8,
            color=style.INK,
            linespacing=1.1,
        )
    for x, word, side in ((0.05, "resists China", "left"), (5.92, "follows China", "right")):
        strip.text(x, 0.83, word, ha=side, va="center", size=8, color="white")
    strip.set_xlim(0, len(NAMES))
    strip.set_ylim(0, 1)
    strip.axis("off")
