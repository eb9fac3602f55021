"""Years of many runs, one panel a state: a policy's fan with its baseline, and the fan of their difference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr
import yaml
from matplotlib.figure import Figure

from sim.axes import RUN, STATE, YEAR
from sim.plots import lines, style
from sim.plots.paths import draw as draw_paths
from sim.plots.paths import small_multiples
from sim.plots.story import Story
from sim.plots.text import signed, state_names, the

REPLICATE = "replicate"
LEAST_HIGH = 0.02  # points


def paired_story(
    policy: xr.DataArray,
    baseline: xr.DataArray,
    attrs: Mapping[Any, Any],
    called: tuple[str, str],
) -> Story:
    """Make one story of two points: alignment (replicate, year, state) of each, the same replicates.

    Runs that either lacks are left out. called : what policy and baseline are called.
    """
    both = policy.notnull().all([YEAR, STATE]) & baseline.notnull().all([YEAR, STATE])
    sides = [
        side.isel({REPLICATE: np.flatnonzero(both.values)}).rename({REPLICATE: RUN}).astype(float)
        for side in (policy, baseline)
    ]
    ours, other = (xr.Dataset({"alignment": side}) for side in sides)
    ours.attrs = dict(attrs) | band_in(attrs) | {"label": called[0]}
    other.attrs = {"label": called[1]}
    return Story(history=ours, outcomes=ours, baseline=other)


def band_in(attrs: Mapping[Any, Any]) -> dict[str, float]:
    """The hedging band, from the settings a Dataset was made with, where it says so."""
    given = yaml.safe_load(str(attrs.get("config", ""))) or {}
    half = given.get("rules", {}).get("observation", {}).get("band")
    return {} if half is None else {"band_low": 50.0 - half, "band_high": 50.0 + half}


def draw(story: Story) -> Figure:
    """Draw the policy's fan of each state, its baseline dashed."""
    return draw_paths(story)


def title(ends: Mapping[str, float], names: Mapping[str, str], year: int, policy: str) -> str:
    """Say whom a policy moves most by the last year: mean differences by state, points.

    >>> title({"PHL": 0.4, "KHM": -1.2}, {"PHL": "Philippines", "KHM": "Cambodia"}, 2040, "osa_2023")
    'osa_2023: by 2040 Cambodia is moved most, −1.2 points (− = toward China)'
    """
    code = max(ends, key=lambda each: abs(ends[each]))
    if abs(ends[code]) < 0.05:
        return f"{policy}: by {year} no state's alignment is moved by as much as 0.05 points"
    verb = "are" if names[code] == "Philippines" else "is"
    side = "+ = toward the United States" if ends[code] > 0 else "− = toward China"
    return (
        f"{policy}: by {year} {the(names[code])} {verb} moved most, "
        f"{signed(ends[code])} points ({side})"
    )


def draw_difference(story: Story) -> Figure:
    """Draw the fan of policy minus baseline of each state, run by run, beside zero; story : from `paired_story`."""
    assert story.baseline is not None
    policy = str(story.outcomes.attrs["label"])
    gap = story.outcomes["alignment"] - story.baseline["alignment"]
    ends = gap.isel({YEAR: -1}).mean(RUN)
    note = (
        f"Alignment, {policy} minus {story.baseline_label}, run by run with common random numbers, {story.runs} "
        "runs: median (line), middle 50 % (dark) and 90 % (light) of runs. Dashed: baseline (no difference)."
    )
    entries = {str(code): float(ends.sel({STATE: code})) for code in ends[STATE].values}
    heading = title(entries, state_names(story.history), story.end, policy)
    figure, panels = small_multiples(story, heading, note, "points; + = toward US", beside=0.42)
    for state, axes in panels.items():
        lines.frame_years(axes, story, words=False)
        lines.span(axes, gap.quantile([0.05, 0.95], RUN), around=(0.0,), floor=LEAST_HIGH)
        axes.axhline(0.0, color=style.INK, linewidth=0.9, linestyle=(0, (4, 2)))
        item = gap.sel({STATE: state})
        lines.course(axes, item, style.BLUE, width=1.6)
        end = float(item.isel({YEAR: -1}).median(RUN))
        lines.label_ends(axes, [lines.End(end, signed(end, 2), style.BLUE)], size=7.5)
    return figure
