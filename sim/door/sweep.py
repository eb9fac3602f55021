"""The end of several jobs: one table of them all, each against the first, and what failed."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UserError

if TYPE_CHECKING:
    import pandas as pd

TABLE = "table.csv"


@dataclass
class Outcome:
    """What became of one job: a row of the table, or an error."""

    name: str
    row: Mapping[str, Any] | None = None
    error: Exception | None = None


def make_base(base: Path) -> None:
    """Make the folder of a sweep.

    Raises
    ------
    UserError : it cannot be made.
    """
    try:
        base.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            given=f"the folder {base} cannot be written ({error.strerror or error})",
            allowed="out must be a folder that may be made and written",
            where="on the command line: out=results/another",
        ) from error


def finish(
    outcomes: Sequence[Outcome], base: Path, varied: Sequence[Mapping[str, str]] = ()
) -> int:
    """Write and print the tables of several jobs, and say what failed.

    Parameters
    ----------
    outcomes : of every job. base : folder that holds the jobs' folders. varied : of every job, what
        it was given that not all were.

    Returns
    -------
    Exit status: 0 if every job was done, else 2.
    """
    (base / "multirun.yaml").unlink(missing_ok=True)  # Hydra's own note, full of machine paths
    varied = varied or [{} for _ in outcomes]
    table = table_of(outcomes, varied)
    done = [outcome for outcome in outcomes if outcome.error is None]
    if done:
        table.to_csv(base / TABLE, index=False, float_format="%.6g", lineterminator="\n")
    else:
        with contextlib.suppress(OSError):
            base.rmdir()
    shown = table[[column for column in _short() if column in table]]
    print(f"\n{shown.to_string(index=False, na_rep='', float_format=lambda value: f'{value:.4g}')}")
    if done:
        _compare(outcomes, varied, base)
        print(f"Table: {base / TABLE}")
    for outcome in outcomes:
        if outcome.error is not None:
            print(f"{outcome.name} failed: {_told(outcome.error)}", file=sys.stderr)
    return 0 if len(done) == len(outcomes) else UserError.exit_status


def table_of(outcomes: Sequence[Outcome], varied: Sequence[Mapping[str, str]]) -> pd.DataFrame:
    """Lay the rows of all jobs under one another, one a job, in the columns of a sweep's table."""
    import pandas as pd  # late, so that a mistake is told without waiting for it

    from sim.door.jobs import columns_of

    return pd.DataFrame(
        [
            {
                "point": place,
                "job": outcome.name,
                "status": "done" if outcome.error is None else "failed",
                **given,
                **columns_of(outcome.row),
            }
            for place, (outcome, given) in enumerate(zip(outcomes, varied, strict=True))
        ]
    )


def _short() -> list[str]:
    """Of the columns in the file, those that are printed."""
    from sim.outcomes.definitions import main_columns

    return ["job", "status", *(f"{name}_mean" for name in main_columns())]


def _compare(outcomes: Sequence[Outcome], varied: Sequence[Mapping[str, str]], base: Path) -> None:
    """Measure every job against the first, where they left runs."""
    from sim.door.jobs import DIFFERENCES, in_words, write_differences

    rows = [outcome.row for outcome in outcomes]
    found = write_differences(rows, varied, base)
    if found is None:
        (base / DIFFERENCES).unlink(missing_ok=True)
        return
    print(in_words(found, [outcome.name for outcome in outcomes], rows))
    print(f"Differences: {base / DIFFERENCES}")


def _told(error: Exception) -> str:
    return str(error) if isinstance(error, UserError) else f"{type(error).__name__}: {error}"
