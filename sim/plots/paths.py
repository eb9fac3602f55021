"""Which way does each state lean, year by year? Alignment between China and the United States."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.axes import RUN
from sim.plots import acts, lines, style
from sim.plots.story import Story, central
from sim.plots.text import counted, listed, sentence, spell, the

READ = "Alignment of each state: 0 = China, 100 = United States."
FEW = 3  # states that a title names
HIDDEN = 0.5  # points: lines nearer than this lie on each other
SCALE = "alignment, points (0 = China, 100 = United States)"


def within(values: NDArray[np.float64], band: tuple[float, float]) -> NDArray[np.bool_]:
    """Which states lie in the hedging band, (state,)."""
    return (values >= band[0]) & (values <= band[1])


def title(
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    years: tuple[int, int],
    band: tuple[float, float],
    names: Sequence[str] = (),
) -> str:
    """Say how many of the states that hedged at the start have left the band, who, and how many came in.

    Parameters
    ----------
    start, end : (state,) alignment in the two `years`, points. band : its ends, points. names : of the states; those that
        left are named where they are few.
    """
    before, after = within(start, band), within(end, band)
    left, entered = int((before & ~after).sum()), int((after & ~before).sum())
    first, last = years
    if first == last:
        inside = int(after.sum())
        verb = "is" if inside == 1 else "are"
        return sentence(f"{counted(inside, len(end))} {verb} in the hedging band in {last}")
    if left + entered == 0:
        return f"From {first} to {last} no state leaves or enters the hedging band"
    new = f"{spell(entered)} {'state has' if entered == 1 else 'states have'} entered it"
    if not left:
        return f"By {last} {new.replace(' it', ' the hedging band')}; none has left"
    gone = f"{_of_those(left, int(before.sum()))} in the hedging band in {first}"
    those = [the(name) for name, out in zip(names, before & ~after, strict=bool(names)) if out]
    who = f": {listed(those)}" if 0 < len(those) <= FEW else ""
    return f"By {last} {gone} {'has' if left == 1 else 'have'} left it" + (
        f"; {new}" if entered else who
    )


def _of_those(count: int, total: int) -> str:
    if total == 1:
        return "the one state"
    return (
        f"all {spell(total)} states"
        if count == total
        else f"{spell(count)} of the {spell(total)} states"
    )


def draw(story: Story) -> Figure:
    """Draw lines for one run, small multiples of fans for many."""
    return (
        _draw_lines(story)
        if story.runs == 1 and "run" not in story.outcomes.dims
        else _draw_fans(story)
    )


def story_title(story: Story) -> str:
    """The title for this story; medians speak for an ensemble."""
    middle = central(story.outcomes["alignment"])
    values = [
        np.asarray(middle.sel(year=year).values, dtype=float) for year in (story.start, story.end)
    ]
    names = [story.names[state] for state in story.states]
    return title(values[0], values[1], (story.start, story.end), story.band, names)


def _draw_lines(story: Story) -> Figure:
    values, base = story.outcomes["alignment"], story.of_baseline("alignment")
    steps = acts.steps_of(story)
    marks = f" {acts.KEY}" if steps is not None else ""
    note = f"{READ}{marks}{story.start_note}{_baseline_note(story)}"
    height = 5.4 + 0.12 * max(0, len(story.states) - 10)
    page = style.sheet(
        width=10.5, height=height, title=story_title(story), note=note, attrs=story.outcomes.attrs
    )
    below = 0.35 if steps is None else 0.62
    area = page.area(0.75, 1.65, below)
    axes = page.figure.add_subplot(page.figure.add_gridspec(1, 1, **area)[0])
    lines.frame_years(axes, story)
    lines.span(axes, values, base, around=story.band)
    lines.hedging_band(axes, story, values)
    for state in story.states:
        lines.baseline_course(axes, story, "alignment", style.colour(state), state)
        lines.course(axes, values.sel(state=state), style.colour(state), marker=style.marker(state))
    lines.label_ends(axes, [_line_end(story, state) for state in story.states])
    axes.set_ylabel(SCALE)
    if steps is not None:
        _mark_steps(page, axes, values, steps)
    return page.figure


def _mark_steps(page: style.Sheet, axes: Axes, values: xr.DataArray, steps: xr.DataArray) -> None:
    """Mark every step on its state's line, partners side by side, and name their colours below."""
    partners = acts.partners_in(steps)
    tall = float(np.diff(axes.get_ylim())[0])
    for state in map(str, steps["state"].values):
        at = values.sel(state=state, year=steps["year"]).values
        beside = {code: at + 0.012 * tall * (index - 1) for index, code in enumerate(partners)}
        acts.draw_steps(axes, acts.of_state(steps, state), beside)
    page.figure.legend(
        handles=acts.key_handles(partners),
        loc="lower center",
        bbox_to_anchor=(0.5, (style.FOOT - 0.05) / page.height),
        ncols=len(partners) + 2,
        frameon=False,
        fontsize=9,
    )


