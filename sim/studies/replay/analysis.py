"""One cell of a sweep again, in the Mesa region: the same history, and why it went that way."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xarray as xr

from sim.axes import RUN, STATE, YEAR
from sim.config import Settings
from sim.engines.region import simulate
from sim.ensemble.plan import Plan
from sim.ensemble.store.folder import Store
from sim.ensemble.store.manifest import read_plan
from sim.ensemble.store.opening import open_store
from sim.ensemble.store.values import check_state
from sim.ensemble.summary import POINT, POSTURE, REPLICATE, reduce_runs
from sim.errors import UserError
from sim.outcomes import compute_outcomes
from sim.outcomes.chronicle import Event, chronicle
from sim.outcomes.definitions import kept
from sim.outcomes.why import StateRecord, Why, explain_posture, explain_structure, read_record

TOLERANCE = {"single": 1e-5, "double": 1e-9}
MOST_MOVED = 3


@dataclass(frozen=True, kw_only=True)
class StateReasons:
    """What happened to a state: why its posture and structure moved (nothing in a run of one year), and its dated events."""

    record: StateRecord
    whys: tuple[Why, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, kw_only=True)
class Replay:
    """A cell run again. reasons : of each chosen state. worst : largest relative difference."""

    point: dict[str, object]
    history: xr.Dataset
    outcomes: xr.Dataset
    reasons: tuple[StateReasons, ...]
    worst: float
    differing: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether the region told the stored history."""
        return not self.differing


def replay(
    folder: Path | str, *, point: int, replicate: int, states: tuple[str, ...] = ()
) -> Replay:
    """Run one cell of a store again in the Mesa region and compare.

    Parameters
    ----------
    folder : of the store. point, replicate : the cell. states : whose reasons are told; those that
        moved most if none.

    Raises
    ------
    UserError : no store, a store of another version, no such cell, state, or a cell not run yet.
    """
    store = open_store(folder, same_model=True)
    plan = read_plan(store.folder, store.manifest)
    stored = _stored_cell(store, plan, point, replicate)
    settings = plan.settings(point)
    for state in states:
        check_state(state, settings.states or plan.states)
    history = simulate(settings, run=replicate)
    years = slice(settings.years.first, None)
    outcomes = compute_outcomes(history.sel({YEAR: years}), settings.rules.observation)
    again = reduce_runs(
        outcomes.drop_vars(RUN, errors="ignore").expand_dims({RUN: [replicate]}),
        threshold=plan.options.threshold,
        names=kept(plan.options.keep),
        with_paths=plan.options.paths,
    ).isel({RUN: 0}, drop=True)
    worst, differing = compare(again, stored, TOLERANCE[plan.options.precision])
    return Replay(
        point={str(name): plan.points[name].iloc[point] for name in plan.points},
        history=history,
        outcomes=outcomes,
        reasons=_state_reasons(history, settings, _told_of(outcomes, states)),
        worst=worst,
        differing=differing,
    )


def _stored_cell(store: Store, plan: Plan, point: int, replicate: int) -> xr.Dataset:
    for name, value, count in (
        (POINT, point, len(plan.points)),
        (REPLICATE, replicate, plan.replicates),
    ):
        if not 0 <= value < count:
            raise UserError(
                given=f"{name} is {value}",
                allowed=f"the store has {name}s 0 to {count - 1}",
                where=f"on the command line: {name}=0",
            )
    for block in store.done:
        if block.first_point <= point < block.last_point and block.first <= replicate < block.last:
            return store.read(block).sel({POINT: point, REPLICATE: replicate}, drop=True)
    raise UserError(
        given=f"point {point}, replicate {replicate} of {store.folder} has not been run",
        allowed="only what has been run can be run again",
        hint="Finish the sweep: run its command again.",
    )


def compare(
    again: xr.Dataset, stored: xr.Dataset, tolerance: float
) -> tuple[float, tuple[str, ...]]:
    """Compare reduced outcomes; return the largest relative difference and the names that differ.

    Parameters
    ----------
    again, stored : over state and nothing. tolerance : relative, and absolute below one.
    """
    worst = 0.0
    differing: list[str] = []
    states = list(again[STATE].values)
    for name in map(str, stored.data_vars):
        new = again[name].values.astype(float)
        kept = stored[name]
        old = (kept.sel({STATE: states}) if STATE in kept.dims else kept).values.astype(float)
        if (np.isnan(old) != np.isnan(new)).any():
            worst, differing = float("inf"), [*differing, name]
            continue
        gap = np.nan_to_num(np.abs(new - old) / np.maximum(np.abs(new), 1.0))
        worst = max(worst, float(gap.max(initial=0.0)))
        if (gap > tolerance).any() or (name == POSTURE and (new != old).any()):
            differing.append(name)
    return worst, tuple(differing)


def _told_of(outcomes: xr.Dataset, states: tuple[str, ...]) -> list[str]:
    known = [str(code) for code in outcomes[STATE].values]
    alignment = outcomes["alignment"].transpose(YEAR, STATE).values
    order = np.argsort(-np.abs(alignment[-1] - alignment[0]), kind="stable")
    return list(states) or [known[position] for position in order[:MOST_MOVED]]


def _state_reasons(
    history: xr.Dataset, settings: Settings, states: list[str]
) -> tuple[StateReasons, ...]:
    """What happened to each state in the run, and why its posture and its structure moved, first to last year."""
    first, last = settings.years.first, settings.years.last
    result = []
    for state in states:
        record = read_record(history, settings.rules, state=state)
        whys = (
            (explain_posture(record, first, last), explain_structure(record, first, last))
            if first < last
            else ()
        )
        events = chronicle(history, settings.rules, states=[state])
        result.append(StateReasons(record=record, whys=whys, events=tuple(events)))
    return tuple(result)
