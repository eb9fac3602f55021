"""Comparisons within a trial: gains over the historical shares, dominance, optimism, and trade-offs between purposes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, permutations

import numpy as np

from sim.axes import Array
from sim.statistics import PairedDifference, mean_interval, paired_difference
from sim.studies.allocation.divisions import PURPOSES, RULES
from sim.studies.allocation.search import hypervolume, non_dominated
from sim.studies.allocation.trial import BALANCED, BASELINE, NOTHING, Trial

SURE = 5.0  # a rate needs a divisor known to a fifth
SURELY, ON_AVERAGE, NOT = "dominated", "dominated on average", "not dominated"


def gains(
    trial: Trial, name: str, over: str = BASELINE, scenario: str = ""
) -> tuple[PairedDifference, ...]:
    """Paired differences of two candidates on independent random numbers, one a purpose."""
    scores, baseline = trial.scores(name, scenario), trial.scores(over, scenario)
    return tuple(paired_difference(scores[:, i], baseline[:, i]) for i in range(len(PURPOSES)))


def verdict(differences: tuple[PairedDifference, ...]) -> str:
    """Whether a challenger beats a rule in every purpose: by whole intervals, on average, or not."""
    if all(each.low > 0.0 for each in differences):
        return SURELY
    return ON_AVERAGE if all(each.mean > 0.0 for each in differences) else NOT


def verdicts(trial: Trial, scenario: str = "") -> dict[str, str]:
    """Each rule against the one point of the front that beat it most clearly in the search."""
    return {rule: verdict(gains(trial, trial.challengers[rule], rule, scenario)) for rule in RULES}


def largest_difference(trial: Trial) -> Array:
    """Best less worst mean score over all divisions of the budget that were tested, (purpose,)."""
    return np.ptp(trial.mean(trial.names[1:]), axis=0)


def monte_carlo_deviation(trial: Trial) -> Array:
    """Standard deviation of the scores over runs, under the historical shares, (purpose,)."""
    return trial.scores(BASELINE).std(axis=0, ddof=1)


def optimism(trial: Trial) -> dict[str, tuple[Array, Array]]:
    """In-sample and out-of-sample gain over the historical shares, each (purpose,): of chosen divisions and the mean front."""
    searched = trial.searched.mean(axis=1)
    before = dict(zip(trial.names, searched - searched[trial.names.index(BASELINE)], strict=True))
    base = trial.mean((BASELINE,))[0]
    rows = {
        label: (before[name], trial.mean((name,))[0] - base) for label, name in trial.chosen.items()
    }
    front = np.mean([before[name] for name in trial.front], axis=0)
    return rows | {"mean of the front": (front, trial.mean(trial.front).mean(axis=0) - base)}


def still_best(trial: Trial) -> int:
    """Number of points of the front that no other point of it dominates on independent random numbers."""
    return int(non_dominated(trial.mean(trial.front)).sum())


def volumes(trial: Trial) -> dict[str, float]:
    """Hypervolume above giving nothing on independent random numbers, cubic points: front, all rules, historical shares."""
    reference = trial.mean((NOTHING,))[0]
    sets = {"front": trial.front, "the six rules": RULES, BASELINE: (BASELINE,)}
    return {label: hypervolume(trial.mean(names), reference) for label, names in sets.items()}


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """What giving up one purpose buys of another, between two points of the front, on independent random numbers.

    lost, gained : paired differences, points. rate : gained for one point lost, with `half` of its 95 % interval; NaN where the
    gain is within Monte Carlo error, or the loss not `SURE` times its own half-width.
    """

    start: str
    end: str
    given_up: str
    bought: str
    lost: PairedDifference
    gained: PairedDifference
    rate: float
    half: float


def exchanges(trial: Trial) -> list[Exchange]:
    """From the best in one purpose to the best in another, then from the balanced point to the best in each."""
    best = dict(zip(PURPOSES, trial.chosen, strict=False))
    ends = [
        _exchange(trial, given_up, bought, best[given_up], best[bought])
        for given_up, bought in combinations(PURPOSES, 2)
    ]
    return ends + [
        _exchange(trial, given_up, bought, BALANCED, best[bought])
        for bought, given_up in permutations(PURPOSES, 2)
    ]


def _exchange(trial: Trial, given_up: str, bought: str, start: str, end: str) -> Exchange:
    before, after = (trial.scores(trial.chosen[label]) for label in (start, end))
    lose, gain = PURPOSES.index(given_up), PURPOSES.index(bought)
    lost = paired_difference(before[:, lose], after[:, lose])
    gained = paired_difference(after[:, gain], before[:, gain])
    rate, half = ratio(after[:, gain] - before[:, gain], before[:, lose] - after[:, lose])
    real = lost.mean > SURE * (lost.high - lost.mean) and gained.low > 0.0
    return Exchange(
        start=start,
        end=end,
        given_up=given_up,
        bought=bought,
        lost=lost,
        gained=gained,
        rate=rate if real else float("nan"),
        half=half if real else float("nan"),
    )


def ratio(above: Array, below: Array) -> tuple[float, float]:
    """Ratio of two paired means and half of its 95 % interval, by the delta method; NaN where the lower mean is 0.

    Parameters
    ----------
    above, below : (replicate,) the same runs in the same order.
    """
    under = float(below.mean())
    if under == 0.0:
        return float("nan"), float("nan")
    rate = float(above.mean()) / under
    rest = above - rate * below
    return rate, float(mean_interval(rest)[1]) / abs(under)
