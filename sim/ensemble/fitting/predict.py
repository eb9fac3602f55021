"""Predicted acts under teacher forcing, and how well a posterior predicts those that were observed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sim.config import Settings
from sim.engines.forced import respond
from sim.ensemble.fitting.acts import acts_predictive
from sim.ensemble.fitting.numbers import rules_with
from sim.ensemble.fitting.record import read_record


def acts_predictions(
    draws: pd.DataFrame,
    years: Sequence[int],
    states: Sequence[str] | None = None,
    *,
    settings: Settings | None = None,
) -> pd.DataFrame:
    """Chances of a step up and of one down in given years, mean over draws, given the acts of earlier years.

    Parameters
    ----------
    draws : of a posterior (columns by dotted name). years : observed ones. states : codes; all if None.
    settings : that were fitted; the declared defaults if None.

    Returns
    -------
    One row a pair and year that counts: year, state, partner, up, down (chances), step (observed: 1, -1 or 0).
    """
    record = read_record(settings or Settings(), until=max(years))
    values = {str(name): column.to_numpy(float) for name, column in draws.items()}
    rules = record.course.stage.settings.rules
    responses = respond(record.course, rules_with(rules, values), len(draws))
    chances = acts_predictive(
        responses, record.acts, keep=rules.acts.keep, drift=values["rules.acts.drift"]
    )
    up, down = (chances[name].mean(axis=1) for name in ("up", "down"))
    stage = record.course.stage
    rows = [
        {
            "year": year,
            "state": state,
            "partner": partner,
            "up": up[t, i, j],
            "down": down[t, i, j],
            "step": int(record.acts.up[t, i, j]) - int(record.acts.down[t, i, j]),
        }
        for t, year in enumerate(record.course.years)
        for i, state in enumerate(stage.states)
        for j, partner in enumerate(stage.partners)
        if year in years and record.acts.counts[t, i, j] and (states is None or state in states)
    ]
    return pd.DataFrame(rows)


def acts_log_score(
    draws: pd.DataFrame,
    years: Sequence[int],
    states: Sequence[str] | None = None,
    *,
    settings: Settings | None = None,
) -> float:
    """Mean log score of the observed acts in given years under teacher forcing; higher is better.

    Each pair and year is predicted from the acts of earlier years by the posterior's mean chances. Parameters as in
    `acts_predictions`.
    """
    table = acts_predictions(draws, years, states, settings=settings)
    none = 1.0 - table["up"] - table["down"]
    chance = np.where(
        table["step"] > 0, table["up"], np.where(table["step"] < 0, table["down"], none)
    )
    return float(np.log(np.maximum(chance, 1e-9)).mean())
