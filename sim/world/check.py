"""Is the folder fit for use? ``python -m sim.world.check`` says what is wrong, line by line.

It refuses a series without unit, source, plausible range or licence; a table without entry and an
entry without table; a value outside its range; a repeated key; an unknown state, partner or status.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from sim.errors import UserError, nearest
from sim.terminal import print_anything
from sim.world.episodes import REGION, read_episodes
from sim.world.lanes import LANE_STATUS, LANES, LITTORAL, OF_LANE, VARIABLES, read_lanes
from sim.world.roster import names as names_of
from sim.world.roster import powers, roster
from sim.world.series import (
    ABSENT,
    DATA,
    DIMS,
    SOURCES,
    STATUS,
    Series,
    read_sources,
    read_table,
)

WORDS = ("title", "publisher", "unit", "licence", "caveat", "years")
SHOWN = 5  # problems shown for one kind of fault in one table
KEY = ["state", "partner", "year"]
LANE_KEY = ["lane", "state", "variable"]


def check(folder: Path = DATA, *, sources: Path = SOURCES) -> list[str]:
    """List every problem of the entries and tables; an empty list means fit for use.

    Parameters
    ----------
    folder : folder of the compact tables.
    sources : the file of the entries.
    """
    try:
        roster(), powers()
        entries = read_sources(sources)
    except UserError as error:
        return [f"{error.given}; {error.allowed}"]
    problems = [p for series in entries.values() for p in _entry_problems(series)]
    for path in sorted(Path(folder).glob("*.csv")):
        if path.stem not in entries:
            problems.append(f"{path.name} has no entry in {sources.name}: write one, or remove it")
    for series in entries.values():
        problems += _table_problems(series, Path(folder))
    return problems


def _entry_problems(series: Series) -> Iterator[str]:
    where = f"the entry {series.name} in sources.yaml"
    for word in WORDS:
        if not str(getattr(series, word)).strip():
            yield f"{where} has no {word}"
    if not series.dims or any(axis not in DIMS for axis in series.dims):
        yield f"{where} has dims {list(series.dims)}; they must be out of {', '.join(DIMS)}"
    if not _is_range(series.plausible):
        yield f"{where} has no plausible range: two numbers, the lowest first, are needed"
    if series.absent not in ABSENT:
        yield f"{where} says absent: {series.absent!r}; it must be {', '.join(ABSENT)}"
    if series.covered and not _is_range(series.covered):
        yield f"{where} has covered years that are not two years, the first first"
    if not series.raw:
        yield f"{where} names no raw input"


def _is_range(pair: tuple[float, ...]) -> bool:
    numbers = isinstance(pair, tuple) and all(isinstance(x, (int, float)) for x in pair)
    return numbers and len(pair) == 2 and pair[0] <= pair[1]


def _table_problems(series: Series, folder: Path) -> list[str]:
    try:
        if "lane" in series.dims:
            return _lane_problems(series, read_lanes(folder))
        if "episode" in series.dims:
            return _episode_problems(read_episodes(folder))
        table = read_table(series.name, folder)
    except UserError as error:
        return [f"{error.given}; {error.allowed}"]
    result = {
        "the same state, partner and year as a line before": table.duplicated(KEY),
        f"a status that is not {' or '.join(STATUS)}": ~table["status"].isin(STATUS),
        **_unknown_words(table["state"], _owner_codes(series)),
        **_unknown_words(table["partner"], _required_columns(series)),
        "a year where none belongs, or none where one does": _misplaced_year(series, table),
        _outside_words(series): _out_of_range(series, table["value"]),
    }
    return [
        p for what, wrong in result.items() for p in _error_lines(f"{series.name}.csv", what, wrong)
    ]


def _unknown_words(names: pd.Series, known: Sequence[str]) -> dict[str, pd.Series]:
    """Say for each word that is not known where it stands, and what is near."""
    kind = str(names.name)
    return {
        f"an unknown {kind} {name!r}{_nearest_word(name, known)}": names == name
        for name in names.unique()
        if name not in known
    }


def _nearest_word(name: str, known: Sequence[str]) -> str:
    words = {word: code for code in known if code for word in (code, names_of([code])[code])}
    close = nearest(name, words)
    return f" ({close.removesuffix('?')})" if close.startswith("did") else ""


def _owner_codes(series: Series) -> tuple[str, ...]:
    if "power" in series.dims:
        return tuple(powers())
    return (*roster(), *powers()) if series.powers else tuple(roster())


def _required_columns(series: Series) -> tuple[str, ...]:
    return tuple(powers()) if "partner" in series.dims else ("",)


def _misplaced_year(series: Series, table: pd.DataFrame) -> pd.Series:
    return table["year"].isna() if "year" in series.dims else table["year"].notna()


def _out_of_range(series: Series, values: pd.Series) -> pd.Series:
    if not _is_range(series.plausible):
        return pd.Series(False, index=values.index)
    low, high = series.plausible
    return (values < low) | (values > high)


def _outside_words(series: Series) -> str:
    return f"a value outside the plausible range {list(series.plausible)}"


def _lane_problems(series: Series, table: pd.DataFrame) -> list[str]:
    states = table["state"].isin(list(roster()))
    alone, along = table["variable"].isin(OF_LANE), table["variable"] == LITTORAL
    result = {
        "the same lane, state and variable as a line before": table.duplicated(LANE_KEY),
        "an unknown lane": ~table["lane"].isin(LANES),
        "an unknown variable": ~table["variable"].isin(VARIABLES),
        "an unknown state": (alone & (table["state"] != "")) | (along & ~states),
        f"a status that is not {', '.join(LANE_STATUS)}": ~table["status"].isin(LANE_STATUS),
        "no source": table["source"].str.strip() == "",
        _outside_words(series): _out_of_range(series, table["value"]),
    }
    return [p for what, wrong in result.items() for p in _error_lines("lanes.csv", what, wrong)]


def _episode_problems(table: pd.DataFrame) -> list[str]:
    states = table["state"].str.split(";")
    known = (*roster(), REGION)
    result = {
        "the same number as a line before": table.duplicated("id"),
        "an unknown state": ~states.map(lambda codes: set(codes) <= set(known)).astype(bool),
        "a last year before the first": table["last_year"] < table["first_year"],
    }
    return [p for what, wrong in result.items() for p in _error_lines("episodes.csv", what, wrong)]


def _error_lines(file: str, what: str, wrong: pd.Series) -> Iterator[str]:
    lines = [line for line, bad in wrong.fillna(True).items() if bad]
    for line in lines[:SHOWN]:
        yield f"{file}, line {line}: {what}"
    if len(lines) > SHOWN:
        yield f"{file}: {what}, on {len(lines) - SHOWN} more lines"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; 0 and one line when fit, 2 and one line a problem otherwise."""
    print_anything()
    parser = argparse.ArgumentParser(prog="python -m sim.world.check", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=DATA, help="folder of the tables")
    folder = parser.parse_args(arguments).folder
    problems = check(folder)
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        return 2
    print(f"{len(read_sources())} series with their tables are fit for use in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
