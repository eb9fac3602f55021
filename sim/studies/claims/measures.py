"""How claims read a world: small functions from labelled histories to one number a run, (run,)."""

from __future__ import annotations

import numpy as np
import xarray as xr
from scipy.stats import rankdata

from sim.axes import PARTNER, RUN, STATE, YEAR, Array
from sim.outcomes.band import within
from sim.studies.claims.counterfactuals import CounterfactualRun

IN_A_ROW = 3  # years in a row that make a choice
HEDGES = 0.5  # hedging index below which a state no longer hedges: the middle of the index


def last(values: xr.DataArray) -> xr.DataArray:
    """Values of the last year."""
    return values.isel({YEAR: -1})


def in_year(values: xr.DataArray, index: int) -> xr.DataArray:
    """Values of a year counted from the first (0), or of the last year where there are fewer."""
    return values.isel({YEAR: min(index, values.sizes[YEAR] - 1)})


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


def asked(world: CounterfactualRun) -> xr.DataArray:
    """Where a state is asked to take sides, (run, year, state)."""
    history = world.history
    return history["refused"].sum(PARTNER) + history["accepted"].sum(PARTNER) > 0.0


def refuses(world: CounterfactualRun) -> xr.DataArray:
    """Where a state that was asked to take sides gave in to nobody, (run, year, state)."""
    return asked(world) & (world.history["accepted"].sum(PARTNER) == 0.0)


def refusing_share(world: CounterfactualRun) -> float:
    """Share of the years in which members are asked in which they give in to nobody."""
    among = members(world)
    return float((refuses(world) & among).sum() / max(float((asked(world) & among).sum()), 1.0))
