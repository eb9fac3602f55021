"""One row a state and one for the region: start, end, and when it left the hedging band.

Works on the outcomes Dataset alone, with or without a `run` dimension. With runs, a number is the
mean over runs, beside its standard deviation and 5 and 95 % quantiles (`_sd`, `_q05`, `_q95`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from sim.axes import RUN, STATE, YEAR, Array
from sim.outcomes.band import band_of, left_for_good, within
from sim.outcomes.definitions import columns as kept_columns
from sim.outcomes.definitions import computed
from sim.outcomes.outcome import REGION as OF_REGION
from sim.outcomes.outcome import SUM, Outcome

REGION = "REGION"
QUANTILES = {"q05": 0.05, "q95": 0.95}


def summarise(outcomes: xr.Dataset, *, first: int) -> pd.DataFrame:
    """Summarise outcomes as one row a state and a last row for the region.

    Parameters
    ----------
    outcomes : (..., year, state) from `sim.outcomes.compute`.
    first : first simulated year; the one before it is the start.

    Returns
    -------
    Table with state, name, start_year, end_year, and each outcome at both; left_band_year is the
    first year of staying outside the band, blank for a state never in it or in it at the end.
    """
    start, last = first - 1, int(outcomes[YEAR].values[-1])
    result = outcomes.sel({YEAR: slice(start, last)})
    states = result[STATE].values
    columns: dict[str, Any] = {
        STATE: list(states),
        "name": list(result["state_name"].values)
        if "state_name" in result.coords
        else list(states),
        "start_year": start,
        "end_year": last,
    }
    for name in _available_outcomes(result, STATE):
        columns |= _end_columns(result[name], start, last, name)
    columns |= _posture_columns(result["posture"], start, last)
    columns |= _leaving_years(result, start)
    for name in _summed_outcomes(result, STATE):
        total = result[name].sel({YEAR: slice(first, last)}).sum(YEAR)
        columns |= _mean_and_spread(total, f"{name}_total")
    table = pd.DataFrame(columns)
    return pd.concat([table, pd.DataFrame([_region_row(result, first, last)])], ignore_index=True)


def _end_columns(values: xr.DataArray, start: int, last: int, name: str) -> dict[str, Any]:
    begin, end = values.sel({YEAR: start}), values.sel({YEAR: last})
    return _mean_and_spread(begin, f"{name}_start", always=False) | _mean_and_spread(
        end, f"{name}_end"
    )


def _mean_and_spread(values: xr.DataArray, name: str, *, always: bool = True) -> dict[str, Any]:
    """Return mean and spread over runs, where there are any (`always` False: the mean alone)."""
    if RUN not in values.dims:
        return {name: values.values}
    columns = {name: values.mean(RUN).values}
    if always:
        columns[f"{name}_sd"] = values.std(RUN).values
        for label, level in QUANTILES.items():
            columns[f"{name}_{label}"] = values.quantile(level, RUN).values
    return columns


def _posture_columns(codes: xr.DataArray, start: int, last: int) -> dict[str, Any]:
    words = posture_words(codes)
    return {
        "posture_start": [
            words.get(code, "") for code in _commonest_posture(codes.sel({YEAR: start}))
        ],
        "posture_end": [
            words.get(code, "") for code in _commonest_posture(codes.sel({YEAR: last}))
        ],
    }


def posture_words(codes: xr.DataArray) -> dict[int, str]:
    """Return the name of each posture code, from the variable's own flag attributes."""
    meanings = str(codes.attrs.get("flag_meanings", "")).split()
    values = np.atleast_1d(codes.attrs.get("flag_values", range(len(meanings))))
    return {
        int(value): word.replace("_", " ") for value, word in zip(values, meanings, strict=True)
    }


def _commonest_posture(codes: xr.DataArray) -> list[int]:
    if RUN not in codes.dims:
        return [int(code) for code in codes.values]
    by_state = codes.transpose(STATE, RUN).values.astype(int)
    return [
        int(np.bincount(row[row >= 0]).argmax()) if (row >= 0).any() else -1 for row in by_state
    ]


def _leaving_years(told: xr.Dataset, start: int) -> dict[str, Any]:
    years = left_for_good(told)
    if RUN not in years.dims:
        return {"left_band_year": pd.array(_whole_years(years.values), dtype="Int64")}
    left = years.notnull()
    median = years.where(left, np.inf).quantile(0.5, RUN, method="lower")
    return {
        "left_band_year": pd.array(
            _whole_years(median.where(np.isfinite(median)).values), dtype="Int64"
        ),
        "left_band_share": left.mean(RUN).values,
    }


def _whole_years(years: Array) -> list[int | None]:
    return [int(year) if np.isfinite(year) else None for year in years]


def _region_row(told: xr.Dataset, first: int, last: int) -> dict[str, Any]:
    start = first - 1
    row: dict[str, Any] = {
        STATE: REGION,
        "name": "the region",
        "start_year": start,
        "end_year": last,
    }
    for name, outcome in _available_outcomes(told, STATE).items():
        row |= _end_columns(getattr(told[name], outcome.over_states)(STATE), start, last, name)
    for name in _summed_outcomes(told, STATE):
        total = told[name].sel({YEAR: slice(first, last)}).sum((YEAR, STATE))
        row |= _mean_and_spread(total, f"{name}_total")
    low, high = band_of(told)
    inside = within(told["alignment"], low, high).sum(STATE)
    row |= _end_columns(inside.astype(float), start, last, "states_in_band")
    for name in _available_outcomes(told, OF_REGION):
        row |= _end_columns(told[name], start, last, name)
    for name in _summed_outcomes(told, OF_REGION):
        row |= _mean_and_spread(
            told[name].sel({YEAR: slice(first, last)}).sum(YEAR), f"{name}_total"
        )
    return {
        name: value.item() if isinstance(value, np.ndarray) else value
        for name, value in row.items()
    }


def _available_outcomes(told: xr.Dataset, of: str) -> dict[str, Outcome]:
    """The numbers of the register that these outcomes have."""
    return {name: value for name, value in computed(of).items() if name in told}


def _summed_outcomes(told: xr.Dataset, of: str) -> list[str]:
    """Outcomes whose years add up to something."""
    sources = [column.source for column in kept_columns(of).values() if column.reduce == SUM]
    return [name for name in sources if name in told]


def region_row(table: pd.DataFrame) -> dict[str, Any]:
    """Return the region's row of a summary, without what it leaves blank."""
    row = table[table[STATE] == REGION].iloc[0].dropna()
    return {str(name): value for name, value in row.items() if name not in (STATE, "name")}


def differences(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Subtract the first of several summaries from each of the others, state by state.

    Parameters
    ----------
    tables : summaries by name; the first is the measure, and a state that it lacks has no difference.
    """
    (base, measure), *others = tables.items()
    numbers = [c for c in measure.columns if c.endswith(("_end", "_total")) and c != "posture_end"]
    parts = []
    for name, table in others:
        table = table[table[STATE].isin(measure[STATE])].reset_index(drop=True)
        base_rows = measure.set_index(STATE).loc[table[STATE], numbers].reset_index(drop=True)
        gap = table[numbers].astype(float) - base_rows.astype(float)
        parts.append(
            pd.concat([table[[STATE, "name"]], gap], axis=1).assign(
                choice=name, measured_against=base
            )
        )
    columns = ["choice", "measured_against", STATE, "name", *numbers]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)
