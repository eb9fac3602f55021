"""Out-of-sample validation: held-out years and states, beside baseline forecasts that need no model.

Three tests of the forced choice: the survey of 2023 from what was known in 2022; every state by a posterior that never saw
its answers or ties; every survey of 2020-22 by a posterior that never saw that year. The answers of 2023 are read here and
nowhere in calibration.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.axes import Array
from sim.studies.calibration.calibrate import Hindcast, ParticlePopulation, SmcSettings
from sim.studies.calibration.hindcast import HOLDOUT, KNOWN, past_stage, past_world
from sim.studies.calibration.observation import Predictions, log_odds
from sim.studies.calibration.targets import SURVEY_YEARS, Targets
from sim.studies.validation import baselines
from sim.studies.validation.forecast import eta_of, run_draws, samples
from sim.studies.validation.heldout import (
    NEXT,
    Report,
    Trial,
    even,
    leave_out_posterior,
    observed_later,
)

YEAR_AHEAD = "2023, unseen"
STATES_MEAN = "unseen states, mean of 2020-22"
STATES_LATER = "unseen states, mean of 2020-23"
STATES_YEARLY = "unseen states, each survey"
YEARS = "unseen surveys of 2020-22"
MODEL, BLIND = "the model", "the model, its trust hidden too"


def year_ahead(hindcast: Hindcast, draws: dict[str, Array], *, seed: int) -> Trial:
    """Predict the survey of 2023 from what was known in 2022."""
    answers, sizes = observed_later()
    states = hindcast.stages[-1].states
    past = hindcast.targets.choice
    stage = past_stage(HOLDOUT, known=KNOWN, base=hindcast.stages[-1].settings)
    runs, repeated = run_draws(stage, draws, replicates=4)
    eta = eta_of(runs, stage.conduct(NEXT).camp, repeated)
    columns = baselines.structure(past_world(known=KNOWN, until=KNOWN), known=KNOWN)
    mean = past.mean(axis=0)
    yearly = baselines.odds(past) - baselines.odds(baselines.leave_one_out(columns, mean))
    regressed = baselines.odds(baselines.ridge(columns, mean, columns))
    return Trial(
        name=YEAR_AHEAD,
        observed=answers,
        cases=[(state, NEXT) for state in states],
        forecasts={
            MODEL: samples(eta, repeated, size=sizes, seed=seed)[:, 0],
            "persistence": baselines.persistence(past),
            "linear trend": baselines.trend(past),
            "50 to 50": baselines.equal(past, len(states)),
            "ridge regression": baselines.with_error_distribution(
                regressed, baselines.spread_of(yearly)
            ),
        },
    )


def unseen_states(
    cloud: ParticlePopulation,
    hindcast: Hindcast,
    predicted: Predictions,
    effort: SmcSettings,
    report: Report | None = None,
) -> list[Trial]:
    """Predict every state from the others, with and without its trust; 2023 by its mean with the years before."""
    targets, states = hindcast.targets, hindcast.stages[-1].states
    seen, hidden = [], []
    for index, state in enumerate(states):
        draws, predictions, _ = leave_out_posterior(
            cloud, hindcast.without(states=[index]), predicted, effort, report
        )
        eta = _eta(predictions, draws)
        seen.append(samples(eta, draws, size=targets.size, seed=effort.seed)[..., index])
        blind = past_stage(hindcast.windows[-1], blind=[state], base=hindcast.stages[-1].settings)
        runs, repeated = run_draws(blind, draws, years=SURVEY_YEARS)
        eta = eta_of(runs, blind.conduct(KNOWN).camp, repeated)
        hidden.append(samples(eta, repeated, size=targets.size, seed=effort.seed)[..., index])
        if report is not None:
            report(f"predicted {state} from the others")
    return _by_state(states, targets, [*map(even, seen)], [*map(even, hidden)])


def _eta(predicted: Predictions, draws: dict[str, Array]) -> Array:
    return log_odds(predicted.security_lean, predicted.economic_lean, predicted.favour, draws)


def _by_state(
    states: Sequence[str], targets: Targets, seen: list[Array], hidden: list[Array]
) -> list[Trial]:
    columns = baselines.structure(past_world(known=KNOWN, until=KNOWN), known=KNOWN)
    predicted, blind = np.stack(seen, axis=-1), np.stack(hidden, axis=-1)
    mean = targets.choice.mean(axis=0)
    later = np.concatenate([targets.choice, observed_later()[0][np.newaxis]]).mean(axis=0)
    trials = []
    for name, observed, year in ((STATES_MEAN, mean, KNOWN), (STATES_LATER, later, NEXT)):
        trials.append(
            Trial(
                name=name,
                observed=observed,
                cases=[(state, year) for state in states],
                forecasts={MODEL: predicted.mean(axis=1), BLIND: blind.mean(axis=1)}
                | _without_model(columns, observed),
            )
        )
    flat = [(state, year) for year in SURVEY_YEARS for state in states]
    each = {MODEL: predicted.reshape(len(predicted), -1), BLIND: blind.reshape(len(blind), -1)}
    yearly = Trial(name=STATES_YEARLY, observed=targets.choice.ravel(), cases=flat, forecasts=each)
    return [*trials, yearly]


def _without_model(columns: Array, observed: Array) -> dict[str, Array]:
    """Forecasts of each state from the others: their mean, 50 to 50, and the ridge."""
    count = len(observed)
    others = np.array([np.delete(observed, index).mean() for index in range(count)])
    ridge = baselines.leave_one_out(columns, observed)
    known = baselines.odds(observed)
    return {
        "mean of the others": baselines.with_error_distribution(
            baselines.odds(others), baselines.spread_of(known - baselines.odds(others))
        ),
        "50 to 50": baselines.equal(observed, count),
        "ridge regression": baselines.with_error_distribution(
            baselines.odds(ridge), baselines.spread_of(known - baselines.odds(ridge))
        ),
    }


def unseen_years(
    cloud: ParticlePopulation,
    hindcast: Hindcast,
    predicted: Predictions,
    effort: SmcSettings,
    report: Report | None = None,
) -> Trial:
    """Predict each survey of 2020-22 by a posterior that never saw it; baselines see the other years."""
    targets, states = hindcast.targets, hindcast.stages[-1].states
    columns = baselines.structure(past_world(known=KNOWN, until=KNOWN), known=KNOWN)
    parts: dict[str, list[Array]] = {}
    for index, year in enumerate(SURVEY_YEARS):
        draws, predictions, _ = leave_out_posterior(
            cloud, hindcast.without(years=[year]), predicted, effort, report
        )
        drawn = samples(_eta(predictions, draws), draws, size=targets.size, seed=effort.seed)
        rivals = _from_other_years(targets.choice, index, columns)
        for name, forecast in ({MODEL: even(drawn)[:, index]} | rivals).items():
            parts.setdefault(name, []).append(forecast)
        if report is not None:
            report(f"predicted the survey of {year} from the others")
    return Trial(
        name=YEARS,
        observed=targets.choice.ravel(),
        cases=[(state, year) for year in SURVEY_YEARS for state in states],
        forecasts={name: np.concatenate(forecast, axis=1) for name, forecast in parts.items()},
    )


def _from_other_years(choice: Array, index: int, columns: Array) -> dict[str, Array]:
    rest = [k for k in range(len(choice)) if k != index]
    known = baselines.odds(choice[rest])
    nearest = known[int(np.argmin([abs(k - index) for k in rest]))]
    change = baselines.spread_of(np.diff(known, axis=0))
    line = baselines.between(known, np.array(rest, float), float(index))
    mean = choice[rest].mean(axis=0)
    fitted = baselines.odds(baselines.ridge(columns, mean, columns))
    return {
        "persistence": baselines.with_error_distribution(nearest, change),
        "linear trend": baselines.with_error_distribution(line, change),
        "50 to 50": baselines.equal(choice[rest], choice.shape[1]),
        "ridge regression": baselines.with_error_distribution(
            fitted, baselines.spread_of(known - fitted)
        ),
    }
