"""Calibration by sequential Monte Carlo, from the priors to the posterior: which weights does the record allow?

A Sobol sample of the priors is run through the hindcast windows. The likelihood is tempered adaptively (Del Moral, Doucet
and Jasra 2006; unverified): each round raises its exponent as far as keeps half of the effective sample, resamples, and
moves every draw by a few random-walk Metropolis steps scaled to the cloud. All draws share common random numbers, so the
likelihood is a plain function of the weights, and the same seed gives the same posterior. Nothing after `hindcast.KNOWN` is
read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.special import ndtri
from scipy.stats import qmc

from sim.axes import Array
from sim.config import Settings
from sim.engines.context import SimulationContext
from sim.ensemble.priors import points, priors, values
from sim.studies.calibration.hindcast import KNOWN, WINDOWS, Window, past_stage
from sim.studies.calibration.hindcast_runs import run_window
from sim.studies.calibration.observation import Predictions, parts, predict
from sim.studies.calibration.targets import SURVEY_YEARS, Mask, Targets, read_targets
from sim.studies.calibration.weights import effective, normalised, resample

Report = Callable[[str], None]
KEEP = 0.5  # part of the effective sample that a round keeps
SPREAD = 2.38 * 0.8  # of a random-walk step, over the root of the number of weights
EDGE = 1e-6


@dataclass(frozen=True, kw_only=True)
class SmcSettings:
    """Sizes of the sampler: draws, Metropolis steps a round, replicates a draw; and the seed."""

    draws: int = 1024
    moves: int = 6
    replicates: int = 2
    seed: int = 20221231


@dataclass(frozen=True, kw_only=True)
class Hindcast:
    """The windows set up, and what they are compared with.

    states, years : (state,), (survey,) True for those that may be seen; all if None.
    """

    windows: tuple[Window, ...] = WINDOWS
    stages: tuple[SimulationContext, ...]
    targets: Targets
    replicates: int = 2
    states: Mask | None = None
    years: Mask | None = None

    def without(self, *, states: Sequence[int] = (), years: Sequence[int] = ()) -> Hindcast:
        """Return the same hindcast blind to some states (indices) or surveys (years)."""
        visible = ~np.isin(np.arange(self.targets.choice.shape[1]), list(states))
        return replace(self, states=visible, years=~np.isin(SURVEY_YEARS, list(years)))

    def predict(self, z: Array) -> Predictions:
        """Run draws given as standard normal coordinates (draw, weight)."""
        return self.of(values(z))

    def of(self, draws: dict[str, Array]) -> Predictions:
        """Run draws given as path -> (draw,)."""
        camp = self.stages[-1].conduct(self.windows[-1].last).camp
        runs = [
            run_window(
                stage,
                points(stage.settings, draws),
                replicates=self.replicates,
                years=_compared(window, last=index + 1 == len(self.stages)),
            )
            for index, (stage, window) in enumerate(zip(self.stages, self.windows, strict=True))
        ]
        return predict(runs, camp, self.windows)

    def fit(self, z: Array) -> Array:
        """Log-likelihood of draws, (draw,)."""
        return self.judge(self.predict(z), values(z))

    def judge(self, predicted: Predictions, draws: dict[str, Array]) -> Array:
        """Log-likelihood of predictions already made, (draw,)."""
        return total(parts(predicted, draws, self.targets, states=self.states, years=self.years))


def _compared(window: Window, *, last: bool) -> tuple[int, ...]:
    years = tuple(range(window.last - 2, window.last + 1))
    return tuple(sorted({*years, *SURVEY_YEARS})) if last else years


def set_hindcast(
    *, windows: tuple[Window, ...] = WINDOWS, replicates: int = 2, base: Settings | None = None
) -> Hindcast:
    """Set up every window from what was known in `hindcast.KNOWN`."""
    return Hindcast(
        windows=windows,
        stages=tuple(past_stage(window, known=KNOWN, base=base) for window in windows),
        targets=read_targets(known=KNOWN, windows=windows, base=base),
        replicates=replicates,
    )


def total(kinds: dict[str, Array]) -> Array:
    """Sum the kinds of target."""
    return np.sum(list(kinds.values()), axis=0)


@dataclass(frozen=True, kw_only=True)
class ParticlePopulation:
    """Draws on their way from prior to posterior.

    z : (draw, weight) standard normal coordinates. fit : (draw,) log-likelihood. power : exponent of the likelihood.
    rounds : one line a round: exponent, effective sample, acceptance.
    """

    z: Array
    fit: Array
    power: float = 0.0
    rounds: list[tuple[float, float, float]] = field(default_factory=list)


def calibrate(
    hindcast: Hindcast, effort: SmcSettings, report: Report | None = None
) -> ParticlePopulation:
    """Carry a cloud of draws from the priors to the posterior.

    Parameters
    ----------
    hindcast : from `set_hindcast`. effort : sizes and seed. report : called with a line a round.
    """
    rng = np.random.default_rng(effort.seed)
    z = prior_sample(effort.draws, seed=effort.seed)
    cloud = ParticlePopulation(z=z, fit=hindcast.fit(z))
    while cloud.power < 1.0:
        cloud = _round(cloud, hindcast, effort, rng)
        if report is not None:
            power, worth, accepted = cloud.rounds[-1]
            report(
                f"likelihood to the power {power:.3f}: {worth:.0f} effective draws, "
                f"{accepted:.0%} of steps accepted"
            )
    return cloud


def prior_sample(draws: int, *, seed: int) -> Array:
    """Sobol sample of the priors as standard normal coordinates, (draw, weight)."""
    sampler = qmc.Sobol(len(priors()), rng=np.random.default_rng(seed))
    power = int(np.ceil(np.log2(max(draws, 2))))
    return ndtri(np.clip(sampler.random_base2(power)[:draws], EDGE, 1.0 - EDGE))


def _round(
    cloud: ParticlePopulation, hindcast: Hindcast, effort: SmcSettings, rng: np.random.Generator
) -> ParticlePopulation:
    step = _next_step(cloud.fit, 1.0 - cloud.power)
    weights = normalised(step * cloud.fit)
    chosen = resample(weights, len(weights), rng)
    power = 1.0 if step >= 1.0 - cloud.power else cloud.power + step
    moved, accepted = _move(cloud.z[chosen], cloud.fit[chosen], power, hindcast, effort, rng)
    line = (power, effective(weights), accepted)
    return ParticlePopulation(z=moved[0], fit=moved[1], power=power, rounds=[*cloud.rounds, line])


def _next_step(fit: Array, left: float) -> float:
    if effective(normalised(left * fit)) >= KEEP * len(fit):
        return left
    low, high = 0.0, left
    for _ in range(60):
        middle = 0.5 * (low + high)
        enough = effective(normalised(middle * fit)) >= KEEP * len(fit)
        low, high = (middle, high) if enough else (low, middle)
    return low


def _move(
    z: Array,
    fit: Array,
    power: float,
    hindcast: Hindcast,
    effort: SmcSettings,
    rng: np.random.Generator,
) -> tuple[tuple[Array, Array], float]:
    root = np.linalg.cholesky(np.cov(z.T) + 1e-6 * np.eye(z.shape[1]))
    taken = []
    for scale in np.geomspace(1.0, 0.4, max(effort.moves, 1))[: effort.moves]:
        step = scale * SPREAD / np.sqrt(z.shape[1]) * rng.standard_normal(z.shape) @ root.T
        proposed = z + step
        proposed_fit = hindcast.fit(proposed)
        gain = power * (proposed_fit - fit) - 0.5 * ((proposed**2).sum(1) - (z**2).sum(1))
        accept = np.log(rng.random(len(z))) < gain
        z, fit = np.where(accept[:, np.newaxis], proposed, z), np.where(accept, proposed_fit, fit)
        taken.append(float(accept.mean()))
    return (z, fit), float(np.mean(taken)) if taken else 0.0
