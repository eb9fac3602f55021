"""Sampling the posterior: a population tempered from the prior to the posterior, then chains from every member.

The likelihood is raised step by step from exponent 0 to 1, each step as far as keeps half of the effective population (Del Moral,
Doucet and Jasra 2006; unverified). In between and after, every member moves by Metropolis steps that keep the Gaussian fitted
to the population invariant (a preconditioned Crank-Nicolson step; Cotter and others 2013, unverified): nearly independent
proposals where the posterior is nearly Gaussian, and exact whatever it is. All members go through the likelihood side by side.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp

from sim.axes import Array

LogLikelihood = Callable[[Array], Array]
KEEP = 0.5  # part of the effective population that a step keeps
SHRINK = 0.1  # part of correlations given up, since they are found from few members
ACCEPTED = 0.3  # part of proposals that the stride aims at
REFIT = 10  # moves after which the Gaussian is fitted anew while the chains settle
GROUPS = 8  # of walkers that are compared


@dataclass(frozen=True, kw_only=True)
class Chains:
    """Chains of coordinates (step, walker, number) after tempering and settling, and how it went.

    exponents : of each step of tempering. accepted : part of proposals accepted in the chains. stride : of the proposals.
    evaluations : of the likelihood.
    """

    u: Array
    exponents: tuple[float, ...]
    accepted: float
    stride: float
    evaluations: int

    @property
    def r_hat(self) -> Array:
        """R-hat of each number, (number,), between groups of walkers, each split in two halves of its steps: 1 where they agree.

        Many short chains are compared group by group (nested R-hat, Margossian and others 2022; unverified).
        """
        half, size = self.u.shape[0] // 2, self.u.shape[1] // GROUPS
        parts = np.stack(
            [
                self.u[start : start + half, k * size : (k + 1) * size].reshape(half * size, -1)
                for k in range(GROUPS)
                for start in (0, half)
            ]
        )
        within = parts.var(axis=1, ddof=1).mean(axis=0)
        between = parts.mean(axis=1).var(axis=0, ddof=1)
        return np.sqrt(1.0 + between / within)

    @property
    def effective(self) -> Array:
        """Effective number of draws of each number, (number,), from the autocorrelation pooled over walkers."""
        steps, walkers, numbers = self.u.shape
        centred = self.u - self.u.mean(axis=(0, 1))
        variance = (centred**2).mean(axis=(0, 1))
        time = np.ones(numbers)
        going = np.ones(numbers, dtype=bool)
        for lag in range(1, steps // 2):
            rho = (centred[lag:] * centred[:-lag]).mean(axis=(0, 1)) / variance
            going &= rho > 0.02
            time += 2.0 * np.where(going, rho, 0.0)
        return steps * walkers / time


def sample(
    log_likelihood: LogLikelihood,
    numbers: int,
    *,
    walkers: int,
    steps: int,
    seed: int,
    moves: int = 6,
) -> Chains:
    """Sample the posterior of numbers whose prior is standard normal.

    Parameters
    ----------
    log_likelihood : coordinates (walker, number) -> (walker,). numbers : how many coordinates.
    walkers : members of the population. steps : of every chain kept, after half as many to settle.
    moves : of every member in each step of tempering.
    """
    rng = np.random.default_rng(seed)
    u = rng.standard_normal((walkers, numbers))
    logs, exponent, stride = log_likelihood(u), 0.0, 0.5
    exponents, evaluations = [], walkers
    while exponent < 1.0:
        exponent_next = _next_exponent(logs, exponent)
        chosen = _resample((exponent_next - exponent) * logs, rng)
        u, logs, exponent = u[chosen], logs[chosen], exponent_next
        exponents.append(exponent)
        shape = _fit_gaussian(u)
        for _ in range(moves):
            u, logs, stride, _ = _move(log_likelihood, u, logs, exponent, shape, stride, rng)
            evaluations += walkers
    settling = max(REFIT, steps // 2)
    for step in range(settling):
        if step % REFIT == 0:
            shape = _fit_gaussian(u)
        u, logs, stride, _ = _move(log_likelihood, u, logs, 1.0, shape, stride, rng)
    shape = _fit_gaussian(u)
    kept, accepted = [], []
    for _ in range(steps):
        u, logs, _, part = _move(log_likelihood, u, logs, 1.0, shape, stride, rng)
        kept.append(u)
        accepted.append(part)
    return Chains(
        u=np.stack(kept),
        exponents=tuple(exponents),
        accepted=float(np.mean(accepted)),
        stride=stride,
        evaluations=evaluations + (settling + steps) * walkers,
    )


def _next_exponent(logs: Array, exponent: float) -> float:
    def kept(trial: float) -> float:
        weights = (trial - exponent) * logs
        return float(np.exp(2.0 * logsumexp(weights) - logsumexp(2.0 * weights))) / len(logs)

    if kept(1.0) >= KEEP:
        return 1.0
    low, high = exponent, 1.0
    for _ in range(40):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if kept(middle) >= KEEP else (low, middle)
    return max(low, exponent + 1e-6)


def _resample(logs: Array, rng: np.random.Generator) -> Array:
    weights = np.exp(logs - logsumexp(logs))
    spots = (rng.random() + np.arange(len(logs))) / len(logs)
    return np.minimum(np.searchsorted(np.cumsum(weights), spots), len(logs) - 1)


def _fit_gaussian(u: Array) -> tuple[Array, Array]:
    """Mean of the population and the lower root of its covariance, correlations shrunk."""
    covariance = np.cov(u, rowvar=False).reshape(u.shape[1], u.shape[1])
    own = np.diag(np.diag(covariance)) + 1e-6 * np.eye(u.shape[1])
    root = np.linalg.cholesky((1.0 - SHRINK) * covariance + SHRINK * own)
    return u.mean(axis=0), np.asarray(root, dtype=float)


def _move(
    log_likelihood: LogLikelihood,
    u: Array,
    logs: Array,
    exponent: float,
    shape: tuple[Array, Array],
    stride: float,
    rng: np.random.Generator,
) -> tuple[Array, Array, float, float]:
    mean, root = shape
    inner = np.asarray(np.linalg.solve(root, (u - mean).T).T, dtype=float)
    trial_inner = np.sqrt(1.0 - stride**2) * inner + stride * rng.standard_normal(u.shape)
    trial = mean + trial_inner @ root.T
    trial_logs = log_likelihood(trial)

    def worth(at: Array, at_inner: Array, at_logs: Array) -> Array:
        return exponent * at_logs - 0.5 * (at**2).sum(axis=1) + 0.5 * (at_inner**2).sum(axis=1)

    gain = worth(trial, trial_inner, trial_logs) - worth(u, inner, logs)
    won = np.log(rng.random(len(u))) < gain
    part = float(won.mean())
    stride = float(np.clip(stride * np.exp(part - ACCEPTED), 0.05, 0.95))
    return np.where(won[:, None], trial, u), np.where(won, trial_logs, logs), stride, part
