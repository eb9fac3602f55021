"""Long hindcast compared with persistence: one run from 2000 to 2022, beside the forecast that nothing changes."""

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


def persistence_check(draws: Mapping[str, Array], base: Settings | None = None) -> pd.DataFrame:
    """Compare ties and trade of 2020-22 with a run from 2000, and with those of 2000.

    Parameters
    ----------
    draws : path -> (draw,); the first `DRAWS` are run. base : settings; as calibrated if None.

    Returns
    -------
    One row a quantity: mean absolute misses of the runs' mean and of no change, in shares.
    """
    stage = past_stage(LONG, base=base)
    some = {path: column[:DRAWS] for path, column in draws.items()}
    years = range(KNOWN - LAST_YEARS + 1, KNOWN + 1)
    runs = run_window(stage, points(stage.settings, some), replicates=2, years=tuple(years))
    kept = stage.observed[["security_tie", "dependence"]]
    observed = kept.sel(year=list(years)).mean("year")
    start = kept.sel(year=LONG.first - 1)
    quantities = [
        ("security ties", runs.security, lambda data: data["security_tie"].values),
        ("shares of trade", runs.dependence, lambda data: state_partner_array(data["dependence"])),
    ]
    return pd.DataFrame(
        {
            "quantity": name,
            "model": _miss(simulated.mean((0, 1)), read(observed)),
            "no_change": _miss(read(start), read(observed)),
        }
        for name, simulated, read in quantities
    )


def _miss(predicted: Array, observed: Array) -> float:
    return float(np.abs(predicted - observed).mean())
