"""Dated acts and levels of the ladder: reading what was coded by hand, and refusing what cannot be used.

``acts/acts.csv`` holds one act a row: when, between whom, in which domain, its step from -2 to 2, who took it, and whether it was
seen in a source. ``acts/levels.csv`` holds the level of every pair at the end of every year, with the evidence for it.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sim.errors import nearest
from sim.world.recipes.raw import PARTNERS, STATES, Raw
from sim.world.series import with_codes
from sim.world.tables import read_cells, read_numbers, refuse_repeated, table_fault

FIRST = 1995  # first year of the acts and levels
LARGEST = 2  # steps of one act, and of one year in one direction
TOP = 5  # the highest level
DOMAINS = ("security", "economic")
ACTORS = ("state", "joint", "partner")
STATUS = {"seen": "observed", "partly": "partly", "memory": "memory"}  # raw word: status here
WHERE = "in that file of the folder of raw observations"
ACTS = ("year", "month", "state", "partner", "domain", "step", "by", "status")
LEVELS = ("state", "partner", "year", "level", "evidence", "status")


def read_acts(raw: Raw) -> pd.DataFrame:
    """Read the acts that have a step, thinned, up to the last year that may be known.

    Acts of one pair, domain, direction and side that share a named month count once, with the largest step: an agreement
    signed with another at the same table is one act. An act of step 0, a yielding under pressure, is left out.

    Returns
    -------
    Columns `ACTS`; year and step are whole numbers, status as in the compact tables.

    Raises
    ------
    UserError : an unknown state, partner or word, a year or step out of range.
    """
    path = raw.folder / "acts" / "acts.csv"
    acts = _read(path, ACTS)
    _refuse_unknown(acts, path, domain=DOMAINS, by=ACTORS, status=tuple(STATUS))
    acts["year"] = _whole_numbers(acts["year"], path, low=FIRST, high=2100)
    acts["step"] = _whole_numbers(acts["step"], path, low=-LARGEST, high=LARGEST)
    return _thinned(acts[(acts["year"] <= raw.last) & (acts["step"] != 0)])


def _thinned(acts: pd.DataFrame) -> pd.DataFrame:
    acts = acts.assign(
        status=acts["status"].map(STATUS),
        size=acts["step"].abs(),
        up=acts["step"] > 0,
        imposed=acts["by"] == "partner",
        doubt=acts["status"].map(list(STATUS).index),
    ).sort_values(["size", "doubt"], ascending=[False, True], kind="stable")
    key = ["state", "partner", "domain", "up", "imposed", "year", "month"]
    again = acts.duplicated(key) & (acts["month"] != "")
    return acts.loc[~again, list(ACTS)].sort_index()


def read_levels(raw: Raw) -> pd.DataFrame:
    """Read the level of every pair in every year, up to the last year that may be known.

    Returns
    -------
    Columns `LEVELS`; year and level are whole numbers, status as in the compact tables.

    Raises
    ------
    UserError : an unknown state, partner or word; a year twice or left out; a level out of range or without evidence.
    """
    path = raw.folder / "acts" / "levels.csv"
    levels = _read(path, LEVELS)
    _refuse_unknown(levels, path, status=tuple(STATUS))
    refuse_repeated(levels, ["state", "partner", "year"], path, WHERE)
    bare = levels.index[levels["evidence"] == ""]
    if len(bare):
        fault = f"line {bare[0]} gives a level without evidence"
        raise table_fault(path, fault, "the column 'evidence' must say what it rests on", WHERE)
    levels["year"] = _whole_numbers(levels["year"], path, low=FIRST, high=2100)
    levels["level"] = _whole_numbers(levels["level"], path, low=0, high=TOP)
    _refuse_gaps(levels, path)
    return levels[levels["year"] <= raw.last].assign(status=levels["status"].map(STATUS))


def _read(path: Path, needed: tuple[str, ...]) -> pd.DataFrame:
    rows = read_cells(path, needed=needed, where=WHERE)[list(needed)]
    rows["state"], rows["partner"] = with_codes(rows["state"]), with_codes(rows["partner"])
    _refuse_unknown(rows, path, state=STATES, partner=PARTNERS)
    return rows


def _refuse_unknown(rows: pd.DataFrame, path: Path, **known: tuple[str, ...]) -> None:
    for column, words in known.items():
        for line, word in rows.loc[~rows[column].isin(words), column].items():
            fault = f"line {line} has the unknown {column} {word!r}"
            raise table_fault(path, fault, nearest(word, words), WHERE)


def _whole_numbers(cells: pd.Series, path: Path, *, low: int, high: int) -> pd.Series:
    numbers = pd.Series(read_numbers(cells, path, where=WHERE), index=cells.index, dtype="float64")
    wrong = ~numbers.between(low, high) | (numbers % 1 != 0)
    for line in numbers.index[wrong]:
        fault = f"line {line} has the {cells.name} {cells[line]!r}"
        raise table_fault(path, fault, f"it must be a whole number from {low} to {high}", WHERE)
    return numbers.astype(int)


def _refuse_gaps(levels: pd.DataFrame, path: Path) -> None:
    last = levels["year"].max()
    for (state, partner), rows in levels.groupby(["state", "partner"]):
        missing = sorted({*range(FIRST, last + 1)} - {*rows["year"]})
        if missing:
            fault = f"{state} and {partner} have no level in {missing[0]}"
            allowed = f"a pair with levels needs one in every year from {FIRST} to {last}"
            raise table_fault(path, fault, allowed, WHERE)
