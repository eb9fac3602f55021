"""The key of a comparison, and what each choice means for the region as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import xarray as xr
from matplotlib.axes import Axes

from sim.outcomes.definitions import OUTCOMES
from sim.plots import style
from sim.plots.story import central
from sim.plots.text import signed
from sim.plots.tiles import HEDGING

Outcomes = Mapping[str, xr.Dataset]


def _two_lines(name: str) -> str:
    outcome = OUTCOMES[name]
    return outcome.word.replace(" of ", "\nof ") + f"\n({outcome.low:g}–{outcome.high:g})"


SCALES: dict[str, tuple[str, Callable[[xr.Dataset], xr.DataArray]]] = {
    "autonomy": (f"mean\n{_two_lines('autonomy')}", lambda d: d["autonomy"].mean("state")),
    "cohesion": (_two_lines("cohesion"), lambda d: d["cohesion"]),
    "hedging": ("hedging\nstates", lambda d: (d["posture"] == HEDGING).sum("state")),
    "deterrence": (_two_lines("deterrence"), lambda d: d["deterrence"]),
    "sea_lanes": (_two_lines("sea_lanes"), lambda d: d["sea_lanes"]),
}
# Decimals of a level and of a difference.
DIGITS = {
    "autonomy": (2, 2),
    "cohesion": (2, 2),
    "hedging": (0, 0),
    "deterrence": (0, 1),
    "sea_lanes": (0, 1),
}


def region_table(
    axes: Axes, outcomes: Outcomes, looks: Mapping[str, tuple[str, str]], baseline: str
) -> None:
    """Write one row a choice: its mark, its name, the region's outcomes, the difference below."""
    axes.set_title(
        "Key, and the region's outcomes", loc="left", size=10, weight="bold", color=style.INK, pad=8
    )
    axes.set_xlim(0, 1)
    axes.set_ylim(len(outcomes) + 0.1, -1.1)
    axes.axis("off")
    columns = np.linspace(0.46, 0.96, len(SCALES))
    for x, (words, _) in zip(columns, SCALES.values(), strict=True):
        axes.text(x, -0.45, words, ha="center", va="center", size=7.5, color=style.GREY)
    for row, (name, data) in enumerate(outcomes.items()):
        hue, marker = looks[name]
        axes.plot([0.05], [row + 0.2], marker, color=hue, markersize=7)
        axes.text(0.08, row + 0.2, name, va="center", size=min(9.0, 162.0 / len(name)), color=hue)
        for x, (scale, (_, measure)) in zip(columns, SCALES.items(), strict=True):
            _draw_cell(
                axes,
                x,
                row,
                scale,
                central(measure(data)),
                central(measure(outcomes[baseline])),
                name == baseline,
            )


def _draw_cell(
    axes: Axes, x: float, row: int, scale: str, values: xr.DataArray, base: xr.DataArray, own: bool
) -> None:
    value, change = float(values.isel(year=-1)), float((values - base).isel(year=-1))
    level, step = DIGITS[scale]
    below = "baseline" if own else signed(change, step)
    axes.text(
        x, row + 0.1, f"{value:.{level}f}", ha="center", va="center", size=9.5, color=style.INK
    )
    axes.text(x, row + 0.42, below, ha="center", va="center", size=7.5, color=style.GREY)
