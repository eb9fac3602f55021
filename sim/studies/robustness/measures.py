"""How robust is a policy? Satisficing and regret over futures, with the noise of few replicates inside.

    satisficing   share of runs (a future and its luck) in which every threshold is met
    domain        share of futures whose mean over luck meets every threshold (Starr's domain criterion), corrected for bias
    regret        in each future, the best policy's mean less this one's; then the mean over futures

A maximum of noisy means lies above the maximum of the true ones, so regret measured in the plain way is too large. Half of the
replicates therefore choose the best policy and the other half measure it: pure noise then gives no regret, and true regret is
never overstated on average (it may be understated, where luck hides the best). Intervals and probabilities of rank come from
resampling futures and replicates, whose numbers are the same luck in all futures, both at once.

Source: satisficing and regret as robustness, Lempert and Collins (2007; unverified); domain criterion, Schneller and Sphicas
(1983; unverified); resampling rows and columns, Owen (2007; unverified). Ours: the split, the correction of the domain criterion.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.axes import Array

SPLITS, INTERVAL = 20, (0.025, 0.975)


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """An outcome must be at least (or at most) so much."""

    threshold: float
    at_least: bool = True

    def met(self, values: Array) -> Any:
        """Whether each value meets it."""
        return values >= self.threshold if self.at_least else values <= self.threshold

    def __str__(self) -> str:
        return f"{'>=' if self.at_least else '<='} {self.threshold:g}"


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One measure of every policy: estimate (policy,), its resampled values (resample, policy)."""

    estimate: Array
    resampled: Array

    @property
    def low(self) -> Array:
        """Lower end of the 95 % interval."""
        return np.quantile(self.resampled, INTERVAL[0], axis=0)

    @property
    def high(self) -> Array:
        """Upper end of the 95 % interval."""
        return np.quantile(self.resampled, INTERVAL[1], axis=0)


def all_met(values: Mapping[str, Array], criteria: Mapping[str, Criterion]) -> Array:
    """1.0 where a run, or a mean, meets every criterion; the arrays' shape."""
    each = [one.met(values[name]) for name, one in criteria.items()]
    return np.logical_and.reduce(each).astype(float)


def plain_regret(values: Array, weights: Array | None = None) -> Array:
    """Best policy's mean over replicates less each policy's, (policy, future); too large where replicates are few.

    Parameters
    ----------
    values : (policy, future, replicate), more is better. weights : (replicate,) summing to 1; equal if None.
    """
    means = values.mean(axis=-1) if weights is None else values @ weights
    return means.max(axis=0) - means


def split_regret(values: Array, *, seed: int = 0, splits: int = SPLITS) -> Array:
    """Regret with the best policy chosen by one half of the replicates and measured by the other, (policy, future).

    Parameters
    ----------
    values : (policy, future, replicate) at least two replicates, more is better. splits : random halves, each used both ways.
    """
    chance = np.random.default_rng(seed)
    replicates = values.shape[-1]
    total = np.zeros(values.shape[:-1])
    for _ in range(splits):
        order = chance.permutation(replicates)
        halves = [np.isin(np.arange(replicates), part) for part in np.array_split(order, 2)]
        for one, other in (halves, halves[::-1]):
            total += _chosen_regret(values @ _even(one), values @ _even(other))
    return total / (2 * splits)


def _even(chosen: Any) -> Array:
    return chosen / chosen.sum()


def _chosen_regret(chooses: Array, measures: Array) -> Array:
    """Regret against the policies that `chooses` finds best, ties sharing, as `measures` tells it; both (policy, future)."""
    best = (chooses >= chooses.max(axis=0) - _rounding(chooses)).astype(float)
    return (best * measures).sum(axis=0) / best.sum(axis=0) - measures


