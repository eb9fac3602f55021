"""Charts of the validation: are intervals and chances honest, how hindcasts fan out, and predicted against observed answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray
from scipy.stats import beta

from sim.plots import labels as dodge
from sim.plots import style
from sim.plots.text import listed

Array = NDArray[np.float64]
NINETY, FIFTY = (0.05, 0.95), (0.25, 0.75)
WAYS = (("a step up", style.BLUE, "o"), ("a step down", style.VERMILION, "s"))
STARTS = (style.SKY, style.ORANGE, style.GREEN, style.PURPLE)


def draw_reliability(
    curves: Mapping[str, Array],
    levels: Sequence[float],
    acts: Sequence[Sequence[Mapping[str, float]]],
    attrs: Mapping[str, Any],
) -> Figure:
    """Draw how often intervals cover, and how often what was given a chance happened.

    Parameters
    ----------
    curves : name of the start -> actual coverage (level,). levels : nominal. attrs : for the footer.
    acts : rows of chance, share and cases, for steps up and for steps down.
    """
    ninety = int(np.argmin(np.abs(np.asarray(levels) - 0.9)))
    covers = listed([f"{100 * curve[ninety]:.0f}" for curve in curves.values()])
    page = style.sheet(
        width=9.6,
        height=4.2,
        title=f"Intervals meant to hold 90 % of what followed held {covers} %",
        note=f"Left: share of state-years inside central intervals of structural alignment, hindcasts from "
        f"{listed(list(curves))}. Right: dated steps of 2016-23, one year ahead, share that happened in bins of the chance given "
        f"(bars: 90 % intervals of a share of so many cases). On the grey line chances and shares are the same.",
        attrs=attrs,
    )
    grid = page.figure.subplots(1, 2, gridspec_kw=page.area(0.7, 0.3) | {"wspace": 0.28})
    first, second = grid
    for axes in grid:
        axes.plot([0, 100], [0, 100], color=style.GREY, linewidth=0.8)
        style.quiet(axes)
    for (name, curve), colour, marker in zip(curves.items(), STARTS, style.MARKERS, strict=False):
        first.plot(
            100 * np.asarray(levels),
            100 * curve,
            marker=marker,
            color=colour,
            markersize=4,
            label=f"from {name}",
        )
    first.set(xlim=(0, 100), ylim=(0, 100), xlabel="nominal, %", ylabel="actual, %")
    first.set_title("Do intervals cover?", size=9.5, loc="left")
    first.legend(frameon=False, fontsize=8.5, loc="upper left")
    most = 10.0
    for rows, (name, colour, marker) in zip(acts, WAYS, strict=True):
        most = max(most, _chances(second, rows, name, colour, marker))
    most = min(100.0, most * 1.05)
    second.set(xlim=(0, most), ylim=(0, most), xlabel="chance given, %", ylabel="happened, %")
    second.set_title("Do chances come true?", size=9.5, loc="left")
    second.legend(frameon=False, fontsize=8.5, loc="lower right")
    return page.figure


def _chances(
    axes: Axes, rows: Sequence[Mapping[str, float]], name: str, colour: str, marker: str
) -> float:
    chance, share, cases = (
        np.array([row[key] for row in rows]) for key in ("chance", "share", "cases")
    )
    hits = share * cases
    low = beta.ppf(0.05, hits + 0.5, cases - hits + 0.5)
    high = beta.ppf(0.95, hits + 0.5, cases - hits + 0.5)
    axes.vlines(100 * chance, 100 * low, 100 * high, color=colour, linewidth=1.2, alpha=0.6)
    axes.plot(
        100 * chance, 100 * share, marker, color=colour, markersize=5, label=name, clip_on=False
    )
    return float(100 * max(high.max(), chance.max()))


def draw_hindcasts(
    fans: Sequence[tuple[int, Sequence[int], Array]],
    record: tuple[Sequence[int], Array],
    states: Mapping[str, str],
    attrs: Mapping[str, Any],
) -> Figure:
    """Draw hindcasts of structural alignment as fans over the record, one panel a state.

    Parameters
    ----------
    fans : (start, years, samples (run, year, state)), the earliest first. record : years and (year, state).
    states : code -> name. attrs : for the footer.
    """
    years, levels = record
    left = _often_outside(fans, record, list(states.values()))
    page = style.sheet(
        width=12,
        height=5.6,
        title=f"{listed(left) if left else 'No state'} left the bands of hindcasts most of the time",
        note="Structural alignment, points (0 = China, 100 = United States). Black: the record. Bands: 90 % (pale) and 50 % of "
        "runs from each start, with observed drivers and leaders and simulated choices.",
        attrs=attrs,
    )
    grid = page.figure.subplots(
        2,
        -(-len(states) // 2),
        squeeze=False,
        sharex=True,
        sharey=True,
        gridspec_kw=page.area(0.6, 0.2, top=0.5) | {"wspace": 0.1, "hspace": 0.3},
    )
    for axes in grid.ravel()[len(states) :]:
        axes.set_visible(False)
    for index, (axes, code) in enumerate(zip(grid.ravel(), states, strict=False)):
        for (start, ahead, samples), colour in zip(fans, STARTS, strict=False):
            _fan(axes, ahead, samples[..., index], colour, f"from {start}")
        axes.plot(years, levels[:, index], color=style.BLACK, linewidth=1.3, label="record")
        axes.set_title(states[code], size=9, loc="left")
        axes.axhline(50, color=style.GREY, linewidth=0.6, linestyle=":")
        style.quiet(axes)
    handles, names = grid[0, 0].get_legend_handles_labels()
    page.figure.legend(
        handles,
        names,
        ncols=len(names),
        frameon=False,
        fontsize=9,
        loc="upper right",
        bbox_to_anchor=(0.99, 1.0 - (page.top + 0.02) / page.height),
    )
    return page.figure


def _often_outside(
    fans: Sequence[tuple[int, Sequence[int], Array]],
    record: tuple[Sequence[int], Array],
    titles: Sequence[str],
) -> list[str]:
    """Names of the states whose record lies outside the 90 % bands in most years of all starts together."""
    outside = []
    for _, ahead, samples in fans:
        seen = record[1][[list(record[0]).index(year) for year in ahead]]
        low, high = np.quantile(samples, NINETY, axis=0)
        outside.append((seen < low) | (seen > high))
    share = np.concatenate(outside).mean(axis=0)
    return [title for title, part in zip(titles, share, strict=True) if part > 0.5]


def _fan(axes: Axes, years: Sequence[int], samples: Array, colour: str, name: str) -> None:
    for ends, strength, label in ((NINETY, 0.22, ""), (FIFTY, 0.5, name)):
        low, high = np.quantile(samples, ends, axis=0)
        axes.fill_between(
            years, low, high, color=colour, alpha=strength, linewidth=0, label=label or None
        )


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
