"""What is drawn of a sweep besides phase maps: outcomes along one lever, and fans where yearly paths were kept."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import xarray as xr
from matplotlib.figure import Figure

from sim.axes import STATE, YEAR
from sim.config import declared
from sim.outcomes.definitions import OUTCOMES
from sim.plots import along, fans
from sim.plots.levers import across, called, described, label, said
from sim.plots.text import STATES, sentence, signed, the
from sim.statistics import mean_interval
from sim.studies.sweep.figures.grid import POINT, REPLICATE

DRAWN = ("alignment", "hedging")
MOST_LEVERS, MOST_LINES = 2, along.MOST_LINES


def figures(outcomes: xr.Dataset) -> Iterator[tuple[str, Figure]]:
    """Yield the figures a sweep's design allows, each with its name."""
    points = design(outcomes)
    levers = [str(name) for name in points if points[name].nunique() > 1]
    if 0 < len(levers) <= MOST_LEVERS and len(points.drop_duplicates(levers)) == len(points):
        lever = across(points, levers)
        apart = [name for name in levers if name != lever]
        if len(points[apart].drop_duplicates() if apart else points[:1]) <= MOST_LINES:
            for name in (name for name in DRAWN if name in outcomes):
                yield f"along_{name}", draw_along(outcomes, points, name, lever, apart)
    if "alignment_path" in outcomes and levers and outcomes.sizes[REPLICATE] > 1:
        yield from _draw_fans(outcomes, points, levers)


def design(outcomes: xr.Dataset) -> pd.DataFrame:
    """Return the design of a sweep, a row a point; groups with their slash."""
    result = {}
    for name, at in outcomes.coords.items():
        if at.dims == (POINT,) and name != POINT:
            values = at.values
            known = values.dtype.kind in "if" or str(name) in declared()
            result[str(name) if known else str(name).replace(".", "/")] = (
                values if values.dtype.kind in "if" else values.astype(str).astype(object)
            )
    return pd.DataFrame(result)


def draw_along(
    outcomes: xr.Dataset, points: pd.DataFrame, name: str, lever: str, apart: list[str]
) -> Figure:
    """Draw an outcome of each state along a lever, a line for each value of what else varied."""
    table = _levels(outcomes[name].transpose(POINT, REPLICATE, STATE), points, lever, apart)
    runs = outcomes.sizes[REPLICATE]
    band = " and its 95 % interval over random draws" if runs > 1 else ""
    note = (
        f"Mean{band} in the last year, {runs} runs a point. All panels span the same height. All points have "
        "the same random draws: what moves along a line is surer than its band (experiments/difference.py)."
    )
    what = along.Along(table=table, lever=label(lever), scale=OUTCOMES[name].axis)
    return along.draw(
        what, title=_effect_title(table, name, lever), note=note, attrs=outcomes.attrs
    )


def _levels(
    values: xr.DataArray, points: pd.DataFrame, lever: str, apart: list[str]
) -> pd.DataFrame:
    mean, half = mean_interval(values.transpose(POINT, STATE, REPLICATE).values)
    lines = [described(row, apart) for row in points.to_dict("records")]
    parts = [
        pd.DataFrame(
            {
                STATE: str(code),
                "at": points[lever],
                "line": lines,
                "value": mean[:, index],
                "low": (mean - half)[:, index],
                "high": (mean + half)[:, index],
            }
        )
        for index, code in enumerate(values[STATE].values)
    ]
    return pd.concat(parts, ignore_index=True).dropna(subset="value")


def _effect_title(table: pd.DataFrame, name: str, lever: str) -> str:
    """Say which state moves most from one end of the lever to the other."""
    ends = table.groupby([STATE, "line"], sort=False).agg(
        first=("value", "first"), last=("value", "last"), start=("at", "first"), stop=("at", "last")
    )
    gaps = (ends["last"] - ends["first"]).to_numpy(dtype=float)
    most = int(np.abs(gaps).argmax())
    row = ends.reset_index().iloc[most]
    under = f" ({row['line']})" if row["line"] else ""
    code = str(row[STATE])
    country = the(STATES.get(code, code))
    outcome = OUTCOMES[name]
    moved = f"{signed(gaps[most], outcome.decimals + 1)} {outcome.short_unit}".rstrip()
    return sentence(
        f"{outcome.word}: from {called(lever)} {said(row['start'])} to {said(row['stop'])}, {country} "
        f"{'move' if code == 'PHL' else 'moves'} most, {moved}{under}"
    )


def _draw_fans(
    outcomes: xr.Dataset, points: pd.DataFrame, levers: list[str]
) -> Iterator[tuple[str, Figure]]:
    """The fan of the last point, with the first as its baseline, and of their difference."""
    paths = outcomes["alignment_path"].transpose(POINT, REPLICATE, YEAR, STATE)
    ends = [described(points.loc[row], levers) for row in (len(points) - 1, 0)]
    present = paths.isel({POINT: [0, -1]}).notnull().any([POINT, REPLICATE, YEAR])
    shown = paths.isel({STATE: np.flatnonzero(present.values)})
    last, first = (shown.isel({POINT: row}, drop=True) for row in (-1, 0))
    story = fans.paired_story(last, first, outcomes.attrs, (ends[0], ends[1]))
    if story.runs:
        yield "fans", fans.draw(story)
        yield "fans_difference", fans.draw_difference(story)
