"""Which policy is robust? Satisficing and regret of each with intervals, and how surely one ranks before another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.ensemble.store.finished import Stored
from sim.plots import style
from sim.plots.levers import plain
from sim.plots.text import called, sentence
from sim.studies.robustness.measures import Criterion, Measured


@dataclass(frozen=True, kw_only=True)
class About:
    """What is drawn: criteria in words, outcome that is regretted, numbers of futures and replicates."""

    criteria: str
    outcome: str
    unit: str
    futures: int
    replicates: int
    attrs: Mapping[str, Any]


def draw_all(
    folder: Path,
    found: Mapping[str, Measured],
    ranks: Mapping[str, Any],
    policies: Sequence[str],
    criteria: Mapping[str, Criterion],
    outcome: str,
    stored: Stored,
) -> None:
    """Draw the chart into a folder."""
    about = About(
        criteria="; ".join(f"{name} {one}" for name, one in criteria.items()),
        outcome=outcome,
        unit=str(stored.outcomes[outcome].attrs.get("units", "1")),
        futures=len(stored.plan.points) // len(policies),
        replicates=stored.plan.replicates,
        attrs={"version": stored.version, "seed": stored.seed},
    )
    with style.context():
        style.save(draw(found, ranks, policies, about), folder, "robust")


def title(found: Mapping[str, Any], ranks: Mapping[str, Any], policies: Sequence[str]) -> str:
    """Say who satisfices most, and whether that is sure."""
    shares = found["satisficing"].estimate
    best = int(np.argmax(shares))
    others = [place for place in range(len(policies)) if place != best]
    sure = min(float(ranks["satisficing"][best, place]) for place in others)
    told = f"{plain(policies[best])} meets the thresholds in {shares[best]:.0%} of runs"
    if sure >= 0.95:
        return f"{sentence(told)}, ahead of all others in {sure:.0%} of resamples or more"
    rival = min(others, key=lambda place: float(ranks["satisficing"][best, place]))
    return f"No policy is surely the most robust: {told}, yet leads {plain(policies[rival])} in {sure:.0%} of resamples only"


def draw(
    found: Mapping[str, Any], ranks: Mapping[str, Any], policies: Sequence[str], about: About
) -> Figure:
    """Two panels of dots with intervals, and two matrices of rank probabilities; policies from the most satisficing down."""
    order = list(np.argsort(found["satisficing"].estimate, kind="stable"))
    named = [plain(policies[place]) for place in order]
    page = style.sheet(
        width=12.5,
        height=0.75 + 0.82 * len(policies),
        title=title(found, ranks, policies),
        note=f"{about.futures} futures x {about.replicates} runs, common random numbers. Thresholds: {about.criteria}. "
        "Bars: 95 % intervals, futures and "
        "replicates resampled. Matrices: share of resamples in which the row ranks before the column.",
        attrs=about.attrs,
    )
    grid = page.figure.add_gridspec(
        1, 4, **page.area(1.6, 0.25, 1.15, 0.4), wspace=0.25, width_ratios=[1.1, 1.1, 1.0, 1.0]
    )
    axes = [page.figure.add_subplot(grid[0, place]) for place in range(4)]
    _dots(
        axes[0],
        found,
        order,
        (
            ("satisficing", "of runs", style.BLUE),
            ("domain", "of futures, by their mean", style.ORANGE),
        ),
    )
    _dots(
        axes[1],
        found,
        order,
        (
            ("regret", "split: noise taken out", style.BLUE),
            ("regret_plain", "plain: too large", style.GREY),
        ),
    )
    axes[0].set_xlabel("share, 0 to 1", size=8)
    axes[1].set_xlabel(f"{about.unit}; 0: never regretted", size=8)
    axes[0].set_title("Share that meets the thresholds", loc="left", size=9, weight="bold")
    axes[1].set_title(
        f"Mean regret, {called({'name': about.outcome})}",
        loc="left",
        size=9,
        weight="bold",
    )
    axes[0].set_yticks(range(len(named)), named)
    axes[1].set_xlim(left=min(0.0, axes[1].get_xlim()[0]))
    for place, name in ((2, "satisficing"), (3, "regret")):
        _matrix(axes[place], ranks[name][np.ix_(order, order)], named)
        axes[place].set_title(f"Ranks before, by {name}", loc="left", size=9, weight="bold")
    return page.figure


def _dots(axes: Axes, found: Mapping[str, Any], order: Sequence[int], shown: Any) -> None:
    for row, (name, label, colour) in enumerate(shown):
        one = found[name]
        heights = np.arange(len(order)) + 0.12 - 0.24 * row
        axes.hlines(heights, one.low[order], one.high[order], color=colour, linewidth=1.6)
        axes.plot(one.estimate[order], heights, "os"[row], color=colour, markersize=5, label=label)
    axes.set_ylim(-0.6, len(order) - 0.4)
    axes.tick_params(labelleft=axes.get_subplotspec().colspan.start == 0, length=2)  # type: ignore[union-attr]
    axes.grid(axis="x", color=style.PALE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.legend(loc="upper left", bbox_to_anchor=(-0.05, -0.15), fontsize=7.5, frameon=False)


def _matrix(axes: Axes, matrix: Any, named: Sequence[str]) -> None:
    shown = np.array(matrix, dtype=float)
    axes.imshow(shown, origin="lower", cmap="PuOr", vmin=0.0, vmax=1.0, aspect="auto")
    for row in range(len(named)):
        for column in range(len(named)):
            if row == column:
                continue
            value = shown[row, column]
            ink = "white" if abs(value - 0.5) > 0.35 else style.INK
            axes.text(column, row, f"{value:.2f}", ha="center", va="center", size=7.5, color=ink)
    axes.set_xticks(range(len(named)), named, rotation=40, ha="right", size=7.5)
    axes.set_yticks(range(len(named)), [""] * len(named))
    axes.tick_params(length=0)
