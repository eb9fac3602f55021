"""Where opinion and stance stand at the start: a filtered state with its spread, not a point."""

from __future__ import annotations

import numpy as np
import xarray as xr

from sim.axes import Array
from sim.config import Settings
from sim.engines.planes import state_array, state_partner_array
from sim.rules.record import StartDraws


def first_opinion_and_stance(
    settings: Settings, world: xr.Dataset, observed: xr.Dataset
) -> tuple[Array, Array, StartDraws]:
    """Means of stance (state, 1) and trust (state, partner) in the last observed year, and their standard deviations."""
    first = settings.years.first - 1
    then = observed.sel(year=first)
    trust = state_partner_array(then["trust"])
    stance = np.nan_to_num(state_array(then["stance"]))
    open_ = float(settings.start == "assimilated")
    return (
        stance,
        trust,
        StartDraws(
            stance=np.full_like(stance, 0.1 * open_), trust=np.full_like(trust, 0.05 * open_)
        ),
    )
