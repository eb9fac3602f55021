"""Search for divisions on some runs of the ensemble, then test them out of sample and in other scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.axes import Array
from sim.config import Settings
from sim.studies.allocation.divisions import (
    CALLED,
    PURPOSES,
    RULES,
    Progress,
    by_rule,
    by_shares,
    measure,
    named,
    shares_given,
    who_may_receive,
)
from sim.studies.allocation.options import AllocateOptions
from sim.studies.allocation.search import (
    Front,
    balanced,
    challenger,
    check_optimiser,
    search,
)

NOTHING, BASELINE, BALANCED = "none", "historical", "balanced"
SHARES_ON = 100  # runs over which the shares that rules give are averaged


@dataclass(frozen=True, kw_only=True)
class Trial:
    """The divisions found and their scores. Rows are candidates, columns of `shares` recipients.

    Parameters
    ----------
    settings, options : of the search. recipients : codes. tried : divisions searched.
    names : of candidates: none, the rules, "all to XXX", then the front, F1, F2 ... best in deterrence first.
    shares : (candidate, recipient) in the last year. chosen : label -> name of a point on the front.
    searched : (candidate, replicate, purpose) in-sample: on the random numbers of the search.
    fresh : scenario -> the same on independent random numbers; the settings' own scenario first.
    """

    settings: Settings
    options: AllocateOptions
    recipients: tuple[str, ...]
    tried: int
    names: tuple[str, ...]
    shares: Array
    chosen: Mapping[str, str]
    challengers: Mapping[str, str]
    searched: Array
    fresh: Mapping[str, Array]

    @property
    def own(self) -> str:
        """The scenario searched in."""
        return next(iter(self.fresh))

    @property
    def front(self) -> tuple[str, ...]:
        """Names of the points on the front."""
        return self.names[len(self.named) :]

    @property
    def named(self) -> tuple[str, ...]:
        """Names of the candidates that need no search: nothing, the rules, everything to one."""
        return (NOTHING, *RULES, *(f"all to {code}" for code in self.recipients))

    def scores(self, name: str, scenario: str = "") -> Array:
        """One candidate's scores on independent random numbers, (replicate, purpose)."""
        return self.fresh[scenario or self.own][self.names.index(name)]

    def mean(self, names: tuple[str, ...], scenario: str = "") -> Array:
        """Mean scores of some candidates on independent random numbers, (candidate, purpose)."""
        return np.stack([self.scores(name, scenario).mean(axis=0) for name in names])

    def split(self, name: str) -> dict[str, float]:
        """One candidate's shares by recipient."""
        row = self.shares[self.names.index(name)]
        return {code: float(part) for code, part in zip(self.recipients, row, strict=True)}


def allocate(
    settings: Settings,
    options: AllocateOptions,
    *,
    others: Mapping[str, Settings],
    progress: Progress = lambda runs: None,
) -> Trial:
    """Search for divisions and test them.

    Parameters
    ----------
    settings : whose budget is divided. others : scenario -> the same settings in it.
    progress : called with the number of runs done.

    Raises
    ------
    UserError : pymoo is not installed, or there is nothing to divide.
    """
    check_optimiser()
    recipients = who_may_receive(settings)
    front = _search(settings, options, recipients, progress)
    names, points = _candidates(settings, front, recipients)
    searched = measure(
        points, first=0, replicates=options.runs, judged=options.judged, progress=progress
    )
    fresh = {settings.scenario.name: _fresh(points, options, options.fresh, progress)}
    for name, other in others.items():
        elsewhere = _candidates(other, front, recipients)[1]
        fresh[name] = _fresh(elsewhere, options, options.elsewhere, progress)
    means = searched.mean(axis=1)
    return Trial(
        settings=settings,
        options=options,
        recipients=recipients,
        tried=front.tried,
        names=names,
        shares=shares_given(
            points, recipients, first=options.runs, replicates=min(SHARES_ON, options.fresh)
        ),
        chosen=_chosen(means[-len(front.shares) :]),
        challengers=_challengers(means, names, len(front.shares)),
        searched=searched,
        fresh=fresh,
    )


def _search(
    settings: Settings, options: AllocateOptions, recipients: tuple[str, ...], progress: Progress
) -> Front:
    def mean_scores(shares: Array) -> Array:
        points = [by_shares(settings, each) for each in named(shares, recipients)]
        scores = measure(
            points, first=0, replicates=options.runs, judged=options.judged, progress=progress
        )
        return scores.mean(axis=1)

    return search(
        mean_scores,
        recipients=len(recipients),
        population=options.population,
        generations=options.generations,
        seed=settings.seed,
    )


def _candidates(
    settings: Settings, front: Front, recipients: tuple[str, ...]
) -> tuple[tuple[str, ...], list[Settings]]:
    """Names and settings of nothing, the rules, everything to one, and the front."""
    points = {name: by_rule(settings, name) for name in (NOTHING, *RULES)}
    points |= {f"all to {code}": by_shares(settings, {code: 1.0}) for code in recipients}
    for number, shares in enumerate(named(front.shares, recipients), 1):
        points[f"F{number}"] = by_shares(settings, shares)
    return tuple(points), list(points.values())


def _fresh(
    points: list[Settings], options: AllocateOptions, count: int, progress: Progress
) -> Array:
    """Scores on runs that come after those of the search."""
    return measure(
        points, first=options.runs, replicates=count, judged=options.judged, progress=progress
    )


def _chosen(front: Array) -> dict[str, str]:
    """Points of the front chosen by rule, in-sample: the best of each purpose, and the balanced one."""
    best = {
        f"best in {CALLED[name]}": f"F{int(front[:, index].argmax()) + 1}"
        for index, name in enumerate(PURPOSES)
    }
    return best | {BALANCED: f"F{balanced(front) + 1}"}


def _challengers(means: Array, names: tuple[str, ...], count: int) -> dict[str, str]:
    """For each rule, the point of the front that beat it most clearly in-sample."""
    front = means[-count:]
    return {rule: f"F{challenger(front, means[names.index(rule)]) + 1}" for rule in RULES}
