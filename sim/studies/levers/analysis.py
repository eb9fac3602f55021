"""Effects of single levers, moved from the low to the high end of their declared range under common random numbers.

A lever that moves nothing is a defect; `docs/levers.md` is written from this and a test reads it.
"""

from __future__ import annotations

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
from sim.outcomes.outcome import REGION, Outcome
from sim.statistics import mean_interval


def read_off() -> dict[str, Outcome]:
    """The outcomes that are compared: of the states (averaged or summed, as the register says), then of the region."""
    return computed(STATE) | computed(REGION)


@dataclass(frozen=True, kw_only=True)
class Effect:
    """Mean paired difference (high minus low) of one outcome in the last year, and half of its 95 % interval."""

    outcome: str
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
    before, after = _read(low, runs), _read(high, runs)
    return tuple(_effect(name, after[name] - before[name]) for name in read_off())


def _read(settings: Settings, runs: int) -> dict[str, Array]:
    """Each outcome of the last year by run, states averaged or summed."""
    stage = build_context(settings)
    records = run_block(stage, [settings], replicates=runs)
    history = to_dataset(stage, records, keep=FOR_OUTCOMES, terms=False, past=False)
    last = compute_outcomes(history, settings.rules.observation).isel({YEAR: -1})
    return {name: _over_states(last[name], row.over_states) for name, row in read_off().items()}


def _over_states(values: xr.DataArray, how: str) -> Array:
    if STATE in values.dims:
        values = getattr(values, how)(STATE)
    return values.transpose(RUN).values


def _effect(name: str, difference: Array) -> Effect:
    mean, half = mean_interval(difference)
    return Effect(outcome=name, change=float(mean), half=float(half))


def page_rows(table: list[LeverEffects]) -> list[dict[str, Any]]:
    """Rows of the page: each move of a lever, the effects it has in words, and the outcomes it does not detectably move."""
    return [
        {
            "lever": row.lever,
            "unit": row.unit,
            "low": _value(row.low),
            "high": _value(row.high),
            "moved": [_effect_in_words(effect) for effect in row.effects if effect.found],
            "still": [OUTCOMES[effect.outcome].word for effect in row.effects if not effect.found],
        }
        for row in table
    ]


def _value(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _effect_in_words(effect: Effect) -> str:
    outcome, digits = OUTCOMES[effect.outcome], decimals(effect.outcome)
    words = f"{outcome.word} {effect.change:+.{digits}f} ± {effect.half:.{digits}f}"
    return f"{words} {outcome.short_unit}".rstrip()
