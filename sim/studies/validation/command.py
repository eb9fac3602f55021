"""The task of experiments/validate.py: predictive performance on held-out answers, as a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.composition.context import StudyContext
from sim.ensemble.priors import read_as_calibrated, values
from sim.plots import style
from sim.provenance import version
from sim.studies._runner import StudyResult, study
from sim.studies.calibration.calibrate import (
    Hindcast,
    ParticlePopulation,
    SmcSettings,
    calibrate,
    set_hindcast,
)
from sim.studies.calibration.command import attrs_of, effort_of, sizes
from sim.studies.calibration.hindcast import KNOWN
from sim.studies.calibration.targets import SURVEY_YEARS
from sim.studies.validation import analysis as validate
from sim.studies.validation import figures as validation
from sim.studies.validation import heldout, scorebook
from sim.studies.validation.analysis import BLIND, MODEL
from sim.studies.validation.heldout import Trial
from sim.world.roster import names

FAR = 0.10  # a miss worth explaining
AIM_RANK, AIM_MISS, AIM_COVERAGE = 0.9, 8, (85, 95)
AIMED_AT = (validate.YEAR_AHEAD, validate.YEARS, validate.STATES_MEAN, validate.STATES_LATER)


@study(
    "validate",
    "How well does the model predict held-out answers?",
    pages=("validation.md",),
    shipped={"scores.csv": "sim/studies/validation/scores.csv"},
)
def write_validation(job: StudyContext) -> StudyResult:
    """Calibrate, and predict what was held out."""
    effort = effort_of(job)
    hindcast = set_hindcast(base=read_as_calibrated(job.settings))
    trials = _trials(calibrate(hindcast, effort, print), hindcast, effort)
    first = trials[0].table().iloc[0]
    return StudyResult(
        values=page_values(trials, effort),
        files={"scores.csv": scorebook.as_csv(_scores(trials))},
        draw=lambda folder: _draw(trials, hindcast, attrs_of(effort), folder),
        sizes=sizes(effort),
        row={"crps": first["crps"], "miss": first["miss"]},
    )


def _trials(cloud: ParticlePopulation, hindcast: Hindcast, effort: SmcSettings) -> list[Trial]:
    predicted = hindcast.predict(cloud.z)
    ahead = validate.year_ahead(hindcast, values(cloud.z), seed=effort.seed)
    by_year = validate.unseen_years(cloud, hindcast, predicted, effort, print)
    by_state = validate.unseen_states(cloud, hindcast, predicted, effort, print)
    return [ahead, by_year, *by_state]


def page_values(trials: Sequence[Trial], effort: SmcSettings) -> dict[str, Any]:
    """Return the values of the page: scores, how they compare with targets and rivals, and states missed by far."""
    tables = {trial.name: trial.table().set_index("forecast") for trial in trials}
    states, year = tables[validate.STATES_MEAN], tables[validate.YEAR_AHEAD]["crps"]
    return {
        "known": KNOWN,
        "scores": _scores(trials),
        "own": states.loc[MODEL].to_dict(),
        "blind": states.loc[BLIND].to_dict(),
        "ridge": states.loc["ridge regression"].to_dict(),
        "ahead": {
            "own": year[MODEL],
            "persistence": year["persistence"],
            "even": year["50 to 50"],
        },
        "aims": {"rank": AIM_RANK, "miss": AIM_MISS, "coverage": AIM_COVERAGE},
        "targets": [_targets(name, tables[name]) for name in AIMED_AT],
        "misses": _misses(trials),
        "enough": heldout.ENOUGH,
        "seed": effort.seed,
        "draws": effort.draws,
        "version": version(),
    }


def _scores(trials: Sequence[Trial]) -> list[scorebook.Row]:
    return [
        scorebook.Row(
            test=str(row.test),
            forecast=str(row.forecast),
            rank="" if np.isnan(float(row["rank"])) else f"{row['rank']:.2f}",
            miss=f"{row.miss:.1f}",
            crps=f"{row.crps:.1f}",
            coverage=f"{row.coverage:.0f}",
            cases=str(row.cases),
        )
        for trial in trials
        for _, row in trial.table().iterrows()
    ]


def _targets(name: str, table: pd.DataFrame) -> dict[str, Any]:
    """Compare a test's scores with what was aimed at, and with those of its rivals."""
    own = table.loc[MODEL]
    low, high = AIM_COVERAGE
    return {
        "test": name,
        "rank": own["rank"] >= AIM_RANK,
        "miss": own["miss"] <= AIM_MISS,
        "coverage": low <= own["coverage"] <= high,
        "rivals": (own["crps"] < table["crps"].drop([MODEL, BLIND], errors="ignore")).to_dict(),
    }


def _misses(trials: Sequence[Trial]) -> list[dict[str, Any]]:
    """Return the states that the model misses by far, shares in %."""
    rows = []
    for trial in trials:
        if trial.name not in (validate.YEAR_AHEAD, validate.STATES_MEAN):
            continue
        medians = np.median(trial.forecasts[MODEL], axis=0)
        for (state, _), median, share in zip(trial.cases, medians, trial.observed, strict=True):
            if abs(median - share) > FAR:
                row = {"state": state, "name": names([state])[state], "test": trial.name}
                rows.append(row | {"predicted": 100 * median, "observed": 100 * share})
    return rows


def _draw(
    trials: Sequence[Trial], hindcast: Hindcast, attrs: Mapping[str, Any], folder: Path
) -> None:
    wanted = {validate.YEAR_AHEAD, validate.STATES_MEAN, validate.YEARS}
    shown = [
        (t.name, t.forecasts[MODEL], t.observed, [state for state, _ in t.cases])
        for t in trials
        if t.name in wanted
    ]
    predicted, observed = _checked(trials, hindcast)
    states = names(hindcast.stages[-1].states)
    with style.context():
        style.save(validation.draw_heldout(shown, attrs), folder, "heldout")
        figure = validation.draw_checks(
            predicted, observed, [*SURVEY_YEARS, heldout.NEXT], states, attrs, fitted=KNOWN
        )
        style.save(figure, folder, "checks")


def _checked(trials: Sequence[Trial], hindcast: Hindcast) -> tuple[Any, Any]:
    """Forecasts of each survey and answers, (sample, year, state) and (year, state), 2023 last."""
    ahead, years = trials[0], trials[1]
    shape = hindcast.targets.choice.shape
    count = min(len(ahead.forecasts[MODEL]), len(years.forecasts[MODEL]))
    before = years.forecasts[MODEL][:count].reshape(count, *shape)
    after = ahead.forecasts[MODEL]
    after = after[np.linspace(0, len(after) - 1, count).round().astype(int)][:, np.newaxis]
    observed = np.concatenate([hindcast.targets.choice, ahead.observed[np.newaxis]])
    return np.concatenate([before, after], axis=1), observed
