"""Shares of Japan's security assistance that are written out state by state: the user's own, and a search's."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr

from sim.axes import Array
from sim.config import Settings
from sim.config.levers import Japan
from sim.config.optimised import shipped
from sim.engines.drivers_of_year import recipients_by
from sim.errors import UserError
from sim.world.roster import state_codes


def custom_share(levers: Japan, states: Sequence[str], partners: int) -> Array:
    """What the user asked for each state, (state, partner), not yet made to sum to 1; 0 for states not named.

    Parameters
    ----------
    levers : Japan's. states : codes in order. partners : how many; all get the same column.

    Raises
    ------
    UserError : a share for a state that does not exist.
    """
    known = state_codes(list(levers.custom)) if levers.custom else ()
    asked = dict(zip(known, levers.custom.values(), strict=True))
    return _share_columns([asked.get(code, 0.0) for code in states], partners)


def optimised_share(states: Sequence[str], partners: int) -> Array:
    """What the table that ships gives each state, (state, partner); 0 for states it does not name."""
    return _share_columns([shipped().shares.get(code, 0.0) for code in states], partners)


def _share_columns(wanted: Sequence[float], partners: int) -> Array:
    return np.repeat(np.array(wanted)[:, np.newaxis], partners, axis=1)


def check_optimised(points: Sequence[Settings], world: xr.Dataset) -> None:
    """Refuse the shares of the table where somebody may receive whom the search never saw.

    Raises
    ------
    UserError : a point follows the table, and a recipient is not in it.
    """
    asking = [point for point in points if point.policy.japan.allocation == "optimised"]
    if not asking or "JPN" not in world["partner"].values:
        return
    last = max(point.years.last for point in asking)
    strangers = [code for code in recipients_by(world, last) if code not in shipped().shares]
    if strangers:
        raise UserError(
            given=f"policy.japan.allocation is 'optimised', and {', '.join(strangers)} may receive, too",
            allowed=f"the shares were found for {', '.join(shipped().shares)} alone "
            f"(world={shipped().found.get('world')})",
            where="on the command line: policy.japan.allocation=custom +policy.japan.custom.PHL=0.2 and so on",
            hint="The shares of this world are found by: python experiments/allocate.py.",
        )
