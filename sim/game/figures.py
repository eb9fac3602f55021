"""What did the players change? Their history beside the model's own, state by state."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from sim.axes import RUN, STATE, YEAR
from sim.plots import lines, style
from sim.plots.paths import small_multiples
from sim.plots.story import Story
from sim.plots.text import signed, the

BEFORE, LEAST_BEFORE = (
    8,
    3,
)  # observed years drawn before the game: as many as were played, within these
LEAST = 0.5  # points of alignment that a title calls a change


def title(gaps: dict[str, float], names: dict[str, str], year: int) -> str:
    """Say whom the players moved most, by last year's difference to the same random draws unplayed, points."""
    state = max(gaps, key=lambda code: abs(gaps[code]))
    if abs(gaps[state]) < LEAST:
        return f"The players moved no state's alignment by more than {LEAST:g} points by {year}"
    side = "the United States" if gaps[state] > 0 else "China"
    verb, it = ("are", "them") if names[state] == "Philippines" else ("is", "it")
    return (
        f"By {year} {the(names[state])} {verb} {abs(gaps[state]):.1f} points nearer {side} "
        f"than the model alone takes {it}, with common random numbers"
    )


def draw(
    history: xr.Dataset, outcomes: xr.Dataset, own: xr.Dataset, played: Sequence[str]
) -> Figure:
    """Draw one panel a state: the players' history, the model's own on the same random draws, and the spread of its futures.

    Parameters
    ----------
    history, outcomes : of the game. own : the model's own, run 0 on the same draws. played : codes of the seats.
    """
    story = Story(history=history, outcomes=outcomes, baseline=own)
    before = min(BEFORE, max(LEAST_BEFORE, story.end - story.start))
    recent = outcomes["alignment"].sel({YEAR: slice(story.start - before, None)})
    twin = own["alignment"].isel({RUN: 0})
    last = (recent.isel({YEAR: -1}) - twin.isel({YEAR: -1})).to_series()
    gaps = {code: float(gap) for code, gap in zip(story.states, last, strict=True)}
    note = (
        "Alignment: 0 = China, 100 = United States. Blue: your history. Dashed: the model's own, same random draws. "
        f"Grey: 90 % and 50 % of {own.sizes[RUN]} futures of the model's own. Shaded band: hedging. "
        "Dotted: the game begins. * played; number: your difference to the dashed line in the last year, points."
    )
    names = {code: f"{name}{' *' if code in played else ''}" for code, name in story.names.items()}
    figure, panels = small_multiples(story, title(gaps, story.names, story.end), note, "points")
    for state, axes in panels.items():
        axes.set_title(names[state], loc="left", size=9.5, color=style.INK, weight="bold", pad=4)
        lines.frame_years(axes, story, int(recent[YEAR].values[0]), words=False)
        lines.span(axes, recent, own["alignment"], around=story.band)
        lines.hedging_band(axes, story)
        _draw_own_futures(axes, own["alignment"].sel({STATE: state}))
        lines.course(axes, recent.sel({STATE: state}), style.BLUE)
        end = float(recent.sel({STATE: state}).isel({YEAR: -1}))
        lines.label_ends(axes, [lines.End(end, signed(gaps[state]), style.BLUE)])
    return figure


def _draw_own_futures(axes: lines.Axes, values: xr.DataArray) -> None:
    years = values[YEAR].values
    for low, high, alpha in ((0.05, 0.95, 0.18), (0.25, 0.75, 0.3)):
        edges = [np.quantile(values.transpose(RUN, YEAR).values, q, axis=0) for q in (low, high)]
        axes.fill_between(years, *edges, color=style.GREY, alpha=alpha, linewidth=0)
    axes.plot(
        years, values.isel({RUN: 0}).values, color=style.INK, linestyle=(0, (4, 2)), linewidth=1.1
    )


def draw_game(
    history: xr.Dataset,
    outcomes: xr.Dataset,
    own: xr.Dataset,
    folder: Path | str,
    played: Sequence[str],
) -> list[Path]:
    """Draw a game beside what the model would have done alone, as PNG and SVG.

    Parameters
    ----------
    history, outcomes : of the game. own : outcomes of the model's own futures, run 0 on the same random draws.
    played : codes of the seats.

    Raises
    ------
    UserError : the folder cannot be written.
    """
    with style.context():
        return style.save(draw(history, outcomes, own, played), Path(folder), "game")