def resampled(
    values: Mapping[str, Array],
    criteria: Mapping[str, Criterion],
    outcome: str,
    *,
    better_up: bool,
    resamples: int,
    seed: int = 0,
) -> dict[str, Measured]:
    """Measure every policy, each measure with resamples of futures and replicates, all drawn together.

    Parameters
    ----------
    values : outcome -> (policy, future, replicate). criteria : of satisficing. outcome : the one that is regretted.
    better_up : whether more of it is better.

    Returns
    -------
    satisficing, domain, mean (of the outcome, more is better), regret (split), regret_plain.
    """
    met = all_met(values, criteria)
    good = values[outcome] if better_up else -values[outcome]
    chance = np.random.default_rng(seed)
    _, futures, replicates = good.shape
    drawn: dict[str, list[Array]] = {
        name: [] for name in ("satisficing", "domain", "mean", "regret", "regret_plain")
    }
    steady = _domain(values, criteria, np.full(replicates, 1.0 / replicates))
    noise = np.zeros_like(steady)
    for _ in range(resamples):
        among = chance.multinomial(futures, np.full(futures, 1.0 / futures)) / futures
        luck = chance.multinomial(replicates, np.full(replicates, 1.0 / replicates)) / replicates
        domain = _domain(values, criteria, luck)
        noise += domain / resamples
        drawn["satisficing"].append((met @ luck) @ among)
        drawn["domain"].append(domain @ among)
        drawn["mean"].append((good @ luck) @ among)
        drawn["regret_plain"].append(plain_regret(good, luck) @ among)
        drawn["regret"].append(
            _chosen_regret(*(good @ half for half in _halves(replicates, chance))) @ among
        )
    bias = (noise - steady).mean(axis=-1)
    told = {
        "satisficing": met.mean(axis=(1, 2)),
        "domain": np.clip(steady.mean(axis=-1) - bias, 0.0, 1.0),
        "mean": good.mean(axis=(1, 2)),
        "regret": split_regret(good, seed=seed).mean(axis=-1),
        "regret_plain": plain_regret(good).mean(axis=-1),
    }
    resamples_of = {name: np.stack(rows) for name, rows in drawn.items()}
    resamples_of["domain"] = np.clip(resamples_of["domain"] - 2.0 * bias, 0.0, 1.0)
    return {name: Measured(estimate=told[name], resampled=resamples_of[name]) for name in told}


def _rounding(values: Array) -> float:
    """What two sums of the same numbers may differ by: less is a tie."""
    return 1e-9 * (1.0 + float(np.abs(values).max(initial=0.0)))


def _domain(values: Mapping[str, Array], criteria: Mapping[str, Criterion], luck: Array) -> Array:
    return all_met({name: values[name] @ luck for name in criteria}, criteria)


def _halves(replicates: int, chance: np.random.Generator) -> list[Array]:
    """Weights of two halves of the replicates, resampled within each."""
    found = []
    for part in np.array_split(chance.permutation(replicates), 2):
        weights = np.zeros(replicates)
        weights[part] = chance.multinomial(len(part), np.full(len(part), 1.0 / len(part))) / len(
            part
        )
        found.append(weights)
    return found


def probability_better(measure: Measured, *, more: bool = True) -> Array:
    """Share of resamples in which the row's policy ranks before the column's, ties counting half, (policy, policy).

    Parameters
    ----------
    more : whether more of the measure is better. The diagonal is one half.
    """
    values = measure.resampled if more else -measure.resampled
    one, other = values[:, :, np.newaxis], values[:, np.newaxis, :]
    tied = np.abs(one - other) <= _rounding(values)
    return np.where(tied, 0.5, one > other).mean(axis=0)


def probability_best(measure: Measured, *, more: bool = True) -> Array:
    """Share of resamples in which each policy is best, ties shared, (policy,); sums to 1."""
    values = measure.resampled if more else -measure.resampled
    best = (values >= values.max(axis=1, keepdims=True) - _rounding(values)).astype(float)
    return (best / best.sum(axis=1, keepdims=True)).mean(axis=0)
