"""The charts of one run, and of several compared: each title says what the data say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UserError, nearest
from sim.outcomes.definitions import JAPAN, grouped

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr
    from matplotlib.figure import Figure

    from sim.outcomes.reasons import Why
    from sim.studies.difference.figures.points import Compared

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
    from sim.plots import map as tiles
    from sim.plots import paths, style
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
    from sim.plots import style
    from sim.plots.story import need
    from sim.studies.scenario.figures import comparison

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


def draw_sweep(outcomes: xr.Dataset, folder: Path | str) -> list[Path]:
    """Draw what a sweep's design allows, as PNG and SVG; nothing where there are too many levers.

    Two numbers over a full grid: phase maps. One lever, or two of which one is named: alignment and
    hedging along it. Yearly paths: the fan of the last point with the first as its baseline.

    Parameters
    ----------
    outcomes : over point, replicate, state, as in the outcomes.nc of a store.

    Raises
    ------
    UserError : the folder cannot be written.
    """
    from sim.plots import style

    written = []
    with style.context():
        for name, figure in _of_sweep(outcomes):
            written += style.save(figure, Path(folder), name)
    return written


def _of_sweep(outcomes: xr.Dataset) -> Iterator[tuple[str, Figure]]:
    from sim.studies.sweep.figures import phase, swept

    yield from swept.figures(outcomes)
    if phase.is_grid(outcomes):
        yield "phase", phase.draw_postures(outcomes)
        yield "effects", phase.draw_effects(outcomes)


def draw_report(outcomes: xr.Dataset, folder: Path | str) -> list[tuple[Path, str, str]]:
    """Draw a sweep for a report, as PNG, SVG and PDF: where all points stand, then what `draw_sweep` draws.

    Parameters
    ----------
    outcomes : over point, replicate, state, as in the outcomes.nc of a store.

    Returns
    -------
    Of each figure the PNG, its title and its note, in reading order.

    Raises
    ------
    UserError : the folder cannot be written.
    """
    from sim.plots import style
    from sim.studies.sweep.figures import standing

    told = []
    with style.context():
        for name, figure in (("standing", standing.draw(outcomes)), *_of_sweep(outcomes)):
            png, *_ = style.save(figure, Path(folder), name, pdf=True)
            told.append((png, *style.heading(figure)))
    return told


def draw_differences(
    compared: Compared,
    folder: Path | str,
    paths: tuple[xr.DataArray, xr.DataArray, str] | None = None,
) -> list[Path]:
    """Draw policy minus baseline over a sweep, as PNG and SVG.

    Parameters
    ----------
    compared : the table of differences and its design. paths : of one point and of its baseline,
        alignment (replicate, year, state), and what the point is called.

    Raises
    ------
    UserError : the folder cannot be written.
    """
    from sim.plots import fans, style
    from sim.studies.difference.figures import points as differing

    written = []
    with style.context():
        written += style.save(differing.draw_forest(compared), Path(folder), "differences")
        if (figure := differing.draw_along(compared)) is not None:
            written += style.save(figure, Path(folder), "differences_along")
        if paths is not None:
            policy, baseline, called = paths
            story = fans.pair(
                policy, baseline, compared.attrs, (called, compared.baseline + compared.same)
            )
            written += style.save(fans.draw(story), Path(folder), "fans")
            written += style.save(fans.draw_difference(story), Path(folder), "fans_difference")
    return written


def draw_why(whys: Sequence[Why], folder: Path | str, attrs: Mapping[Any, Any]) -> list[Path]:
    """Draw the reasons of a change as a waterfall, one panel a domain, as PNG and SVG.

    Parameters
    ----------
    whys : of one state and question. attrs : of the history, for the footer.

    Raises
    ------
    UserError : the folder cannot be written.
    """
    from sim.plots import style
    from sim.studies.explain import figures as waterfall

    with style.context():
        return style.save(waterfall.draw(whys, attrs), Path(folder), "why")


def draw_allocation(
    table: pd.DataFrame, recipients: Sequence[str], attrs: Mapping[str, Any], folder: Path | str
) -> list[Path]:
    """Draw what divisions of a budget gain, and who gets what, as PNG and SVG.

    Parameters
    ----------
    table : one row a candidate (see `sim.studies.allocation.figures`). recipients : codes. attrs : for the footer.

    Raises
    ------
    UserError : the folder cannot be written.
    """
    from sim.plots import style
    from sim.studies.allocation import figures as allocation

    with style.context():
        front = style.save(allocation.draw_front(table, attrs), Path(folder), "allocation_front")
        shares = allocation.draw_shares(table, recipients, attrs)
        return front + style.save(shares, Path(folder), "allocation_shares")


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
    history, outcomes : of the game. own : outcomes of the model's own futures, run 0 on the same luck.
    played : codes of the seats.

    Raises
    ------
    UserError : the folder cannot be written.
    """
    from sim.game import figures as game
    from sim.plots import style

    with style.context():
        return style.save(game.draw(history, outcomes, own, played), Path(folder), "game")
