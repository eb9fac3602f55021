"""What a store holds, read for a report: its plan, and the runs of the points the page shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from sim.axes import STATE, YEAR, Array
from sim.ensemble.plan import Plan
from sim.ensemble.store.consolidated import TITLE, as_coordinate, opened_outcomes
from sim.ensemble.store.contents import WHOLE
from sim.ensemble.store.folder import Store
from sim.ensemble.store.manifest import read_plan
from sim.ensemble.store.opening import open_store
from sim.ensemble.store.reading import Reader
from sim.ensemble.summary import POINT, REPLICATE
from sim.errors import UserError
from sim.outcomes.definitions import columns, kept
from sim.provenance import provenance

MOST_POINTS = 100
MOST_WORK = 20_000_000  # pairs of points times runs times states: some ten seconds of comparing
MOST_NUMBERS = 560_000  # in the comparison of all pairs: three megabytes of the page


@dataclass(frozen=True, kw_only=True)
class ReportData:
    """A store, read.

    ran : points of which some run has been made. shown : those on the page, at most `MOST_POINTS`.
    cells : of the shown points, arrays (point, replicate[, year][, state]); blank where not run.
    """

    store: Store
    plan: Plan
    ran: tuple[int, ...]
    shown: tuple[int, ...]
    cells: dict[str, Array]
    first: xr.Dataset

    @property
    def finished(self) -> bool:
        """Whether every block has been run."""
        return not self.store.missing

    @property
    def runs(self) -> int:
        """Runs made so far."""
        return sum(block.runs for block in self.store.done)

    @property
    def common_random_numbers(self) -> bool:
        """Whether replicate n has the same random numbers at every point."""
        seeds = {settings.seed for _, settings in self.plan.bases}
        return "seed" not in self.plan.points and len(seeds) == 1


def load_report_data(folder: Path, wanted: Sequence[int] = ()) -> ReportData:
    """Read a store for a report.

    Parameters
    ----------
    folder : of the store, finished or not. wanted : points to show; a spread of all if none.

    Raises
    ------
    UserError : no store, one that is empty, broken or of another version; a point it does not hold.
    """
    store = open_store(folder, same_model=True)
    plan = read_plan(folder, store.manifest)
    reader = Reader(store)
    ran = tuple(point for point in range(len(plan.points)) if reader.done(point))
    if not ran:
        raise UserError(
            given=f"of the store {folder} nothing has been run",
            allowed="a report needs some finished block",
            hint="Finish the sweep: run its command again.",
        )
    shown = _chosen(wanted, ran, plan) or spread(ran, _most(plan))
    parts = [reader.points([point]) for point in shown]
    cells = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    first = store.read(next(iter(store.done)))
    return ReportData(store=store, plan=plan, ran=ran, shown=shown, cells=cells, first=first)


def _chosen(wanted: Sequence[int], ran: Sequence[int], plan: Plan) -> tuple[int, ...]:
    for point in wanted:
        if point not in ran:
            there = 0 <= point < len(plan.points)
            raise UserError(
                given=f"point {point} {'has not been run' if there else 'is not in the store'}",
                allowed=f"the store has points 0 to {len(plan.points) - 1}, {len(ran)} of them run",
                where="on the command line: report.points=[0,1]",
            )
    return tuple(dict.fromkeys(wanted))


def _most(plan: Plan) -> int:
    """How many points can be compared in pairs, in time and in the room a page has."""
    states = len(plan.states) + 1
    outcomes = len(set(kept(plan.options.keep)) & set(columns(STATE)))  # compared by state
    pairs = min(MOST_WORK / (plan.replicates * states), MOST_NUMBERS / (outcomes * states))
    return int(min(MOST_POINTS, max(2.0, (2.0 * pairs) ** 0.5)))


def spread(points: Sequence[int], most: int) -> tuple[int, ...]:
    """Choose at most so many points, evenly, the first and the last among them.

    >>> spread(range(10), 4), spread([3, 5], 4)
    ((0, 3, 6, 9), (3, 5))
    """
    if len(points) <= most:
        return tuple(points)
    indices = np.round(np.linspace(0, len(points) - 1, most)).astype(int)
    return tuple(points[index] for index in indices)


def to_draw(data: ReportData) -> xr.Dataset | None:
    """Return outcomes to be drawn: the whole where it stands, else the shown points that are complete."""
    if data.finished and data.store.finished and WHOLE in data.store.made:
        return opened_outcomes(data.store)
    known = ~np.isnan(data.cells["alignment"]).all(axis=-1)
    complete = np.flatnonzero(known.all(axis=-1))
    return _labelled(data, complete) if len(complete) else None


def _labelled(data: ReportData, rows: NDArray[Any]) -> xr.Dataset:
    points = np.array(data.shown)[rows]
    coords = {POINT: points, REPLICATE: np.arange(data.plan.replicates)}
    coords |= {name: data.first[name].values for name in (STATE, YEAR) if name in data.first.dims}
    result = xr.Dataset(
        {
            name: (data.first[name].dims, values[rows], data.first[name].attrs)
            for name, values in data.cells.items()
        },
        coords,
        provenance(data.plan.bases[0][1], title=TITLE),
    )
    design = data.plan.points.iloc[points]
    return result.assign_coords(
        {as_coordinate(name): (POINT, design[name].to_numpy()) for name in design}
    )
