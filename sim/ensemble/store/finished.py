"""Reading a finished store whole: its plan, its outcomes, and the years they cover."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import xarray as xr

from sim.axes import STATE
from sim.ensemble.plan import Plan
from sim.ensemble.store.consolidated import opened_outcomes
from sim.ensemble.store.files import broken
from sim.ensemble.store.folder import Store
from sim.ensemble.store.manifest import read_plan
from sim.ensemble.store.opening import open_store
from sim.ensemble.summary import POINT, REPLICATE
from sim.errors import UserError


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A finished sweep: what was planned and what came of it, over point, replicate, state."""

    folder: Path
    plan: Plan
    outcomes: xr.Dataset
    version: str

    @property
    def years(self) -> tuple[int, int]:
        """First and last simulated year, the same at every point.

        Raises
        ------
        UserError : they differ from point to point.
        """
        varied = [name for name in self.plan.points if str(name).startswith("years.")]
        spans = {(base.years.first, base.years.last) for _, base in self.plan.bases}
        if varied or len(spans) > 1:
            raise UserError(
                given=f"the points of {self.folder} run over different years",
                allowed="times can be compared over the same years only",
                where="on the command line: another store, or one without years in its space",
            )
        return spans.pop()

    @property
    def seed(self) -> int:
        """Seed of the sweep's first settings."""
        return self.plan.bases[0][1].seed


def refuse_unfinished(store: Store) -> None:
    """Refuse a store of which blocks are missing.

    Raises
    ------
    UserError : saying how many.
    """
    if store.missing:
        raise UserError(
            given=f"of the store {store.folder} {len(store.done)} of {len(store.blocks)} blocks have been run",
            allowed="only a finished store can be looked at as a whole: a part of a design says nothing safe about it",
            hint="Finish the sweep: run its command again.",
        )


def read_finished(folder: Path | str) -> Stored:
    """Read a store of which every block has been run.

    Raises
    ------
    UserError : no store, an empty one, or one that is not finished.
    """
    store = open_store(folder)
    refuse_unfinished(store)
    plan = read_plan(store.folder, store.manifest)
    with opened_outcomes(store) as opened:
        outcomes = opened.load()
    sizes = tuple(outcomes.sizes.get(name) for name in (POINT, REPLICATE, STATE))
    if sizes != (*store.extent, len(plan.states)):
        raise broken(store.folder, "its outcomes are not of as many runs as its manifest says")
    return Stored(
        folder=store.folder,
        plan=plan,
        outcomes=outcomes.transpose(POINT, REPLICATE, ...),
        version=str(store.manifest["version"]),
    )