def _baseline_note(story: Story) -> str:
    if story.baseline is None:
        return ""
    gap = abs(story.outcomes["alignment"] - story.baseline["alignment"]).isel(year=-1)
    gap = gap.mean(RUN) if RUN in gap.dims else gap
    most = float(gap.max())
    hidden = ", mostly hidden under the lines" if most < HIDDEN else ""
    return (
        f" Dashed{hidden}: {story.baseline_label}, same random draws; it moves no state by more than "
        f"{max(0.1, np.ceil(10 * most) / 10):.1f} points in {story.end}."
    )


def _line_end(story: Story, state: str) -> lines.End:
    value = float(central(story.outcomes["alignment"]).sel(state=state).isel(year=-1))
    mark = "▪ " if style.marker(state) else ""
    return lines.End(value, f"{mark}{story.names[state]} {value:.1f}", style.colour(state))


def _draw_fans(story: Story) -> Figure:
    base = story.of_baseline("alignment")
    note = (
        f"{READ} {story.label}{story.runs} runs: median (line), middle 50 % (dark) and 90 % (light); "
        f"number: median in {story.end}. "
        f"Shaded band: hedging, {story.band[0]:g}–{story.band[1]:g}."
        f"{'' if story.observed_until is None else ' Dotted: observation ends.'}"
        f"{_baseline_note(story) if base is not None else ''}"
    )
    title = f"{story_title(story)} (median of {story.runs} runs)"
    figure, panels = small_multiples(story, title, note, "alignment, points")
    for state, axes in panels.items():
        lines.frame_years(axes, story, words=False)
        lines.span(axes, story.outcomes["alignment"], base, around=story.band)
        lines.hedging_band(axes, story)
        lines.baseline_course(axes, story, "alignment", style.INK, state)
        lines.course(axes, story.outcomes["alignment"].sel(state=state), style.BLUE, width=1.6)
        end = _line_end(story, state)
        lines.label_ends(axes, [lines.End(end.value, f"{end.value:.1f}", style.BLUE)])
    return figure


def small_multiples(
    story: Story,
    title: str,
    note: str,
    scale: str,
    *,
    beside: float = 0.34,
    below: float = 0.35,
    tall: float = 1.75,
) -> tuple[Figure, dict[str, Axes]]:
    """One panel a state, named, with shared axes; tick labels on the outer panels only.

    beside : room between panels for the labels at the ends of lines, in panels' widths.
    below : inches under the lowest panels. tall : inches that a row of panels takes.
    """
    count = len(story.states)
    across = count if count <= 4 else min((5, 4), key=lambda n: -(-count // n) * n - count)
    down = -(-count // across)
    width = max(7.0, 0.9 + 2.3 * across)
    page = style.sheet(
        width=width,
        height=0.35 + below + tall * down,
        title=title,
        note=note,
        attrs=story.outcomes.attrs,
    )
    grid = page.figure.add_gridspec(
        down, across, **page.area(0.75, 0.65, below, 0.4), wspace=beside, hspace=0.42
    )
    panels: dict[str, Axes] = {}
    for index, state in enumerate(story.states):
        axes = page.figure.add_subplot(grid[index // across, index % across])
        axes.set_title(
            story.names[state], loc="left", size=9.5, color=style.INK, weight="bold", pad=4
        )
        axes.tick_params(labelleft=index % across == 0, labelbottom=index + across >= count)
        axes.set_ylabel(scale if index % across == 0 else "")
        panels[state] = axes
    return page.figure, panels
