"""Where does each state stand at every point of a sweep? One row a state, a dot a point: works for any design."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.axes import STATE, Array
from sim.plots import style
from sim.plots.fans import band_in
from sim.plots.text import STATES, sentence, signed, the
from sim.studies.sweep.figures.grid import POINT, REPLICATE

ROW = 0.34  # inches
THICK = 0.28  # of a row, over which dots are spread


def draw(outcomes: xr.Dataset) -> Figure:
    """Draw the mean alignment of each state at each point, first point filled."""
    means = _posture_means(outcomes)
    points, states = means.shape
    note = (
        f"Alignment in the last year: a dot is the mean of one of {points} points over {outcomes.sizes[REPLICATE]} runs, "
        "ringed the first point; the line, 90 % of all runs of all points. Shaded: the hedging band."
    )
    page = style.sheet(
        width=8.5, height=0.7 + ROW * states, title=title(means), note=note, attrs=outcomes.attrs
    )
    axes = page.figure.add_subplot(page.figure.add_gridspec(1, 1, **page.area(1.25, 0.3, 0.5))[0])
    _set_frame(axes, means, outcomes)
    runs = outcomes["alignment"].transpose(STATE, POINT, REPLICATE)
    for row, code in enumerate(means.columns):
        _draw_row(axes, row, str(code), means[code].to_numpy(), runs.sel({STATE: code}).values)
    return page.figure


def title(means: pd.DataFrame) -> str:
    """Say whose alignment the points move most, and by how much; means (point, state).

    >>> title(pd.DataFrame({"PHL": [50.0, 53.0], "KHM": [30.0, 30.5]}))
    'Over two points, the Philippines are moved most: from 50.0 to 53.0 in alignment'
    """
    count = len(means)
    if count == 1:
        return "One point: where each state stands between China and the United States"
    span = (means.max() - means.min()).sort_values()
    code = str(span.index[-1])
    verb = "are" if code == "PHL" else "is"
    low, high = (signed(float(end)).lstrip("+") for end in (means[code].min(), means[code].max()))
    name = the(STATES.get(code, code))
    counted = "two" if count == 2 else f"{count:,}"
    return sentence(
        f"over {counted} points, {name} {verb} moved most: from {low} to {high} in alignment"
    )


def _posture_means(outcomes: xr.Dataset) -> pd.DataFrame:
    means = outcomes["alignment"].astype(float).mean(REPLICATE).transpose(POINT, STATE)
    table = pd.DataFrame(means.values, columns=[str(code) for code in outcomes[STATE].values])
    return table.dropna(axis=1, how="all")


def _set_frame(axes: Axes, means: pd.DataFrame, outcomes: xr.Dataset) -> None:
    if band := band_in(outcomes.attrs):
        axes.axvspan(band["band_low"], band["band_high"], color=style.BAND, zorder=0)
    axes.axvline(50.0, color=style.GREY, linewidth=0.7, zorder=1)
    axes.set_yticks(range(means.shape[1]), [STATES.get(str(code), str(code)) for code in means])
    axes.set_ylim(means.shape[1] - 0.4, -0.6)
    axes.set_xlabel("alignment, points (0 = China, 100 = United States)")
    axes.grid(axis="x", color=style.PALE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0, labelcolor=style.INK)


def _draw_row(axes: Axes, row: int, code: str, means: Array, runs: Array) -> None:
    low, high = np.nanquantile(runs.astype(float), [0.05, 0.95])
    axes.plot([low, high], [row, row], color=style.GREY, linewidth=1.0, zorder=2)
    shift = np.linspace(-THICK, THICK, len(means)) if len(means) > 1 else np.zeros(1)
    axes.scatter(
        means, row + shift, s=14, color=style.colour(code), alpha=0.7, linewidths=0, zorder=3
    )
    ring: dict[str, Any] = {"facecolors": "none", "edgecolors": style.INK, "linewidths": 1.1}
    axes.scatter(means[:1], row + shift[:1], s=34, zorder=4, **ring)
