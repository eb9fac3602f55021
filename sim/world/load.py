"""The door between what is known and the model: one labelled Dataset, gaps filled and flagged.

Every series is a variable in float64 with its unit, source, licence and caveat, beside an int8
``<series>_flag``. Series that also hold the powers stand twice: ``gdp`` over (year, state) and
``partner_gdp`` over (year, partner). Nothing after ``last`` is used, not even to fill a gap before
it; and no state's numbers depend on which other states were asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from sim.errors import UserError
from sim.world.check import check
from sim.world.impute import (
    ASSUMED,
    DERIVED,
    MEANINGS,
    MEMORY,
    MISSING,
    OBSERVED,
    PARTLY,
    fill_named,
)
from sim.world.roster import ASEAN_10, partner_codes, powers, roster, state_codes
from sim.world.series import APART, DATA, FIRST_YEAR, RECOMPILE, Series, read_sources, read_table

LAST_YEAR = 2023
LATEST = 2100
FLAGS = {
    "observed": OBSERVED,
    "derived": DERIVED,
    "partly": PARTLY,
    "memory": MEMORY,
    "assumed": ASSUMED,
}


def load(
    states: Sequence[str],
    partners: Sequence[str],
    *,
    first: int = FIRST_YEAR,
    last: int = LAST_YEAR,
    folder: Path = DATA,
    only: Sequence[str] = (),
) -> xr.Dataset:
    """Load every series for the states and partners asked for.

    Parameters
    ----------
    states, partners : ISO 3166 alpha-3 codes or English names; order is kept.
    first, last : first and last year of the record; nothing known after ``last`` is used.
    folder : folder of the compact tables. only : names of the series wanted; none given: all.

    Returns
    -------
    Dataset over year, state, partner (and power for pairs of powers); variables float64 with
    attributes units, long_name, source, licence, caveat, and int8 flags with flag_values and
    flag_meanings. Attribute ``data_versions``: the first twelve digits of each table's sha256.

    Raises
    ------
    UserError : for an unknown state or partner, impossible years, or an unfit table.
    """
    codes, powers = state_codes(states), partner_codes(partners)
    _check_years(first, last)
    whole = _load_all(Path(folder), last, _time_stamp(Path(folder)), tuple(only))
    wanted: dict[str, list[str] | slice] = {
        "year": slice(first, last),
        "state": list(codes),
        "partner": list(powers),
        "power": list(powers),
    }
    there = {axis: labels for axis, labels in wanted.items() if axis in whole.dims}
    return whole.sel(there).copy(deep=True)


def _check_years(first: int, last: int) -> None:
    if not FIRST_YEAR <= first <= last <= LATEST:
        raise UserError(
            given=f"the record runs from {first} to {last}",
            allowed=f"it must start in {FIRST_YEAR} or later and end no earlier than it starts",
            where="in the call of sim.world.load.load: first=... and last=...",
        )


def _time_stamp(folder: Path) -> int:
    return hash(
        tuple((path.name, path.stat().st_mtime_ns) for path in sorted(folder.glob("*.csv")))
    )


@lru_cache(maxsize=8)
def _load_all(folder: Path, last: int, stamp: int, only: tuple[str, ...]) -> xr.Dataset:
    variables: dict[str, xr.DataArray] = {}
    versions = []
    for name, (series, table) in _series_tables(folder, stamp).items():
        versions.append(f"{name}:{version(name, folder)}")
        if table is not None and (not only or name in only):
            variables |= _dataset_variables(series, table, last=last)
    data = xr.Dataset(variables)
    data["year"].attrs = {"long_name": "calendar year"}
    data.attrs = {"title": "Observed world, gaps filled and flagged", "known_to": last}
    return data.assign_attrs(data_versions=" ".join(versions))


@lru_cache(maxsize=8)
def _series_tables(folder: Path, stamp: int) -> dict[str, tuple[Series, pd.DataFrame | None]]:
    """Every series with its table (none for sea lanes and episodes, which have readers of their own), checked and read once."""
    _refuse_unfit(folder)
    return {
        name: (series, None if set(APART) & set(series.dims) else read_table(name, folder))
        for name, series in read_sources().items()
    }


def _refuse_unfit(folder: Path) -> None:
    problems = check(folder)
    if problems:
        more = f" (and {len(problems) - 1} more: python -m sim.world.check)" if problems[1:] else ""
        raise UserError(
            given=f"the observed data in {folder} are unfit for use: {problems[0]}{more}",
            allowed="every table must pass python -m sim.world.check",
            where=RECOMPILE,
        )


def version(name: str, folder: Path = DATA) -> str:
    """Return the first twelve digits of the sha256 of one table; blank if it is missing."""
    path = Path(folder) / f"{name}.csv"
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else ""


def _dataset_variables(
    series: Series, table: pd.DataFrame, *, last: int
) -> dict[str, xr.DataArray]:
    table = table[table["year"].isna() | (table["year"] <= last)]
    if "power" in series.dims:
        return _named_arrays(
            series, table, last=last, own="power" if len(series.dims) > 2 else "partner"
        )
    made = _named_arrays(series, table, last=last, own="state")
    if series.powers:
        made |= _named_arrays(series, table, last=last, own="partner", prefix="partner_")
    return made


def _named_arrays(
    series: Series, table: pd.DataFrame, *, last: int, own: str, prefix: str = ""
) -> dict[str, xr.DataArray]:
    values, flags = _data_cube(series, table, own=own, last=last)
    values, flags = fill_named(
        values,
        flags,
        absent=series.absent,
        covered=series.covered,
        reference=ASEAN_10 if own == "state" else tuple(powers()),
    )
    name = prefix + series.name
    values, flags = (
        _reshaped_array(values, series, own=own),
        _reshaped_array(flags, series, own=own),
    )
    values.attrs = _variable_attributes(series, flag=f"{name}_flag")
    flags.attrs = _flag_attributes(name)
    return {name: values, f"{name}_flag": flags}


def _data_cube(
    series: Series, table: pd.DataFrame, *, own: str, last: int
) -> tuple[xr.DataArray, xr.DataArray]:
    axes: dict[str, pd.Index] = {
        "year": pd.Index(list(range(FIRST_YEAR, last + 1)) if "year" in series.dims else [0]),
        "state": pd.Index(list(roster()) if own == "state" else tuple(powers())),
        "partner": pd.Index(tuple(powers()) if "partner" in series.dims else ("",)),
    }
    shape = tuple(len(axis) for axis in axes.values())
    values, flags = np.full(shape, np.nan), np.full(shape, MISSING, dtype=np.int8)
    table = table.assign(year=table["year"].fillna(0).astype(int))
    places = [axis.get_indexer(pd.Index(table[name])) for name, axis in axes.items()]
    known = np.min(places, axis=0) >= 0
    where = tuple(position[known] for position in places)
    values[where] = table["value"].to_numpy()[known]
    flags[where] = table["status"].map(FLAGS).to_numpy()[known]
    coords, dims = {name: list(axis) for name, axis in axes.items()}, tuple(axes)
    return xr.DataArray(values, coords, dims), xr.DataArray(flags, coords, dims)


def _reshaped_array(cube: xr.DataArray, series: Series, *, own: str) -> xr.DataArray:
    alone = [axis for axis in ("year", "partner") if axis not in series.dims]
    cube = cube.isel(dict.fromkeys(alone, 0), drop=True)
    return cube if own == "state" else cube.rename(state=own)


def _variable_attributes(series: Series, *, flag: str) -> dict[str, str]:
    return {
        "units": series.unit,
        "long_name": series.title,
        "source": series.source,
        "licence": series.licence,
        "caveat": series.caveat,
        "absent": series.absent,
        "ancillary_variables": flag,
    }


def _flag_attributes(name: str) -> dict[str, object]:
    return {
        "long_name": f"where {name} comes from",
        "flag_values": np.arange(len(MEANINGS), dtype=np.int8),
        "flag_meanings": " ".join(MEANINGS),
    }
