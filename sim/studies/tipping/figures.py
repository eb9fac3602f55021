"""Does joint resolve tip back? Loops of the way up and the way down, and the map of where they part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.plots import style
from sim.studies.tipping.loops import cases_with

UP, DOWN = style.BLUE, style.VERMILION
MOST_COLUMNS = 6
NO_LOOP = {"none": "no loop", "only at no pressure": "only where nobody presses"}
ACROSS = "China's gray-zone activity, 0 to 1"


def draw_all(
    folder: Path,
    quick: xr.Dataset,
    slow: xr.Dataset,
    found: pd.DataFrame,
    own: Mapping[str, float],
) -> None:
    """Draw both charts into a folder."""
    with style.context():
        style.save(draw_loops(quick, slow, found, own), folder, "tipping_loops")
        style.save(draw_map(slow, found, own), folder, "tipping_map")


def title(found: pd.DataFrame, own: Mapping[str, float]) -> str:
    """Say what the settings' own case shows, and how many others show a lasting loop."""
    verdict = str(cases_with(found, own)["verdict"].iloc[0])
    said = {
        "hysteresis": "Joint resolve tips, and does not tip back the way it came",
        "only at no pressure": "Joint resolve rises quickly with pressure, and stays only where nobody presses",
        "lag": "Joint resolve lags behind pressure, but comes back the way it went",
        "none": "Joint resolve comes back the way it went: no hysteresis",
    }[verdict]
    lasting = int((cases_with(found, {"aid": own["aid"]})["verdict"] == "hysteresis").sum())
    total = len(cases_with(found, {"aid": own["aid"]}))
    return f"{said}; a lasting loop in {lasting} of {total} cases"


def draw_loops(
    quick: xr.Dataset, slow: xr.Dataset, found: pd.DataFrame, own: Mapping[str, float]
) -> Figure:
    """Small panels, weight of the others' resolve across and threshold down: joint resolve over pressure, both ways."""
    weights = _some(slow["complementarity"].values, own["complementarity"])
    thresholds = [float(value) for value in slow["threshold"].values]
    years = int(slow.attrs["years_at_each_level"])
    note = (
        f"Lines: mean over {slow.sizes['run']} runs, {years} years at each level, the world held still; shade: 5 to "
        "95 % of runs. "
        f"Thin dashes: only {int(quick.attrs['years_at_each_level'])} years at each level (lag). Framed: the "
        "settings' own numbers."
    )
    page = style.sheet(
        width=12.5,
        height=2.1 * len(thresholds) + 0.9,
        title=title(found, own),
        note=note,
        attrs=slow.attrs,
    )
    grid = page.figure.add_gridspec(
        len(thresholds), len(weights), **page.area(1.05, 0.2, 0.55, 0.4), hspace=0.16, wspace=0.1
    )
    for (row, column), (threshold, weight) in _cells(thresholds, weights):
        axes = page.figure.add_subplot(grid[row, column])
        case = {"complementarity": weight, "threshold": threshold, "aid": own["aid"]}
        _loop(axes, quick.sel(case), slow.sel(case))
        _name(axes, case, found, own)
        axes.set_xticks(np.linspace(0.0, 0.8 * float(slow["level"][-1]), 3))
        axes.tick_params(labelleft=column == 0, labelbottom=row == len(thresholds) - 1)
        if row == 0:
            axes.set_title(f"others weigh {weight:g}", loc="left", size=9, weight="bold")
        if column == 0:
            axes.set_ylabel(f"threshold {threshold:g}", size=9, weight="bold", labelpad=6)
        if (row, column) == (0, 0):
            _label_lines(axes, slow.sel(case))
    page.figure.supxlabel(ACROSS, y=(style.FOOT + 0.08) / page.height, size=9, color=style.INK)
    page.figure.supylabel(
        "Joint resolve of the claimants", x=0.25 / page.width, size=9, color=style.INK
    )
    return page.figure


