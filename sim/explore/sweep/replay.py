"""One cell of a sweep again, in the Mesa region: the same history, and why it went that way."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from sim.axes import DOMAINS, OPTION, RUN, STATE, TERM, YEAR
from sim.engines.region import simulate
from sim.errors import UserError
from sim.explore.store.folder import Store
from sim.explore.store.manifest import check_version, read_plan
from sim.explore.store.opening import open_store
from sim.explore.sweep.plan import Plan
from sim.explore.sweep.reduce import POINT, POSTURE, REPLICATE, reduce_runs
from sim.outcomes import judge

TOLERANCE = {"single": 1e-5, "double": 1e-9}
MOST_MOVED = 3
FOR, AGAINST = "USA", "CHN"


@dataclass(frozen=True, kw_only=True)
class Replay:
    """A cell run again. trace : why each chosen state moved. worst : largest relative difference."""

    point: dict[str, object]
    history: xr.Dataset
    outcomes: xr.Dataset
    trace: pd.DataFrame
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
    store = open_store(folder)
    check_version(store.manifest, Path(folder))
    plan = read_plan(Path(folder), store.manifest)
    stored = _cell(store, plan, point, replicate)
    settings = plan.settings(point)
    history = simulate(settings, run=replicate)
    years = slice(settings.years.first, None)
    outcomes = judge(history.sel({YEAR: years}), settings.rules.observation)
    again = reduce_runs(
        outcomes.drop_vars(RUN, errors="ignore").expand_dims({RUN: [replicate]}),
        threshold=plan.options.threshold,
        paths=plan.options.paths,
    ).isel({RUN: 0}, drop=True)
    worst, differing = compare(again, stored, TOLERANCE[plan.options.precision])
    return Replay(
        point={str(name): plan.points[name].iloc[point] for name in plan.points},
        history=history,
        outcomes=outcomes,
        trace=why(history, outcomes, _told_of(outcomes, states)),
        worst=worst,
        differing=differing,
    )


def _cell(store: Store, plan: Plan, point: int, replicate: int) -> xr.Dataset:
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
        where="by finishing the sweep: run its command again",
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
    for code in states:
        if code not in known:
            raise UserError(
                given=f"state is {code}",
                allowed=f"the sweep has {', '.join(known)}",
                where="on the command line: state=PHL",
            )
    alignment = outcomes["alignment"].transpose(YEAR, STATE).values
    order = np.argsort(-np.abs(alignment[-1] - alignment[0]), kind="stable")
    return list(states) or [known[place] for place in order[:MOST_MOVED]]


def why(history: xr.Dataset, outcomes: xr.Dataset, states: list[str]) -> pd.DataFrame:
    """Say which terms moved the log-odds of the United States against China, first to last year.

    Returns
    -------
    A row a state, domain and term: first, last, change, each a difference of terms over room. The rows of
    a state and domain sum to the log-odds of its target shares.
    """
    if not {FOR, AGAINST} <= set(history[OPTION].values):
        return pd.DataFrame()
    rows = []
    simulated = history.sel({YEAR: outcomes[YEAR]}).isel({YEAR: [0, -1]})
    for code in states:
        for domain in DOMAINS:
            terms = simulated[f"{domain}_term"].sel({STATE: code}) / simulated["room"]
            gap = terms.sel({OPTION: FOR}, drop=True) - terms.sel({OPTION: AGAINST}, drop=True)
            for term, (one, other) in zip(
                gap[TERM].values, gap.transpose(TERM, YEAR).values, strict=True
            ):
                rows.append((code, domain, str(term), one, other, other - one))
    return pd.DataFrame(rows, columns=[STATE, "domain", "term", "first", "last", "change"])
