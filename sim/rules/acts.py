"""Does a state take a dated step towards, or away from, a partner this year? Two hazards whose log-odds are sums of named terms.

    log-odds of a step up against none   = up_j + courtship_j + size + score
    log-odds of a step down against none = down_j + size - score

Source: 247 dated security acts of ten states, 1995-2023; size of the economy as activity. Compensation between rivals, offers,
neighbours and turnover say nothing there beyond noise: their weights are centred on zero or on the literature's value.
Ours: the form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.axes import Array
from sim.rules.array_bundle import ArrayBundle
from sim.rules.terms import total

GROUND = ("partner", "courtship", "size")
TERMS = (
    "pressure",
    "counterpressure",
    "stance",
    "offers",
    "gap",
    "compensation",
    "neighbours",
    "turnover",
    "rivalry",
)


@dataclass(frozen=True, kw_only=True)
class Acts(ArrayBundle):
    """This year's steps. terms : name -> (..., partner), summing to the score; up, down : chances.

    ground : name -> (..., partner or 1), with the score the log-odds of a step up. draw : (..., partner) uniform, decides.
    steps : -2 to 2. climbs : rungs climbed or lost by them, -1 to 2: most acts leave a state on its rung.
    """

    terms: Mapping[str, Array]
    ground: Mapping[str, Array]
    draw: Array
    up: Array
    down: Array
    steps: Array
    climbs: Array


def score_terms(
    *, motives: Mapping[str, Array], weights: Mapping[str, Array | float]
) -> dict[str, Array]:
    """Weigh every motive, (..., partner) each; weights carry the sign."""
    return {name: weights[name] * motive for name, motive in motives.items()}


def hazards(
    *,
    terms: Mapping[str, Array],
    up: Array,
    down: Array,
    courtship: Array,
    size: Array,
    standing: Array,
) -> tuple[Array, Array]:
    """Chances of a step up and of a step down in the year, (..., partner) each; together below 1.

    Parameters
    ----------
    terms : name -> (..., partner), see `score_terms`.
    up, down : (..., partner) log-odds in a year without reason. courtship : (..., partner) drift of the partner's courtship.
    size : (..., 1) what the state's economy adds to activity of either kind.
    standing : (..., partner) 1 where there is something to step down from, else 0.
    """
    score = total(terms)
    rise = np.exp(np.clip(up + courtship + size + score, -30.0, 30.0))
    fall = np.exp(np.clip(down + size - score, -30.0, 30.0)) * standing
    return rise / (1.0 + rise + fall), fall / (1.0 + rise + fall)


def steps(*, chance: Array, up: Array, down: Array, double: Array | float) -> Array:
    """Turn one uniform draw into a step, (..., partner): -2, -1, 0, 1 or 2.

    Parameters
    ----------
    chance : (..., partner) uniform in (0, 1): low is up, high is down. up, down : chances from `hazards`.
    double : part of steps that count twice, 0 to 1.
    """
    rise = np.where(chance < up, 1.0, 0.0) + np.where(chance < double * up, 1.0, 0.0)
    last = 1.0 - chance
    fall = np.where(last < down, 1.0, 0.0) + np.where(last < double * down, 1.0, 0.0)
    return rise - fall


def climbs(
    *,
    chance: Array,
    up: Array,
    down: Array,
    climb: Array | float,
    leap: Array | float,
    slip: Array | float,
) -> Array:
    """Rungs that this year's step climbs or loses, (..., partner): -1, 0, 1 or 2; by the draw that made the step.

    Parameters
    ----------
    chance, up, down : as in `steps`. climb : part of steps up that climb a rung. leap : part of those that climb two.
    slip : part of steps down that lose a rung.
    """
    rise = np.where(chance < climb * up, 1.0, 0.0) + np.where(chance < climb * leap * up, 1.0, 0.0)
    return rise - np.where(1.0 - chance < slip * down, 1.0, 0.0)


def next_recent(*, recent: Array, steps: Array, fade: Array | float) -> Array:
    """Fading trace of steps up, (..., partner), at least 0.

    Parameters
    ----------
    recent : (..., partner) last year's. steps : (..., partner) this year's. fade : part kept, 0 to 1.
    """
    return fade * recent + np.maximum(steps, 0.0)


def next_courtship(
    *, courtship: Array, chance: Array, keep: Array | float, drift: Array | float
) -> Array:
    """Each partner's courtship, a slow walk in log-odds, (..., partner).

    Parameters
    ----------
    courtship : (..., partner) last year's. chance : (..., partner) standard normal.
    keep : part kept a year, 0 to 1. drift : standard deviation of a year's step.
    """
    return keep * courtship + drift * chance
