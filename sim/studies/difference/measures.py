"""What is compared: every outcome of each state and of the region, run by run; postures and dates as shares, too.

The same names as in the tables of a sweep (see `sim.ensemble.store.table`).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.axes import STATE, Array
from sim.ensemble.store.table import WORDS, summed_up
from sim.ensemble.summary import POSTURE
from sim.outcomes.definitions import columns, dates
from sim.outcomes.outcome import REGION
from sim.outcomes.posture import MISSING

WITNESS = "alignment"  # blank where a state is not there, or a run not made
Measures = dict[str, Array]


def of_states(cells: Mapping[str, Array]) -> Measures:
    """Return by outcome arrays (..., replicate, state); a share is 0 or 1 in a run.

    Parameters
    ----------
    cells : what is kept of runs (`sim.ensemble.summary`), arrays (..., replicate, state).
    """
    there = ~np.isnan(cells[WITNESS])
    result: Measures = {}
    for name, column in columns(STATE).items():
        if name not in cells:  # kept on demand alone
            continue
        if name == POSTURE:
            known = there & (cells[name] != MISSING)
            for code, word in enumerate(WORDS):
                result[f"{name}_{word}"] = np.where(known, cells[name] == code, np.nan)
            continue
        result[name] = cells[name]
        if column.is_date:
            result[f"{name}_share"] = np.where(there, ~np.isnan(cells[name]), np.nan)
    return result


def of_region(cells: Mapping[str, Array], states: Measures | None = None) -> Measures:
    """Return by outcome arrays (..., replicate): states' means, then what only the region has.

    Parameters
    ----------
    cells : as for `of_states`. states : what that gave, if it is at hand.
    """
    states = of_states(cells) if states is None else states
    years = [name for name in dates() if name in cells]
    result = {
        name: _state_mean(values)
        for name, values in states.items()
        if name.removesuffix("_share") not in years
    }
    any_there = ~np.isnan(cells[WITNESS]).all(axis=-1)
    for name in years:
        result[name] = _state_mean(cells[name])
        result[f"{name}_share"] = np.where(any_there, ~np.isnan(result[name]), np.nan)
    in_order = {name: result[name] for name in states}
    return in_order | {name: cells[name] for name in columns(REGION) if name in cells}


def _state_mean(values: Array) -> Array:
    """Mean over the states that are there; NaN where none is."""
    known = ~np.isnan(values)
    total = np.where(known, values, 0.0).sum(axis=-1, dtype=float)
    count = known.sum(axis=-1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def summed_up_region(cells: Mapping[str, Array]) -> dict[str, float]:
    """Sum up the runs of one point in the columns of a sweep's table.csv.

    Parameters
    ----------
    cells : what is kept of its runs, arrays (replicate, state) and (replicate,).
    """
    result: dict[str, float] = {}
    for name, runs in of_region(cells).items():
        if name.removesuffix("_share") in dates() and name.endswith("_share"):
            continue  # comes with the date's own columns
        result |= {key: float(value) for key, value in summed_up(name, runs).items()}
    return result
