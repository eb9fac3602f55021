"""What happens at sea? Pressure on the claimants, incidents, and whether they resist together."""

from __future__ import annotations

from typing import Any

import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.plots import lines, style
from sim.plots.story import Story, central
from sim.plots.text import trend

LEAST = 0.02  # smaller changes on a scale of 0 to 1 are called none


def title(
    pressure: tuple[float, float], resolve: tuple[float, float], years: tuple[int, int]
) -> str:
    """Say how mean pressure and collective resolve (0 to 1) move between the two years."""
    first, last = years
    if first == last:
        now = f"mean pressure {pressure[1]:.2f}, collective resolve {resolve[1]:.2f}"
        return f"At sea in {last}: {now}"
    item, other = trend(*pressure, LEAST), trend(*resolve, LEAST)
    join = (
        "and so does their collective resolve"
        if item == other
        else f"their collective resolve {other}"
    )
    link = ", " if item == other else "; "
    return (
        f"Pressure on the claimants {item} from {first} to {last} "
        f"({pressure[0]:.2f} to {pressure[1]:.2f}){link}"
        f"{join} ({resolve[0]:.2f} to {resolve[1]:.2f})"
    )


def claimants(history: xr.Dataset) -> list[str]:
    """Codes of the states that claim waters China claims too."""
    flags = history["claimant"]
    return [str(code) for code in history["state"].values if float(flags.sel(state=code)) > 0]


def draw(story: Story) -> Figure:
    """Draw pressure, incidents and collective resolve side by side."""
    states = claimants(story.history)
    if not states:
        note = "None of these states claims waters that China claims."
        return style.empty(
            "What happens at sea? No claimant among the states", note, story.outcomes
        )
    note = "Pressure on each claimant, summed over the powers that press." + _reading_note(story)
    page = style.sheet(
        width=12.5,
        height=3.9,
        title=_panel_heading(story, states),
        note=note,
        attrs=story.outcomes.attrs,
    )
    grid = page.figure.add_gridspec(1, 3, **page.area(0.6, 1.2, 0.35, 0.65), wspace=0.5)
    pressure = story.outcomes["pressure"].sel(state=states)
    first = min(story.first_known(pressure, since=0), story.start)
    panels = [page.figure.add_subplot(grid[k]) for k in range(3)]
    _by_claimant(panels[0], story, "pressure", states, first)
    panels[0].set_title("Pressure at sea (0 = none, 1 = full)", **_line_style())
    _by_claimant(panels[1], story, "incidents", states, first)
    panels[1].set_title("Incidents at sea a year (count)", **_line_style())
    _draw_together(panels[2], story, first)
    panels[2].set_title("Collective resolve (0 = yield, 1 = resist)", **_line_style())
    return page.figure


def _line_style() -> dict[str, Any]:
    return {"loc": "left", "size": 9.5, "weight": "bold", "color": style.INK, "pad": 18}


def _reading_note(story: Story) -> str:
    runs = f" {story.runs} runs: medians; bands: middle 50 % and 90 %." if story.runs > 1 else ""
    base = (
        f" Dashed: {story.baseline_label}, same random draws." if story.baseline is not None else ""
    )
    return runs + base


def _panel_heading(story: Story, states: list[str]) -> str:
    pressure = central(story.outcomes["pressure"].sel(state=states).mean("state"))
    resolve = central(story.outcomes["collective_resolve"])
    years = (story.first_known(pressure, resolve), story.end)
    first, last = ((float(pressure.sel(year=y)), float(resolve.sel(year=y))) for y in years)
    return title((first[0], last[0]), (first[1], last[1]), years)


def _by_claimant(axes: Axes, story: Story, name: str, states: list[str], first: int) -> None:
    values, base = story.outcomes[name], story.of_baseline(name)
    lines.frame_years(axes, story, first)
    drawn = central(values) if len(states) > 1 else values
    shown = None if base is None else central(base).sel(state=states)
    top = 1.0 if name == "pressure" else 0.0
    lines.span(axes, drawn.sel(state=states), shown, around=(0.0, top), floor=0.5)
    ends = []
    for state in states:
        hue, course = style.colour(state), drawn.sel(state=state)
        lines.baseline_course(axes, story, name, hue, state)
        lines.course(axes, course, hue)
        ends.append(lines.End(float(central(course).isel(year=-1)), story.names[state], hue))
    lines.label_ends(axes, ends)


def _draw_together(axes: Axes, story: Story, first: int) -> None:
    values, base = story.outcomes["collective_resolve"], story.of_baseline("collective_resolve")
    lines.frame_years(axes, story, first)
    axes.set_ylim(-0.05, 1.05)
    lines.baseline_course(axes, story, "collective_resolve", style.INK)
    lines.course(axes, values, style.BLUE)
    ends = [lines.End(float(central(values).isel(year=-1)), "all claimants", style.BLUE)]
    if base is not None:
        ends.append(lines.End(float(central(base).isel(year=-1)), story.baseline_label, style.INK))
    lines.label_ends(axes, ends)
