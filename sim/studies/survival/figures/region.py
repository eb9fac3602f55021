"""How many states still hedge? Survival curves as steps, with bands, who is at risk, and where following ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from sim.outcomes.definitions import columns
from sim.plots import style
from sim.plots.labels import dodge
from sim.world.roster import names

COLUMNS = 4
LINES: Any = ("-", (0, (5, 2)), (0, (1, 1.3)), "-.")


@dataclass(frozen=True, kw_only=True)
class About:
    """What the curves are of: outcome, columns compared, runs, first year, years that can be told, who is left out.

    threshold : of the hedging index.
    """

    outcome: str
    over: str
    between: str
    runs: int
    first: int
    within: float
    left_out: tuple[str, ...]
    attrs: Mapping[str, Any]
    threshold: float = 0.5

    @property
    def told(self) -> tuple[str, str]:
        """What states do as long as they last, and what that means."""
        kind, meaning = columns()[self.outcome].still
        return kind, meaning.format(threshold=self.threshold)

    @property
    def censored(self) -> str:
        """Say where following ends."""
        return f"Following ends in {self.first - 1 + self.within:.0f} (+: not reached by then, right-censored)."


def draw_region(means: Mapping[tuple[str, str], Any], about: About) -> Figure:
    """One panel a choice of `between`: the mean share of states that still last, a line a choice of `over`, with its band."""
    overs, betweens = (list(dict.fromkeys(key[place] for key in means)) for place in (0, 1))
    kind, meaning = about.told
    columns = min(len(betweens), COLUMNS)
    rows = -(-len(betweens) // columns)
    out = (
        f" Left out (out from the start): {', '.join(names(about.left_out).values())}."
        if about.left_out
        else ""
    )
    least = min(float(curve.low.min()) for curve in means.values())
    page = style.sheet(
        width=12.5,
        height=3.9 * rows + 0.4,
        title=_title(means, overs, betweens, kind),
        note=f"Share of the states followed whose {meaning}: mean over {about.runs} runs; band: its 95 % interval over runs. "
        f"{about.censored}{out} Small numbers: runs at risk, "
        f"mean of the states, least and most of the lines. The axis starts at {floor_of(least):.0%}.",
        attrs=about.attrs,
    )
    grid = page.figure.add_gridspec(
        rows,
        columns,
        **page.area(0.75, 1.25, 0.95, 0.35),
        wspace=0.5 if columns > 1 else 0.2,
        hspace=0.6,
    )
    for place, between in enumerate(betweens):
        axes = page.figure.add_subplot(grid[divmod(place, columns)])
        chosen = {over: means[over, between] for over in overs}
        _panel(axes, chosen, about, floor=least)
        heading = f"{about.between}: {between}" if about.between else ""
        axes.set_title(heading, loc="left", size=9.5, weight="bold", color=style.INK)
        axes.tick_params(labelleft=place % columns == 0)
        if place % columns == 0:
            axes.set_ylabel("Share that still lasts")
        _at_risk(axes, chosen, about)
    return page.figure


def _title(
    means: Mapping[tuple[str, str], Any], overs: Sequence[str], betweens: Sequence[str], kind: str
) -> str:
    ends = {key: 100.0 * float(curve.share[-1]) for key, curve in means.items()}
    across = [ends[over, betweens[0]] for over in overs]
    within = [ends[overs[0], between] for between in betweens]
    if len(overs) == 1 and len(betweens) == 1:
        return f"{across[0]:.0f} % of states {kind} to the end"
    spread = f"{min(across):.0f} to {max(across):.0f} % of states {kind} to the end, depending on the scenario"
    if len(betweens) == 1:
        return spread
    if len(overs) == 1:
        return f"{min(within):.0f} to {max(within):.0f} % of states {kind} to the end, depending on the policy"
    moved = max(within) - min(within)
    less = "less than a point" if moved < 1.0 else f"{moved:.0f} points"
    return f"{spread}; the policy moves it by {less}"


def _panel(axes: Axes, curves: Mapping[str, Any], about: About, *, floor: float) -> None:
    low = floor_of(floor)
    colours = dict(zip(curves, style.CHOICES * 2, strict=False))
    for place, (name, curve) in enumerate(curves.items()):
        years = about.first - 1 + curve.year
        axes.step(
            years,
            curve.share,
            where="post",
            color=colours[name],
            linewidth=1.7,
            linestyle=LINES[place // len(style.CHOICES)],
        )
        axes.fill_between(
            years, curve.low, curve.high, step="post", color=colours[name], alpha=0.15, linewidth=0
        )
        axes.plot(
            years[-1], curve.share[-1], "+", color=colours[name], markersize=8, markeredgewidth=1.6
        )
    axes.set(xlim=(about.first - 1, about.first - 1 + about.within), ylim=(low, 1.02))
    axes.set_xticks(years_of(about))
    ends = np.array([float(curve.share[-1]) for curve in curves.values()])
    for name, height in zip(
        curves, dodge(ends, gap=0.055 * (1.02 - low), low=low, high=1.0), strict=True
    ):
        axes.text(
            1.03,
            (height - low) / (1.02 - low),
            name,
            transform=axes.transAxes,
            color=colours[name],
            size=8,
            va="center",
        )
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    style.quiet(axes)


def floor_of(least: float) -> float:
    """Where the axis of shares starts: the tenth below the least that is shown."""
    return max(0.0, float(np.floor(10.0 * (least - 0.02)) / 10.0))


def years_of(about: About) -> list[int]:
    """Years marked on the axis."""
    step = max(int(about.within // 3), 1)
    return [int(year) for year in range(about.first - 1, int(about.first + about.within), step)]


def _at_risk(axes: Axes, curves: Mapping[str, Any], about: About) -> None:
    """Under the axis, how many cases are still followed just before a year (the same under every line within a few: the mean)."""
    counts = []
    for year in years_of(about):
        each = [
            float(curve.at_risk[int(np.searchsorted(curve.year, year - about.first + 1))])
            for curve in curves.values()
        ]
        counts.append((year, min(each), max(each)))
    for year, low, high in counts:
        told = f"{low:.0f}" if round(low) == round(high) else f"{low:.0f}-{high:.0f}"
        axes.text(
            year,
            -0.17,
            told,
            transform=axes.get_xaxis_transform(),
            ha="center",
            size=7.5,
            color=style.GREY,
        )
    axes.text(0.0, -0.25, "runs at risk", transform=axes.transAxes, size=7.5, color=style.GREY)
