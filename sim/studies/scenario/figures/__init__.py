"""The charts of one run, and of several compared: each title says what the data say."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import UserError, nearest
from sim.outcomes.definitions import grouped
from sim.outcomes.outcome import JAPAN

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.figure import Figure

    from sim.plots.story import Story


HISTORY = (
    "security_tie",
    "economic_tie",
    "steps",
    "claimant",
    "forced_choice_observed",
    "survey_size",
)
OUTCOMES = [
    "alignment",
    "alignment_posture",
    "alignment_structural",
    "forced_choice",
    "posture",
    "pressure",
    "incidents",
    "collective_resolve",
    *(outcome.name for outcome in grouped()[JAPAN]),
    "lane_security",
]
PICTURES = {  # name of a chart of one history -> the module that draws it
    "triangle": f"{__name__}.triangle",
    "paths": "sim.plots.paths",
    "readings": f"{__name__}.readings",
    "forced_choice": f"{__name__}.forced_choice",
    "tiles": "sim.plots.tiles",
    "sea": f"{__name__}.sea",
    "scorecard": f"{__name__}.scorecard",
}
COMPARED = ["alignment", "autonomy", "cohesion", "posture", "deterrence", "sea_lanes"]


def draw_picture(name: str, story: Story) -> Figure:
    """Draw one of `PICTURES`, by its name."""
    return import_module(PICTURES[name]).draw(story)


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
    from sim.plots import style
    from sim.plots.story import Story, need

    need(history, HISTORY, "history")
    need(outcomes, OUTCOMES, "outcomes")
    story, written = Story(history=history, outcomes=outcomes, baseline=baseline), []
    for name in PICTURES:
        with style.context():
            written += style.save(draw_picture(name, story), Path(folder), name)
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
