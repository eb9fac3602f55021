"""Which weights does a forecast use? The latest draws of the posterior that know nothing later than its start."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.axes import Array
from sim.config import Settings, declared
from sim.ensemble import posterior
from sim.ensemble.fitting.fit import fit
from sim.ensemble.fitting.record import KNOWN

TRUST_WEIGHT = "rules.observation.trust"
CUTS = (2005, 2010, 2015)  # last years known to fits made for this page
WALKERS, WALKERS_LEFT_OUT = 512, 128
Report = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Draws of the weights, path -> (draw,), and the last year that they know."""

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


def posteriors(
    settings: Settings, *, count: int, walkers: int = WALKERS, report: Report | None = None
) -> WeightsByYear:
    """Fit the record up to each of `CUTS`, and take the posterior that ships for the last year that it knows.

    Parameters
    ----------
    settings : that are fitted. count : draws of each posterior. walkers : of the sampler. report : told each step.
    """
    result = [shipped(count)]
    for cut in CUTS:
        if report is not None:
            report(f"fitting the record up to {cut}")
        result.append(_fitted(settings, count=count, walkers=walkers, until=cut))
    return WeightsByYear(known=tuple(result))


def shipped(count: int) -> Weights:
    """Draws of the posterior that ships, at most as many as there are."""
    draws = {path: column[:count] for path, column in posterior.arrays().items()}
    return Weights(draws=draws, known_to=int(posterior.provenance()["known_to"]))


def without_state(
    settings: Settings,
    states: Sequence[str],
    *,
    count: int,
    walkers: int = WALKERS_LEFT_OUT,
    report: Report | None = None,
) -> dict[str, Weights]:
    """Fit the whole record of all states but one, for each of them; parameters as in `posteriors`."""
    result = {}
    for state in states:
        if report is not None:
            report(f"fitting the record without {state}")
        result[state] = _fitted(
            settings, count=count, walkers=walkers, until=KNOWN, exclude=state, moments=False
        )
    return result


def _fitted(settings: Settings, *, count: int, walkers: int, until: int, **how: Any) -> Weights:
    found = fit(
        until,
        theory=settings.theory,
        walkers=walkers,
        draws=count,
        settings=settings,
        **how,
    )
    draws = {str(path): column.to_numpy(float) for path, column in found.draws.items()}
    return Weights(draws=draws, known_to=until)
