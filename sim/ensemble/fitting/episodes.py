"""Likelihood of the coded episodes: did the stance that the model expects turn the way the state turned?

The change of stance over an episode's years is read as China, none or United States by an ordered probit: thresholds at the size
that the coders call small, and a spread made of an assumed noise and of what new leaders may do. A state's episodes count
together as one, so that the Philippines do not outweigh the rest; episodes of both directions say nothing of stance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from sim.axes import Array
from sim.engines.forced import Responses
from sim.world.episodes import Episode, load_episodes

THRESHOLD = 0.1  # change of stance that is a small move
NOISE = 0.15  # of a change of stance, assumed
WAY = {"China": -1, "none": 0, "US-Japan": 1}
BOTH = 2  # in place of a way: to both sides, which a change of stance cannot show
FAINT = 1e-6


@dataclass(frozen=True, kw_only=True)
class ScoredEpisode:
    """An episode: number, index of the state, first and last year, way (-1, 0, 1), new leaders in it, and its weight."""

    number: int
    state: int
    first: int
    last: int
    way: int
    turned: float
    weight: float


def read_episodes(
    turnover: Array,
    years: Sequence[int],
    *,
    states: Sequence[str],
    counted: Sequence[str],
    held_out: bool = False,
) -> tuple[ScoredEpisode, ...]:
    """Read the episodes that may be fitted, or those held out, and lie within the years, for the states that count.

    Parameters
    ----------
    turnover : (year, state) changes of leader. states : of the axes, in order. counted : those that count.
    held_out : the ones held out, those of both directions among them.
    """
    found: list[tuple[Episode, int]] = [
        (episode, states.index(code))
        for episode in load_episodes()
        for code in episode.states
        if episode.held_out == held_out
        and (held_out or episode.direction in WAY)
        and code in counted
        and code in states
        and episode.last <= years[-1]
        and episode.last > years[0]
    ]
    number = {state: sum(other == state for _, other in found) for _, state in found}
    return tuple(
        ScoredEpisode(
            number=episode.number,
            state=state,
            first=max(episode.first, years[0] + 1),
            last=episode.last,
            way=WAY.get(episode.direction, BOTH),
            turned=float(
                turnover[
                    years.index(max(episode.first, years[0] + 1)) : years.index(episode.last) + 1,
                    state,
                ].sum()
            ),
            weight=1.0 / number[state],
        )
        for episode, state in found
    )


def way_chances(change: Array, spread: Array) -> tuple[Array, Array, Array]:
    """Chances that a change of stance is read as towards China, as none, and as towards the United States."""
    low, high = ndtr((-THRESHOLD - change) / spread), ndtr((THRESHOLD - change) / spread)
    return low, high - low, 1.0 - high


def leader_spread(values: Mapping[str, Array]) -> Array:
    """Variance of what a new leader leans to, (run,)."""
    realigning = values["rules.leadership.realigning"]
    return np.asarray(
        realigning * values["rules.leadership.realigned"] ** 2
        + (1.0 - realigning) * values["rules.leadership.ordinary"] ** 2
    )


def episodes_log_likelihood(
    responses: Responses, episodes: Sequence[ScoredEpisode], values: Mapping[str, Array]
) -> Array:
    """Weighted log likelihood of the ways the episodes went, (run,)."""
    leader = leader_spread(values)
    years = responses.years
    total = np.zeros(responses.stance.shape[1])
    for episode in episodes:
        stance = responses.stance[:, :, episode.state, 0]
        change = stance[years.index(episode.last)] - stance[years.index(episode.first) - 1]
        chances = way_chances(change, np.sqrt(NOISE**2 + episode.turned * leader))
        total += episode.weight * np.log(np.maximum(chances[episode.way + 1], FAINT))
    return total
