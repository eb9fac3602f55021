"""Whose position prevails? Where the actors stand, whose position beats whose, and whose is the likeliest to prevail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.plots import style
from sim.plots.text import short

SHOWN = 30  # actors drawn, the likeliest to prevail
MOST_NUMBERS = 14  # actors up to which cells carry their numbers
NOTE = (
    "Turn 0 of the spatial model. Left: positions on each issue, 0 to 100, larger dots for more capability; diamond and dotted "
    "line: what is expected (positions weighted by their chance). Middle: chance that the row's position beats the column's, "
    "each actor weighing in with its capability. Right: chance that the position prevails over all others; r: bold (+1) to "
    "cautious (−0.5)."
)


@dataclass(frozen=True, kw_only=True)
class Bargain:
    """What is drawn: names, capability, probability, risk (actor,); position (actor, dimension) 0 to 1; victory (actor, actor);
    expected (dimension,)."""

    names: Sequence[str]
    capability: NDArray[np.float64]
    position: NDArray[np.float64]
    victory: NDArray[np.float64]
    probability: NDArray[np.float64]
    risk: NDArray[np.float64]
    expected: NDArray[np.float64]


def bargaining_title(names: Sequence[str], probability: NDArray[np.float64]) -> str:
    """Say whose position is the likeliest to prevail.

    >>> bargaining_title(["A", "B"], np.array([0.3, 0.7]))
    "B's position is the likeliest to prevail (70 %)"
    """
    best = int(np.argmax(probability))
    if np.isclose(probability, probability[best]).all() and len(names) > 1:
        return "Every position is as likely to prevail as any other"
    return f"{names[best]}'s position is the likeliest to prevail ({100 * probability[best]:.0f} %)"


def draw(found: Bargain, attrs: Mapping[Any, Any]) -> Figure:
    """Draw positions, victories and chances, one row an actor, the likeliest on top.

    Parameters
    ----------
    found : what was found. attrs : version, for the footer.
    """
    order = np.argsort(-found.probability, kind="stable")[:SHOWN]
    cut = len(found.names) > SHOWN
    page = style.sheet(
        width=13.5,
        height=2.05 + 0.4 * len(order),
        title=bargaining_title(found.names, found.probability),
        note=NOTE + (f" The {SHOWN} likeliest of {len(found.names)}." if cut else ""),
        attrs=attrs,
    )
    grid = page.figure.add_gridspec(
        1, 3, width_ratios=(3.6, 4.4, 2.2), wspace=0.12, **page.area(1.6, 0.4, 0.7, 1.05)
    )
    rows = np.arange(len(order))
    panels = [page.figure.add_subplot(grid[index]) for index in range(3)]
    _draw_positions(panels[0], found, order)
    _draw_victories(panels[1], found, order)
    _draw_chances(panels[2], found, order)
    for panel in panels:
        panel.set_ylim(len(order) - 0.5, -0.5)
        panel.set_yticks(rows, [])
        panel.tick_params(length=0, colors=style.INK)
        panel.xaxis.set_label_position("top")
    panels[0].set_yticks(rows, [short(found.names[actor]) for actor in order])
    return page.figure


def _draw_positions(axes: Axes, found: Bargain, order: NDArray[np.int64]) -> None:
    dimensions = found.position.shape[1]
    largest = found.capability.max()
    for at in range(dimensions):
        colour, mark = style.CHOICES[at % 8], style.MARKERS[at % 8]
        shift = 0.22 * (at - (dimensions - 1) / 2)
        area = 20 + 110 * found.capability[order] / largest
        axes.scatter(
            100 * found.position[order, at],
            np.arange(len(order)) + shift,
            s=area,
            color=colour,
            marker=mark,
            label=f"issue {at + 1}",
            alpha=0.85,
            clip_on=False,
            zorder=3,
        )
        axes.axvline(100 * found.expected[at], color=colour, linewidth=1.0, linestyle=":")
        axes.plot(
            100 * found.expected[at], -0.5, marker="D", color=colour, clip_on=False, markersize=5
        )
    axes.set_xlim(-2, 102)
    axes.grid(axis="y", color=style.PALE)
    axes.set_axisbelow(True)
    axes.set_xlabel("position, percent", labelpad=8)
    legend = axes.legend(
        loc="upper center",
        bbox_to_anchor=(0.5, -0.3 / (0.4 * len(order))),
        ncols=min(dimensions, 4),
        frameon=False,
        fontsize=8.5,
    )
    for handle in legend.legend_handles:
        handle.set_sizes([45])  # type: ignore[union-attr]


def _draw_victories(axes: Axes, found: Bargain, order: NDArray[np.int64]) -> None:
    chance = 100 * found.victory[np.ix_(order, order)]
    axes.imshow(chance, cmap="PuOr_r", vmin=0, vmax=100, aspect="auto")
    names = [short(found.names[actor]) for actor in order]
    axes.set_xticks(np.arange(len(order)), names, rotation=35, ha="left", rotation_mode="anchor")
    axes.xaxis.tick_top()
    axes.set_xlabel("chance that the row beats the column, percent")
    axes.xaxis.set_label_position("bottom")
    if len(order) > MOST_NUMBERS:
        return
    for row, column in np.ndindex(*chance.shape):
        if row == column:
            continue
        strong = abs(chance[row, column] - 50) > 32
        axes.text(
            column,
            row,
            f"{chance[row, column]:.0f}",
            ha="center",
            va="center",
            size=8.5,
            color="white" if strong else style.INK,
        )


def _draw_chances(axes: Axes, found: Bargain, order: NDArray[np.int64]) -> None:
    chance = 100 * found.probability[order]
    axes.barh(np.arange(len(order)), chance, color=style.BLUE, height=0.6)
    for row, actor in enumerate(order):
        risk = f"{found.risk[actor]:+.2f}".replace("-", "\N{MINUS SIGN}")
        axes.annotate(
            f"{chance[row]:.1f} %   r {risk}",
            (chance[row], row),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            size=8.5,
            color=style.INK,
            annotation_clip=False,
        )
    axes.set_xlim(0, 1.9 * max(chance.max(), 1.0))
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.set_xlabel("chance to prevail", labelpad=8)
