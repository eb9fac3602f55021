"""Other parameters than the default: the calibrated posterior where there is one, else a stated prior.

The prior: every number inside the rules, except those that read the data or the outcomes, times an independent log-normal factor
with a standard deviation of 0.3 in logs, cut off at its declared range. Three tenths is an assumption: the literature gives
directions, seldom sizes, so it says how far a verdict depends on the sizes we chose and no more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.config import Settings
from sim.config.changes import with_changes
from sim.config.settings import as_mapping, declared
from sim.ensemble import posterior

SPREAD = 0.3  # standard deviation of the logarithm
READINGS = (  # what reads the data or the outcomes, and so is no mechanism
    "rules.ties.",
    "rules.economy.",
    "rules.observation.",
    "rules.rivalry.start",
    "rules.legitimacy.scale",
    "rules.capacity.effort_",
)
RIVALS = ("rules.theory.", "rules.landscape.", "rules.bargaining.")  # idle but under a rival theory


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """Settings that differ in parameters alone, and where they come from, in words."""

    points: tuple[Settings, ...]
    origin: str


def other_parameters(settings: Settings, count: int) -> Parameters:
    """Draw ``count`` settings from the posterior, or from the prior where there is none."""
    if not posterior.POSTERIOR.is_file():
        return from_prior(settings, count)
    draws = posterior.draws(min(count, len(posterior.read())))
    points = tuple(posterior.apply(settings, draw) for draw in draws)
    origin = f"{len(points)} draws from the calibrated posterior of {len(draws[0])} numbers, all others as they are"
    return Parameters(points=points, origin=origin)


def from_prior(settings: Settings, count: int) -> Parameters:
    """Draw from the prior around the given settings; the seed of the draws is the settings'.

    Parameters
    ----------
    settings : whose rules are varied. count : number of draws.
    """
    names = varied()
    chance = np.random.default_rng(settings.seed)
    factors = np.exp(SPREAD * chance.standard_normal((count, len(names))))
    points = tuple(_scaled(settings, names, row) for row in factors)
    origin = (
        f"{count} draws from a prior: {len(names)} numbers of the rules, each times a log-normal factor "
        f"(standard deviation {SPREAD} in logs), cut off at its declared range"
    )
    return Parameters(points=points, origin=origin)


def varied() -> tuple[str, ...]:
    """Dotted names of the numbers that are varied.

    >>> "rules.reassurance.rate" in varied(), "rules.ties.arms" in varied()
    (True, False)
    """
    return tuple(
        name
        for name in declared()
        if name.startswith("rules.") and not name.startswith((*READINGS, *RIVALS))
    )


def _scaled(settings: Settings, names: tuple[str, ...], factors: np.ndarray) -> Settings:
    now, known = as_mapping(settings), declared()
    values = {}
    for name, factor in zip(names, factors, strict=True):
        _, group, item = name.split(".")
        value = now["rules"][group][item] * float(factor)
        values[name] = min(max(value, known[name].low), known[name].high)
    return with_changes(settings, values)
