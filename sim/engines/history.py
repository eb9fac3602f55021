"""From arrays to a labelled history: names, units, flags, provenance. The crossing back to xarray, and the only one.

A history runs from 2000: what was observed up to the year before the first simulated one (with flags), then what was
simulated. Runs, where there are any, are the leading axis of everything simulated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from sim.axes import OPTION, PARTNER, RUN, SELF, STATE, YEAR, Array
from sim.config import Settings
from sim.engines.context import SimulationContext
from sim.engines.variables import TERM_GROUPS, VARIABLES, TermGroup
from sim.rules.year import YearResult
from sim.world.impute import MEANINGS
from sim.world.observed import stake
from sim.world.roster import names, partner_codes
from sim.world.scenario import idle_events

SIMULATED = len(MEANINGS)  # the flag of simulated values, after those of observed ones


@dataclass(frozen=True, kw_only=True)
class YearRecord:
    """All that happened in one year, arrays (..., state, partner)."""

    year: int
    passed: YearResult


def to_dataset(
    stage: SimulationContext,
    records: Iterable[YearRecord],
    *,
    run: int = 0,
    keep: Sequence[str] = tuple(VARIABLES),
    terms: bool = True,
    past: bool = True,
) -> xr.Dataset:
    """Name what was recorded, put the observed past before it, and describe everything.

    Parameters
    ----------
    stage : what the records were made from. records : one a year, in order; read once.
    run : number of the (first) run. keep : names among `VARIABLES`. terms : keep every term of every choice.
    past : put the observed years first.
    """
    return label(stage, collect_years(records, keep=keep, terms=terms), run=run, past=past)


def label(
    stage: SimulationContext, found: Mapping[str, Array], *, run: int = 0, past: bool = False
) -> xr.Dataset:
    """Name arrays of all years, describe them, and put the observed past before them if asked.

    Parameters
    ----------
    stage : what they were made from. found : name -> (year, ..., state, run or none), as from `collect_years`.
    run : number of the (first) run. past : put the observed years first.
    """
    history = _simulated_years(stage, found)
    lead = history.sizes.get(RUN)
    history = history.assign_coords({RUN: run if lead is None else np.arange(run, run + lead)})
    if past:
        before = _observed_past(stage)
        history = xr.concat(
            [before, history], YEAR, join="outer", data_vars="minimal", coords="minimal"
        )
    return _described_dataset(history, stage)


def collect_years(
    records: Iterable[YearRecord], *, keep: Sequence[str] = tuple(VARIABLES), terms: bool = False
) -> dict[str, Array]:
    """Put years together: name -> (year, partner or option, state, run), without axes that the variable lacks."""
    kept: dict[str, list[Array]] = {name: [] for name in keep}
    weighed: dict[str, list[Array]] = {name: [] for name in TERM_GROUPS if terms}
    for record in records:
        for name, values in kept.items():
            values.append(_year_variable(record.passed, name))
        for name, rows in weighed.items():
            rows.append(_term_array(TERM_GROUPS[name], record.passed))
    return {
        name: np.stack([value.T for value in values]) for name, values in (kept | weighed).items()
    }


def _simulated_years(stage: SimulationContext, found: Mapping[str, Array]) -> xr.Dataset:
    named: dict[str, Any] = {}
    coords: dict[str, Any] = _dataset_coordinates(stage) | {YEAR: list(stage.years)}
    for name, values in found.items():
        if name in VARIABLES:
            named[name] = _named_variable(values, VARIABLES[name].dims)
        else:
            group = TERM_GROUPS[name]
            named[name] = _named_variable(values, (*group.dims, group.axis))
            coords[group.axis] = list(group.names)
    named["simulated"] = (YEAR, np.ones(len(stage.years), dtype=np.int8))
    return xr.Dataset(named, coords)


def _year_variable(passed: YearResult, name: str) -> Array:
    """One variable of a year, without the axes of length one that its dimensions lack."""
    value = VARIABLES[name].of(passed)
    missing = 2 - len(VARIABLES[name].dims)
    return value[(..., *([0] * missing))] if missing else value


def _named_variable(values: Array, dims: tuple[str, ...]) -> tuple[tuple[str, ...], Array]:
    """Order axes as (run,) year, and the given dimensions; in memory runs stay innermost."""
    if values.ndim == len(dims) + 1:
        return (YEAR, *dims), values.transpose(0, *range(values.ndim - 1, 0, -1))
    return (RUN, YEAR, *dims), values.transpose(-1, 0, *range(values.ndim - 2, 0, -1))


def _term_array(group: TermGroup, passed: YearResult) -> Array:
    """Lay a group's terms out as (..., state, partner if any, term)."""
    terms = group.of(passed)
    shape = np.broadcast_shapes(*(np.shape(value) for value in terms.values()))
    none = np.zeros(shape)
    rows = [np.broadcast_to(terms.get(name, none), shape) for name in group.names]
    stacked = np.stack(rows, axis=-1)
    return stacked if PARTNER in group.dims else stacked[..., 0, :]


