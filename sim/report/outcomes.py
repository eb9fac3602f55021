"""The tables of outcomes: mean, 95 % interval and Monte Carlo error, point by point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.outcomes.definitions import GROUPS
from sim.outcomes.summary import REGION
from sim.report.data import ReportData
from sim.report.design_section import levers
from sim.report.measures import Measure

MOST_ROWS = 1000  # of the table by state
Table = dict[str, Any]


def region_tables(data: ReportData, measures: Sequence[Measure]) -> list[Table]:
    """Return a table for each group of outcomes: subject, head, and a row a point."""
    design = _design(data)
    return [
        {
            "subject": group,
            "head": [*design["head"], *map(_title, part)],
            "rows": [
                [*cells, *(_estimate(each, row, REGION) for each in part)]
                for row, cells in enumerate(design["rows"])
            ],
        }
        for group, part in grouped(measures).items()
    ]


def state_tables(
    data: ReportData, measures: Sequence[Measure], names: Mapping[str, str]
) -> list[Table]:
    """Return the same by state: a row a point and state, the first `MOST_ROWS`; count: of all rows."""
    design = _design(data)
    tables: list[Table] = []
    for group, part in grouped([each for each in measures if len(each.places) > 1]).items():
        rows = [
            [*cells, names[place], *estimates]
            for row, cells in enumerate(design["rows"])
            for place in part[0].places[:-1]
            if any(estimates := [_estimate(each, row, place) for each in part])
        ]
        head = [*design["head"], "state", *map(_title, part)]
        tables.append(
            {"subject": group, "head": head, "rows": rows[:MOST_ROWS], "count": len(rows)}
        )
    return tables


def grouped(measures: Sequence[Measure]) -> dict[str, list[Measure]]:
    """Part outcomes into tables that fit a page, in the order of the register, by what they are about."""
    order = dict.fromkeys([*GROUPS, *(each.group for each in measures)])
    parts = {group: [each for each in measures if each.group == group] for group in order}
    return {group: part for group, part in parts.items() if part}


def _design(data: ReportData) -> Table:
    names = levers(data.plan.points)
    shown = data.plan.points[names].iloc[list(data.shown)]
    rows = [
        [point, *row.values()]
        for point, row in zip(data.shown, shown.to_dict("records"), strict=True)
    ]
    return {"head": ["point", *names], "rows": rows}


def _title(measure: Measure) -> str:
    return measure.title if measure.unit == "1" else f"{measure.title} ({measure.unit})"


def _estimate(measure: Measure, row: int, place: str) -> dict[str, float]:
    """Return a mean with its interval and error by name; nothing where the state was in no run."""
    column = measure.places.index(place)
    estimate = {name: float(values[row, column]) for name, values in measure.estimates.items()}
    return estimate if estimate["mean"] == estimate["mean"] else {}
