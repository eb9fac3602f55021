"""The design of a sweep: what was varied, over which values, in which years."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sim.config import declared
from sim.plots.levers import changing_names
from sim.report.data import ReportData
from sim.report.html import number

MOST_VALUES = 8


def levers(points: pd.DataFrame) -> list[str]:
    """Names of what has more than one value, all where nothing has."""
    names = [str(name) for name in points]
    return changing_names(points, names) or names


def years(data: ReportData) -> tuple[int, int]:
    """Return the first and the last simulated year of any point."""
    spans = [data.plan.settings(point).years for point in data.ran]
    return min(span.first for span in spans), max(span.last for span in spans)


def design_rows(data: ReportData) -> list[tuple[str, ...]]:
    """Return a row for each lever: what it is, its unit, its values, the declared range and that range's source."""
    return [_row(name, data) for name in levers(data.plan.points)]


def _row(name: str, data: ReportData) -> tuple[str, ...]:
    known, values = declared().get(name), values_in_words(data.plan.points[name])
    if known is None or name in data.plan.groups:
        return name, "", values, f"named choices of conf/{name}/", "as the choice's file says"
    allowed = known.allowed.removeprefix("it must be ")
    return f"{name}: {known.doc}", known.unit, values, allowed, known.source


def values_in_words(values: pd.Series[Any]) -> str:
    """List the values of a lever, or say from where to where they go if they are many numbers.

    >>> values_in_words(pd.Series([0.0, 0.5, 0.5])), values_in_words(pd.Series(["none", "osa_2023"]))
    ('0, 0.5', 'none, osa_2023')
    """
    each = list(dict.fromkeys(values))
    if len(each) > MOST_VALUES and not isinstance(each[0], str):
        return f"{len(each)} values, {number(min(each))} to {number(max(each))}"
    return ", ".join(value if isinstance(value, str) else number(value) for value in each)
