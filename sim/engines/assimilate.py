"""What ties and answers tell of the year before the first: the first trust, and how far stance and trust are open.

Stance, and trust once more, are worked out by `sim.rules.assimilation` where a run begins, with the run's own numbers.
"""

from __future__ import annotations

import numpy as np
import xarray as xr

from sim.axes import Array
from sim.config import Settings
from sim.engines.planes import state_partner_array
from sim.rules.record import StartReading
from sim.world.latent_table import read_latent


def first_reading(settings: Settings, world: xr.Dataset) -> tuple[Array, StartReading]:
    """Trust by the answers about it, (state, partner), and what else was answered, in the last observed year.

    Started as observed, trust is the latest index as it stands, nobody's choice is heard, and nothing is open.

    Parameters
    ----------
    settings : for the first year, the way of starting, and the width of stances. world : from `sim.world.load.load`.
    """
    year = settings.years.first - 1
    states, partners = world["state"].values, world["partner"].values
    latent = read_latent(states, partners, [year])
    shape = (len(states), 1)
    if settings.start == "observed":
        trust = state_partner_array(world["trust"].sel(year=year))
        return trust, StartReading(
            stance_sd=np.zeros(shape),
            trust_sd=np.zeros_like(trust),
            answer=np.zeros(shape),
            precision=np.zeros(shape),
            side=latent.side,
        )
    return latent.trust[0], StartReading(
        stance_sd=np.full(shape, settings.rules.assimilation.width),
        trust_sd=latent.trust_sd[0],
        answer=latent.choice[0],
        precision=latent.precision[0],
        side=latent.side,
    )
