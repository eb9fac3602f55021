"""Does the model answer as the survey does? China or the United States, if made to choose."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.axes import RUN
from sim.plots import lines, style
from sim.plots.paths import small_multiples
from sim.plots.story import Story, central
from sim.statistics import sampling_error

SHOWN_BEFORE = 4  # years drawn before the first survey


def title(
    model: NDArray[np.float64], survey: NDArray[np.float64], error: NDArray[np.float64]
) -> str:
    """Say how well the model meets the survey, (answer,) shares and half intervals, 0 to 1."""
    answered = np.isfinite(survey) & np.isfinite(model)
    if not answered.any():
        return "If forced to choose: China or the United States? No survey answers for these states"
    miss = np.abs(model - survey)[answered]
    judged = np.isfinite(error[answered])
    hits = int((miss[judged] <= error[answered][judged]).sum())
    return (
        f"Forced to choose, model and survey differ by {100 * miss.mean():.0f} points on average; "
        f"the model is within sampling error of {hits} of {int(judged.sum())} answers"
    )


def draw(story: Story) -> Figure:
    """Draw the model's course and the survey's points, one panel a state."""
    model, survey, size = _aligned_answers(story)
    error = sampling_error(survey.values, size.values)
    note = (
        "Share choosing China over the United States, %. Line: model. Points: ISEAS survey with "
        "95 % sampling error; hollow where the sample size is not known. Dotted: observation ends."
    )
    note += f" {story.runs} runs: median, middle 50 % and 90 %." if story.runs > 1 else ""
    heading = title(central(model).values.ravel(), survey.values.ravel(), error.ravel())
    figure, panels = small_multiples(story, heading, note, "choosing China, %")
    for index, (state, axes) in enumerate(panels.items()):
        lines.frame_years(axes, story, _first_year(story, survey), words=False)
        axes.set_ylim(0, 100)
        lines.course(
            axes, 100 * story.outcomes["forced_choice"].sel(state=state), style.BLUE, width=1.6
        )
        _draw_points(axes, 100 * survey.isel(state=index), 100 * error[:, index])
    return figure


def _aligned_answers(story: Story) -> tuple[xr.DataArray, xr.DataArray, xr.DataArray]:
    model = story.outcomes["forced_choice"]
    order = [d for d in (RUN, "year", "state") if d in model.dims]
    survey, size = story.history["forced_choice_observed"], story.history["survey_size"]
    parts = [part.isel({RUN: 0}) if RUN in part.dims else part for part in (survey, size)]
    survey, size = (p.reindex(year=story.years).transpose("year", "state") for p in parts)
    return model.transpose(*order), survey, size


def _first_year(story: Story, survey: xr.DataArray) -> int:
    asked = survey["year"].values[np.isfinite(survey.values).any(axis=1)]
    return int(asked.min()) - SHOWN_BEFORE if asked.size else int(story.years[0])


def _draw_points(axes: Axes, survey: xr.DataArray, error: NDArray[np.float64]) -> None:
    years, share = survey["year"].values, survey.values
    known, there = np.isfinite(error), np.isfinite(share)
    both, bare = known & there, there & ~known
    look: dict[str, Any] = {"color": style.VERMILION, "markersize": 4, "linewidth": 1.2}
    if both.any():
        axes.errorbar(years[both], share[both], yerr=error[both], fmt="o", capsize=1.5, **look)
    axes.plot(years[bare], share[bare], "o", markerfacecolor="white", **look)
    if not there.any():
        axes.text(
            0.04,
            0.06,
            "not surveyed",
            transform=axes.transAxes,
            size=8,
            color=style.GREY,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
        )
