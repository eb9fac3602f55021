"""The tables that end several jobs, in the format of a sweep's: a row a job, and each against the first.

table.csv         point (the number of the job), job, status, what was varied, then the columns of a sweep's table.csv
differences.csv   the columns of experiments/difference.py, of every job against the first
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.axes import Array
from sim.ensemble.store.rows import StreamingCsvWriter, read_table, write_parquet
from sim.outcomes.definitions import main_columns
from sim.outcomes.summary import REGION
from sim.studies._rows import Row, Runs
from sim.studies.difference.compare import differences
from sim.studies.difference.measures import summed_up_region
from sim.studies.difference.table import rows_of

DIFFERENCES = "differences.csv"


def columns_of(row: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Return a job's columns: of runs what a sweep's table says of a point, else the row as it is."""
    runs = row.runs if isinstance(row, Row) else None
    return (row or {}) if runs is None else summed_up_region(runs.cells)


def write_differences(
    rows: Sequence[Mapping[str, Any] | None],
    varied: Sequence[Mapping[str, str]],
    folder: Path,
) -> pd.DataFrame | None:
    """Measure every job against the first, where jobs left runs, and write differences.csv.

    Parameters
    ----------
    rows : of every job, None of one that failed. varied : what each was given that others were not.

    Returns
    -------
    The table, or None where there is nothing to compare.
    """
    result = list(_compared_jobs(rows))
    if not result:
        return None
    with ExitStack() as files:
        table = StreamingCsvWriter(files, folder / DIFFERENCES)
        for position, runs, states, statistics in result:
            given: dict[str, Any] = {"point": position, "baseline": 0, **varied[position]}
            labels = {name: np.array([value], dtype=object) for name, value in given.items()}
            table.write(*rows_of(labels, [*states, REGION], statistics, runs.units))
        table.put()
    write_parquet(folder / DIFFERENCES)
    return read_table(folder / DIFFERENCES)


def _compared_jobs(
    rows: Sequence[Mapping[str, Any] | None],
) -> Iterator[tuple[int, Runs, list[str], Any]]:
    every = [row.runs if isinstance(row, Row) else None for row in rows]
    base = every[0] if every else None
    for index, runs in enumerate(every[1:], start=1):
        if base is None or runs is None:
            continue
        states = [code for code in base.states if code in runs.states]
        if states:
            count = min(len(item.cells["rivalry"]) for item in (base, runs))
            sides = (_state_cells(item, states, count) for item in (runs, base))
            yield index, runs, states, differences(*sides)


def _state_cells(runs: Runs, states: Sequence[str], count: int) -> dict[str, Array]:
    """The first runs of some states, as one point."""
    at = [runs.states.index(code) for code in states]
    return {
        name: (values[:count, at] if values.ndim == 2 else values[:count])[np.newaxis]
        for name, values in runs.cells.items()
    }


def in_words(table: pd.DataFrame, names: Sequence[str], rows: Sequence[Any]) -> str:
    """Say what every job changed in the region, with the half of its 95 % interval."""
    region = table[table["state"] == REGION]
    lines = {}
    for position, part in region.groupby("point", sort=False):
        result = part.set_index("outcome")
        lines[names[int(str(position))]] = {
            name: _interval_text(result.loc[name])
            for name in main_columns()
            if name in result.index
        }
    seeds = {row.runs.seed for row in rows if isinstance(row, Row) and row.runs}
    luck = (
        "with common random numbers"
        if len(seeds) == 1
        else "but not with common random numbers: their seeds differ"
    )
    shown = pd.DataFrame(lines).T.to_string(na_rep="")
    return f"\nDifference to {names[0]}, run by run, {luck} (± half of the 95 % interval):\n{shown}"


def _interval_text(row: Any) -> str:
    half = row["high95"] - row["difference"]
    return f"{row['difference']:+.3g}" + ("" if np.isnan(half) else f" ± {half:.2g}")