def _cells(rows: Sequence[float], columns: Sequence[float]) -> list[Any]:
    return [
        ((row, column), (one, other))
        for row, one in enumerate(rows)
        for column, other in enumerate(columns)
    ]


def _some(values: Any, own: float) -> list[float]:
    """At most so many of the values as fit side by side, evenly, the settings' own among them."""
    places = np.unique(np.linspace(0, len(values) - 1, min(len(values), MOST_COLUMNS)).round())
    chosen = {float(values[int(place)]) for place in places}
    if own not in chosen:
        chosen.discard(min(chosen, key=lambda value: abs(value - own)))
    return sorted(chosen | {own})


def _loop(axes: Axes, quick: xr.Dataset, slow: xr.Dataset) -> None:
    for branch, colour in (("up", UP), ("down", DOWN)):
        resolve = slow["resolve"].sel(branch=branch)
        axes.fill_between(
            slow["level"],
            resolve.quantile(0.05, "run"),
            resolve.quantile(0.95, "run"),
            color=colour,
            alpha=0.15,
            linewidth=0,
        )
        axes.plot(slow["level"], resolve.mean("run"), color=colour, linewidth=1.8)
        hasty = quick["resolve"].sel(branch=branch).mean("run")
        axes.plot(quick["level"], hasty, color=colour, linewidth=0.9, linestyle=(0, (4, 2)))
    axes.set(ylim=(-0.03, 1.05), xlim=(float(slow["level"][0]), float(slow["level"][-1])))
    style.quiet(axes)


def _name(
    axes: Axes, case: Mapping[str, float], found: pd.DataFrame, own: Mapping[str, float]
) -> None:
    row = cases_with(found, case).iloc[0]
    heights = [np.asarray(line.get_ydata(), dtype=float)[-6:].mean() for line in axes.lines]
    free = np.mean(heights) < 0.5  # the lines run low, so that the upper corner is free
    axes.text(
        0.97,
        0.95 if free else 0.05,
        NO_LOOP.get(row["verdict"], row["verdict"]),
        transform=axes.transAxes,
        ha="right",
        va="top" if free else "bottom",
        size=8,
        weight="bold" if row["verdict"] == "hysteresis" else "normal",
        color=style.INK,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.7, "pad": 1},
    )
    if dict(case) == dict(own):
        for spine in axes.spines.values():
            spine.set(visible=True, color=style.INK, linewidth=1.6)


def _label_lines(axes: Axes, slow: xr.Dataset) -> None:
    middle = slow.sizes["level"] // 2
    height = float(slow["resolve"].isel(level=middle).mean("run").max())
    at = float(slow["level"][middle])
    up = height + 0.12 if height < 0.6 else height - 0.3
    axes.text(at, up + 0.12, "pressure falling", color=DOWN, size=8, ha="center")
    axes.text(at, up, "pressure rising", color=UP, size=8, ha="center")


def draw_map(slow: xr.Dataset, found: pd.DataFrame, own: Mapping[str, float]) -> Figure:
    """Where the branches part: a map for each threshold, and how much of the loop remains, by weight and aid."""
    thresholds = [float(value) for value in slow["threshold"].values]
    lasting = cases_with(found, {"verdict": "hysteresis"})
    page = style.sheet(
        width=12.5,
        height=3.7,
        title=_map_title(lasting, own),
        note="Maps: joint resolve on the way down less that on the way up, slow stairs; dotted: the settings' own "
        "weight and threshold. Right: area between "
        "the branches that would remain however slowly pressure moves, with its 95 % interval over luck.",
        attrs=slow.attrs,
    )
    count = len(thresholds)
    maps = page.figure.add_gridspec(1, count, **page.area(0.75, 4.9, 0.5, 0.4), wspace=0.18)
    bar = page.figure.add_gridspec(1, 1, **page.area(7.75, 4.6, 0.5, 0.4))
    right = page.figure.add_gridspec(1, 1, **page.area(9.4, 0.2, 0.5, 0.4))
    for place, threshold in enumerate(thresholds):
        axes = page.figure.add_subplot(maps[0, place])
        image = _gaps(axes, slow.sel(threshold=threshold, aid=own["aid"]))
        axes.set_title(f"threshold {threshold:g}", loc="left", size=9, weight="bold")
        if threshold == own["threshold"]:
            axes.axhline(_place(slow, own), color=style.INK, linewidth=0.8, linestyle=":")
        axes.set_xlabel("China's gray-zone activity", size=8)
        axes.set_ylabel("Weight of the others' resolve" if place == 0 else "")
        axes.tick_params(labelleft=place == 0)
    key = page.figure.colorbar(image, cax=page.figure.add_subplot(bar[0, 0]))
    key.set_label("gap in joint resolve, down less up", size=8)
    key.ax.tick_params(labelsize=7.5)
    _remaining(page.figure.add_subplot(right[0, 0]), found, own)
    return page.figure


