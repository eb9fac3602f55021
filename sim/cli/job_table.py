"""The end of several jobs: one table of them all, each against the first, and what failed."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UserError
from sim.results.jobs_folder import JobsFolder

if TYPE_CHECKING:
    import pandas as pd

TABLE = "table.csv"


@dataclass
class Outcome:
    """What became of one job: a row of the table, or an error."""

    name: str
    row: Mapping[str, Any] | None = None
    error: Exception | None = None


def finish_tables(
    outcomes: Sequence[Outcome], folder: JobsFolder, varied: Sequence[Mapping[str, str]] = ()
) -> int:
    """Write and print the tables of several jobs, and say what failed.

    Parameters
    ----------
    outcomes : of every job. folder : that holds the jobs' folders. varied : of every job, what it
        was given that not all were.

    Returns
    -------
    Exit status: 0 if every job was done, else 2.
    """
    varied = varied or [{} for _ in outcomes]
    table = table_of(outcomes, varied)
    done = [outcome.name for outcome in outcomes if outcome.error is None]
    shown = table[[column for column in _printed_columns() if column in table]]
    print(f"\n{shown.to_string(index=False, na_rep='', float_format=lambda value: f'{value:.4g}')}")
    if done:
        path = folder.tables / TABLE
        table.to_csv(path, index=False, float_format="%.6g", lineterminator="\n")
        compared = _compare_jobs(outcomes, varied, folder.tables)
        folder.put_tables(done)
        if compared:
            print(f"{compared}\nDifferences: {folder.base / 'differences.csv'}")
        print(f"Table: {folder.base / TABLE}")
    for outcome in outcomes:
        if outcome.error is not None:
            print(f"{outcome.name} failed: {_table_text(outcome.error)}", file=sys.stderr)
    return 0 if len(done) == len(outcomes) else UserError.exit_status


def table_of(outcomes: Sequence[Outcome], varied: Sequence[Mapping[str, str]]) -> pd.DataFrame:
    """Lay the rows of all jobs under one another, one a job, in the columns of a sweep's table."""
    import pandas as pd  # late, so that a mistake is told without waiting for it

    from sim.cli.job_differences import columns_of

    return pd.DataFrame(
        [
            {
                "point": index,
                "job": outcome.name,
                "status": "done" if outcome.error is None else "failed",
                **given,
                **columns_of(outcome.row),
            }
            for index, (outcome, given) in enumerate(zip(outcomes, varied, strict=True))
        ]
    )


def _printed_columns() -> list[str]:
    """Of the columns in the file, those that are printed."""
    from sim.outcomes.definitions import main_columns

    return ["job", "status", *(f"{name}_mean" for name in main_columns())]


def _compare_jobs(
    outcomes: Sequence[Outcome], varied: Sequence[Mapping[str, str]], folder: Path
) -> str:
    """Measure every job against the first, where they left runs; return it in words, blank where none did."""
    from sim.cli.job_differences import in_words, write_differences

    rows = [outcome.row for outcome in outcomes]
    result = write_differences(rows, varied, folder)
    return "" if result is None else in_words(result, [outcome.name for outcome in outcomes], rows)


def _table_text(error: Exception) -> str:
    return str(error) if isinstance(error, UserError) else f"{type(error).__name__}: {error}"
