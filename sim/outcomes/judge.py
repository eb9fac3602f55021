"""All outcomes of a history at once: Dataset in, Dataset out; works on observed years too.

The crossing from labelled data to the arrays of `sim.outcomes.look` and back.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from sim.axes import OPTION, PARTNER, RUN, SELF, STATE, TERM, YEAR, Array
from sim.config.mechanisms import Observation
from sim.outcomes import posture as spectrum
from sim.outcomes.autonomy import equal_shares
from sim.outcomes.look import OF_REGION, Fixed, Look
from sim.outcomes.scorecard import lane_shares, stake_shares
from sim.outcomes.sea import lane_security

UNITS = {
    "alignment_security": ("points", "security alignment, 0 = China, 100 = United States"),
    "alignment_economic": ("points", "economic alignment, 0 = China, 100 = United States"),
    "alignment": ("points", "alignment, 0 = China, 100 = United States"),
    "forced_choice": ("1", "share that would choose China if forced to"),
    "forced_choice_observed": ("1", "share that chose China in the ISEAS survey"),
    "hedging": ("1", "hedging index, 0 to 1"),
    "effective_partners": ("partners", "effective number of partners"),
    "contradiction": ("1", "distance between security and economic leanings, 0 to 1"),
    "autonomy": ("1", "autonomy index, 0 to 1"),
    "pressure": ("1", "pressure at sea, 0 to 1"),
    "incidents": ("count", "incidents at sea in the year"),
    "capacity": ("1", "maritime capacity, 1 = able to police one's own waters"),
    "resolve": ("1", "resolve, 0 to 1"),
    "trust_japan": ("1", "trust in Japan, 0 to 1"),
    "cohesion": ("1", "cohesion of ASEAN's members, 0 to 1"),
    "rivalry": ("1", "great-power rivalry, 0 to 1"),
    "collective_resolve": ("1", "mean resolve of the claimants, 0 to 1"),
    "deterrence": ("points", "Japan's score: gray-zone pressure deterred, 0 to 100"),
    "sea_lanes": ("points", "Japan's score: sea lanes kept open, 0 to 100"),
    "soft_power": ("points", "Japan's score: soft power and connections, 0 to 100"),
    "lane_security": ("1", "security of each sea lane, 0 to 1"),
    "osa_spent": ("JPY bn", "security assistance Japan gave in the year"),
}

COPIED = ("simulated", "forced_choice_observed", "survey_size", "osa_spent")
LANE = "lane"
LEFT_OUT = ("forced_choice_observed", "osa_spent", "lane_security")  # of the outcomes worked out
SEEN = {  # what a look needs, and its last axis
    "security_tie": OPTION,
    "economic_tie": OPTION,
    "trust": PARTNER,
    "dependence": PARTNER,
    "pressure": PARTNER,
    "incidents": PARTNER,
    "capacity": None,
    "resolve": None,
    "encroachment": None,
    "safety": None,
    "rivalry": None,
}


def judge(history: xr.Dataset, numbers: Observation) -> xr.Dataset:
    """Judge a history by the outcomes of one run.

    Parameters
    ----------
    history : from an engine (with or without a run dimension), or observed. numbers : of the observation model.

    Returns
    -------
    Dataset over (run,) year, state (and lane); attributes band_low and band_high bound the hedging band.
    """
    outcomes = xr.Dataset(_found(history, numbers), _labels(history))
    for name, (unit, meaning) in UNITS.items():
        outcomes[name].attrs = {"units": unit, "long_name": meaning}
    return outcomes.assign_attrs(
        history.attrs
        | {
            "title": "Straits: outcomes of a conditional scenario, not a forecast",
            "band_low": 50.0 - numbers.band,
            "band_high": 50.0 + numbers.band,
        }
    )


def fixed_of(history: xr.Dataset) -> Fixed:
    """Take what does not change out of a history."""

    def over(name: str, *dims: str) -> Array:
        values = history[name]  # the same in every run and year
        further = {dim: 0 for dim in values.dims if dim not in dims}
        return values.isel(further).transpose(*dims).values.astype(float)

    claimant, littoral = over("claimant", STATE)[:, np.newaxis], over("littoral", STATE, LANE)
    return Fixed(
        camp=over("camp", PARTNER)[np.newaxis],
        claimants=equal_shares(claimant),
        members=equal_shares(over("member", STATE)[:, np.newaxis]),
        stakes=stake_shares(claimant=claimant, stake=over("stake", STATE, PARTNER)),
        lanes=lane_shares(
            littoral=littoral,
            imports=over("japan_import_share", LANE),
            cables=over("cable_share", LANE),
        ),
    )


def partners_in(history: xr.Dataset) -> tuple[str, ...]:
    """The partners in their order; ties must have them as options in the same order, then self."""
    partners = tuple(str(code) for code in history[PARTNER].values)
    options = [str(code) for code in history[OPTION].values]
    if options != [*partners, SELF]:
        raise ValueError(f"options must be the partners in order, then {SELF}; found {options}")
    return partners


def _found(history: xr.Dataset, numbers: Observation) -> dict[Any, Any]:
    lead = tuple(dim for dim in (RUN, YEAR) if dim in history["security_tie"].dims)
    seen = {name: _array(history, name, lead) for name in SEEN}
    look = Look(seen, fixed=fixed_of(history), numbers=numbers, partners=partners_in(history))
    found: dict[Any, Any] = {name: history[name] for name in COPIED}
    for name in UNITS:
        if name not in LEFT_OUT:
            found[name] = _named(name, getattr(look, name), lead)
    code = look.posture.astype(np.int8)
    found["posture"] = (*_named("posture", code, lead), spectrum.ATTRIBUTES)
    littoral = history["littoral"].isel({RUN: 0}, missing_dims="ignore").transpose(STATE, LANE)
    secure = lane_security(safety=seen["safety"], littoral=littoral.values)
    found["lane_security"] = (*lead, LANE), secure[..., 0, :]
    return found


def _array(history: xr.Dataset, name: str, lead: tuple[str, ...]) -> Array:
    """One variable as (..., state, last), axes that it lacks of length one."""
    values = history[name].variable
    wanted = (*lead, STATE, SEEN[name])
    values = values.transpose(*(dim for dim in wanted if dim in values.dims))
    lacking = tuple(
        place for place, dim in enumerate(wanted) if dim is None or dim not in values.dims
    )
    return np.expand_dims(values.values, lacking)


def _named(
    name: str, values: NDArray[Any], lead: tuple[str, ...]
) -> tuple[tuple[str, ...], NDArray[Any]]:
    """Drop the axes of length one that outcomes of a state, and of the region, end in."""
    if name in OF_REGION:
        return lead, values[..., 0, 0]
    return (*lead, STATE), values[..., 0]


def _labels(history: xr.Dataset) -> dict[Any, xr.DataArray]:
    """The coordinates that outcomes keep: not those of the ties' options and the partners."""
    return {
        name: coordinate
        for name, coordinate in history.coords.items()
        if not {OPTION, PARTNER, TERM} & {name, *coordinate.dims}
    }
