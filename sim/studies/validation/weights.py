"""Which weights does a forecast use? Draws of the posterior that knew the record up to a year, or of the priors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.axes import Array
from sim.config import declared


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Draws of the weights, path -> (draw,), and the last year that they know.

    known_to : None where nothing of the record was seen (draws of the priors).
    """

    draws: Mapping[str, Array]
    known_to: int | None


def prior_weights(count: int, *, seed: int) -> Weights:
    """Draw the weights from their declared priors, cut at the declared ranges."""
    rng = np.random.default_rng(seed)
    draws = {
        path: np.clip(
            number.prior.mean + number.prior.spread * rng.standard_normal(count),
            number.low,
            number.high,
        )
        for path, number in declared().items()
        if number.prior is not None
    }
    return Weights(draws=draws, known_to=None)
