"""Fit in the initial year: do the targets of each theory rank states as the surveyed elites do?

The start is the same for all theories. What differs is the target of the first simulated year: the ties each theory says a state
would have if it had moved all the way. They are read by the same observation model (with observed trust) and compared by rank
with the ISEAS answers of 2022 and 2023. The calibrated weights were fitted to answers up to 2022, the two rival rules to none.
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
    theories : name -> settings. runs : over which the first year is averaged.
    """
    first = next(iter(theories.values())).years.first
    if first - 1 not in SURVEYED:
        return None
    histories = {name: _first(settings, runs) for name, settings in theories.items()}
    history = next(iter(histories.values()))
    answers = history["forced_choice_observed"].sel({YEAR: list(SURVEYED)}).mean(YEAR)
    if int(answers.notnull().sum()) < FEWEST:
        return None
    trust = history["trust"].sel({YEAR: first - 1})
    start = compute_outcomes(history, next(iter(theories.values())).rules.observation)[
        "forced_choice"
    ]
    predicted = {
        TIES: start.sel({YEAR: first - 1}),
        TRUST: trust.sel(partner="CHN") - trust.sel(partner="USA"),
        **{name: _aimed_at(each, theories[name], first) for name, each in histories.items()},
    }
    return pd.DataFrame([_row(name, values, answers) for name, values in predicted.items()])


def _first(settings: Settings, runs: int) -> xr.Dataset:
    years = dataclasses.replace(settings.years, last=settings.years.first)
    return simulate(dataclasses.replace(settings, years=years, runs=runs)).mean(RUN)


def _aimed_at(history: xr.Dataset, settings: Settings, first: int) -> xr.DataArray:
    """Share choosing China if every tie were at its target, with the trust observed before."""
    aimed = history.assign({f"{domain}_tie": history[f"{domain}_target"] for domain in DOMAINS})
    aimed["trust"] = history["trust"].shift({YEAR: 1})
    return compute_outcomes(aimed, settings.rules.observation)["forced_choice"].sel({YEAR: first})


def _row(name: str, values: xr.DataArray, answers: xr.DataArray) -> dict[str, object]:
    known = np.isfinite(values.transpose(STATE).values) & np.isfinite(answers.values)
    predicted, observed = values.values[known], answers.values[known]
    share = name != TRUST  # a difference of trust is no share
    return {
        "of": name,
        "rank": float(spearmanr(predicted, observed)[0]) if np.ptp(predicted) > 0.0 else np.nan,
        "miss": 100.0 * float(np.abs(predicted - observed).mean()) if share else np.nan,
        "states": int(known.sum()),
    }
