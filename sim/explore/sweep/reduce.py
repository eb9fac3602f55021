"""What is kept of a run: where each state stands in the last year, when it left the band, what Japan got."""

from __future__ import annotations

import numpy as np
import xarray as xr

from sim.axes import RUN, STATE, YEAR
from sim.outcomes.band import band_of

POINT, REPLICATE = "point", "replicate"
LASTING = 3  # years in a row that make a state's leaving, or choice, more than a blip
IN_LAST_YEAR = (
    "alignment",
    "alignment_security",
    "alignment_economic",
    "forced_choice",
    "hedging",
    "autonomy",
    "capacity",
    "pressure",
)
POSTURE = "posture"
SUMMED = "incidents"
DATES = ("left_band", "time_to_choice")
OF_STATE = (*IN_LAST_YEAR, SUMMED, *DATES, POSTURE)
OF_REGION_LAST = (
    "cohesion",
    "collective_resolve",
    "deterrence",
    "sea_lanes",
    "soft_power",
    "rivalry",
)
MEANS = {"deterrence_mean": "deterrence", "sea_lanes_mean": "sea_lanes"}
IN_BAND = "hedging_share"
OF_REGION = (*OF_REGION_LAST, *MEANS, IN_BAND)
PATHS = ("alignment", "hedging", "pressure", "capacity", "forced_choice")
MADE_HERE = {
    "left_band": (
        "year",
        f"first of {LASTING} years in a row outside the hedging band; blank if never",
    ),
    "time_to_choice": (
        "year",
        f"first of {LASTING} years in a row below the hedging threshold; blank if never",
    ),
    IN_BAND: ("1", "share of states inside the hedging band in the last year"),
}


def reduce_runs(outcomes: xr.Dataset, *, threshold: float, paths: bool = False) -> xr.Dataset:
    """Reduce outcomes over run, year, state to numbers over run, state (and over run alone).

    Parameters
    ----------
    outcomes : simulated years only, from `sim.outcomes.judge`. threshold : of the hedging index.
    paths : keep the yearly `PATHS` too, as `alignment_path` and so on.
    """
    last = outcomes.isel({YEAR: -1}, drop=True)
    found = {name: last[name] for name in (*IN_LAST_YEAR, POSTURE, *OF_REGION_LAST)}
    found[SUMMED] = outcomes[SUMMED].sum(YEAR, skipna=False)
    found |= {name: outcomes[source].mean(YEAR, skipna=False) for name, source in MEANS.items()}
    low, high = band_of(outcomes)
    alignment = outcomes["alignment"]
    outside = (alignment < low) | (alignment > high)
    found[IN_BAND] = 1.0 - outside.isel({YEAR: -1}, drop=True).mean(STATE)
    found["left_band"] = first_lasting(outside)
    found["time_to_choice"] = first_lasting(outcomes["hedging"] < threshold)
    found |= {f"{name}_path": outcomes[name] for name in PATHS if paths}
    reduced = xr.Dataset(
        {
            name: values.transpose(RUN, ..., STATE, missing_dims="ignore")
            for name, values in found.items()
        }
    )
    for name, values in reduced.data_vars.items():
        values.attrs = _attributes(str(name), outcomes)
    keep = [STATE, *([YEAR] if paths else [])]
    return reduced.drop_vars([name for name in reduced.coords if name not in keep])


def _attributes(name: str, outcomes: xr.Dataset) -> dict[str, object]:
    if name in MADE_HERE:
        return dict(zip(("units", "long_name"), MADE_HERE[name], strict=True))
    source = MEANS.get(name, name.removesuffix("_path"))
    kept = dict(outcomes[source].attrs)
    told = str(kept.get("long_name", name))
    if name == SUMMED:
        return kept | {"long_name": f"{told.removesuffix(' in the year')}, all simulated years"}
    if name.endswith("_path"):
        return kept
    when = "mean of the simulated years" if name in MEANS else "last year"
    return kept | {"long_name": f"{told}; {when}"}


def first_lasting(holds: xr.DataArray) -> xr.DataArray:
    """Return the first year of the first three in a row in which something holds; NaN if none.

    >>> holds = xr.DataArray([True, False, True, True, True], {"year": range(2024, 2029)}, ["year"])
    >>> int(first_lasting(holds))
    2026
    """
    lasting = np.stack(
        [holds.shift({YEAR: -ahead}, fill_value=False).values for ahead in range(LASTING)]
    ).all(axis=0)
    years = holds[YEAR].where(xr.zeros_like(holds).copy(data=lasting))
    return years.min(YEAR)
