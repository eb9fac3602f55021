"""The files of a result: Datasets, tables, the bibliography of what was used, and the configuration that made it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
import yaml

from sim.cite import bibtex, references
from sim.config import Settings

CONFIG = "config.yaml"


def write_results(
    folder: Path,
    *,
    settings: Settings,
    config: Mapping[str, Any],
    history: xr.Dataset,
    outcomes: xr.Dataset,
    summary: pd.DataFrame,
) -> None:
    """Write history.nc, outcomes.nc, summary.csv, references.bib and, last, config.yaml."""
    write_dataset(folder / "history.nc", history)
    write_dataset(folder / "outcomes.nc", outcomes)
    write_table(folder / "summary.csv", summary)
    write_bibliography(folder, settings)
    write_config(folder, config)


def write_dataset(path: Path, dataset: xr.Dataset) -> None:
    """Write a Dataset as NetCDF 3, whose attributes hold no whole numbers beyond 32 bits."""
    whole = dataset.copy()
    whole.attrs = {name: _storable_value(value) for name, value in whole.attrs.items()}
    for variable in whole.variables.values():
        variable.attrs = {name: _storable_value(value) for name, value in variable.attrs.items()}
    whole.to_netcdf(path, engine="scipy", format="NETCDF3_64BIT")


def _storable_value(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return str(value)
    if isinstance(value, int | np.integer):
        return int(value) if abs(int(value)) < 2**31 else str(value)
    return value


def write_table(path: Path, table: pd.DataFrame, digits: int = 6) -> None:
    """Write a table as CSV with so many significant digits (17 keep a number whole), the same bytes for the same numbers."""
    table.to_csv(path, index=False, float_format=f"%.{digits}g", lineterminator="\n")


def write_bibliography(folder: Path, settings: Settings, further: Sequence[str] = ()) -> None:
    """Write references.bib: the works in use, and further ones by their keys."""
    works = [*references(settings), *further]
    (folder / "references.bib").write_text(bibtex(works), encoding="utf-8")


def write_config(folder: Path, config: Mapping[str, Any]) -> None:
    """Write config.yaml, complete and such that it can be read back."""
    (folder / CONFIG).write_text(yaml.safe_dump(dict(config), sort_keys=False), encoding="utf-8")
