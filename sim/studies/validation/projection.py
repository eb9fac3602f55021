"""Projections of 2024 to 2026, recorded before the answers are known, so that anyone can score them later.

Start: the record to 2023, assimilated. Weights: the posterior that ships, which saw nothing after 2022. Futures: the declared
policies and baseline scenario. Spread: draws, starts, chance, and for the forced choice the error of a survey.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from sim.axes import Array
from sim.config import Settings
from sim.config.settings import Years
from sim.engines.context import build_context
from sim.studies.validation.past_runs import ACTS, run_past
from sim.world.panels import NOISE, NOISE_SMALL, SMALL_SAMPLES
from sim.world.roster import names

FIRST, LAST = 2024, 2026
MADE = "2026-11-28"
QUANTILES = {"q05": 0.05, "q25": 0.25, "median": 0.5, "q75": 0.75, "q95": 0.95}
UNITS = {
    "alignment": "points, 0 = China, 100 = United States: 0.4 posture, 0.6 structure",
    "alignment_posture": "points, what the government wants",
    "alignment_structural": "points, agreements, arms and economic ties",
    "forced_choice": "share that would choose China if forced to, 0 to 1, as a survey would find it",
    "acts_up": "chance of at least one step up with the partner in the year, 0 to 1",
    "acts_down": "chance of at least one step down with the partner in the year, 0 to 1",
}
SHARES = ("forced_choice",)


def project(
    draws: Mapping[str, Array],
    *,
    base: Settings | None = None,
    replicates: int = 8,
    first: int = FIRST,
    last: int = LAST,
) -> pd.DataFrame:
    """Project alignment, posture, structure and the forced choice of every state, and its steps with every partner.

    Parameters
    ----------
    draws : the posterior, path -> (draw,). base : settings; the declared defaults if None.
    replicates : histories a draw. first, last : years projected.

    Returns
    -------
    One row a state, year, quantity (and partner, for steps), with its unit: of levels the 5, 25, 50, 75 and 95 % quantiles and
    the mean, of chances the mean alone.
    """
    settings = dataclasses.replace(base or Settings(), years=Years(first=first, last=last))
    stage = build_context(settings)
    levels = [name for name in UNITS if not name.startswith("acts")]
    runs = run_past(stage, draws, replicates=replicates, keep=(*levels, ACTS))
    values = dict(runs.values)
    values["forced_choice"] = _surveyed(values["forced_choice"], stage.states, settings.seed)
    steps, rows = values.pop(ACTS), []
    for at, year in enumerate(runs.years[1:], start=1):
        for index, (code, title) in enumerate(names(stage.states).items()):
            head = {"state": code, "name": title, "year": year}
            for quantity in levels:
                drawn = values[quantity][:, at, index]
                rows.append(_row(head, quantity, "", _summary(drawn)))
            for partner, taken in zip(stage.partners, steps[:, at, index].T, strict=True):
                for quantity, chance in (("acts_up", taken > 0), ("acts_down", taken < 0)):
                    rows.append(_row(head, quantity, partner, {"mean": float(chance.mean())}))
    return pd.DataFrame(rows).sort_values(["quantity", "partner", "state", "year"], kind="stable")


def _surveyed(shares: Array, states: tuple[str, ...], seed: int) -> Array:
    noise = [NOISE_SMALL["iseas"] if state in SMALL_SAMPLES else NOISE["iseas"] for state in states]
    errors = np.random.default_rng(seed).standard_normal(shares.shape) * np.array(noise)
    return np.clip(shares + errors, 0.0, 1.0)


def _row(
    head: Mapping[str, Any], quantity: str, partner: str, said: Mapping[str, float]
) -> dict[str, Any]:
    blank = dict.fromkeys(QUANTILES, float("nan"))
    return {
        **head,
        "quantity": quantity,
        "partner": partner,
        **blank,
        **said,
        "unit": UNITS[quantity],
    }


def _summary(values: Array) -> dict[str, float]:
    quantiles = {name: float(np.quantile(values, level)) for name, level in QUANTILES.items()}
    return quantiles | {"mean": float(values.mean())}
