"""Held-out forecasts: a posterior that never saw something, what it predicts, and its scores."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from sim.axes import Array
from sim.ensemble.priors import values
from sim.studies.calibration.calibrate import Hindcast, ParticlePopulation, SmcSettings, calibrate
from sim.studies.calibration.hindcast import KNOWN, past_world
from sim.studies.calibration.observation import Predictions
from sim.studies.calibration.weights import effective, normalised, resample
from sim.studies.validation.forecast import chosen
from sim.studies.validation.scores import score

Report = Callable[[str], None]
ENOUGH = 100.0  # effective draws below which leaving out means calibrating anew
DRAWS = 2000  # samples a forecast is made of
NEXT = KNOWN + 1


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One test: forecasts (sample, case) by name, what was observed (case,), and which case is which."""

    name: str
    observed: Array
    cases: list[tuple[str, int]]
    forecasts: dict[str, Array] = field(default_factory=dict)

    def table(self) -> pd.DataFrame:
        """Scores of every forecaster; misses and CRPS in points."""
        rows = []
        for name, samples in self.forecasts.items():
            scores = score(samples, self.observed)
            rows.append(
                {
                    "test": self.name,
                    "forecast": name,
                    "rank": scores.rank,
                    "miss": 100 * scores.miss,
                    "crps": 100 * scores.crps,
                    "coverage": 100 * scores.coverage,
                    "cases": scores.cases,
                }
            )
        return pd.DataFrame(rows)


def observed_later() -> tuple[Array, Array]:
    """Answers and respondents of 2023, (state,): for scoring alone."""
    world = past_world(known=NEXT, until=NEXT)
    return (
        world["forced_choice"].sel(year=NEXT).values,
        world["survey_size"].sel(year=NEXT).values,
    )


def leave_out_posterior(
    cloud: ParticlePopulation,
    hindcast: Hindcast,
    predicted: Predictions,
    effort: SmcSettings,
    report: Report | None = None,
) -> tuple[dict[str, Array], Predictions, float]:
    """Draws of the posterior that never saw what `hindcast` is blind to, what they predict, and the effective number.

    Reweights the draws by the likelihood without what is hidden over the one with it; where that leaves too few
    effective draws, calibrates anew with half the draws (and then gives 0 as their number).
    """
    draws = values(cloud.z)
    weights = normalised(hindcast.judge(predicted, draws) - cloud.fit)
    worth = effective(weights)
    if worth >= ENOUGH:
        rng = np.random.default_rng(effort.seed)
        kept = resample(weights, len(weights), rng)
        resampled = {name: value[kept] for name, value in vars(predicted).items()}
        return chosen(draws, kept), Predictions(**resampled), worth
    if report is not None:
        report(f"only {worth:.0f} effective draws are left: calibrating anew")
    anew = calibrate(hindcast, replace(effort, draws=max(2, effort.draws // 2)))
    return values(anew.z), hindcast.predict(anew.z), 0.0


def even(drawn: Array) -> Array:
    """Take `DRAWS` samples evenly, (sample, ...)."""
    kept = np.linspace(0, len(drawn) - 1, DRAWS).round().astype(int)
    return drawn[kept]
