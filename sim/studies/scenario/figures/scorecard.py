"""What does Japan's aid buy? Deterrence, sea lanes, soft power: with the aid, and without it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.outcomes.definitions import grouped
from sim.outcomes.outcome import JAPAN
from sim.plots import lines, style
from sim.plots.story import Story, central, paired, total_spent
from sim.plots.text import listed, signed
from sim.studies.scenario.figures.lanes import lane_bars

SCORES = {outcome.name: outcome.label for outcome in grouped()[JAPAN]}
BEFORE = 10  # years of the past that are drawn


def title(
    scores: Mapping[str, float], differences: Mapping[str, float] | None, year: int, against: str
) -> str:
    """Say the scores in `year`, or what the policy adds to its baseline's, in points."""
    if differences is None:
        parts = [f"{SCORES[name].lower()} {value:.0f}" for name, value in scores.items()]
        return f"Japan's scores in {year}, of 100: {listed(parts)}"
    parts = [f"{signed(value)} in {SCORES[name].lower()}" for name, value in differences.items()]
    return f"What Japan's aid buys by {year}, against {against}: {listed(parts)} (points of 100)"


def per_billion(difference: float, spent: float) -> str:
    """Say a difference per JPY bn spent; nothing where nothing more was spent.

    >>> per_billion(5.0, 100.0), per_billion(5.0, 0.0)
    ('+0.050 points per JPY bn', '')
    """
    return (
        f"{signed(difference / spent, 3)} points per JPY bn"
        if np.isfinite(spent) and spent > 0
        else ""
    )


def draw(story: Story) -> Figure:
    """Draw the three scores over the years and the lanes' security at the end."""
    gains = _score_gains(story)
    heading = title(
        _mean_scores(story),
        None if gains is None else {k: v[0] for k, v in gains.items()},
        story.end,
        _baseline_note(story),
    )
    page = style.sheet(
        width=13.5, height=4.1, title=heading, note=_footer_note(story), attrs=story.outcomes.attrs
    )
    grid = page.figure.add_gridspec(
        1, 4, **page.area(0.6, 0.4, 0.7, 0.65), wspace=0.4, width_ratios=(1, 1, 1, 1.25)
    )
    for spot, (name, words) in enumerate(SCORES.items()):
        axes = page.figure.add_subplot(grid[spot])
        axes.set_title(words, loc="left", size=10, weight="bold", color=style.INK, pad=18)
        _draw_score(axes, story, name, None if gains is None else gains[name])
        if spot == 0:
            axes.set_ylabel("score, points (0–100)")
    last = page.figure.add_subplot(grid[3])
    box = last.get_position()
    last.set_position(
        (box.x0 + 0.26 * box.width, box.y0, 0.74 * box.width, box.height)
    )  # room for names
    lane_bars(last, story)
    return page.figure


def _baseline_note(story: Story) -> str:
    return (
        "a baseline without OSA" if story.baseline_label == "without OSA" else story.baseline_label
    )


def _mean_scores(story: Story) -> dict[str, float]:
    return {name: float(central(story.outcomes[name]).isel(year=-1)) for name in SCORES}


def _score_gains(story: Story) -> dict[str, tuple[float, float]] | None:
    if story.baseline is None:
        return None
    return {
        name: paired(story.outcomes[name].isel(year=-1), story.baseline[name].isel(year=-1))
        for name in SCORES
    }


def _footer_note(story: Story) -> str:
    spent = total_spent(story.outcomes, story.start)
    said = "Japan's scorecard, each score from 0 to 100."
    if np.isfinite(spent) and story.start < story.end:
        said += f" Security assistance after {story.start} to {story.end}: JPY {spent:.0f} bn."
    if story.baseline is not None:
        said += (
            f" Dashed: {story.baseline_label}, same random draws; below: difference in {story.end}"
        )
        said += f", 95 % interval over {story.runs} paired runs." if story.runs > 1 else "."
    elif story.runs > 1:
        said += f" {story.runs} runs: median, middle 50 % and 90 %."
    return said


def _draw_score(axes: Axes, story: Story, name: str, gain: tuple[float, float] | None) -> None:
    values, base = story.outcomes[name], story.of_baseline(name)
    lines.frame_years(axes, story, story.start - BEFORE)
    axes.set_ylim(0, 100)
    lines.baseline_course(axes, story, name, style.INK)
    lines.course(axes, values, style.GREEN)
    last = float(central(values).isel(year=-1))
    ends = [lines.End(last, f"{last:.1f}", style.GREEN)]
    if base is not None:
        without = float(central(base).isel(year=-1))
        ends.append(lines.End(without, f"{without:.1f}", style.INK))
    lines.label_ends(axes, ends)
    if gain is not None:
        _draw_difference(axes, story, gain)


def _draw_difference(axes: Axes, story: Story, gain: tuple[float, float]) -> None:
    change, half = gain
    text = f"{signed(change)} points" + (f" ± {half:.1f}" if half else "")
    assert story.baseline is not None
    more = total_spent(story.outcomes, story.start) - total_spent(story.baseline, story.start)
    rate = per_billion(change, more)
    axes.text(
        0,
        -0.13,
        f"Difference in {story.end}: {text}\n{rate}"
        if rate
        else f"Difference in {story.end}: {text}",
        transform=axes.transAxes,
        va="top",
        size=8.5,
        color=style.INK,
    )
