"""Which points of a comparison are drawn, what they are called, and what the titles say of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sim.axes import STATE
from sim.plots import along
from sim.plots.comparison import title as most_moved
from sim.plots.levers import across, called, changing_names, described, evenly_spaced, label, said
from sim.plots.text import STATES, counted, sentence
from sim.studies.difference.figures import forest

OUTCOME, SCALE = "alignment", "points; + = toward US"
MOST_OTHERS = 2  # further factors that are told apart; with more, they are pooled
FEW = 3  # of other factors' combinations, drawn where there are too many


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A sweep measured against a baseline.

    table : differences.csv. points : the design, a row a point. levers : columns that tell a point
    from its baseline. baseline : what that is called. year : the last. attrs : for the footer.
    """

    table: pd.DataFrame
    points: pd.DataFrame
    levers: Sequence[str]
    baseline: str
    year: int
    attrs: Mapping[Any, Any]

    @property
    def others(self) -> list[str]:
        """What else varies, the same on both sides."""
        names = [str(name) for name in self.points if name not in self.levers]
        return changing_names(self.points, names)

    @property
    def pooled(self) -> bool:
        """Whether what else varies is too much to be told apart (draws of the posterior)."""
        return len(self.others) > MOST_OTHERS

    @property
    def same(self) -> str:
        """Say that the rest is the same, where there is more."""
        return ", all else the same" if self.others else ""

    def rows(self) -> pd.DataFrame:
        """The table with its design; what else varies pooled where it is too much."""
        keys = [str(name) for name in self.levers]
        result = self.table.drop(columns=[n for n in self.points if n in self.table])
        result = result.merge(self.points, left_on="point", right_index=True)
        if not self.pooled:
            return result
        apart = result.groupby([*keys, STATE, "outcome"], sort=False)
        spread = apart["difference"].quantile(np.array([0.025, 0.975])).unstack()
        spread.columns = ["low95", "high95"]
        firsts = apart[["point", "baseline"]].first().join(apart["difference"].mean())
        return firsts.join(spread).reset_index()

    def read(self) -> str:
        """How to read an interval."""
        if self.pooled:
            return "mean and 95 % of the differences over all else that varies (such as draws of the posterior)"
        return "mean difference and its 95 % interval, run by run with common random numbers"


def draw_forest(what: Compared) -> Figure:
    """Draw differences state by state, for a few of the points."""
    rows = what.rows()
    points = _chosen_points(what, rows)
    shown = rows[rows["point"].isin(points)]
    names = [*changing_names(what.points, what.levers), *([] if what.pooled else what.others)]
    labels = {point: described(what.points.loc[point], names) for point in points}
    moved = {
        labels[point]: _by_state(shown[(shown["point"] == point) & (shown["outcome"] == OUTCOME)])
        for point in points
    }
    total = rows["point"].nunique()
    some = f" Shown: {len(points)} of {total} points." if len(points) < total else ""
    note = f"Bars: {what.read()}, last year. Zero: {what.baseline}{what.same}.{some}"
    heading = most_moved(moved, what.baseline, what.year, _point_names(shown))
    return forest.draw(shown, labels, title=heading, note=note, attrs=what.attrs)


def draw_along(what: Compared) -> Figure | None:
    """Draw the difference in alignment along the lever with most values, the baseline at zero."""
    levers = changing_names(what.points, what.levers)
    lever = across(what.points, levers)
    apart = [name for name in levers if name != lever] + ([] if what.pooled else what.others)
    rows = what.rows()
    rows = rows[(rows["outcome"] == OUTCOME) & (rows[STATE] != forest.REGION)]
    if what.points[lever].nunique() < 3:
        return None
    rows = _with_lines(rows, apart)
    names = list(dict.fromkeys(rows["line"]))
    few = evenly_spaced(names, len(names) if len(names) <= along.MOST_LINES else FEW)
    rows = rows[rows["line"].isin(few)]
    table = rows.rename(
        columns={lever: "at", "difference": "value", "low95": "low", "high95": "high"}
    )[[STATE, "line", "at", "value", "low", "high"]]
    if lever in what.levers:
        table = pd.concat([_draw_zeros(what, rows, lever), table])
    some = f" Shown: {len(few)} of {len(names)} lines." if len(few) < len(names) else ""
    note = (
        f"Alignment minus that under {what.baseline}{what.same}, in {what.year}; line and band: {what.read()}. "
        f"All panels span the same number of points.{some}"
    )
    drawn = along.Along(
        table=table.reset_index(drop=True), lever=label(lever), scale=SCALE, zero=True
    )
    return along.draw(drawn, title=_found_sentence(table, lever), note=note, attrs=what.attrs)


def far_point(what: Compared) -> tuple[int, int, str]:
    """Choose the last of the points in the forest: its number, its baseline's, what it is called."""
    rows = what.rows()
    point = _chosen_points(what, rows)[-1]
    base = int(rows.loc[rows["point"] == point, "baseline"].iloc[0])
    names = [*changing_names(what.points, what.levers), *([] if what.pooled else what.others)]
    return point, base, described(what.points.loc[point], names)


def _with_lines(rows: pd.DataFrame, apart: Sequence[str]) -> pd.DataFrame:
    line = [described(row, apart) for row in rows[list(apart)].to_dict("records")] if apart else ""
    return rows.assign(line=line)


def _draw_zeros(what: Compared, rows: pd.DataFrame, lever: str) -> pd.DataFrame:
    """The baseline's own place on each line: no difference."""
    own = rows[[STATE, "line", "baseline"]].drop_duplicates([STATE, "line"])
    at = what.points.loc[own["baseline"], lever].to_numpy()
    return own.drop(columns="baseline").assign(at=at, value=0.0, low=0.0, high=0.0)


def _found_sentence(table: pd.DataFrame, lever: str) -> str:
    """Say for how many states the difference is told from zero somewhere along the lever."""
    away = (table["low"] > 0) | (table["high"] < 0)
    states = table[STATE].unique()
    some = table[away][STATE].nunique()
    largest = float(table["value"].abs().max())
    return sentence(
        f"along {called(lever)}, alignment differs from the baseline (zero outside the 95 % interval) for "
        f"{counted(some, len(states))}, by {said(round(largest, 2))} points at most"
    )


def _chosen_points(what: Compared, rows: pd.DataFrame) -> list[int]:
    """A few points: those with most of the first number among the levers, else of each choice one."""
    compared = what.points.loc[rows["point"].unique()]
    levers = changing_names(what.points, what.levers)
    numbers = [name for name in levers if compared[name].dtype.kind in "if"]
    if numbers:
        compared = compared[compared[numbers[0]] == compared[numbers[0]].max()]
    elif what.others and not what.pooled:
        first = compared[what.others].iloc[0]
        compared = compared[(compared[what.others] == first).all(axis=1)]
    return [int(point) for point in evenly_spaced(list(compared.index), forest.MOST_POINTS)]


def _by_state(part: pd.DataFrame) -> dict[str, float]:
    states = part[part[STATE] != forest.REGION]
    return dict(zip(states[STATE], states["difference"].astype(float), strict=True))


def _point_names(rows: pd.DataFrame) -> dict[str, str]:
    return {str(code): STATES.get(str(code), str(code)) for code in rows[STATE].unique()}
