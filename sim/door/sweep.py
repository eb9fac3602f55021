"""The end of a sweep: one table of all jobs, and what failed."""

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
SHOWN = (  # of the columns in the file, those that are printed
    "job",
    "status",
    "alignment_end",
    "states_in_band_end",
    "hedging_end",
    "capacity_end",
    "pressure_end",
    "incidents_total",
    "deterrence_end",
    "sea_lanes_end",
    "soft_power_end",
    "osa_spent_total",
)


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


def finish(outcomes: Sequence[Outcome], base: Path) -> int:
    """Write and print the table of a sweep, and say what failed.

    Parameters
    ----------
    outcomes : of every job. base : folder that holds the jobs' folders.

    Returns
    -------
    Exit status: 0 if every job was done, else 2.
    """
    (base / "multirun.yaml").unlink(missing_ok=True)  # Hydra's own note, full of machine paths
    table = table_of(outcomes)
    done = [outcome for outcome in outcomes if outcome.error is None]
    if done:
        table.to_csv(base / TABLE, index=False, float_format="%.6g", lineterminator="\n")
    else:
        with contextlib.suppress(OSError):
            base.rmdir()
    shown = table[[column for column in SHOWN if column in table]]
    print(f"\n{shown.to_string(index=False, na_rep='', float_format=lambda value: f'{value:.4g}')}")
    if done:
        print(f"Table: {base / TABLE}")
    for outcome in outcomes:
        if outcome.error is not None:
            print(f"{outcome.name} failed: {_told(outcome.error)}", file=sys.stderr)
    return 0 if len(done) == len(outcomes) else UserError.exit_status


def table_of(outcomes: Sequence[Outcome]) -> pd.DataFrame:
    """Lay the rows of all jobs under one another, one a job."""
    import pandas as pd  # late, so that a mistake is told without waiting for it

    return pd.DataFrame(
        [
            {
                "job": outcome.name,
                "status": "done" if outcome.error is None else "failed",
                **(outcome.row or {}),
            }
            for outcome in outcomes
        ]
    )


def _told(error: Exception) -> str:
    return str(error) if isinstance(error, UserError) else f"{type(error).__name__}: {error}"
