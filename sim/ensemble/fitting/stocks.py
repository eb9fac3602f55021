"""Likelihood of the stocks, one year ahead: economic ties and shares of arms supply against what the model expects of them.

The scale of the misses is set at its best value for each partner (a profile likelihood). Misses of economic ties, in logs, have
heavy tails (a Laplace distribution); those of arms are Gaussian, and count a fifth: five-year shares hold a delivery five times.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from sim.axes import Array
from sim.engines.forced import Responses
from sim.world.impute import DERIVED, OBSERVED

LEAST = 0.005  # shares are told apart down to here
OVERLAP = 5.0  # years in which one delivery counts in five-year shares


@dataclass(frozen=True, kw_only=True)
class StocksRecord:
    """Shares observed, (year, state, partner), and where both ends of a year are known."""

    economic: Array
    economic_known: NDArray[np.bool_]
    arms: Array
    arms_known: NDArray[np.bool_]


def read_stocks(
    observed: xr.Dataset, years: Sequence[int], *, states: Sequence[str]
) -> StocksRecord:
    """Read the shares, and where they were observed in a year and the one before, for the states that count."""
    counted = np.isin(observed["state"].values, list(states))[:, np.newaxis]
    ties = observed["economic_tie"].values[..., :-1]
    tie_flag = (
        observed["economic_tie_flag"].transpose(*observed["economic_tie"].dims).values[..., :-1]
    )
    arms = observed["arms"].transpose("year", "state", "partner").values
    arms_flag = observed["arms_flag"].transpose("year", "state", "partner").values
    everywhere = observed["year"].values.tolist()
    at = [everywhere.index(year) for year in years]
    before = [k - 1 for k in at]

    def known(flag: NDArray[np.int8]) -> NDArray[np.bool_]:
        seen = np.isin(flag, (OBSERVED, DERIVED))
        return seen[at] & seen[before] & counted

    return StocksRecord(
        economic=ties[at],
        economic_known=known(tie_flag),
        arms=np.nan_to_num(arms[at]),
        arms_known=known(arms_flag),
    )


def stocks_log_likelihood(responses: Responses, record: StocksRecord) -> dict[str, Array]:
    """Log likelihood of next year's shares, name -> (run,), up to a constant."""
    trade = np.abs(
        np.log(
            np.maximum(responses.economic, LEAST)
            / np.maximum(record.economic, LEAST)[:, np.newaxis]
        )
    )
    arms = (responses.arms - record.arms[:, np.newaxis]) ** 2
    return {
        "economic": _profile(trade, record.economic_known, 1.0),
        "arms": _profile(arms, record.arms_known, 0.5 / OVERLAP),
    }


def _profile(miss: Array, known: NDArray[np.bool_], power: float) -> Array:
    seen = known[:, np.newaxis]
    counts = known.sum(axis=(0, 1))
    mean = np.where(seen, miss, 0.0).sum(axis=(0, 2)) / np.maximum(counts, 1)
    return -(power * counts * np.log(np.maximum(mean, 1e-9))).sum(axis=-1)
