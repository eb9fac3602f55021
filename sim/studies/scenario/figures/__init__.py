"""The charts of one run, and of several compared: each title says what the data say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import UserError, nearest
from sim.outcomes.definitions import JAPAN, grouped

if TYPE_CHECKING:
    import xarray as xr


HISTORY = ("security_tie", "economic_tie", "claimant", "forced_choice_observed", "survey_size")
OUTCOMES = [
    "alignment",
    "forced_choice",
    "posture",
    "pressure",
    "incidents",
    "collective_resolve",
    *(outcome.name for outcome in grouped()[JAPAN]),
    "lane_security",
]
COMPARED = ["alignment", "autonomy", "cohesion", "posture", "deterrence", "sea_lanes"]


def draw_all(
    history: xr.Dataset,
    outcomes: xr.Dataset,
    folder: Path | str,
    baseline: xr.Dataset | None = None,
) -> list[Path]:
    """Draw every figure of one history, as PNG and SVG.

    Parameters
    ----------
    history : (..., year, state, partner...) as the engines give it, with or without runs.
    outcomes : its outcomes over the same years. folder : made where it does not exist.
    baseline : outcomes of the paired baseline, the same runs, years and states.

    Returns
    -------
    The files written, in reading order.

    Raises
    ------
    UserError : a variable is missing, or the folder cannot be written.
    """
    from sim.plots import paths, style, tiles
    from sim.plots.story import Story, need
    from sim.studies.scenario.figures import forced_choice, scorecard, sea, triangle

    need(history, HISTORY, "history")
    need(outcomes, OUTCOMES, "outcomes")
    story, written = Story(history=history, outcomes=outcomes, baseline=baseline), []
    for figure in (triangle, paths, forced_choice, tiles, sea, scorecard):
        with style.context():
            written += style.save(
                figure.draw(story), Path(folder), figure.__name__.rpartition(".")[2]
            )
    return written


def draw_comparison(
    outcomes_by_name: dict[str, xr.Dataset], folder: Path | str, baseline: str | None = None
) -> list[Path]:
    """Draw several named outcomes side by side, as PNG and SVG.

    Parameters
    ----------
    outcomes_by_name : outcomes of the same states and years. baseline : one of the names,
        by default the first.

    Raises
    ------
    UserError : nothing to compare, unknown baseline, missing variable, or unwritable folder.
    """
    from sim.plots import comparison, style
    from sim.plots.story import need

    names = list(outcomes_by_name)
    if not names or (baseline is not None and baseline not in names):
        raise UserError(
            given=f"the baseline of the comparison is {baseline!r}"
            if names
            else "nothing was given to compare",
            allowed=nearest(str(baseline), names)
            if names
            else "at least one named choice is needed",
            where="on the command line: compare.choices=[none,osa_2023]",
        )
    for name, data in outcomes_by_name.items():
        need(data, COMPARED, f"outcomes of {name}")
    with style.context():
        figure = comparison.draw(outcomes_by_name, baseline or names[0])
        return style.save(figure, Path(folder), "comparison")
