"""Which states still hedge? Kaplan-Meier curves, one panel a state, of those that ever stop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter

from sim.plots import style
from sim.studies.survival.figures.region import COLUMNS, About, years_of
from sim.world.roster import names


def draw_states(
    curves: Mapping[tuple[tuple[str, str], str], Any], states: Sequence[str], about: About
) -> Figure:
    """One panel a state: Kaplan-Meier curves of every `over` under the first `between`."""
    first = next(iter(curves))[0][1]
    overs = list(dict.fromkeys(key[0] for key, _ in curves))
    kind, meaning = about.told
    named = names(states)
    heading = _states_title(curves, states, overs, first, kind)
    still = [state for state in states if _least(curves, state, overs, first) == 1.0]
    states = [state for state in states if state not in still] or list(states)
    kept = f" Not drawn, since none of their runs reaches it: {', '.join(named[one] for one in still)}."
    columns = min(len(states), COLUMNS)
    rows = -(-len(states) // columns)
    under = f", under {about.between} {first}" if about.between else ""
    page = style.sheet(
        width=12.5,
        height=2.3 * rows + 0.5,
        title=heading,
        note=f"Share of {about.runs} runs in which the state's {meaning}{under}: Kaplan-Meier, band: 95 % interval "
        f"(log-log). {about.censored}{kept if 0 < len(still) < len(named) else ''}",
        attrs=about.attrs,
    )
    grid = page.figure.add_gridspec(
        rows, columns, **page.area(0.75, 1.6, 0.45, 0.35), hspace=0.5, wspace=0.2
    )
    colours = dict(zip(overs, style.CHOICES * 2, strict=False))
    for place, state in enumerate(states):
        axes = page.figure.add_subplot(grid[divmod(place, columns)])
        for over in overs:
            curve = curves[(over, first), state]
            years = about.first - 1 + np.r_[curve.year, about.within]
            share, low, high = (
                np.r_[side, side[-1]] for side in (curve.share, curve.low, curve.high)
            )
            axes.step(years, share, where="post", color=colours[over], linewidth=1.5)
            axes.fill_between(
                years, low, high, step="post", color=colours[over], alpha=0.12, linewidth=0
            )
            if share[-1] > 0.0:
                axes.plot(
                    years[-1], share[-1], "+", color=colours[over], markersize=7, clip_on=False
                )
        axes.set(ylim=(-0.02, 1.03), xlim=(about.first - 1, about.first - 1 + about.within))
        axes.set_xticks(years_of(about))
        axes.set_title(named[state], loc="left", size=9.5, weight="bold", color=style.INK)
        axes.tick_params(labelleft=place % columns == 0)
        style.quiet(axes)
        axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
        if place == min(columns, len(states)) - 1:
            _key(axes, about.over, colours)
    return page.figure


def _key(axes: Axes, over: str, colours: Mapping[str, str]) -> None:
    """Say beside a panel which line is which."""
    lines = [
        Line2D([], [], color=colour, linewidth=1.5, label=name) for name, colour in colours.items()
    ]
    axes.legend(
        handles=lines,
        title=over or None,
        loc="upper left",
        bbox_to_anchor=(1.0, 1.05),
        borderaxespad=1.2,
        frameon=False,
        fontsize=8,
        title_fontsize=8,
        alignment="left",
    )


def _least(curves: Mapping[Any, Any], state: str, overs: Sequence[str], first: str) -> float:
    """The least share of a state's runs that lasts to the end, over the lines drawn."""
    return min(float(curves[(over, first), state].share[-1]) for over in overs)


def _states_title(
    curves: Mapping[Any, Any], states: Sequence[str], overs: Sequence[str], first: str, kind: str
) -> str:
    spread = {
        state: [float(curves[(over, first), state].share[-1]) for over in overs] for state in states
    }
    ever = [state for state in states if _least(curves, state, overs, first) < 1.0]
    moved = max(spread, key=lambda state: max(spread[state]) - min(spread[state]))
    if len(overs) == 1 or max(spread[moved]) - min(spread[moved]) < 0.01:
        return f"How long each state will {kind}"
    low, high = (100.0 * pick(spread[moved]) for pick in (min, max))
    if len(ever) == 1:
        return f"All {kind} but {named_one(ever[0])}: {low:.0f} to {high:.0f} % of its runs do to the end"
    return f"{names([moved])[moved]} differs most between scenarios: {low:.0f} to {high:.0f} % of runs {kind} to the end"


def named_one(state: str) -> str:
    """A state's name."""
    return names([state])[state]
