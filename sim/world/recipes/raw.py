"""Reading raw observations, and the little steps every recipe shares.

Raw files are long tables ``indicator,state,partner,year,value,unit,source,note``; a recipe sees
only the five columns ``state, partner, year, value, note`` of the indicators it names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from sim.errors import UserError
from sim.world.roster import ASEAN_10, OSA_RECIPIENTS, powers
from sim.world.series import COLUMNS, FIRST_YEAR

STATES = OSA_RECIPIENTS
PARTNERS = tuple(powers())
EVERYONE = (*STATES, *PARTNERS)
REGION = "ASEAN-10"  # the raw files' name of the ten members together
MEMBERS = ASEAN_10


@dataclass(frozen=True)
class Raw:
    """The raw folder, the table of its inputs, and the last year that may be known.

    Parameters
    ----------
    folder : folder of the raw files.
    inputs : (file, indicator) by the short name recipes use.
    hand : folder of the tables made by hand.
    last : no row after this year is shown to a recipe.
    """

    folder: Path
    inputs: Mapping[str, tuple[str, str]]
    hand: Path
    last: int

    def read(self, key: str, *, last: int | None = None) -> pd.DataFrame:
        """Return the rows of one input, value as a number, up to the last year."""
        table = self.text(key)
        table["value"] = pd.to_numeric(table["value"], errors="coerce")
        known = table["year"].isna() | (table["year"] <= (last or self.last))
        return table[known].reset_index(drop=True)

    def text(self, key: str) -> pd.DataFrame:
        """Return the rows of one input with the value left as text; UserError if there are none."""
        file, indicator = self.inputs[key]
        table = read_text(self.folder / f"{file}.csv")
        table = table[table["indicator"] == indicator]
        if table.empty:
            raise UserError(
                given=f"{file}.csv in {self.folder} has no indicator {indicator!r}",
                allowed=f"the series needs it as its input {key!r}",
                where="in the folder of raw files, or in the table INPUTS of sim/world/compile.py",
            )
        table = table[["state", "partner", "year", "value", "note"]].copy()
        table["year"] = pd.to_numeric(table["year"], errors="coerce")
        return table

    def by_hand(self, name: str) -> pd.DataFrame:
        """Return one table made by hand, text as it stands."""
        return read_text(self.hand / f"{name}.csv")


def read_text(path: Path) -> pd.DataFrame:
    """Read a table as text; UserError if the file is missing."""
    if not path.is_file():
        raise UserError(
            given=f"the raw file {path} is missing",
            allowed="the raw folder must hold every file of the table INPUTS",
            where="in the first argument: python -m sim.world.compile RAW_FOLDER",
        )
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")


def table(rows: pd.DataFrame, *, status: str = "observed") -> pd.DataFrame:
    """Give rows the five columns of a compact table, blanks and a status where they have none."""
    rows = rows.copy()
    for column, blank in (("partner", ""), ("year", np.nan), ("status", status)):
        if column not in rows:
            rows[column] = blank
    return rows[list(COLUMNS)]


def pairs(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows of a known state and a known partner."""
    return rows[rows["state"].isin(STATES) & rows["partner"].isin(PARTNERS)]


def year_of(date: str) -> int:
    """Return the year of a date like 2023, 2023-04 or 2023-04-03.

    >>> year_of("2023-04-03")
    2023
    """
    return int(str(date)[:4])


def years(last: int, first: int = FIRST_YEAR) -> range:
    """Return the years of a record, both ends included."""
    return range(first, last + 1)


def wide(rows: pd.DataFrame, *, span: Iterable[int]) -> pd.DataFrame:
    """Lay (state, partner) pairs out by year, with NaN where there is no row."""
    grid = rows.pivot_table(
        index="year", columns=["state", "partner"], values="value", aggfunc="sum", min_count=1
    )
    return grid.reindex(list(span))


def long(grid: pd.DataFrame) -> pd.DataFrame:
    """Undo :func:`wide`, leaving out what is NaN."""
    rows = grid.reset_index().melt(id_vars=[("year", "")], value_name="value")
    return rows.rename(columns={("year", ""): "year"}).dropna(subset="value")
