"""All outcomes of a history at once: Dataset in, Dataset out; works on observed years too.

The crossing from labelled data to the arrays of `sim.outcomes.calculator` and back.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from sim.axes import OPTION, PARTNER, RUN, SELF, STATE, YEAR, Array
from sim.config.mechanisms import Observation
from sim.outcomes import posture
from sim.outcomes.autonomy import equal_shares
from sim.outcomes.calculator import SEEN, Fixed, OutcomeCalculator
from sim.outcomes.definitions import OUTCOMES
from sim.outcomes.outcome import LANE, Outcome
from sim.outcomes.scorecard import lane_shares, stake_shares

OBSERVED = ("simulated", "forced_choice_observed", "survey_size")  # copied beside the outcomes


def compute_outcomes(history: xr.Dataset, numbers: Observation) -> xr.Dataset:
    """Judge a history by the outcomes of one run.

    Parameters
    ----------
    history : from an engine (with or without a run dimension), or observed. numbers : of the observation model.

    Returns
    -------
    Dataset over (run,) year, state (and lane); attributes band_low and band_high bound the hedging band.
    """
    outcomes = xr.Dataset(_computed_outcomes(history, numbers), _kept_labels(history))
    for name, outcome in OUTCOMES.items():
        outcomes[name].attrs = outcome_attributes(outcome)
    return outcomes.assign_attrs(
        history.attrs
        | {
            "title": "Straits: outcomes of a conditional scenario, not a forecast",
            "band_low": 50.0 - numbers.band,
            "band_high": 50.0 + numbers.band,
        }
    )


def outcome_attributes(outcome: Outcome) -> dict[str, Any]:
    """Return what a file says of an outcome."""
    said = {"units": outcome.unit, "long_name": outcome.meaning}
    return said | (posture.ATTRIBUTES if outcome.codes else {})


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
        littoral=littoral,
    )


def partners_in(history: xr.Dataset) -> tuple[str, ...]:
    """The partners in their order; ties must have them as options in the same order, then self."""
    partners = tuple(str(code) for code in history[PARTNER].values)
    options = [str(code) for code in history[OPTION].values]
    if options != [*partners, SELF]:
        raise ValueError(f"options must be the partners in order, then {SELF}; found {options}")
    return partners


def _computed_outcomes(history: xr.Dataset, numbers: Observation) -> dict[Any, Any]:
    lead = tuple(dim for dim in (RUN, YEAR) if dim in history["security_tie"].dims)
    known = OutcomeCalculator(
        {name: _variable_array(history, name, lead) for name in SEEN},
        fixed=fixed_of(history),
        numbers=numbers,
        partners=partners_in(history),
    )
    result: dict[Any, Any] = {name: history[name] for name in OBSERVED}
    for name, outcome in OUTCOMES.items():
        if outcome.compute is None:
            result[name] = history[name]
        else:
            values = known[name].astype(np.int8) if outcome.codes else known[name]
            result[name] = _named_outcome(outcome, values, lead)
    return result


def _variable_array(history: xr.Dataset, name: str, lead: tuple[str, ...]) -> Array:
    """One variable as (..., state, last), axes that it lacks of length one."""
    values = history[name].variable
    wanted = (*lead, STATE, SEEN[name])
    values = values.transpose(*(dim for dim in wanted if dim in values.dims))
    lacking = tuple(
        index for index, dim in enumerate(wanted) if dim is None or dim not in values.dims
    )
    return np.expand_dims(values.values, lacking)


def _named_outcome(
    outcome: Outcome, values: NDArray[Any], lead: tuple[str, ...]
) -> tuple[tuple[str, ...], NDArray[Any]]:
    """Drop the axes of length one that outcomes of a state, of a lane, and of the region have."""
    if outcome.of == STATE:
        return (*lead, STATE), values[..., 0]
    if outcome.of == LANE:
        return (*lead, LANE), values[..., 0, :]
    return lead, values[..., 0, 0]


def _kept_labels(history: xr.Dataset) -> dict[Any, xr.DataArray]:
    """The coordinates that outcomes keep: not those of options, partners and motives."""
    return {
        name: coordinate
        for name, coordinate in history.coords.items()
        if set(coordinate.dims) <= {RUN, YEAR, STATE, LANE}
    }
