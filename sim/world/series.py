"""What a series is: its entry in ``sources.yaml`` and its compact table in ``data/``.

A table has the columns ``state,partner,year,value,status``. Partner and year are blank where they
do not apply; a blank value says that something happened but its size is not published. Status is
``observed`` (as published, units aside), ``derived`` (computed here by the rule in the entry), ``partly`` (the event was
seen in a source, its year or day was not), ``memory`` (not found in a source, from the coder's memory) or ``assumed`` (a reading
or convention of ours).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

from sim.errors import UserError, nearest
from sim.world.roster import find_code, powers, state_names
from sim.world.tables import read_cells, read_numbers, table_fault

FOLDER = Path(__file__).parent
DATA = FOLDER / "data"
SOURCES = FOLDER / "sources.yaml"
SAFE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, in C where it is there
COLUMNS = ("state", "partner", "year", "value", "status")
STATUS = ("observed", "derived", "partly", "memory", "assumed")
ABSENT = ("impute", "zero", "unknown")
DIMS = ("state", "power", "partner", "year", "lane", "episode")
APART = ("lane", "episode")  # tables of another shape, with readers of their own
FIRST_YEAR = 2000
YEARS = (1900, 2100)  # a year outside is a slip of the pen
RECOMPILE = "in that file, or make it anew: python -m sim.world.compile RAW_FOLDER"


@dataclass(frozen=True)
class Series:
    """One entry of ``sources.yaml``.

    Parameters
    ----------
    name : also the name of the table, without ``.csv``, and of the variable.
    title, publisher, unit, licence, caveat : words about the source.
    dims : the axes, out of ``DIMS``; "power" is a power seen from itself.
    plausible : lowest and highest value that can be right.
    absent : what a missing value means: "impute", "zero" or "unknown".
    covered : for "zero", first and last year in which absence means zero.
    powers : the table also holds the powers themselves.
    raw : the raw files and indicators it was compiled from.
    """

    name: str
    title: str = ""
    publisher: str = ""
    unit: str = ""
    dims: tuple[str, ...] = ()
    plausible: tuple[float, ...] = ()
    absent: str = ""
    licence: str = ""
    caveat: str = ""
    covered: tuple[int, ...] = ()
    powers: bool = False
    raw: tuple[str, ...] = field(default=())
    years: str = ""
    retrieved: str = "not recorded"

    @property
    def source(self) -> str:
        """Title and publisher in one line."""
        return f"{self.title}. {self.publisher}"


def read_sources(path: Path = SOURCES) -> dict[str, Series]:
    """Read every entry of ``sources.yaml``; UserError if it is missing or is not a mapping."""
    try:
        entries = yaml.load(path.read_text(encoding="utf-8"), Loader=SAFE)
    except FileNotFoundError:
        raise _series_error(path, "it is missing", "the list of sources must be there") from None
    except yaml.YAMLError as error:
        raise _series_error(path, f"it is not YAML ({error})", "it must be readable YAML") from None
    if not isinstance(entries, dict):
        raise _series_error(path, "it holds no entries", "it must map each series to its entry")
    return {name: _series_entry(name, entry or {}, path) for name, entry in entries.items()}


def _series_entry(name: str, entry: Mapping[str, Any], path: Path) -> Series:
    valid = [f for f in Series.__dataclass_fields__ if f != "name"]
    for key in entry:
        if key not in valid:
            raise _series_error(
                path, f"the entry {name} has the field {key!r}", nearest(str(key), valid)
            )
    lists = {k: tuple(v) for k, v in entry.items() if isinstance(v, list)}
    return Series(name=name, **{**entry, **lists})


def find_series(name: str, sources: Mapping[str, Series]) -> Series:
    """Return one series by name; UserError with the nearest names for an unknown one."""
    if name not in sources:
        raise UserError(
            given=f"there is no series {name!r}",
            allowed=nearest(name, sources),
            where="in the name of the series, or in sim/world/sources.yaml",
        )
    return sources[name]


def read_table(name: str, folder: Path = DATA) -> pd.DataFrame:
    """Read one compact table.

    Parameters
    ----------
    name : name of the series.
    folder : folder of the tables.

    Returns
    -------
    Columns state, partner, status (text; names of states and powers as their codes), year (Int64), value (float64, NaN
    where blank); the index is the line of the file.

    Raises
    ------
    UserError : saying which file, what is wrong and in which line and column.
    """
    path = Path(folder) / f"{name}.csv"
    table = read_cells(path, needed=COLUMNS, where=RECOMPILE)[list(COLUMNS)]
    table["state"] = with_codes(table["state"])
    table["partner"] = with_codes(table["partner"])
    values = read_numbers(table["value"], path, blank=True, where=RECOMPILE)
    table["value"] = np.array(values, dtype="float64")
    table["year"] = _series_years(table["year"], path)
    return table


def with_codes(names: pd.Series) -> pd.Series:
    """Put the code in place of each name of a state or power; leave a word that is neither."""
    known = {**state_names(), **powers()}
    strange = [name for name in names.unique() if name and name not in known]
    return names.replace({name: find_code(name, known) or name for name in strange})


def _series_years(cells: pd.Series, path: Path) -> pd.Series:
    numbers = read_numbers(cells, path, blank=True, where=RECOMPILE)
    years = pd.Series(numbers, index=cells.index, dtype="float64")
    wrong = years.notna() & ~(years.between(*YEARS) & (years % 1 == 0))
    if wrong.any():
        row = int(wrong.to_numpy().argmax())
        raise table_fault(
            path,
            f"line {cells.index[row]}, column 'year' holds {cells.iloc[row]!r}",
            f"a whole number from {YEARS[0]} to {YEARS[1]}, or a blank, must stand there",
            RECOMPILE,
        )
    return years.astype("Int64")


def _series_error(path: Path, given: str, allowed: str) -> UserError:
    return table_fault(path, given, allowed, RECOMPILE)
