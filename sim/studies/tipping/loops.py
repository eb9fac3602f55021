"""Is there a loop between the way up and the way down, and is it more than lag?

A slow variable lags behind a moving cause, which opens a loop that closes as the cause moves more slowly; two equilibria keep
it open however slowly it moves. So each staircase is climbed twice, at two paces, and the loop that would remain at no pace
at all is drawn from both. Source: ours (lag taken as falling with one over the years at a level; near a tipping point it
falls more slowly, so what remains is then read too large; the gap at each level says where).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from sim.axes import RUN, Array
from sim.statistics import summary
from sim.studies.tipping.ramp import BRANCH, CASE, LEVEL

HALF = 0.5  # of joint resolve: where it is said to have tipped
WIDE = 0.1  # a gap in joint resolve worth calling one
AREA = 0.01  # a loop worth calling one: one part in a hundred of all there could be
HYSTERESIS, AT_REST, LAG, NONE = "hysteresis", "only at no pressure", "lag", "none"


def gap(climbed: xr.Dataset) -> xr.DataArray:
    """Resolve on the way down less that on the way up, run by run, over level."""
    resolve = climbed["resolve"]
    return resolve.sel({BRANCH: "down"}, drop=True) - resolve.sel({BRANCH: "up"}, drop=True)


def area(climbed: xr.Dataset) -> xr.DataArray:
    """Area between the branches as a part of all there could be (a gap of 1 at every level), run by run."""
    span = float(climbed[LEVEL][-1] - climbed[LEVEL][0])
    return gap(climbed).integrate(LEVEL) / span


def remaining(quick: xr.Dataset, slow: xr.Dataset) -> xr.DataArray:
    """Area left when the stairs are climbed ever more slowly, drawn from two paces, run by run; never more than on the slow."""
    fast, calm = (float(each.attrs["years_at_each_level"]) for each in (quick, slow))
    drawn = (calm * area(slow) - fast * area(quick)) / (calm - fast)
    return drawn.where(drawn < area(slow), area(slow))


def crossings(climbed: xr.Dataset, branch: str) -> xr.DataArray:
    """Lowest pressure from which joint resolve stays above one half, run by run; NaN if it never does.

    Parameters
    ----------
    branch : up or down. Between two levels the crossing is drawn straight; above half everywhere counts as the lowest level.
    """
    resolve = climbed["resolve"].sel({BRANCH: branch}, drop=True)
    return xr.apply_ufunc(
        _crossing,
        resolve,
        input_core_dims=[[LEVEL]],
        kwargs={"levels": climbed[LEVEL].values},
        vectorize=True,
    )


def _crossing(resolve: Array, *, levels: Array) -> float:
    below = np.flatnonzero(resolve < HALF)
    if below.size == 0:
        return float(levels[0])
    last = int(below[-1])
    if last == len(levels) - 1:
        return float("nan")
    part = (HALF - resolve[last]) / (resolve[last + 1] - resolve[last])
    return float(levels[last] + part * (levels[last + 1] - levels[last]))


def table(quick: xr.Dataset, slow: xr.Dataset) -> pd.DataFrame:
    """One row a case: areas, what remains, the widest gap and where, tipping points, the rule's equilibria, a verdict.

    Each number comes with the 95 % interval of its mean over luck (`_low`, `_high`); tipping points with the share of runs
    that tip at all (`_share`); `two_equilibria` is the share of runs in which the rule alone has two at some level.
    """
    widest = gap(slow).mean(RUN).argmax(LEVEL)
    measured = {
        "area_quick": area(quick),
        "area_slow": area(slow),
        "area_remaining": remaining(quick, slow),
        "gap_quick": gap(quick).isel({LEVEL: widest}).drop_vars(LEVEL),
        "gap_slow": gap(slow).isel({LEVEL: widest}).drop_vars(LEVEL),
        "tip_up": crossings(slow, "up"),
        "tip_down": crossings(slow, "down"),
    }
    apart = (slow["greatest"] - slow["least"]).max([BRANCH, LEVEL]) > WIDE
    columns = {"gap_at": slow[LEVEL][widest].drop_vars(LEVEL), "two_equilibria": apart.mean(RUN)}
    for name, values in measured.items():
        columns |= _told(name, values)
    found = xr.Dataset(columns).to_dataframe().reset_index()
    return found.assign(verdict=[_verdict(row) for _, row in found.iterrows()])


def cases_with(cases: pd.DataFrame, fixed: Mapping[str, Any]) -> pd.DataFrame:
    """Rows of the table of cases in which some columns have these values."""
    for name, value in fixed.items():
        cases = cases[cases[name] == value]
    return cases


def _told(name: str, values: xr.DataArray) -> dict[str, xr.DataArray]:
    flat = values.transpose(*CASE, RUN)
    blank = flat.isel({RUN: 0}, drop=True)
    told = summary(flat.values)
    kept = {"": "mean", "_low": "low95", "_high": "high95"}
    kept |= {"_share": "share"} if name.startswith("tip") else {}
    return {f"{name}{ending}": blank.copy(data=told[part]) for ending, part in kept.items()}


def _verdict(row: pd.Series) -> str:
    """Say what the loop is, by its surely remaining area and its surely widest gap on the slow stairs."""
    if row["gap_slow_low"] <= WIDE:
        return NONE
    if row["area_remaining_low"] > AREA:
        return HYSTERESIS
    return AT_REST if row["gap_at"] == 0.0 else LAG
