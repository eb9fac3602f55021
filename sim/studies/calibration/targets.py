"""What was observed of each target, up to a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.axes import Array
from sim.config import Settings
from sim.engines.planes import state_array, state_partner_array
from sim.ensemble.priors import read_as_calibrated
from sim.studies.calibration.hindcast import KNOWN, WINDOWS, Window, past_world
from sim.world.observed import observe, stake

Mask = NDArray[np.bool_]
SURVEY_YEARS = (2020, 2021, 2022)
PATROLS_FROM = 2019
LAST_YEARS = 3  # of a window, whose mean is compared


@dataclass(frozen=True, kw_only=True)
class Targets:
    """What was observed, up to a year.

    choice : (year, state) share choosing China. size : (year, state) respondents.
    trust : (state, partner), trusted : partners asked about. security : (window, state, option).
    trade : (window, state, partner). patrols, staked : (state,).
    """

    choice: Array
    size: Array
    trust: Array
    asked: tuple[int, ...]
    security: Array
    trade: Array
    patrols: Array
    staked: Mask


def read_targets(
    *,
    known: int = KNOWN,
    windows: Sequence[Window] = WINDOWS,
    base: Settings | None = None,
) -> Targets:
    """Read the targets off the record known in a year."""
    world = past_world(known=known, until=known)
    settings = base or read_as_calibrated()
    observed = observe(world, settings.rules.ties)
    years = list(SURVEY_YEARS)
    sizes = world["survey_size"].sel(year=years)
    sizes = sizes.fillna(sizes.sel(year=years[-1]))
    spans = [slice(w.last - LAST_YEARS + 1, w.last) for w in windows]
    return Targets(
        choice=world["forced_choice"].sel(year=years).values,
        size=sizes.values,
        trust=state_partner_array(world["trust"].sel(year=known)),
        asked=tuple(settings.partners.index(code) for code in ("CHN", "USA")),
        security=np.stack(
            [observed["security_tie"].sel(year=s).mean("year").values for s in spans]
        ),
        trade=np.stack(
            [state_partner_array(world["trade_share"].sel(year=s).mean("year")) for s in spans]
        ),
        patrols=state_array(
            observed["pressure"].sel(partner="CHN", year=slice(PATROLS_FROM, known)).mean("year")
        )[:, 0],
        staked=state_partner_array(stake(world, settings.rules.ties))[
            :, settings.partners.index("CHN")
        ]
        > 0,
    )
