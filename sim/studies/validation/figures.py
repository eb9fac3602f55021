"""Observed against simulated: held-out answers, the spread of the posterior, and checks of it by state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.plots import labels as dodge
from sim.plots import style
from sim.plots.text import listed

Array = NDArray[np.float64]
NINETY, FIFTY = (0.05, 0.95), (0.25, 0.75)
SPANS = ((NINETY, 1.4), (FIFTY, 3.5))


def draw_heldout(
    panels: Sequence[tuple[str, Array, Array, Sequence[str]]], attrs: Mapping[str, Any]
) -> Figure:
    """Draw predicted against observed answers, one panel a test.

    Parameters
    ----------
    panels : (words, samples (sample, case), observed (case,), state of each case). attrs : for the footer.
    """
    misses = [
        100 * np.abs(np.median(predicted, axis=0) - observed).mean()
        for _, predicted, observed, _ in panels
    ]
    words = "; ".join(
        f"{name}: {miss:.0f} points" for (name, *_), miss in zip(panels, misses, strict=True)
    )
    page = style.sheet(
        width=4.1 * len(panels),
        height=4.0,
        title=f"On held-out answers the model misses by {listed([f'{miss:.0f}' for miss in misses])} points on average",
        note=f"Forced choice. {words}. Share choosing China, %. Dots: median forecast; bars: 90 % interval; "
        "on the diagonal the forecast was right.",
        attrs=attrs,
    )
    grid = page.figure.subplots(
        1, len(panels), squeeze=False, gridspec_kw=page.area(0.7, 0.2) | {"wspace": 0.25}
    )
    for axes, (name, predicted, observed, states) in zip(grid[0], panels, strict=True):
        _scatter(axes, name, 100 * predicted, 100 * observed, states)
    return page.figure


def _scatter(
    axes: Axes, name: str, predicted: Array, observed: Array, states: Sequence[str]
) -> None:
    low, high = np.quantile(predicted, NINETY, axis=0)
    middle = np.median(predicted, axis=0)
    axes.plot([0, 100], [0, 100], color=style.GREY, linewidth=0.8)
    for case, state in enumerate(states):
        colour = style.colour(state)
        axes.plot(
            [observed[case]] * 2, [low[case], high[case]], color=colour, linewidth=1, alpha=0.5
        )
        axes.plot(observed[case], middle[case], "o", color=colour, markersize=4.5)
    axes.set(xlim=(0, 100), ylim=(0, 100), xlabel="observed, %", ylabel="predicted, %")
    axes.set_title(name, size=9.5, loc="left")
    style.quiet(axes)
    if len(states) == len(set(states)):
        _name(axes, np.stack([observed, middle], axis=1), states)


def _name(axes: Axes, points: Array, states: Sequence[str]) -> None:
    """Write each state's code near its point, (state, 2), clear of the others."""
    at = axes.transData.transform(points) * 72.0 / axes.figure.dpi
    size = (len("MMM") * 5.6, 8.0)  # of a code at 8 points, in points
    dots = [(x - 3, y - 3, x + 3, y + 3) for x, y in at]
    centres = dodge.place(
        [(float(x), float(y)) for x, y in at], [size] * len(at), keep_clear=dots, near=4
    )
    for state, point, spot, centre in zip(states, points, at, centres, strict=True):
        axes.annotate(
            state,
            tuple(point),
            xytext=(centre[0] - spot[0], centre[1] - spot[1]),
            textcoords="offset points",
            ha="center",
            va="center",
            size=8,
            color=style.colour(state),
        )


def draw_checks(
    predicted: Array,
    observed: Array,
    years: Sequence[int],
    states: Mapping[str, str],
    attrs: Mapping[str, Any],
    *,
    fitted: int,
) -> Figure:
    """Draw the posterior's own forecasts of each survey beside the answers, one panel a state.

    Parameters
    ----------
    predicted : (sample, year, state) shares. observed : (year, state). years : of the surveys. states : code -> name.
    attrs : for the footer. fitted : last year that calibration saw.
    """
    low, high = np.quantile(predicted, NINETY, axis=0)
    inside = (observed >= low) & (observed <= high)
    page = style.sheet(
        width=12,
        height=4.6,
        title=f"{int(inside.sum())} of {inside.size} answers lie within 90 % intervals predicted without them",
        note=f"Share choosing China, %. Bars: middle 50 % and 90 % of forecasts by a posterior that never saw that year. "
        f"Dots: ISEAS surveys, hollow after {fitted}.",
        attrs=attrs,
    )
    grid = page.figure.subplots(
        2,
        -(-len(states) // 2),
        squeeze=False,
        sharex=True,
        sharey=True,
        gridspec_kw=page.area(0.6, 0.2) | {"wspace": 0.1, "hspace": 0.3},
    )
    for index, (axes, code) in enumerate(zip(grid.ravel(), states, strict=False)):
        _check(axes, 100 * predicted[..., index], 100 * observed[:, index], years, fitted)
        axes.set_title(states[code], size=9, loc="left", color=style.colour(code))
    return page.figure


def _check(
    axes: Axes, predicted: Array, observed: Array, years: Sequence[int], fitted: int
) -> None:
    for ends, width in SPANS:
        low, high = np.quantile(predicted, ends, axis=0)
        axes.vlines(years, low, high, color=style.SKY, linewidth=width)
    for year, share in zip(years, observed, strict=True):
        face = style.VERMILION if year <= fitted else "white"
        axes.plot(
            year, share, "o", color=style.VERMILION, markerfacecolor=face, markersize=4.5, zorder=3
        )
    axes.set(ylim=(0, 100), xticks=list(years))
    style.quiet(axes)
