"""Which choice makes a difference, to whom, to what? Named policies or scenarios side by side."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.axes import RUN
from sim.plots import style
from sim.plots.region_table import region_table
from sim.plots.story import central, paired
from sim.plots.text import sentence, state_names, the

Outcomes = Mapping[str, xr.Dataset]


def title(
    differences: Mapping[str, Mapping[str, float]],
    baseline: str,
    year: int,
    names: Mapping[str, str],
) -> str:
    """Say where the largest difference lies: `differences` by choice, then by state, points."""
    every = [
        (abs(v), v, choice, state)
        for choice, row in differences.items()
        for state, v in row.items()
    ]
    every = [item for item in every if np.isfinite(item[0])]
    if not every:
        return f"Where do the states lean in {year} under {baseline}?"
    _, value, choice, state = max(every)
    if abs(value) < 0.05:
        return f"By {year} no choice moves any state's alignment from where it is under {in_words(baseline)}"
    verb = "are" if names[state] == "Philippines" else "is"
    side = "the United States" if value > 0 else "China"
    return sentence(
        f"{in_words(choice)} against {in_words(baseline)}: by {year} {the(names[state])} {verb} moved most, "
        f"{abs(value):.1f} points toward {side}"
    )


def in_words(choice: str) -> str:
    """A named choice as a title says it.

    >>> in_words("osa_2023"), in_words("none")
    ('osa 2023', 'none')
    """
    return choice.replace("_", " ")


def differences(outcomes: Outcomes, baseline: str) -> dict[str, dict[str, tuple[float, float]]]:
    """Last alignment less the baseline's, run by run: mean and half interval, points."""
    base = outcomes[baseline]["alignment"].isel(year=-1)
    result: dict[str, dict[str, tuple[float, float]]] = {}
    for name, data in outcomes.items():
        if name != baseline:
            last = data["alignment"].isel(year=-1)
            codes = [str(code) for code in base["state"].values]
            result[name] = {
                code: paired(last.sel(state=code), base.sel(state=code)) for code in codes
            }
    return result


def draw(outcomes: Outcomes, baseline: str) -> Figure:
    """Draw alignment by choice, its difference to the baseline, and the region's outcomes."""
    first = outcomes[baseline]
    year, names = int(first["year"].values[-1]), state_names(first)
    level = central(first["alignment"]).isel(year=-1)
    order = [str(code) for code in level["state"].values[np.argsort(level.values, kind="stable")]]
    result = differences(outcomes, baseline)
    heading = title(
        {c: {s: v[0] for s, v in row.items()} for c, row in result.items()}, baseline, year, names
    )
    height = 1.5 + max(0.3 * len(order), 0.42 * len(outcomes) + 0.9, 2.2)
    page = style.sheet(
        width=14.0,
        height=height,
        title=heading,
        note=_footer_note(first, baseline, year),
        attrs=first.attrs,
    )
    grid = page.figure.add_gridspec(
        1, 3, **page.area(1.1, 0.25, 0.45, 0.5), wspace=0.1, width_ratios=(1.1, 1, 1.45)
    )
    left, middle, right = (page.figure.add_subplot(grid[k]) for k in range(3))
    looks = {name: (style.CHOICES[k % 8], style.MARKERS[k % 8]) for k, name in enumerate(outcomes)}
    _draw_levels(left, outcomes, order, names, looks)
    _draw_changes(middle, result, order, looks, baseline)
    region_table(right, outcomes, looks, baseline)
    return page.figure


def _footer_note(first: xr.Dataset, baseline: str, year: int) -> str:
    runs = first.sizes.get(RUN, 1)
    many = (
        f" {runs} paired runs: medians; bars: 95 % interval of the mean difference."
        if runs > 1
        else ""
    )
    read = f"Alignment in {year}: 0 = China, 100 = United States; shaded: hedging band."
    return f"{read} Baseline: {baseline}, same random draws.{many}"


def _draw_levels(
    axes: Axes,
    outcomes: Outcomes,
    order: list[str],
    names: Mapping[str, str],
    looks: Mapping[str, tuple[str, str]],
) -> None:
    attrs = next(iter(outcomes.values())).attrs
    axes.axvspan(
        attrs.get("band_low", 45),
        attrs.get("band_high", 55),
        color=style.BAND,
        linewidth=0,
        zorder=0,
    )
    rows = np.arange(len(order))
    for name, data in outcomes.items():
        values = central(data["alignment"]).isel(year=-1).sel(state=order).values
        axes.plot(
            values,
            rows + _row_shift(name, looks),
            looks[name][1],
            color=looks[name][0],
            markersize=5.5,
        )
    axes.set_yticks(rows, [names[code] for code in order], color=style.INK)
    axes.set_xlabel("alignment, points")
    _draw_rows(axes, "Alignment", len(order))


def _draw_changes(
    axes: Axes,
    found: Mapping[str, Mapping[str, tuple[float, float]]],
    order: list[str],
    looks: Mapping[str, tuple[str, str]],
    baseline: str,
) -> None:
    axes.axvline(0, color=style.INK, linewidth=0.9)
    for name, row in found.items():
        values = np.array([row[code] for code in order])
        axes.errorbar(
            values[:, 0],
            np.arange(len(order)) + _row_shift(name, looks),
            xerr=values[:, 1],
            fmt=looks[name][1],
            color=looks[name][0],
            markersize=5.5,
            linewidth=1.1,
        )
    reach = max(
        (abs(v) + h for row in found.values() for v, h in row.values() if np.isfinite(v)),
        default=1.0,
    )
    axes.set_xlim(-1.15 * max(reach, 0.5), 1.15 * max(reach, 0.5))
    axes.set_yticks(np.arange(len(order)), [])
    axes.set_xlabel("← toward China      points      toward United States →")
    _draw_rows(axes, f"Difference to {baseline}", len(order))


def _row_shift(name: str, looks: Mapping[str, tuple[str, str]]) -> float:
    """How far above its row a choice is drawn, in rows, so that none hides another."""
    index = list(looks).index(name)
    return 0.6 * ((len(looks) - 1) / 2 - index) / max(len(looks), 1)


def _draw_rows(axes: Axes, title: str, count: int) -> None:
    axes.set_ylim(-0.6, count - 0.4)
    axes.grid(axis="y", color=style.PALE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    axes.set_title(title, loc="left", size=10, weight="bold", color=style.INK, pad=8)
