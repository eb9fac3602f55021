"""The theories side by side, each with draws of its own posterior, under common random numbers: where do states end?"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import xarray as xr

from sim.axes import STATE
from sim.config import Settings
from sim.ensemble import posterior
from sim.ensemble.block_runs import block_outcomes
from sim.ensemble.summary import POINT, REPLICATE
from sim.outcomes.band import within

THEORY, AID, DRAW = "theory", "aid", "draw"
BLOCK = 500  # runs side by side, for memory's sake
SIDES = ("China", "hedging", "United States")


def outcomes_of(points: Sequence[Settings], runs: int) -> xr.Dataset:
    """Last-year outcomes of every point over the same runs, (point, replicate, state)."""
    size = max(1, BLOCK // runs)
    parts = []
    for start in range(0, len(points), size):
        part = block_outcomes(points[start : start + size], 0, runs)
        parts.append(part.assign_coords({POINT: np.arange(start, start + part.sizes[POINT])}))
    return xr.concat(parts, POINT, combine_attrs="override")


def with_aid(settings: Settings, budget: float) -> Settings:
    """Return settings with another yearly budget of Japan's security assistance, JPY bn."""
    japan = dataclasses.replace(settings.policy.japan, osa_budget=budget)
    return dataclasses.replace(
        settings, policy=dataclasses.replace(settings.policy, japan=japan), runs=1
    )


def futures_of(
    theories: Mapping[str, Settings], budgets: Sequence[float], *, draws: int, runs: int
) -> xr.Dataset:
    """Every theory with every budget and the same draws of its posterior, over (theory, aid, draw, replicate, state).

    Parameters
    ----------
    theories : name -> settings that differ by theory. budgets : JPY bn a year. draws : of each theory's posterior.
    runs : of each draw, under common random numbers.
    """
    points = [
        with_aid(posterior.apply(given, draw), budget)
        for name, given in theories.items()
        for budget in budgets
        for draw in posterior.draws(draws, path=posterior.path_of(name))
    ]
    flat = outcomes_of(points, runs)
    index = pd.MultiIndex.from_product(
        [list(theories), list(budgets), range(draws)], names=[THEORY, AID, DRAW]
    )
    coords = xr.Coordinates.from_pandas_multiindex(index, POINT)
    parted = flat.drop_vars(POINT).assign_coords(coords).unstack(POINT)
    return parted.sel({THEORY: list(theories)}).transpose(THEORY, AID, DRAW, REPLICATE, ...)


def side_shares(alignment: xr.DataArray, band: tuple[float, float]) -> xr.DataArray:
    """Share of futures that lean to China, hedge, or lean to the United States, (theory, state, side).

    Parameters
    ----------
    alignment : (theory, draw, replicate, state), at one aid level. band : of hedging, points.
    """
    inside = within(alignment, *band)
    sides = [~inside & (alignment < band[0]), inside, ~inside & (alignment > band[1])]
    counted = [side.mean((DRAW, REPLICATE)) for side in sides]
    return xr.concat(counted, pd.Index(SIDES, name="side")).transpose(THEORY, STATE, "side")


def disagreement(alignment: xr.DataArray) -> pd.DataFrame:
    """How far theories disagree on each state, most first, in points.

    A row a state: standard deviation between theories' means (`between`), mean standard deviation within a theory (`within`), and
    the theories at both ends.

    Parameters
    ----------
    alignment : (theory, draw, replicate, state), at one aid level.
    """
    mean = alignment.mean((DRAW, REPLICATE))
    table = pd.DataFrame(
        {
            "state": alignment[STATE].values.astype(str),
            "between": mean.std(THEORY).values,
            "within": alignment.std((DRAW, REPLICATE)).mean(THEORY).values,
            "most_china": mean.idxmin(THEORY).values.astype(str),
            "most_us": mean.idxmax(THEORY).values.astype(str),
        }
    )
    return table.sort_values("between", ascending=False, ignore_index=True)
