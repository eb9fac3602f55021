"""From labelled variables to plain arrays: columns (state, 1) and planes (state, partner)."""

from __future__ import annotations

import numpy as np
import xarray as xr

from sim.axes import Array


def state_array(values: xr.DataArray) -> Array:
    """A variable over state as (state, 1)."""
    return values.values.astype(float)[:, np.newaxis]


def state_partner_array(values: xr.DataArray) -> Array:
    """A variable over state and partner as (state, partner).

    A power of which nothing at all is known takes, for each state, the mean over the powers of which something is (a
    further power such as Australia has no survey of trust in it, for one); a single gap stays one.
    """
    result = values.transpose("state", "partner").values.astype(float)
    unknown = np.isnan(result).all(axis=0)
    if unknown.all() or not unknown.any():
        return result
    return np.where(unknown, result[:, ~unknown].mean(axis=1, keepdims=True), result)


def shares(values: Array) -> Array:
    """Divide each column by its sum; a column of zeros stays one."""
    total = values.sum(axis=0, keepdims=True)
    return values / np.where(total > 0.0, total, 1.0)
