"""The forced choice of 2023 from what was known in 2022, beside baselines that need no model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.axes import Array
from sim.config import Settings
from sim.ensemble import nowcast as foretold
from sim.ensemble.nowcast import Nowcast, nowcast
from sim.studies.validation import baselines
from sim.studies.validation.opinion import Answer
from sim.studies.validation.scores import Score, score
from sim.world.load import load
from sim.world.opinion_filter import SCALE

KNOWN, NEXT, FIRST_SURVEY = 2022, 2023, 2020
MODEL, FILTERS = "the model", ("filter and model", "filter alone")
RIVALS = ("persistence", "mean of own answers", "50 to 50", "ridge regression")


def surveys(settings: Settings) -> dict[int, Nowcast]:
    """Foretell each survey but the first from the year before, by runs from the assimilated start."""
    return {year: nowcast(settings, year=year) for year in range(FIRST_SURVEY + 1, NEXT + 1)}


def year_ahead(
    survey: Nowcast, answers: Sequence[Answer], partners: Sequence[str]
) -> dict[str, Score]:
    """Score the forecasts of the survey of 2023 in points, by name; the model first.

    Parameters
    ----------
    survey : foretold by the model. answers : from `sim.studies.validation.opinion.foreseen`. partners : codes of the powers.
    """
    asked = {
        one.state: one for one in answers if (one.source, one.year, one.ahead) == (SCALE, NEXT, 1)
    }
    seen, forecasts = survey.answers, {MODEL: survey.samples[foretold.MODEL]}
    for name in FILTERS:
        forecasts[name] = np.stack([asked[s].samples[name] for s in survey.states], axis=1)
    forecasts |= without_model(survey.states, partners)
    return {name: score(100.0 * samples, 100.0 * seen) for name, samples in forecasts.items()}


def without_model(states: Sequence[str], partners: Sequence[str]) -> dict[str, Array]:
    """Forecasts from the answers up to 2022 alone, name -> (sample, state); the ridge reads structure as well."""
    world = load(states, partners, last=KNOWN)
    past = world["forced_choice"].sel(year=slice(FIRST_SURVEY, KNOWN)).transpose("year", "state")
    answers = past.values
    mean, odds = answers.mean(axis=0), baselines.odds(answers)
    columns = baselines.structure(world, known=KNOWN)
    unseen = baselines.odds(baselines.leave_one_out(columns, mean))
    return dict(
        zip(
            RIVALS,
            (
                baselines.persistence(answers),
                baselines.with_error_distribution(
                    odds.mean(axis=0), baselines.spread_of(_without_own_year(odds) - odds)
                ),
                baselines.equal(answers, len(states)),
                baselines.with_error_distribution(
                    baselines.odds(baselines.ridge(columns, mean, columns)),
                    baselines.spread_of(odds - unseen),
                ),
            ),
            strict=True,
        )
    )


def _without_own_year(odds: Array) -> Array:
    return (odds.sum(axis=0) - odds) / (len(odds) - 1)
