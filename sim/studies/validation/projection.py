"""Projections of 2024 to 2026, recorded before the answers are known, so that anyone can score them later.

Start: the record to 2023. Weights: the posterior that ships, which saw nothing after 2022. Futures: the declared policies and
baseline scenario. Spread: draws, stochastic variation, the model's errors, the sampling error of a survey of 100.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np
import pandas as pd

from sim.axes import Array
from sim.config import Settings
from sim.config.settings import Years
from sim.engines.context import build_context
from sim.studies.validation.forecast import SIZE, eta_of, run_draws, samples
from sim.world.roster import names

FIRST, LAST = 2024, 2026
MADE = "2026-11-22"
QUANTILES = {"q05": 0.05, "q25": 0.25, "median": 0.5, "q75": 0.75, "q95": 0.95}
UNITS = {
    "forced_choice": "share that would choose China if forced to, 0 to 1, as a survey of 100 would find it",
    "alignment": "points, 0 = China, 100 = United States, without survey or model error",
}


def project(
    draws: Mapping[str, Array],
    *,
    base: Settings | None = None,
    replicates: int = 8,
    first: int = FIRST,
    last: int = LAST,
) -> pd.DataFrame:
    """Project the forced choice and alignment of every state.

    Parameters
    ----------
    draws : the posterior, path -> (draw,). base : settings; the declared defaults if None.
    replicates : histories a draw. first, last : years projected.

    Returns
    -------
    One row a state, year and quantity: the 5, 25, 50, 75 and 95 % quantiles, the mean, and the unit.
    """
    settings = dataclasses.replace(base or Settings(), years=Years(first=first, last=last))
    stage = build_context(settings)
    runs, repeated = run_draws(stage, draws, replicates=replicates)
    camp = stage.conduct(first).camp
    eta = eta_of(runs, camp, repeated)
    drawn = samples(eta, repeated, size=SIZE, seed=settings.seed)
    part = repeated["rules.observation.economic_part"][:, None, None]
    lean = (1 - part) * _lean(runs.security, camp) + part * _lean(runs.economic, camp)
    quantities = {"forced_choice": drawn, "alignment": 50 + 50 * lean}
    rows = [
        {"state": code, "name": title, "year": year, "quantity": quantity}
        | _summary(values[:, runs.at(year), index])
        | {"unit": UNITS[quantity]}
        for quantity, values in quantities.items()
        for index, (code, title) in enumerate(names(stage.states).items())
        for year in runs.years
    ]
    return pd.DataFrame(rows)


def _lean(ties: Array, camp: Array) -> Array:
    return (ties[..., :-1] * camp).sum(axis=-1)


def _summary(values: Array) -> dict[str, float]:
    quantiles = {name: float(np.quantile(values, level)) for name, level in QUANTILES.items()}
    return quantiles | {"mean": float(values.mean())}
