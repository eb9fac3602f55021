"""From draws to forecasts of the forced choice: the model's own spread, its errors, and the survey's.

A forecast is a set of samples of the share choosing China, (sample, year, state). Each sample is one posterior draw and one
history's luck, plus the model's lasting error of a state, its swing, and the sampling error of the survey.
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


def eta_of(told: WindowPredictions, camp: Array, found: Mapping[str, Array]) -> Array:
    """Log-odds of choosing China, (draw, year, state), from what the runs told; camp is (1, partner)."""
    return log_odds(
        (told.security[..., :-1] * camp).sum(axis=-1),
        (told.economic[..., :-1] * camp).sum(axis=-1),
        told.trust[..., 1] - told.trust[..., 0],
        found,
    )


def run_draws(
    stage: SimulationContext,
    found: Mapping[str, Array],
    *,
    replicates: int = 2,
    first: int = 0,
    years: Sequence[int] = (),
) -> tuple[WindowPredictions, dict[str, Array]]:
    """Run every draw for several histories; the weights come back repeated, one a history."""
    told = run_window(
        stage,
        points(stage.settings, found),
        replicates=replicates,
        first=first,
        each=True,
        years=years,
    )
    return told, {path: np.repeat(column, replicates) for path, column in found.items()}


def samples(
    eta: Array, found: Mapping[str, Array], *, size: Array | float = SIZE, seed: int
) -> Array:
    """Add errors to log-odds (draw, year, state) and return shares, same shape.

    Parameters
    ----------
    found : path -> (draw,), for the errors. size : respondents, (year, state) or one number. seed : of the errors.
    """
    rng = np.random.default_rng(seed)
    lasting = found["error.persistent"][:, None, None] * rng.standard_normal(
        (eta.shape[0], 1, eta.shape[2])
    )
    swing = found["error.swing"][:, None, None] * rng.standard_normal(eta.shape)
    meant = expit(eta + lasting + swing)
    noise = np.sqrt(meant * (1.0 - meant) / size) * rng.standard_normal(eta.shape)
    return np.clip(meant + noise, 0.0, 1.0)


def chosen(found: Mapping[str, Array], places: Array) -> dict[str, Array]:
    """Some draws of all, path -> (chosen,)."""
    return {path: column[places] for path, column in found.items()}
