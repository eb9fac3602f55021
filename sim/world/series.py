"""What a series is: its entry in ``sources.yaml`` and its compact table in ``data/``.

A table has the columns ``state,partner,year,value,status``. Partner and year are blank where they
do not apply; a blank value says that something happened but its size is not published. Status is
``observed`` (as published, units aside) or ``derived`` (computed here by the rule in the entry).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from sim.errors import UserError, nearest

FOLDER = Path(__file__).parent
DATA = FOLDER / "data"
SOURCES = FOLDER / "sources.yaml"
SAFE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, in C where it is there
COLUMNS = ("state", "partner", "year", "value", "status")
STATUS = ("observed", "derived")
ABSENT = ("impute", "zero", "unknown")
DIMS = ("state", "power", "partner", "year", "lane")
FIRST_YEAR = 2000
RECOMPILE = "Restore the file, or run: python -m sim.world.compile RAW_FOLDER."


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
        raise _fault(path, "it is missing", "the list of sources must be there") from None
    except yaml.YAMLError as error:
        raise _fault(path, f"it is not YAML ({error})", "it must be readable YAML") from None
    if not isinstance(entries, dict):
        raise _fault(path, "it holds no entries", "it must map each series to its entry")
    return {name: _entry(name, entry or {}, path) for name, entry in entries.items()}


def _entry(name: str, entry: Mapping[str, Any], path: Path) -> Series:
    valid = [f for f in Series.__dataclass_fields__ if f != "name"]
    for key in entry:
        if key not in valid:
            raise _fault(path, f"the entry {name} has the field {key!r}", nearest(str(key), valid))
    lists = {k: tuple(v) for k, v in entry.items() if isinstance(v, list)}
    return Series(name=name, **{**entry, **lists})


def find(name: str, sources: Mapping[str, Series]) -> Series:
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
    Columns state, partner, status (text), year (Int64), value (float64, NaN where blank).

    Raises
    ------
    UserError : saying which file, what is wrong and in which line and column.
    """
    path = Path(folder) / f"{name}.csv"
    if not path.is_file():
        raise _fault(path, "it is missing", f"every series needs its table, here {name}.csv")
    table = _read_text(path)
    missing = [column for column in COLUMNS if column not in table.columns]
    if missing:
        raise _fault(path, f"it has no column {missing[0]!r}", f"needed are {','.join(COLUMNS)}")
    table = table[list(COLUMNS)]
    table["value"] = _numbers(table, column="value", path=path)
    table["year"] = _numbers(table, column="year", path=path).astype("Int64")
    return table


def _read_text(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        wrong = f"it cannot be read as a table ({str(error).strip()})"
        raise _fault(path, wrong, f"needed are the columns {','.join(COLUMNS)}") from None


def _numbers(table: pd.DataFrame, *, column: str, path: Path) -> pd.Series:
    numbers = pd.to_numeric(table[column].where(table[column] != ""), errors="coerce")
    wrong = numbers.isna() & (table[column] != "") | numbers.isin([float("inf"), float("-inf")])
    if column == "year":
        wrong |= numbers.notna() & (numbers % 1 != 0)
    if wrong.any():
        row = int(wrong.to_numpy().argmax())
        text = table[column].iloc[row]
        given = f"line {row + 2}, column {column!r} holds {text!r}"
        raise _fault(path, given, "a number or a blank must stand there")
    return numbers.astype("float64")


def _fault(path: Path, given: str, allowed: str) -> UserError:
    return UserError(given=f"the file {path} is unfit: {given}", allowed=allowed, hint=RECOMPILE)