def _map_title(lasting: pd.DataFrame, own: Mapping[str, float]) -> str:
    here = lasting[lasting["aid"] == own["aid"]]
    if here.empty:
        return "Nowhere on the map does a loop remain that would outlast slow pressure"
    told = " and ".join(
        f"weigh {part['complementarity'].min():g} or more at threshold {level:g}"
        for level, part in here.groupby("threshold")
    )
    return (
        f"A loop lasts only where the others {told}; the settings have {own['complementarity']:g} "
        f"at {own['threshold']:g}"
    )


def _place(slow: xr.Dataset, own: Mapping[str, float]) -> int:
    return int(np.argmin(np.abs(slow["complementarity"].values - own["complementarity"])))


def _gaps(axes: Axes, slow: xr.Dataset) -> Any:
    resolve = slow["resolve"].mean("run")
    gap = resolve.sel(branch="down") - resolve.sel(branch="up")
    weights, levels = slow["complementarity"].values, slow["level"].values
    half = 0.5 * float(levels[1] - levels[0])
    image = axes.imshow(
        gap.transpose("complementarity", "level").values,
        origin="lower",
        aspect="auto",
        extent=(levels[0] - half, levels[-1] + half, -0.5, len(weights) - 0.5),
        cmap="PuOr",
        vmin=-1.0,
        vmax=1.0,
    )
    axes.set_yticks(range(len(weights)), [f"{weight:g}" for weight in weights])
    axes.tick_params(length=2, labelsize=8)
    return image


def _remaining(axes: Axes, found: pd.DataFrame, own: Mapping[str, float]) -> None:
    styles = ["-", (0, (4, 2)), (0, (1, 1.5)), "-."]
    aids = sorted(found["aid"].unique(), key=lambda aid: (aid != own["aid"], aid))
    for colour, (threshold, part) in zip(style.CHOICES, found.groupby("threshold"), strict=False):
        for line, aid in zip(styles, aids, strict=False):
            row = part[part["aid"] == aid]
            name = f"threshold {threshold:g}" if aid == own["aid"] else "_"
            axes.plot(
                row["complementarity"],
                row["area_remaining"],
                color=colour,
                linestyle=line,
                label=name,
            )
            if aid == own["aid"]:
                low, high = row["area_remaining_low"], row["area_remaining_high"]
                axes.fill_between(
                    row["complementarity"], low, high, color=colour, alpha=0.2, linewidth=0
                )
    for line, aid in zip(styles, aids, strict=False):
        axes.plot([], [], color=style.GREY, linestyle=line, label=f"aid JPY {aid:g} bn a year")
    axes.axhline(0.0, color=style.GREY, linewidth=0.8)
    axes.axvline(own["complementarity"], color=style.GREY, linewidth=0.8, linestyle=":")
    axes.set_xlabel("Weight of the others' resolve", size=8)
    axes.set_ylabel("Area that remains, 0 to 1", size=8)
    axes.legend(fontsize=7.5, loc="upper left", facecolor="white", edgecolor="none", framealpha=1.0)
    style.quiet(axes)
