"""The tables of outcomes: mean, 95 % interval and Monte-Carlo error, point by point."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from sim.outcomes.definitions import GROUPS
from sim.outcomes.summary import REGION
from sim.report.data import ReportData
from sim.report.design_section import levers
from sim.report.html import Markup, folded, joined, number, table, tag
from sim.report.measures import Measure

MOST_ROWS = 1000  # of the table by state
READ = "Each cell: mean over runs, its 95 % interval over luck, and its Monte-Carlo error (MC)."


def region(held: ReportData, found: Sequence[Measure]) -> Markup:
    """The tables of the region: a row a point, a few outcomes each."""
    every = range(len(held.shown))
    return joined(
        table(
            f"The region (of states, their mean): {heading}. {READ}",
            [*_head(held), *_titles(part)],
            [_settings(held, row) + _cells(part, row, REGION) for row in every],
        )
        for heading, part in grouped(found)
    )


def states(held: ReportData, found: Sequence[Measure], names: dict[str, str]) -> Markup:
    """The tables by state: a row a point and state, of those that have one."""
    tables, count = [], 0
    for heading, part in grouped([one for one in found if len(one.places) > 1]):
        rows = list(_rows(held, part, names))
        count = max(count, len(rows))
        more = f" The first {MOST_ROWS} of {count} rows." if count > MOST_ROWS else ""
        head = [*_head(held), "state", *_titles(part)]
        tables.append(table(f"Every state: {heading}. {READ}{more}", head, rows[:MOST_ROWS]))
    return folded(f"Every state at every point ({count} rows)", *tables)


def grouped(found: Sequence[Measure]) -> Iterator[tuple[str, list[Measure]]]:
    """Part outcomes into tables that fit a page, each with what it is about."""
    for heading in dict.fromkeys([*GROUPS, *(one.group for one in found)]):
        part = [one for one in found if one.group == heading]
        if part:
            yield heading, part


def _rows(held: ReportData, found: Sequence[Measure], names: dict[str, str]) -> Iterator[list[Any]]:
    for row in range(len(held.shown)):
        for place in found[0].places[:-1]:
            cells = _cells(found, row, place)
            if any(cells):
                yield [*_settings(held, row), names[place], *cells]


def _head(held: ReportData) -> list[str | Markup]:
    return ["point", *(breakable(name) for name in levers(held.plan.points))]


def breakable(name: str) -> Markup:
    """Let a long name be broken after its dots and slashes, as a phone needs.

    >>> breakable("policy.japan.osa_budget")
    'policy.<wbr>japan.<wbr>osa_<wbr>budget'
    """
    return Markup(re.sub(r"([./_])", r"\1<wbr>", escape(name)))


def _titles(found: Sequence[Measure]) -> list[Markup]:
    return [joined([one.title, tag("small", unit(one.unit))], " ") for one in found]


def unit(name: str) -> str:
    """Say a unit; of shares and indices none.

    >>> unit("points"), unit("1")
    ('(points)', '')
    """
    return "" if name == "1" else f"({name})"


def _settings(held: ReportData, row: int) -> list[Any]:
    point = held.shown[row]
    design = held.plan.points
    return [point, *(design[name].iloc[point] for name in levers(design))]


def _cells(found: Sequence[Measure], row: int, place: str) -> list[Markup]:
    return [_cell(one, row, one.places.index(place)) for one in found]


def _cell(one: Measure, row: int, place: int) -> Markup:
    mean, low, high, error = (float(one.told[name][row, place]) for name in one.told)
    if mean != mean:
        return Markup("")
    if error != error:
        return Markup(number(mean))
    told = f"{number(low)} to {number(high)}<br>MC {number(error)}"
    return Markup(f"{number(mean)}<br><small>{told}</small>")
