"""What a job leaves to the table that ends several: a row, and the runs it sums up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import xarray as xr

    from sim.config import Settings


@dataclass(frozen=True, kw_only=True)
class Runs:
    """Runs of one job, reduced as those of a sweep are.

    cells : name -> (run, state) or (run,). states : their codes. units : of outcomes. seed : of the job.
    """

    cells: Mapping[str, Any]
    states: tuple[str, ...]
    units: Mapping[str, str]
    seed: int


class Row(dict[str, Any]):
    """A row of the table, by column; `runs` are what it sums up."""

    def __init__(self, columns: Mapping[str, Any], runs: Runs | None = None) -> None:
        super().__init__(columns)
        self.runs = runs


def row_of(columns: Mapping[str, Any], outcomes: xr.Dataset, settings: Settings) -> Row:
    """Make the row of a job from its judged outcomes, with or without a run dimension."""
    from sim.axes import RUN, STATE, YEAR
    from sim.ensemble.options import OPTIONS
    from sim.ensemble.summary import reduce_runs

    simulated = outcomes.sel({YEAR: slice(settings.years.first, None)})
    if RUN not in simulated.dims:
        simulated = simulated.drop_vars(RUN, errors="ignore").expand_dims({RUN: [0]})
    reduced = reduce_runs(simulated, threshold=OPTIONS["threshold"].default)
    runs = Runs(
        cells={str(name): values.values for name, values in reduced.data_vars.items()},
        states=tuple(str(code) for code in reduced[STATE].values),
        units={str(n): str(v.attrs.get("units", "1")) for n, v in reduced.data_vars.items()},
        seed=settings.seed,
    )
    return Row(columns, runs)
