"""Policy minus baseline for every outcome, state by state and for the region, over runs with common random numbers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.axes import Array
from sim.outcomes.definitions import dates
from sim.statistics import paired_summary
from sim.studies.difference.measures import WITNESS, Measures, of_region, of_states

Statistics = dict[str, Array]


def differences(
    policy: Mapping[str, Array], baseline: Mapping[str, Array], *, by_state: bool = True
) -> dict[str, Statistics]:
    """Compare runs, giving outcome -> statistic -> (..., place): the states in order, then the region.

    Blank where there is nothing to compare: what only the region has, of states; and the year of
    leaving the band, of the region, since it would be the mean over other states on each side.

    Parameters
    ----------
    policy, baseline : what is kept of the same runs, arrays (..., replicate, state) or (..., replicate).
    by_state : False for the region alone.
    """
    first, other = of_states(policy), of_states(baseline)
    region, regions = of_region(policy, first), of_region(baseline, other)
    result = {}
    for name in region:
        whole = _of_region(name, region, regions)
        if by_state:
            states = _of_states(name, first, other) or _blank_statistics(
                whole, policy[WITNESS].shape[-1]
            )
            whole = {key: np.concatenate([states[key], whole[key]], axis=-1) for key in whole}
        result[name] = whole
    return result


def _of_region(name: str, one: Measures, other: Measures) -> Statistics:
    result = paired_summary(one[name], other[name])
    result = {key: values[..., np.newaxis] for key, values in result.items()}
    return _blank_statistics(result) if name in dates() else result


def _of_states(name: str, one: Measures, other: Measures) -> Statistics | None:
    if name not in one:
        return None
    return paired_summary(np.moveaxis(one[name], -2, -1), np.moveaxis(other[name], -2, -1))


def _blank_statistics(like: Mapping[str, Array], count: int = 1) -> Statistics:
    return {
        key: np.repeat(np.full_like(values, 0 if key == "pairs" else np.nan), count, axis=-1)
        for key, values in like.items()
    }
