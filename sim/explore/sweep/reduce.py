"""What is kept of a run: where each state stands in the last year, when it left the band, what Japan got."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike, NDArray

from sim.axes import RUN, STATE, YEAR, Array
from sim.config.mechanisms import Rules
from sim.outcomes.alignment import EDGE, MIDDLE
from sim.outcomes.judge import UNITS
from sim.outcomes.look import Fixed, Look
from sim.outcomes.posture import ATTRIBUTES

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
OUTSIDE = "outside"  # 1 where a state is outside the band; known by run, since the band may differ
EACH_YEAR = ("alignment", "hedging", SUMMED, *MEANS.values(), OUTSIDE)
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


@dataclass(frozen=True)
class Kept:
    """A look at a year that sees what is kept of a run (see `sim.engines.ensemble.look_at`).

    partners : codes in order. paths : see the yearly `PATHS` too.
    """

    partners: tuple[str, ...]
    paths: bool = False

    def __call__(
        self, seen: Mapping[str, Array], *, fixed: Fixed, rules: Rules, last: bool
    ) -> dict[str, Array]:
        """Outcomes by name; those of the last year in that year alone."""
        look = Look(seen, fixed=fixed, numbers=rules.observation, partners=self.partners)
        names = (*EACH_YEAR, *(PATHS if self.paths else ()))
        names += (*IN_LAST_YEAR, POSTURE, *OF_REGION_LAST) if last else ()
        return {name: getattr(look, name) for name in dict.fromkeys(names)}


def reduce_looks(
    looks: Mapping[str, Array], *, years: ArrayLike, threshold: float, paths: bool = False
) -> dict[str, Array]:
    """Reduce what was seen year by year to numbers of each run.

    Parameters
    ----------
    looks : name -> (year, state or 1, run), for names seen in the last year alone one year. years : (year,).
    threshold : of the hedging index. paths : keep the yearly `PATHS` too, as `alignment_path` and so on.

    Returns
    -------
    name -> (state, run); of the region (run,); paths (year, state, run).
    """
    found = {name: looks[name][-1] for name in (*IN_LAST_YEAR, POSTURE)}
    found |= {name: looks[name][-1][0] for name in OF_REGION_LAST}
    found[SUMMED] = looks[SUMMED].sum(axis=0)
    found |= {name: looks[source].mean(axis=0)[0] for name, source in MEANS.items()}
    outside = looks[OUTSIDE] > 0.0
    found[IN_BAND] = 1.0 - outside[-1].mean(axis=0)
    found["left_band"] = first_lasting(outside, years)
    found["time_to_choice"] = first_lasting(looks["hedging"] < threshold, years)
    return found | {f"{name}_path": looks[name] for name in PATHS if paths}


def reduce_runs(outcomes: xr.Dataset, *, threshold: float, paths: bool = False) -> xr.Dataset:
    """Reduce outcomes over run, year, state to numbers over run, state (and over run alone).

    Parameters
    ----------
    outcomes : simulated years only, from `sim.outcomes.judge`. threshold, paths : as in `reduce_looks`.
    """
    looks = {name: _by_year(outcomes[name]) for name in UNITS if "lane" not in outcomes[name].dims}
    looks[POSTURE] = _by_year(outcomes[POSTURE])
    half = 0.5 * (outcomes.attrs["band_high"] - outcomes.attrs["band_low"])
    looks[OUTSIDE] = (np.abs(looks["alignment"] - MIDDLE) > half + EDGE).astype(float)
    found = reduce_looks(looks, years=outcomes[YEAR].values, threshold=threshold, paths=paths)
    lead = {RUN: outcomes[RUN].values}
    return labelled(found, lead=lead, states=outcomes[STATE].values, years=outcomes[YEAR].values)


def _by_year(values: xr.DataArray) -> Array:
    """One outcome as (year, state or 1, run)."""
    dims = (YEAR, STATE, RUN)
    there = values.transpose(*dims, missing_dims="ignore")
    lacking = tuple(place for place, dim in enumerate(dims) if dim not in there.dims)
    return np.expand_dims(there.values, lacking)


def labelled(
    found: Mapping[str, Array],
    *,
    lead: Mapping[str, ArrayLike],
    states: ArrayLike,
    years: ArrayLike,
) -> xr.Dataset:
    """Label reduced runs.

    Parameters
    ----------
    found : from `reduce_looks`. lead : the dimensions that the run axis stands for, the last fastest, and their labels.
    states, years : labels.
    """
    sizes = [len(np.asarray(labels)) for labels in lead.values()]
    inner: dict[int, tuple[str, ...]] = {1: (), 2: (STATE,), 3: (YEAR, STATE)}
    named = {}
    for name, values in found.items():
        runs = np.moveaxis(values, -1, 0)
        laid = runs.reshape(*sizes, *runs.shape[1:])
        if name == POSTURE:
            laid = laid.astype(np.int8)
        named[name] = ((*lead, *inner[values.ndim]), laid, _attributes(name))
    coords: dict[str, Any] = {**lead, STATE: states}
    if any(values.ndim == 3 for values in found.values()):
        coords[YEAR] = years
    return xr.Dataset(named, coords)


def _attributes(name: str) -> dict[str, Any]:
    if name == POSTURE:
        return dict(ATTRIBUTES)
    if name in MADE_HERE:
        return dict(zip(("units", "long_name"), MADE_HERE[name], strict=True))
    unit, meaning = UNITS[MEANS.get(name, name.removesuffix("_path"))]
    if name == SUMMED:
        meaning = f"{meaning.removesuffix(' in the year')}, all simulated years"
    elif not name.endswith("_path"):
        meaning = f"{meaning}; {'mean of the simulated years' if name in MEANS else 'last year'}"
    return {"units": unit, "long_name": meaning}


def first_lasting(holds: NDArray[np.bool_], years: ArrayLike) -> Array:
    """Return the first year of the first three in a row in which something holds; NaN if none.

    Parameters
    ----------
    holds : (year, ...) of truth. years : (year,).

    >>> holds = np.array([True, False, True, True, True])
    >>> int(first_lasting(holds, np.arange(2024, 2029)))
    2026
    """
    count = len(holds) - LASTING + 1
    if count < 1:
        return np.full(holds.shape[1:], np.nan)
    lasting = np.logical_and.reduce([holds[ahead : ahead + count] for ahead in range(LASTING)])
    place = lasting.argmax(axis=0)
    return np.where(lasting.any(axis=0), np.asarray(years, dtype=float)[place], np.nan)
