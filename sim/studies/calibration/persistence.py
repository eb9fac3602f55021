"""Does it remember? One run from 2000 to 2022 without a stop, beside the plainest memory: that nothing changes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sim.axes import Array
from sim.config import Settings
from sim.engines.planes import state_partner_array
from sim.ensemble.priors import points
from sim.studies.calibration.hindcast import KNOWN, LONG, past_stage
from sim.studies.calibration.hindcast_runs import run_window

LAST_YEARS = 3  # whose mean is compared
DRAWS = 128


def persistence_check(found: Mapping[str, Array], base: Settings | None = None) -> pd.DataFrame:
    """Compare ties and trade of 2020-22 with a run from 2000, and with those of 2000.

    Parameters
    ----------
    found : draws, path -> (draw,); the first `DRAWS` are run. base : settings; as calibrated if None.

    Returns
    -------
    One row a quantity: mean absolute misses of the runs' mean and of no change, in shares.
    """
    stage = past_stage(LONG, base=base)
    some = {path: column[:DRAWS] for path, column in found.items()}
    years = range(KNOWN - LAST_YEARS + 1, KNOWN + 1)
    told = run_window(stage, points(stage.settings, some), replicates=2, years=tuple(years))
    kept = stage.observed[["security_tie", "dependence"]]
    seen = kept.sel(year=list(years)).mean("year")
    start = kept.sel(year=LONG.first - 1)
    rows = [
        ("security ties", told.security, seen["security_tie"].values, start["security_tie"].values),
        (
            "shares of trade",
            told.dependence,
            state_partner_array(seen["dependence"]),
            state_partner_array(start["dependence"]),
        ),
    ]
    return pd.DataFrame(
        [
            {"quantity": name, "model": _miss(one.mean((0, 1)), now), "no_change": _miss(old, now)}
            for name, one, now, old in rows
        ]
    )


def _miss(told: Array, seen: Array) -> float:
    return float(np.abs(told - seen).mean())
