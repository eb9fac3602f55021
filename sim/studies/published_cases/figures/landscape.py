"""Who ends up with whom? Every local minimum with its two camps, and how deep it lies among all configurations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from sim.plots import style
from sim.plots.text import sentence, short, spell

MINUS = "\N{MINUS SIGN}"
SHOWN = 12  # minima drawn
CAMPS = {1: style.BLUE, -1: style.ORANGE}
NOTE = (
    "Left: one column a local minimum, deepest first, with its energy and the share of configurations that end there; a cell "
    "says in which camp an actor is (the name of a camp means nothing) and how frustrated it is (below 0: apart from those it "
    "shuns). Right: energies of {which}, lines at the minima. From a configuration the actor moves whose "
    "move lowers energy most, until none does."
)


@dataclass(frozen=True, kw_only=True)
class Landscape:
    """What is drawn: names, sizes (actor,); of each minimum sides, frustration (minimum, actor), energy, basin; all energies."""

    names: Sequence[str]
    sizes: NDArray[np.float64]
    sides: NDArray[np.float64]
    frustration: NDArray[np.float64]
    energy: NDArray[np.float64]
    basin: NDArray[np.float64]
    energies: NDArray[np.float64]
    sampled: bool = False  # configurations drawn at random, not all

    @property
    def which(self) -> str:
        """Which configurations were gone down from."""
        count = f"{len(self.energies):,} configurations"
        return f"{count} drawn at random" if self.sampled else f"all {count}"


def landscape_title(found: Landscape) -> str:
    """Say how many places to rest there are and how often the deepest is reached."""
    actors, count = sentence(spell(len(found.names))), len(found.energy)
    lot = " of the descents tried" if found.sampled else ""
    if count == 1:
        return f"{actors} actors come to rest in one way only" + (", in all" + lot if lot else "")
    share = f"{found.basin[0] / found.basin.sum():.0%}"
    reached = f"in {share}{lot}" if lot else f"from {share} of all configurations"
    return (
        f"{actors} actors can come to rest in {spell(count)} ways; the deepest is reached {reached}"
    )


def draw(found: Landscape, attrs: Mapping[Any, Any]) -> Figure:
    """Draw camps and frustrations of the minima beside all energies.

    Parameters
    ----------
    found : what was found. attrs : version, for the footer.
    """
    shown = min(len(found.energy), SHOWN)
    page = style.sheet(
        width=12.0,
        height=1.9 + 0.34 * len(found.names),
        title=landscape_title(found),
        note=NOTE.format(which=found.which),
        attrs=attrs,
    )
    grid = page.figure.add_gridspec(
        1,
        2,
        width_ratios=(0.8 + 0.75 * shown, 4.2),
        wspace=0.3,
        **page.area(2.3, 0.35, 0.65, 0.95),
    )
    _draw_camps(page.figure.add_subplot(grid[0]), found, shown)
    _draw_energies(page.figure.add_subplot(grid[1]), found, shown)
    return page.figure


def _draw_camps(axes: Axes, found: Landscape, shown: int) -> None:
    order = np.argsort(-found.sizes, kind="stable")
    for row, actor in enumerate(order):
        for column in range(shown):
            _draw_cell(
                axes, column, row, found.sides[column, actor], found.frustration[column, actor]
            )
    axes.set_xlim(0, shown)
    axes.set_ylim(len(order), 0)
    total = found.basin.sum()
    axes.set_xticks(
        [index + 0.5 for index in range(shown)],
        [
            f"{index + 1}\n{_plain_number(found.energy[index])}\n{found.basin[index] / total:.0%}"
            for index in range(shown)
        ],
    )
    axes.set_yticks(
        [row + 0.5 for row in range(len(order))],
        [f"{short(found.names[actor])}  ({found.sizes[actor]:g})" for actor in order],
    )
    axes.xaxis.tick_top()
    axes.tick_params(length=0, colors=style.INK)
    axes.spines[["left", "bottom"]].set_visible(False)
    more = len(found.energy) - shown
    axes.set_xlabel("minimum, energy, share" + (f" ({more:,} more not drawn)" if more else ""))
    axes.xaxis.set_label_position("top")
    axes.set_ylabel("actor (size)")


def _plain_number(value: float) -> str:
    """Write a number in at most four digits, with a true minus.

    >>> _plain_number(-3828.9), _plain_number(16.0)
    ('−3,829', '16')
    """
    text = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    return text.replace("-", MINUS)


def _draw_cell(axes: Axes, column: int, row: int, side: float, frustration: float) -> None:
    axes.add_patch(
        Rectangle(
            (column, row),
            1,
            1,
            facecolor=CAMPS[int(side)],
            edgecolor="white",
            linewidth=2,
            hatch=None if side > 0 else "//",
        )
    )
    axes.text(
        column + 0.5,
        row + 0.5,
        f"{frustration:.3g}".replace("-", MINUS),
        ha="center",
        va="center",
        size=8.5,
        color=style.INK,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2, "alpha": 0.85},
    )


def _draw_energies(axes: Axes, found: Landscape, shown: int) -> None:
    bins = min(40, max(8, len(found.energies) // 6))
    axes.hist(
        found.energies, bins=bins, orientation="horizontal", color=style.PALE, edgecolor=style.GREY
    )
    for energy in found.energy[:shown]:
        axes.axhline(energy, color=style.VERMILION, linewidth=1.2)
    axes.set_xlabel("number of configurations")
    axes.set_ylabel("energy; lower is calmer")
    axes.margins(y=0.08)
