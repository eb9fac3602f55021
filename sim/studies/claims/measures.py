"""How claims read a world: small functions from labelled histories to one number a run, (run,)."""

from __future__ import annotations

import numpy as np
import xarray as xr
from scipy.stats import rankdata

from sim.axes import OPTION, PARTNER, RUN, STATE, YEAR, Array
from sim.outcomes.band import within
from sim.studies.claims.counterfactuals import CounterfactualRun

IN_A_ROW = 3  # years in a row that make a choice
HEDGES = 0.5  # hedging index below which a state no longer hedges: the middle of the index


def last(values: xr.DataArray) -> xr.DataArray:
    """Values of the last year."""
    return values.isel({YEAR: -1})


def mean_of(values: xr.DataArray, among: xr.DataArray | None = None) -> Array:
    """Mean over the states for which ``among`` (state,) is true (default: all), (run,)."""
    chosen = values if among is None else values.where(among.astype(bool))
    return chosen.mean(STATE).transpose(RUN).values


def members(world: CounterfactualRun) -> xr.DataArray:
    """Who is a member of ASEAN, (state,)."""
    return world.history["member"] > 0.0


def claimants(world: CounterfactualRun) -> xr.DataArray:
    """Who has a maritime claim that is disputed, (state,)."""
    return world.history["claimant"] > 0.0


def recipients(world: CounterfactualRun) -> xr.DataArray:
    """Who receives security assistance from Japan in the last year, (state,); the same in every run."""
    return last(world.history["security_aid"].sel({PARTNER: "JPN"}, drop=True)).isel({RUN: 0}) > 0.0


def west(world: CounterfactualRun) -> xr.DataArray:
    """Security ties with the United States and Japan together, (run, year, state)."""
    return world.history["security_tie"].sel({OPTION: ["USA", "JPN"]}).sum(OPTION)


def with_china(world: CounterfactualRun) -> xr.DataArray:
    """Economic ties with China, (run, year, state)."""
    return world.history["economic_tie"].sel({OPTION: "CHN"}, drop=True)


def inside_band(world: CounterfactualRun) -> xr.DataArray:
    """Whether a state's alignment lies in the hedging band, (run, year, state)."""
    alignment = world.outcomes["alignment"]
    low, high = world.outcomes.attrs["band_low"], world.outcomes.attrs["band_high"]
    return within(alignment, low, high)


def correlation(left: Array, right: Array) -> Array:
    """Correlation over all but the first axis, (run,); 0 where either side does not vary."""
    flat = [side.reshape(len(side), -1) for side in (left, right)]
    centred = [side - side.mean(axis=1, keepdims=True) for side in flat]
    both = (centred[0] * centred[1]).sum(axis=1)
    size = np.sqrt((centred[0] ** 2).sum(axis=1) * (centred[1] ** 2).sum(axis=1))
    varies = size > 1e-12
    return np.where(varies, both / np.where(varies, size, 1.0), 0.0)


def rank_correlation(left: xr.DataArray, right: xr.DataArray, among: xr.DataArray) -> Array:
    """Spearman's correlation over the chosen states, (run,); 0 where either side does not vary.

    Parameters
    ----------
    left, right : (run, state). among : (state,) true for the states compared.
    """
    sides = [_chosen(side, among) for side in (left, right)]
    return correlation(*(np.asarray(rankdata(side, axis=1)) for side in sides))


def _chosen(values: xr.DataArray, among: xr.DataArray) -> Array:
    return values.isel({STATE: np.flatnonzero(among.values)}).transpose(RUN, STATE).values


def net_of_states_and_years(values: xr.DataArray) -> Array:
    """Deviations from each state's and each year's mean, (run, year, state), so that neither makes a correlation."""
    spread = values.transpose(RUN, YEAR, STATE).values
    by_state = spread.mean(axis=1, keepdims=True)
    by_year = spread.mean(axis=2, keepdims=True)
    return spread - by_state - by_year + spread.mean(axis=(1, 2), keepdims=True)


def years_until(ended: xr.DataArray) -> xr.DataArray:
    """Years before the first of three years in a row in which something has ended, (run, state); all years if never.

    Parameters
    ----------
    ended : (run, year, state) true or false.
    """
    states = ended.transpose(RUN, STATE, YEAR).values
    length = states.shape[-1]
    windows = np.lib.stride_tricks.sliding_window_view(states, min(IN_A_ROW, length), axis=-1)
    chosen = windows.all(axis=-1)
    years = np.where(chosen.any(axis=-1), chosen.argmax(axis=-1), length).astype(float)
    return xr.DataArray(years, dims=(RUN, STATE), coords={STATE: ended[STATE]})


def years_hedging(world: CounterfactualRun) -> Array:
    """Mean over members of the years until the hedging index stays below a half, (run,)."""
    return mean_of(years_until(world.outcomes["hedging"] < HEDGES), members(world))


def counted(what: xr.DataArray, among: xr.DataArray) -> Array:
    """How many of the chosen states something is true of, (run,)."""
    return (what & among).sum(STATE).transpose(RUN).values.astype(float)
