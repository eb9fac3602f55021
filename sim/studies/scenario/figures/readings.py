"""What does each government want, and what is it tied to? Three readings of alignment, and the steps that link them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.plots import acts, lines, style
from sim.plots.paths import small_multiples
from sim.plots.story import Story, central
from sim.plots.text import PARTNERS, spell, the

READINGS: dict[str, dict[str, Any]] = {  # outcome -> how its line looks; the blend last, on top
    "alignment_posture": {"color": style.PURPLE, "linewidth": 1.3, "linestyle": (0, (1, 1.2))},
    "alignment_structural": {"color": style.SKY, "linewidth": 1.3, "linestyle": (0, (5, 1.5))},
    "alignment": {"color": style.INK, "linewidth": 1.9},
}
WORDS = {
    "alignment_posture": "posture: what the government wants",
    "alignment_structural": "structure: agreements, arms, trade",
    "alignment": "alignment: the blend of both",
}
ROW = 0.085  # of the height of the lines, that one partner's row of steps takes


def title(
    gaps: dict[str, float], names: dict[str, str], year: int, counts: tuple[int, int] | None
) -> str:
    """Say where posture and structure stand furthest apart in `year`, and how many steps were taken.

    Parameters
    ----------
    gaps : posture less structure by state, points. counts : years with steps up, and down; None where not counted.
    """
    known = {code: gap for code, gap in gaps.items() if np.isfinite(gap)}
    if not known:
        return "What does each government want, and what is it tied to?"
    code = max(known, key=lambda each: abs(known[each]))
    side = "the United States" if known[code] > 0 else "China"
    where = the(names[code])
    said = (
        f"In {year} posture and structure differ most in {where}: "
        f"the government leans {abs(known[code]):.0f} points more to {side} than its ties do"
    )
    if counts is None:
        return said
    up, down = counts
    return f"{said}; {spell(up)} {'step' if up == 1 else 'steps'} up, {spell(down)} down"


def draw(story: Story) -> Figure:
    """Draw the three readings of each state, and below them its steps: those of one run, or the mean count of many."""
    steps, taken = acts.steps_of(story), acts.mean_steps(story)
    ends = {name: central(story.outcomes[name]).isel(year=-1) for name in READINGS}
    gap = ends["alignment_posture"] - ends["alignment_structural"]
    counts = (
        None if steps is None else (acts.count_steps(steps, 1.0), acts.count_steps(steps, -1.0))
    )
    heading = title(
        {code: float(gap.sel(state=code)) for code in story.states}, story.names, story.end, counts
    )
    note = _reading_note(story, steps)
    figure, panels = small_multiples(
        story, heading, note, "points", beside=0.42, below=0.72, tall=2.05
    )
    low, high = _common_span(story)
    partners = acts.partners_in(story.history)
    heights = {
        code: low - ROW * (high - low) * (index + 0.8) for index, code in enumerate(partners)
    }
    for state, axes in panels.items():
        lines.frame_years(axes, story, words=False)
        lines.hedging_band(axes, story)
        axes.set_ylim(low - ROW * (high - low) * (len(partners) + 0.6), high)
        for name, look in READINGS.items():
            middle = central(story.outcomes[name].sel(state=state))
            axes.plot(middle["year"].values, middle.values, solid_capstyle="round", **look)
        axes.axhline(low, color=style.GREY, linewidth=0.6)
        axes.set_yticks([tick for tick in axes.get_yticks() if low <= tick <= high])
        if steps is not None:
            acts.draw_steps(axes, acts.of_state(steps, state), heights, size=4.5)
        _name_rows(axes, heights)
        if steps is None and taken is not None:
            _write_counts(axes, acts.of_state(taken, state), heights)
        end = float(ends["alignment"].sel(state=state))
        if np.isfinite(end):
            lines.label_ends(axes, [lines.End(end, f"{end:.1f}", style.INK)])
    _draw_key(figure, steps)
    return figure


def _reading_note(story: Story, steps: xr.DataArray | None) -> str:
    many = f" Medians of {story.runs} runs." if story.runs > 1 else ""
    seen = "" if story.observed_until is None else " Dotted upright: observation ends."
    marks = acts.KEY if steps is not None else acts.COUNTED
    return (
        "0 = China, 100 = United States; number: alignment in "
        f"{story.end}; shaded: the hedging band.{seen}{'' if many else story.start_note}{many} {marks}"
    )


def _common_span(story: Story) -> tuple[float, float]:
    """The same values in every panel: all three readings, and the band."""
    every = np.concatenate(
        [np.asarray(central(story.outcomes[name]).values, dtype=float).ravel() for name in READINGS]
        + [np.array(story.band)]
    )
    every = every[np.isfinite(every)]
    return max(0.0, float(every.min()) - 3.0), min(100.0, float(every.max()) + 3.0)


def _name_rows(axes: Axes, heights: Mapping[str, float]) -> None:
    """Name each partner's row of steps, in its colour, where the row ends."""
    for code, height in heights.items():
        name = {"USA": "US"}.get(code, PARTNERS.get(code, code))
        axes.annotate(
            name,
            (1.0, height),
            xycoords=axes.get_yaxis_transform(),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            size=7,
            color=acts.partner_colour(code),
            annotation_clip=False,
        )


def _write_counts(axes: Axes, taken: xr.DataArray, heights: Mapping[str, float]) -> None:
    """Write how many steps up and down are taken with each partner, mean of the runs."""
    for code, height in heights.items():
        up, down = (float(taken.sel(partner=code, way=way)) for way in ("up", "down"))
        axes.annotate(
            f"▲ {up:.1f}   ▼ {down:.1f}",
            (0.98, height),
            xycoords=axes.get_yaxis_transform(),
            ha="right",
            va="center",
            size=7,
            color=acts.partner_colour(code),
        )


def _draw_key(figure: Figure, steps: xr.DataArray | None) -> None:
    handles = [Line2D([], [], label=WORDS[name], **look) for name, look in READINGS.items()][::-1]
    if steps is not None:
        handles += acts.key_handles([])
    height = float(figure.get_size_inches()[1])
    figure.legend(
        handles=handles,
        loc="lower center",
        bbox_to_anchor=(0.5, (style.FOOT - 0.05) / height),
        ncols=5,
        frameon=False,
        fontsize=8.5,
        handlelength=2.6,
    )
