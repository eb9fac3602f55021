"""A result folder: written beside its place, and put there only when it is whole."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
import yaml

from sim.cite import bibtex, references
from sim.config import Settings
from sim.errors import UserError

MARK = "config.yaml"  # written last: a folder without it is not a whole result
OURS = {
    MARK,
    "history.nc",
    "outcomes.nc",
    "summary.csv",
    "differences.csv",
    "why.csv",
    "why.txt",
    "differences.parquet",
    "debrief.csv",
    "log.json",
    "references.bib",
    "report.html",
    "figures",
    "front.csv",
    "rules.csv",
    "scenarios.csv",
    "trade_offs.csv",
    "allocation.md",
    *("minima.csv", "frustrations.csv", "energies.csv"),  # of landscape.py
    *("actors.csv", "utilities.csv", "victories.csv"),  # of bargaining.py
}
DRAWN = {".png", ".svg", ".pdf"}
WHERE = "on the command line: out=results/another"


@contextmanager
def result_folder(out: Path) -> Iterator[Path]:
    """Lend a folder to write into; `out` comes to be, or is replaced, only if all goes well.

    Parameters
    ----------
    out : where the result is to stand. A result of ours that stands there is replaced as a whole.

    Raises
    ------
    UserError : a folder that cannot be written, or that holds what this program did not write.
    """
    out = Path(os.path.abspath(out))
    _refuse_strangers(out)
    made = _missing_parents(out)
    partial = out.with_name(f"{out.name}.partial-{os.getpid()}")
    try:
        partial.mkdir(parents=True)
    except OSError as error:
        _remove(made)
        raise _unwritable(out, error) from error
    try:
        yield partial
        _put(partial, out)
    except BaseException as error:
        shutil.rmtree(partial, ignore_errors=True)
        _remove(made)
        if isinstance(error, OSError) and _of_writing(error, partial):
            raise _unwritable(out, error) from error
        raise


def _put(partial: Path, out: Path) -> None:
    if not out.exists():
        partial.rename(out)
        return
    old = out.with_name(f"{out.name}.old-{os.getpid()}")
    out.rename(old)
    try:
        partial.rename(out)
    except OSError:
        old.rename(out)
        raise
    shutil.rmtree(old)


def _refuse_strangers(out: Path) -> None:
    if not out.exists():
        return
    if not out.is_dir():
        raise UserError(given=f"{out} is a file", allowed="out must be a folder", where=WHERE)
    strangers = strangers_in(out)
    if strangers:
        raise UserError(
            given=f"{out} holds {', '.join(strangers[:3])}, which no run put there",
            allowed="out must be a new or empty folder, or an earlier result, to be replaced",
            where=WHERE,
        )


def strangers_in(folder: Path) -> list[str]:
    """Return what in a folder this program did not write; without our mark, everything."""
    found = sorted(path.name for path in folder.iterdir())
    if MARK not in found:
        return found
    return [name for name in found if not _is_ours(folder / name)]


def _is_ours(path: Path) -> bool:
    if path.is_symlink():
        return False
    if path.name == "figures" and path.is_dir():
        return all(drawn.suffix in DRAWN and drawn.is_file() for drawn in path.iterdir())
    compared = path.name.startswith("outcomes_") and path.suffix == ".nc"
    return path.is_file() and (path.name in OURS or compared)


def _missing_parents(out: Path) -> list[Path]:
    return [parent for parent in out.parents if not parent.exists()]


def _remove(made: list[Path]) -> None:
    for folder in made:
        try:
            folder.rmdir()
        except OSError:
            return


def _of_writing(error: OSError, partial: Path) -> bool:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
    return full or (error.filename is not None and str(error.filename).startswith(str(partial)))


def _unwritable(out: Path, error: OSError) -> UserError:
    return UserError(
        given=f"the folder {out} cannot be written ({error.strerror or error})",
        allowed="out must be a folder that may be made and written",
        where=WHERE,
    )


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
    whole.attrs = {name: _storable(value) for name, value in whole.attrs.items()}
    for variable in whole.variables.values():
        variable.attrs = {name: _storable(value) for name, value in variable.attrs.items()}
    whole.to_netcdf(path, engine="scipy", format="NETCDF3_64BIT")


def _storable(value: Any) -> Any:
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
    (folder / MARK).write_text(yaml.safe_dump(dict(config), sort_keys=False), encoding="utf-8")
