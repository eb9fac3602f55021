"""The sea lanes: what passes through them, who lies along them, and which China claims.

Shares of imports overlap, because one cargo passes several lanes; they do not sum to one. Few
values are observed: each carries its own status and source, and "assumed" is one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from sim.world.roster import state_codes
from sim.world.series import DATA, RECOMPILE, with_codes
from sim.world.tables import read_cells, read_numbers

LANES = ("malacca", "south_china_sea", "luzon", "lombok_makassar", "sunda")
OF_LANE = ("oil_flow", "japan_import_share", "cable_share", "gray_zone")
LITTORAL = "littoral"
VARIABLES = (*OF_LANE, LITTORAL)
LANE_STATUS = ("observed", "derived", "assumed")
PARTS = ("value", "status", "source")
LANE_COLUMNS = ("lane", "state", "variable", "value", "unit", "status", "source")
MEANING = {
    "oil_flow": "oil passing the lane",
    "japan_import_share": "share of Japan's seaborne imports passing the lane (lanes overlap)",
    "cable_share": "share of undersea cables",
    "gray_zone": "how far the lane lies within China's claim",
    LITTORAL: "part of the state in policing the lane, over the states of the world chosen",
}


def load_lanes(states: Sequence[str], *, folder: Path = DATA) -> xr.Dataset:
    """Load the lanes for the states asked for.

    Parameters
    ----------
    states : ISO 3166 alpha-3 codes or English names; order is kept.
    folder : folder of ``lanes.csv``.

    Returns
    -------
    Dataset over lane and state: ``oil_flow`` (lane, mb/d), ``japan_import_share`` and
    ``cable_share`` (lane, 0-1), ``gray_zone`` (lane, 0-1), ``littoral`` (lane, state), weights that
    sum to one over the states asked for, all zero where no littoral is among them; and for each a
    ``_status`` and a ``_source`` of the same shape.

    Raises
    ------
    UserError : for an unknown state or an unfit file.
    """
    codes = list(state_codes(states))
    table = read_lanes(folder)
    made: dict[str, xr.DataArray] = {}
    for name in VARIABLES:
        rows = table[table["variable"] == name]
        parts = _of_lane(rows) if name in OF_LANE else _littoral_states(rows, codes)
        made |= _with_words(name, parts, unit=str(rows["unit"].iloc[0]))
    data = xr.Dataset(made)
    data.attrs = {"title": "Sea lanes of Southeast Asia", "caveat": "mostly assumed: see _status"}
    return data


def read_lanes(folder: Path = DATA) -> pd.DataFrame:
    """Read ``lanes.csv``, its index the line of the file; UserError if it is unfit."""
    path = Path(folder) / "lanes.csv"
    table = read_cells(path, needed=LANE_COLUMNS, where=RECOMPILE)
    numbers = read_numbers(table["value"], path, where=RECOMPILE)
    table["state"] = with_codes(table["state"])
    return table.assign(value=np.array(numbers, dtype="float64"))


def _of_lane(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    rows = rows.set_index("lane").reindex(list(LANES))
    return {part: rows[[part]] for part in PARTS}


def _littoral_states(rows: pd.DataFrame, codes: list[str]) -> dict[str, pd.DataFrame]:
    grids = {
        column: rows.pivot(index="lane", columns="state", values=column).reindex(
            index=list(LANES), columns=codes
        )
        for column in PARTS
    }
    grids["value"] = grids["value"].fillna(0.0)
    total = grids["value"].sum(axis=1)
    grids["value"] = grids["value"].div(total.where(total > 0, 1.0), axis=0)
    return grids


def _with_words(name: str, parts: dict[str, pd.DataFrame], *, unit: str) -> dict[str, xr.DataArray]:
    coords = {"lane": list(LANES), "state": list(parts["value"].columns)}
    dims = ("lane", "state")
    numbers = xr.DataArray(parts["value"].to_numpy(dtype="float64"), coords, dims)
    made = {name: numbers.assign_attrs(units=unit, long_name=MEANING[name])}
    for part in ("status", "source"):
        words = parts[part].astype(object).fillna("").to_numpy(dtype=str)
        made[f"{name}_{part}"] = xr.DataArray(words, coords, dims)
    if name == LITTORAL:
        return made
    return {key: array.isel(state=0, drop=True) for key, array in made.items()}
