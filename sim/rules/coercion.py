"""When does pressure off the sea become an episode, and is it given in to?

A power's coerciveness makes episodes likely; while one runs, targeted trade is cut and the coercer loses trust; it may win a
concession, which stands until the state's leader changes.

Source: about a third of episodes win something (Hufbauer and others, 224 cases), trade moved little and for one or two years
(Center for Strategic and International Studies 2023, eight Chinese cases). Ours: the hazard, drawn once at the outbreak.
"""

from __future__ import annotations

import numpy as np

from sim.axes import Array


def outbreak(*, chance: Array, coercion: Array, episode: Array, rate: Array | float) -> Array:
    """1 where an episode breaks out this year, (..., partner); none while one runs.

    Parameters
    ----------
    chance : (..., partner) uniform. coercion : (..., partner) 0 to 1. episode : (..., partner) 1 while one runs.
    rate : outbreaks a year at full coercion.
    """
    return np.where(chance < rate * coercion, 1.0, 0.0) * (1.0 - episode)


def next_episode(*, episode: Array, outbreak: Array, chance: Array, end: Array | float) -> Array:
    """1 while an episode runs, (..., partner): those that run end with a chance a year, those that broke out begin.

    Parameters
    ----------
    episode, outbreak : (..., partner) 0 or 1. chance : (..., partner) uniform, the same as for outbreaks.
    end : chance that a running episode ends, 0 to 1.
    """
    return np.maximum(outbreak, episode * np.where(chance < end, 0.0, 1.0))


def usual_episode(*, coercion: Array, rate: Array | float, end: Array | float) -> Array:
    """Part of years in which an episode runs while coercion stays as it is, (..., partner), 0 to 1.

    Parameters
    ----------
    coercion : (..., partner) 0 to 1. rate : as in `outbreak`. end : as in `next_episode`.
    """
    begun = rate * coercion
    return begun / np.maximum(begun + end, 1e-9)


def conceded(
    *,
    outbreak: Array,
    chance: Array,
    coercion: Array,
    leverage: Array,
    rate: Array | float,
    yields: Array | float,
    leverage_weight: Array | float,
) -> Array:
    """1 where a coercer wins a concession, (..., partner): by chance at the outbreak.

    Parameters
    ----------
    outbreak : (..., partner) 0 or 1. chance, coercion, rate : as in `outbreak`. leverage : (..., partner) 0 to 1.
    yields : chance of a concession of an episode without leverage, 0 to 1.
    leverage_weight : what full leverage adds to that chance.
    """
    likely = likely_concession(leverage=leverage, yields=yields, leverage_weight=leverage_weight)
    return outbreak * np.where(chance < rate * coercion * likely, 1.0, 0.0)


def likely_concession(
    *, leverage: Array, yields: Array | float, leverage_weight: Array | float
) -> Array:
    """Chance that an episode wins a concession, 0 to 1; parameters as in `conceded`."""
    return np.clip(yields + leverage_weight * leverage, 0.0, 1.0)


def next_concession(*, concession: Array, conceded: Array, turned: Array) -> Array:
    """1 while a concession stands, (..., partner): until the state's leader changes.

    Parameters
    ----------
    concession, conceded : (..., partner) 0 or 1, last year's and won this year. turned : (..., 1) 1 where the leader changed.
    """
    return np.maximum(conceded, concession * (1.0 - turned))
