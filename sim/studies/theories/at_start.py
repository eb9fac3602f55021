"""What does each theory aim at from the observed start, and does that rank states as elites answered?

The start is the same for all theories. What differs is the target of the first simulated year: the ties each theory says a state
would have if it had moved all the way. They are read by the same observation model (with observed trust) and ranked beside the
ISEAS answers of 2022 and 2023. Calibrated weights saw the answers to 2022, the two rival rules saw none.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np
import pandas as pd
import xarray as xr
from scipy.stats import spearmanr

from sim.axes import DOMAINS, RUN, STATE, YEAR
from sim.config import Settings
from sim.engines.ensemble import simulate
from sim.outcomes import compute_outcomes
from sim.studies.start.analysis import SURVEYED

TIES, TRUST = "observed ties and trust", "observed trust alone"
FEWEST = 3  # states to rank


def ranks_at_start(theories: Mapping[str, Settings], runs: int = 20) -> pd.DataFrame | None:
    """Rank correlation of the share choosing China, by theory, with the mean of two surveys; None where not meaningful.

    Parameters
    ----------
    theories : name -> settings. runs : over which the first year's chance is averaged.
    """
    first = next(iter(theories.values())).years.first
    if first - 1 not in SURVEYED:
        return None
    found = {name: _first(settings, runs) for name, settings in theories.items()}
    one = next(iter(found.values()))
    seen = one["forced_choice_observed"].sel({YEAR: list(SURVEYED)}).mean(YEAR)
    if int(seen.notnull().sum()) < FEWEST:
        return None
    trust = one["trust"].sel({YEAR: first - 1})
    start = compute_outcomes(one, next(iter(theories.values())).rules.observation)["forced_choice"]
    told = {
        TIES: start.sel({YEAR: first - 1}),
        TRUST: trust.sel(partner="CHN") - trust.sel(partner="USA"),
        **{name: _aimed_at(history, theories[name], first) for name, history in found.items()},
    }
    return pd.DataFrame([_row(name, values, seen) for name, values in told.items()])


def _first(settings: Settings, runs: int) -> xr.Dataset:
    years = dataclasses.replace(settings.years, last=settings.years.first)
    return simulate(dataclasses.replace(settings, years=years, runs=runs)).mean(RUN)


def _aimed_at(history: xr.Dataset, settings: Settings, first: int) -> xr.DataArray:
    """Share choosing China if every tie were at its target, with the trust observed before."""
    aimed = history.assign({f"{domain}_tie": history[f"{domain}_target"] for domain in DOMAINS})
    aimed["trust"] = history["trust"].shift({YEAR: 1})
    return compute_outcomes(aimed, settings.rules.observation)["forced_choice"].sel({YEAR: first})


def _row(name: str, values: xr.DataArray, seen: xr.DataArray) -> dict[str, object]:
    known = np.isfinite(values.transpose(STATE).values) & np.isfinite(seen.values)
    told, answered = values.values[known], seen.values[known]
    share = name != TRUST  # a difference of trust is no share
    return {
        "of": name,
        "rank": float(spearmanr(told, answered)[0]) if np.ptp(told) > 0.0 else np.nan,
        "miss": 100.0 * float(np.abs(told - answered).mean()) if share else np.nan,
        "states": int(known.sum()),
    }
