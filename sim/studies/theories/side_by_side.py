"""The theories side by side, under common random numbers: where each state ends, by theory, and how far theories disagree."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd
import xarray as xr

from sim.axes import STATE
from sim.config import Settings
from sim.ensemble.block_runs import block_outcomes
from sim.ensemble.summary import POINT, POSTURE, REPLICATE
from sim.outcomes.posture import POSTURES

THEORY, AID = "theory", "aid"
BLOCK = 500  # runs side by side, for memory's sake


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


def by_theory_and_aid(
    theories: Mapping[str, Settings], budgets: Sequence[float], runs: int
) -> xr.Dataset:
    """Every theory with every budget, over (theory, aid, replicate, state).

    Parameters
    ----------
    theories : name -> settings that differ by theory. budgets : JPY bn a year. runs : of each, under common random numbers.
    """
    points = [with_aid(given, budget) for given in theories.values() for budget in budgets]
    flat = outcomes_of(points, runs)
    index = pd.MultiIndex.from_product([list(theories), list(budgets)], names=[THEORY, AID])
    coords = xr.Coordinates.from_pandas_multiindex(index, POINT)
    parted = flat.drop_vars(POINT).assign_coords(coords).unstack(POINT)
    return parted.sel({THEORY: list(theories)}).transpose(THEORY, AID, REPLICATE, ...)


def leading_posture(codes: xr.DataArray) -> xr.DataArray:
    """The posture most runs end in, and the lowest code of several, without the replicate axis."""
    kinds = xr.concat([(codes == kind).sum(REPLICATE) for kind in range(len(POSTURES))], "kind")
    return kinds.argmax("kind")


def state_table(outcomes: xr.Dataset) -> pd.DataFrame:
    """One row a state and theory: mean and spread of alignment, hedging, and the leading posture.

    Parameters
    ----------
    outcomes : over (theory, replicate, state), at one budget.
    """
    lead = leading_posture(outcomes[POSTURE])
    rows = [
        {
            "state": str(state),
            "theory": str(theory),
            "alignment": float(outcomes["alignment"].loc[at].mean()),
            "alignment_sd": float(outcomes["alignment"].loc[at].std()),
            "hedging": float(outcomes["hedging"].loc[at].mean()),
            "posture": POSTURES[int(lead.loc[at])],
        }
        for state in outcomes[STATE].values
        for theory in outcomes[THEORY].values
        for at in [{STATE: state, THEORY: theory}]
    ]
    return pd.DataFrame(rows)


def disagreement(outcomes: xr.Dataset) -> pd.DataFrame:
    """How far theories disagree on each state, most first.

    A row a state: mean distance in alignment between two theories under common random numbers (points); the standard deviation
    over runs within a theory, mean over theories (points); the number of different leading postures; the theories at both ends.

    Parameters
    ----------
    outcomes : over (theory, replicate, state), at one budget.
    """
    alignment = outcomes["alignment"]
    pairs = list(combinations(range(alignment.sizes[THEORY]), 2))
    gaps = [
        abs(alignment.isel({THEORY: left}, drop=True) - alignment.isel({THEORY: right}, drop=True))
        for left, right in pairs
    ]
    apart = xr.concat([gap.mean(REPLICATE) for gap in gaps], "pair").mean("pair")
    mean, lead = alignment.mean(REPLICATE), leading_posture(outcomes[POSTURE])
    table = pd.DataFrame(
        {
            "state": outcomes[STATE].values.astype(str),
            "between_theories": apart.values,
            "within_theory": alignment.std(REPLICATE).mean(THEORY).values,
            "postures": [len(np.unique(lead.sel({STATE: s}))) for s in outcomes[STATE].values],
            "most_china": mean.idxmin(THEORY).values.astype(str),
            "most_us": mean.idxmax(THEORY).values.astype(str),
        }
    )
    return table.sort_values("between_theories", ascending=False, ignore_index=True)