def _dataset_coordinates(stage: SimulationContext) -> dict[str, Any]:
    return {
        STATE: list(stage.states),
        PARTNER: list(stage.partners),
        OPTION: [*stage.partners, SELF],
        "state_name": (STATE, list(names(stage.states).values())),
        "partner_name": (PARTNER, list(names(stage.partners).values())),
    }


def _observed_past(stage: SimulationContext) -> xr.Dataset:
    past = stage.observed.sel(year=slice(None, stage.settings.years.first - 1))
    years = past[YEAR].values
    return past.assign(simulated=(YEAR, np.zeros(len(years), dtype=np.int8))).assign_coords(
        _dataset_coordinates(stage)
    )


def _described_dataset(history: xr.Dataset, stage: SimulationContext) -> xr.Dataset:
    for name in map(str, list(history.data_vars)):
        if name.endswith("_flag"):
            history[name] = history[name].fillna(SIMULATED).astype(np.int8)
            history[name].attrs = _flag_attributes(name)
        elif name in VARIABLES:
            variable = VARIABLES[name]
            history[name].attrs = {"units": variable.unit, "long_name": variable.meaning}
        elif name in TERM_GROUPS:
            history[name].attrs = _simple_attributes(f"terms that {TERM_GROUPS[name].meaning}")
    history["simulated"] = history["simulated"].astype(np.int8)
    history["simulated"].attrs = _simple_attributes("1 where simulated, 0 where observed")
    notes = idle_events(stage.settings)
    return history.merge(fixed(stage, history[YEAR].values), combine_attrs="override").assign_attrs(
        {"notes": "; ".join(notes)} if notes else {},
        title="Straits: one conditional history of hedging in Southeast Asia, not a forecast",
        seed=stage.settings.seed,
        data_versions=stage.world.attrs["data_versions"],
    )


def fixed(stage: SimulationContext, years: Array) -> xr.Dataset:
    """What does not change over time, and the observed answers that the model is compared with."""
    world = stage.world
    camp = stage.conduct(stage.settings.years.first).camp[0]
    result = xr.Dataset(
        {
            "camp": (PARTNER, camp, _simple_attributes("camp, -1 (China) to 1 (United States)")),
            "stake": stake(world, stage.settings.rules.ties).transpose(STATE, PARTNER),
            "claimant": (STATE, stage.structure.claimant[:, 0]),
            "member": (STATE, stage.structure.member[:, 0]),
            "area": (STATE, stage.structure.area[:, 0]),
            "osa_spent": (YEAR, assistance(stage.settings, years), {"units": "JPY bn a year"}),
        },
        {STATE: list(stage.states), PARTNER: list(stage.partners), YEAR: years},
    )
    for name in ("littoral", "japan_import_share", "cable_share"):
        result[name] = stage.lanes[name]
    seen = world[["forced_choice", "survey_size"]].reindex({YEAR: years})
    return xr.merge(
        [result, seen.rename(forced_choice="forced_choice_observed")],
        join="outer",
        compat="override",
        combine_attrs="override",
    )


def assistance(settings: Settings, years: Array) -> Array:
    """Security assistance Japan gives in each year, (year,) JPY bn; NaN before the first simulated one."""
    given = settings.policy.japan.osa_budget if "JPN" in partner_codes(settings.partners) else 0.0
    return np.where(years >= settings.years.first, given, np.nan)


def _simple_attributes(meaning: str) -> dict[str, str]:
    return {"units": "1", "long_name": meaning}


def _flag_attributes(name: str) -> dict[str, Any]:
    return {
        "long_name": f"where {name.removesuffix('_flag')} comes from",
        "flag_values": np.arange(SIMULATED + 1, dtype=np.int8),
        "flag_meanings": " ".join([*MEANINGS, "simulated"]),
    }
