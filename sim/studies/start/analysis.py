"""Fit in the initial year: postures and alignment computed for the last observed year, beside what elites answered.

The survey is no input of the ties; trust, which the computed answer also uses, comes from the same surveys, so agreement is
partly agreement of a survey with itself. The page says so.
"""

from __future__ import annotations

from typing import Any

import xarray as xr
from scipy.stats import spearmanr

from sim.config import Settings
from sim.engines.region import simulate
from sim.outcomes import compute_outcomes
from sim.outcomes.posture import POSTURES

SURVEYED = (2022, 2023)


def compare_with_surveys(settings: Settings) -> dict[str, Any]:
    """Compare the computed start with the surveys: the values of the page.

    Parameters
    ----------
    settings : whose start (the year before the first) is judged.

    Returns
    -------
    `states`, a row a state, shares in %; rank correlations of the computed shares; their mean absolute difference, points.
    """
    outcomes = compute_outcomes(simulate(settings), settings.rules.observation)
    year = settings.years.first - 1
    start = outcomes.sel(year=year)
    answers = outcomes["forced_choice_observed"].sel(year=list(SURVEYED))
    mean, computed = answers.mean("year"), start["forced_choice"]
    return {
        "year": year,
        "surveys": SURVEYED,
        "states": [
            _state(start.isel(state=index), answers.isel(state=index))
            for index in range(start.sizes["state"])
        ],
        "rank_of_mean": _rank_correlation(computed, mean),
        "ranks": [_rank_correlation(computed, answers.sel(year=survey)) for survey in SURVEYED],
        "difference": 100.0 * float(abs(computed - mean).mean()),
    }


def _rank_correlation(left: xr.DataArray, right: xr.DataArray) -> float:
    return float(spearmanr(left, right, nan_policy="omit")[0])


def _state(start: xr.Dataset, answers: xr.DataArray) -> dict[str, Any]:
    return {
        "name": start["state_name"].item(),
        "alignment": start["alignment"].item(),
        "security": start["alignment_security"].item(),
        "economic": start["alignment_economic"].item(),
        "posture": POSTURES[int(start["posture"])],
        "computed": 100 * start["forced_choice"].item(),
        "observed": [100 * share for share in answers.values.tolist()],
    }
