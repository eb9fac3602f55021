"""Effects of single levers, moved from the low to the high end of their declared range under common random numbers.

A lever that moves nothing is a defect; `docs/levers.md` is written from this and a test reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import xarray as xr

from sim.axes import RUN, STATE, YEAR, Array
from sim.config import Settings
from sim.config.changes import with_changes
from sim.config.declare import Declaration
from sim.config.levers import NOT_LEVERS
from sim.config.settings import declared
from sim.engines.context import build_context
from sim.engines.ensemble import run_block
from sim.engines.history import to_dataset
from sim.engines.variables import FOR_OUTCOMES
from sim.outcomes import compute_outcomes
from sim.outcomes.definitions import OUTCOMES, computed
from sim.outcomes.outcome import REGION, SUM, Outcome
from sim.statistics import mean_interval

HORIZONS = (2, 5)  # years from the first, besides all of them


def read_off() -> dict[str, Outcome]:
    """The outcomes that are compared: of the states (averaged or summed, as the register says), then of the region."""
    return computed(STATE) | computed(REGION)


@dataclass(frozen=True, kw_only=True)
class Effect:
    """Mean paired difference (high minus low) of one outcome, and half of its 95 % interval, after so many years.

    What is counted a year is counted over all years so far.
    """

    outcome: str
    years: int
    change: float
    half: float

    @property
    def found(self) -> bool:
        """Whether the interval excludes zero, and the change is more than rounding."""
        return abs(self.change) > self.half and abs(self.change) >= 0.5 * 10.0 ** -decimals(
            self.outcome
        )


@dataclass(frozen=True, kw_only=True)
class LeverEffects:
    """One lever moved alone: what it was set to, and what that moved."""

    lever: str
    unit: str
    low: Any
    high: Any
    effects: tuple[Effect, ...]


def decimals(outcome: str) -> int:
    """Decimals of a difference: one more than of a level."""
    return OUTCOMES[outcome].decimals + 1


def levers() -> dict[str, Declaration]:
    """All declared levers that a policy or the scenario sets, and the theory."""
    chosen = {
        name: declaration
        for name, declaration in declared().items()
        if name.startswith(("policy.", "scenario.")) and name.rpartition(".")[2] not in NOT_LEVERS
    }
    return chosen | {"theory": declared()["theory"]}


def ends(declaration: Declaration) -> list[tuple[Any, Any]]:
    """The pairs (low, high) to compare: the range's ends, or each choice against the default."""
    if declaration.kind == "choice":
        default = declaration.default
        return [(default, choice) for choice in declaration.choices if choice != default]
    return [(declaration.low, declaration.high)]


def horizons(settings: Settings) -> tuple[int, ...]:
    """After how many years effects are read: in the second, the fifth and the last."""
    count = settings.years.last - settings.years.first + 1
    return (*(years for years in HORIZONS if years < count), count)


def move(
    settings: Settings, lever: str, low: Any, high: Any, *, runs: int = 200
) -> tuple[Effect, ...]:
    """Effects of setting one lever high rather than low, everything else the same, under common random numbers.

    Parameters
    ----------
    settings : the rest. lever : dotted name. low, high : its two values. runs : paired runs.
    """
    return compare(
        with_changes(settings, {lever: low}), with_changes(settings, {lever: high}), runs=runs
    )


def compare(low: Settings, high: Settings, *, runs: int) -> tuple[Effect, ...]:
    """Paired effects of one full setting against another."""
    gaps = {
        name: _over_states(values, read_off()[name].over_states)
        for name, values in difference(low, high, runs=runs).items()
    }
    return tuple(
        _effect(name, years, _after(gap, name, years))
        for years in horizons(low)
        for name, gap in gaps.items()
    )


def difference(low: Settings, high: Settings, *, runs: int) -> Mapping[str, xr.DataArray]:
    """Each outcome under one full setting less that under another, run by run, (run, year, state if any)."""
    before, after = outcomes_of(low, runs), outcomes_of(high, runs)
    return {name: after[name] - before[name] for name in read_off()}


def outcomes_of(settings: Settings, runs: int) -> xr.Dataset:
    """Outcomes of all years of the first so many runs."""
    stage = build_context(settings)
    records = run_block(stage, [settings], replicates=runs)
    history = to_dataset(stage, records, keep=FOR_OUTCOMES, terms=False, past=False)
    return compute_outcomes(history, settings.rules.observation)


def _over_states(values: xr.DataArray, how: str) -> xr.DataArray:
    return getattr(values, how)(STATE) if STATE in values.dims else values


def _after(gap: xr.DataArray, name: str, years: int) -> Array:
    """What is left of a gap after so many years, (run,): in the last of them, or summed over them."""
    so_far = gap.isel({YEAR: slice(0, years)})
    reached = so_far.sum(YEAR, skipna=False) if counted(name) else so_far.isel({YEAR: -1})
    return reached.transpose(RUN).values


def counted(name: str) -> bool:
    """Whether an outcome counts what happened in a year, so that years are summed."""
    return any(column.reduce == SUM for column in OUTCOMES[name].columns)


def _effect(name: str, years: int, gap: Array) -> Effect:
    mean, half = mean_interval(gap)
    return Effect(outcome=name, years=years, change=float(mean), half=float(half))
