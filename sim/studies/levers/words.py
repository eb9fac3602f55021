"""Rows of docs/levers.md and of levers.csv, out of effects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from sim.outcomes.definitions import OUTCOMES
from sim.outcomes.outcome import SUM
from sim.studies.levers.analysis import Effect, LeverEffects, decimals


def page_rows(table: Sequence[LeverEffects]) -> list[dict[str, Any]]:
    """Rows of the page: each move of a lever, the effects it has in words, and the outcomes it does not detectably move."""
    return [
        {
            "lever": row.lever,
            "unit": row.unit,
            "low": _value(row.low),
            "high": _value(row.high),
            "moved": [_in_words(each) for each in _by_outcome(row) if _found(each)],
            "still": [
                OUTCOMES[each[0].outcome].word for each in _by_outcome(row) if not _found(each)
            ],
        }
        for row in table
    ]


def effect_table(table: Sequence[LeverEffects]) -> pd.DataFrame:
    """Every effect, a row each: lever, its two values, outcome, years, change and half of its 95 % interval."""
    return pd.DataFrame(
        [
            {"lever": row.lever, "low": row.low, "high": row.high, **vars(effect)}
            for row in table
            for effect in row.effects
        ]
    )


def _by_outcome(row: LeverEffects) -> list[list[Effect]]:
    grouped: dict[str, list[Effect]] = {}
    for effect in row.effects:
        grouped.setdefault(effect.outcome, []).append(effect)
    return list(grouped.values())


def _found(effects: Sequence[Effect]) -> bool:
    return any(effect.found for effect in effects)


def _in_words(effects: Sequence[Effect]) -> str:
    """One outcome after each horizon, with half of the last one's interval; a change not found is 0."""
    outcome, digits = OUTCOMES[effects[0].outcome], decimals(effects[0].outcome)
    changes = ", ".join(f"{each.change:+.{digits}f}" if each.found else "0" for each in effects)
    words = f"{outcome.word} {changes} ± {effects[-1].half:.{digits}f}"
    sums = [column.unit for column in outcome.columns if column.reduce == SUM]
    unit = sums[0] if sums else outcome.short_unit
    return f"{words} {'' if unit == '1' else unit}".rstrip()


def _value(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)
