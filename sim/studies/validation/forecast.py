"""From draws to forecasts of the forced choice: the model's own spread, its errors, and the survey's.

A forecast is a set of samples of the share choosing China, (sample, year, state). Each sample is one posterior draw and one
history, plus the model's lasting error of a state, its swing, and the sampling error of the survey.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.special import expit

from sim.axes import Array
from sim.engines.context import SimulationContext
from sim.ensemble.priors import points
from sim.studies.calibration.hindcast_runs import WindowPredictions, run_window
from sim.studies.calibration.observation import log_odds

SIZE = 100.0  # respondents of a survey whose size is not known


def eta_of(runs: WindowPredictions, camp: Array, draws: Mapping[str, Array]) -> Array:
    """Log-odds of choosing China, (draw, year, state), from what the runs predict; camp is (1, partner)."""
    return log_odds(
        (runs.security[..., :-1] * camp).sum(axis=-1),
        (runs.economic[..., :-1] * camp).sum(axis=-1),
        runs.trust[..., 1] - runs.trust[..., 0],
        draws,
    )


def run_draws(
    stage: SimulationContext,
    draws: Mapping[str, Array],
    *,
    replicates: int = 2,
    first: int = 0,
    years: Sequence[int] = (),
) -> tuple[WindowPredictions, dict[str, Array]]:
    """Run every draw for several histories; the weights come back repeated, one a history."""
    runs = run_window(
        stage,
        points(stage.settings, draws),
        replicates=replicates,
        first=first,
        each=True,
        years=years,
    )
    return runs, {path: np.repeat(column, replicates) for path, column in draws.items()}


def samples(
    eta: Array, draws: Mapping[str, Array], *, size: Array | float = SIZE, seed: int
) -> Array:
    """Add errors to log-odds (draw, year, state) and return shares, same shape.

    Parameters
    ----------
    draws : path -> (draw,), for the errors. size : respondents, (year, state) or one number. seed : of the errors.
    """
    rng = np.random.default_rng(seed)
    lasting = draws["error.persistent"][:, None, None] * rng.standard_normal(
        (eta.shape[0], 1, eta.shape[2])
    )
    swing = draws["error.swing"][:, None, None] * rng.standard_normal(eta.shape)
    meant = expit(eta + lasting + swing)
    noise = np.sqrt(meant * (1.0 - meant) / size) * rng.standard_normal(eta.shape)
    return np.clip(meant + noise, 0.0, 1.0)


def chosen(draws: Mapping[str, Array], indices: Array) -> dict[str, Array]:
    """Some draws of all, path -> (chosen,)."""
    return {path: column[indices] for path, column in draws.items()}
