"""Latent opinion by a Kalman filter: what the panels together say of a state's choice between China and the United States.

The latent quantity is the log-odds of choosing China, on the scale of the forced choice. For state i and year t

    x = m + d_i + b_it + s_it,   b_it = p b_i,t-1 + noise,   s_it = q s_i,t-1 + noise:

a region's mean m, the state's own long-run departure d_i (shrunk: sd `own`), a slow base b (half-life `BASE_HALF_LIFE`) and a
fast swing s (half-life `SWING_HALF_LIFE`). Source k answers a_k + h_ik + c_k x + noise, h_ik a lasting house effect (what a mass
public likes and an elite would choose differ by state); ISEAS (a = h = 0, c = 1) sets the scale and sees the mean of the year
named and the one before. The sds of noise are those of the panels, put on the log-odds at the share predicted. Means,
departures, houses and offsets are part of the filtered state, so that their uncertainty stays in the answer and in its
correlation between states; slopes and sds are set at their posterior mode (priors below). Nothing later than `until` is used,
not even for these.

Source: linear Gaussian filtering (Kalman 1960). Half-lives: published reading of panels (see the evidence on speeds). Ours:
one common scale for a mass and an elite public, no shock common to all states (the common share of changes is 0.01-0.10).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from sim.axes import Array
from sim.world.load import LAST_YEAR
from sim.world.opinion_filter import SCALE, OpinionFilter, expit
from sim.world.panels import Panel, opinion_panels, share_panels
from sim.world.roster import roster, state_codes

PRIORS = {  # log-normal: median and sd of the logarithm; assumed, but wide round the published 3-4 points a year
    "base": (0.10, 0.5),
    "swing": (0.12, 0.5),
    "own": (0.50, 0.4),
    "house": (0.20, 0.5),
    "slope": (1.00, 0.3),
}
STEP, FINEST = 0.4, 0.04  # of the search for the mode, on the logarithms


@dataclass(frozen=True)
class LatentOpinion:
    """Filtered log-odds of choosing China.

    Parameters
    ----------
    states, years : labels. mean, sd : (state, year)  each year's given the answers up to that year.
    covariance : (state, state)  of the last year.
    offsets : source -> (mean, sd) at the last year. settings : sds and slopes at their mode.
    """

    states: tuple[str, ...]
    years: tuple[int, ...]
    mean: Array
    sd: Array
    covariance: Array
    offsets: dict[str, tuple[float, float]]
    settings: dict[str, float]

    def draw(self, normals: Array) -> Array:
        """Draw shares for China in the last year, (run, state), from standard normals of that shape."""
        lower = np.linalg.cholesky(self.covariance)
        return expit(self.mean[:, -1] + normals @ lower.T)


def filtered(states: Sequence[str], *, until: int = LAST_YEAR) -> LatentOpinion:
    """Filter the observed panels for the states asked for.

    Parameters
    ----------
    states : ISO 3166 alpha-3 codes or names; a state that was never asked gets the region's mean and spread.
    until : last year whose answers are used, also for the settings.
    """
    codes, everyone = state_codes(states), tuple(roster())
    result = _filter_everyone(until)
    chosen = [everyone.index(code) for code in codes]
    return replace(
        result,
        states=tuple(codes),
        mean=result.mean[chosen],
        sd=result.sd[chosen],
        covariance=result.covariance[np.ix_(chosen, chosen)],
        offsets=dict(result.offsets),
        settings=dict(result.settings),
    )


@lru_cache(maxsize=32)
def _filter_everyone(until: int) -> LatentOpinion:
    panels = share_panels(opinion_panels(tuple(roster()), last=until))
    return filter_panels(panels, settings=fit_settings(panels))


def fit_settings(panels: Sequence[Panel]) -> dict[str, float]:
    """Find the mode of sds and slopes by a pattern search over their logarithms."""
    seen = np.logical_or.reduce([panel.known().any(axis=1) for panel in panels])
    asked = [panel.of_rows(seen) for panel in panels] if seen.any() else list(panels)
    names = [
        "base",
        "swing",
        "own",
        "house",
        *(f"slope_{p.source}" for p in panels if p.source != SCALE),
    ]
    logs = {name: float(np.log(_prior(name)[0])) for name in names}
    best, step = _log_posterior(asked, logs), STEP
    while step > FINEST:
        before = best
        for name in logs:
            for sign in (1, -1):
                trial = logs | {name: logs[name] + sign * step}
                value = _log_posterior(asked, trial)
                if value > best:
                    logs, best = trial, value
        step = step if best > before else step / 2
    return {name: float(np.exp(value)) for name, value in logs.items()}


def _prior(name: str) -> tuple[float, float]:
    return PRIORS["slope" if name.startswith("slope") else name]


def _log_posterior(panels: Sequence[Panel], logs: dict[str, float]) -> float:
    prior = 0.0
    for name, value in logs.items():
        median, spread = _prior(name)
        prior -= 0.5 * ((value - np.log(median)) / spread) ** 2
    settings = {name: float(np.exp(value)) for name, value in logs.items()}
    return prior + OpinionFilter(panels, settings).run()[2]


def filter_panels(panels: Sequence[Panel], *, settings: dict[str, float]) -> LatentOpinion:
    """Filter panels over the same states and years with given settings."""
    kalman = OpinionFilter(panels, settings)
    means, sds, _ = kalman.run()
    offsets = {
        source: (float(kalman.mean[k]), float(np.sqrt(kalman.cov[k, k])))
        for source, k in kalman.offset_at.items()
    }
    return LatentOpinion(
        states=panels[0].states,
        years=panels[0].years,
        mean=means,
        sd=sds,
        covariance=kalman.read @ kalman.cov @ kalman.read.T,
        offsets=offsets,
        settings=dict(settings),
    )
