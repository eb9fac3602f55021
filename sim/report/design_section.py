"""What was asked of a sweep: its question in words, and what was varied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from sim.config import declared
from sim.report.data import ReportData
from sim.report.html import Cell, Markup, number, table, text

MOST_VALUES = 8


def levers(points: pd.DataFrame) -> list[str]:
    """Names of what has more than one value, all where nothing has."""
    names = [str(name) for name in points if points[name].nunique() > 1]
    return names or [str(name) for name in points]


def years(held: ReportData) -> tuple[int, int]:
    """The first and the last simulated year of any point."""
    found = [held.plan.settings(point).years for point in held.ran] or []
    return min(one.first for one in found), max(one.last for one in found)


def varied(held: ReportData) -> Markup:
    """The table of what was varied: unit, values, the range declared, and its source."""
    rows = [_row(name, held.plan.points[name], held) for name in levers(held.plan.points)]
    head = ("what was varied", "unit", "values here", "allowed", "source of the range")
    return table(
        "A row for each thing varied; a point is one combination of their values", head, rows
    )


def _row(name: str, values: pd.Series[Any], held: ReportData) -> Sequence[Cell]:
    known = declared().get(name)
    if known is None or name in held.plan.groups:
        return name, "", said(values), f"named choices of conf/{name}/", "as the choice's file says"
    allowed = known.allowed.removeprefix("it must be ")
    return f"{name}: {known.doc}", known.unit, said(values), allowed, known.source


def said(values: pd.Series[Any]) -> Markup:
    """Say the values of a lever: all, or from where to where.

    >>> said(pd.Series([0.0, 0.5, 0.5])), said(pd.Series(["none", "osa_2023"]))
    ('0, 0.5', 'none, osa_2023')
    """
    each = list(dict.fromkeys(values))
    if len(each) > MOST_VALUES and not isinstance(each[0], str):
        ends = number(float(min(each))), number(float(max(each)))
        return Markup(f"{len(each)} values, {ends[0]} to {ends[1]}")
    return Markup(", ".join(text(value) for value in each))
