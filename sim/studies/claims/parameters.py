"""Other parameters than the default: the calibrated posterior where there is one, else the declared priors.

The prior of a response is what published evidence says of its size (sim/config/responses); other numbers stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.config import Settings
from sim.config.changes import with_changes
from sim.config.prior import Prior
from sim.config.settings import declared
from sim.ensemble import posterior


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """Settings that differ in parameters alone, and where they come from, in words."""

    points: tuple[Settings, ...]
    origin: str


def other_parameters(settings: Settings, count: int) -> Parameters:
    """Draw ``count`` settings from the posterior, or from the priors where there is none."""
    if not posterior.POSTERIOR.is_file():
        return from_prior(settings, count)
    path = posterior.path_of(settings.theory)
    draws = posterior.draws(min(count, len(posterior.read(path))), path=path)
    points = tuple(posterior.apply(settings, draw) for draw in draws)
    origin = f"{len(points)} draws from the calibrated posterior of {len(draws[0])} numbers, all others as they are"
    return Parameters(points=points, origin=origin)


def from_prior(settings: Settings, count: int) -> Parameters:
    """Draw from the declared priors, cut off at the declared ranges; the seed of the draws is the settings'.

    Parameters
    ----------
    settings : whose rules are varied. count : number of draws.
    """
    priors = varied()
    normal = np.random.default_rng(settings.seed).standard_normal((count, len(priors)))
    points = tuple(with_changes(settings, _drawn(priors, row)) for row in normal)
    origin = (
        f"{count} draws from the declared priors of {len(priors)} responses, all others as they are"
    )
    return Parameters(points=points, origin=origin)


def varied() -> dict[str, Prior]:
    """The responses that are varied: dotted name -> prior.

    >>> "rules.acts.compensation" in varied(), "rules.ties.arms" in varied()
    (True, False)
    """
    return {name: each.prior for name, each in declared().items() if each.prior is not None}


def _drawn(priors: dict[str, Prior], normal: np.ndarray) -> dict[str, float]:
    known = declared()
    return {
        name: min(max(prior.mean + prior.spread * float(one), known[name].low), known[name].high)
        for (name, prior), one in zip(priors.items(), normal, strict=True)
    }
