"""What follows a major step? Chance of a step towards the other side within two years, above its base rate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from sim.axes import PARTNER, RUN, STATE, YEAR, Array
from sim.studies.claims.counterfactuals import CounterfactualRun

MAJOR = 2.0  # steps that count twice
WITHIN = 2  # years
WEST, EAST = ("USA", "JPN"), ("CHN",)


@dataclass(frozen=True, kw_only=True)
class Aftermath:
    """What followed major steps of some states.

    Parameters
    ----------
    excess : (run,) chance of an answer after a major step above the base rate; their mean is that of all steps of all runs.
    after, base : chances of an answer after a major step, and in the same states and years whatever went before.
    steps : major steps in all runs.
    """

    excess: Array
    after: float
    base: float
    steps: int


def aftermath(
    world: CounterfactualRun, towards: Mapping[str, tuple[Sequence[str], Sequence[str]]]
) -> Aftermath:
    """Follow every major step of some states.

    The base rate is the share of runs in which the same state, in the same two years, takes such a step: trends that all runs
    share make no answer.

    Parameters
    ----------
    world : runs of one world. towards : state -> (partners of the major step, partners of the answer).
    """
    parts = [_of_state(world, code, *sides) for code, sides in towards.items()]
    major, answered = (np.concatenate(each, axis=1) for each in zip(*parts, strict=True))
    base = answered.mean(axis=0, keepdims=True)
    count = major.sum()
    if not count:
        return Aftermath(excess=np.zeros(len(major)), after=0.0, base=0.0, steps=0)
    return Aftermath(
        excess=(major * (answered - base)).sum(axis=1) * len(major) / count,
        after=float((major * answered).sum() / count),
        base=float((major * base).sum() / count),
        steps=int(count),
    )


def _of_state(
    world: CounterfactualRun, code: str, first: Sequence[str], then: Sequence[str]
) -> tuple[Array, Array]:
    """Major steps, and whether an answer followed, (run, year) 0 or 1; years whose two following years are simulated."""
    steps = world.history["steps"].sel({STATE: code}).transpose(RUN, YEAR, PARTNER)
    major = _most(steps, first)[:, :-WITHIN] >= MAJOR
    answer = _most(steps, then) >= 1.0
    following = np.lib.stride_tricks.sliding_window_view(answer[:, 1:], WITHIN, axis=1)
    return major.astype(float), following.any(axis=-1).astype(float)


def _most(steps: xr.DataArray, partners: Sequence[str]) -> Array:
    return np.asarray(steps.sel({PARTNER: list(partners)}).max(PARTNER).values)
