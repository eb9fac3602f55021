"""What is fitted: every declared number with a prior, and the errors of the measurements; all for all states alike.

A prior is a normal distribution cut at the declared range. The sampler works in standard normal coordinates u: the value is the
quantile of the prior at the normal probability of u, so that the prior of u is exactly standard normal and no bound is left.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from sim.axes import Array
from sim.config import declared
from sim.config.mechanisms import Rules
from sim.config.prior import Prior

SHARED = (
    "rules.courtship.presence_growth",
)  # of the world that all runs of a sweep share: keeps its default
ERROR = "error."


@dataclass(frozen=True, kw_only=True)
class FittedNumber:
    """One number and its prior: mean and spread of the normal, cut at low and high."""

    path: str
    mean: float
    spread: float
    low: float
    high: float
    grade: str = ""
    source: str = "assumed"

    def value(self, u: Array) -> Array:
        """Turn standard normal coordinates into values of the prior, same shape."""
        below, above = (ndtr((bound - self.mean) / self.spread) for bound in (self.low, self.high))
        inside = below + (above - below) * ndtr(np.asarray(u, dtype=float))
        return np.clip(
            self.mean + self.spread * ndtri(np.clip(inside, 1e-15, 1.0 - 1e-15)),
            self.low,
            self.high,
        )


ERRORS = tuple(
    FittedNumber(path=f"{ERROR}{name}", mean=mean, spread=spread, low=low, high=high)
    for name, mean, spread, low, high in (
        ("offset_gallup", 0.0, 0.5, -3.0, 3.0),  # log-odds: a mass public against an elite
        ("offset_pew", 0.0, 0.5, -3.0, 3.0),
        ("slope_gallup", 2.0, 0.6, 0.1, 8.0),  # log-odds of a share per unit of trust: 1 / 0.5
        ("slope_pew", 2.0, 0.6, 0.1, 8.0),
        ("house", 0.4, 0.2, 0.05, 3.0),  # lasting difference of a state in a source, log-odds
    )
)


def fitted_numbers(given: Mapping[str, Prior] | None = None) -> tuple[FittedNumber, ...]:
    """Every number with a prior, in reading order of the settings, then the errors.

    Parameters
    ----------
    given : path -> prior that stands in for the declared one (a theory may claim another sign).
    """
    given = given or {}
    result = []
    for path, item in declared().items():
        prior = given.get(path, item.prior)
        if prior is not None and path not in SHARED:
            result.append(
                FittedNumber(
                    path=path,
                    mean=prior.mean,
                    spread=prior.spread,
                    low=item.low,
                    high=item.high,
                    grade=prior.grade,
                    source=prior.source,
                )
            )
    return (*result, *ERRORS)


def values_of(numbers: Sequence[FittedNumber], u: Array) -> dict[str, Array]:
    """Values of the numbers, path -> (draw,), from coordinates (draw, number)."""
    return {number.path: number.value(u[:, k]) for k, number in enumerate(numbers)}


def rules_with(rules: Rules, values: Mapping[str, Array]) -> Rules:
    """The rules with numbers that differ by run, (run, 1, 1) each; errors are left aside.

    Parameters
    ----------
    rules : of all runs. values : path -> (run,).
    """
    by_group: dict[str, dict[str, Array]] = {}
    for path, value in values.items():
        if path.startswith("rules."):
            _, group, name = path.split(".")
            by_group.setdefault(group, {})[name] = np.asarray(value)[:, np.newaxis, np.newaxis]
    return dataclasses.replace(
        rules,
        **{
            group: dataclasses.replace(getattr(rules, group), **changed)
            for group, changed in by_group.items()
        },
    )
