"""The tables of outcomes: mean, 95 % interval and Monte Carlo error, point by point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.outcomes.outcome import GROUPS
from sim.outcomes.summary import REGION
from sim.report.data import ReportData
from sim.report.design_section import levers
from sim.report.measures import Measure

MOST_ROWS = 1000  # of a table


def outcome_tables(
    data: ReportData, measures: Sequence[Measure], states: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """Return a table for each group of outcomes: its subject, head, rows (at most `MOST_ROWS`), and their count before.

    Parameters
    ----------
    data : the store, read.
    measures : outcomes; by state only those that have one.
    states : names by code, for a row a point and state; None: a row a point, of the region.
    """
    names = levers(data.plan.points)
    design = data.plan.points[names].iloc[list(data.shown)].to_dict("records")
    kept = [each for each in measures if not states or len(each.places) > 1]
    tables = []
    for group in dict.fromkeys([*GROUPS, *(each.group for each in kept)]):
        part = [each for each in kept if each.group == group]
        rows = [
            [data.shown[row], *levels.values(), *([name] if states else []), *estimates]
            for row, levels in enumerate(design)
            for place, name in (states or {REGION: ""}).items()
            if any(estimates := [_estimate(each, row, place) for each in part])
        ]
        head = ["point", *names, *(["state"] if states else []), *map(_title, part)]
        table = {"subject": group, "head": head, "rows": rows[:MOST_ROWS], "count": len(rows)}
        tables += [table] if part else []
    return tables


def _title(measure: Measure) -> str:
    return measure.title if measure.unit == "1" else f"{measure.title} ({measure.unit})"


def _estimate(measure: Measure, row: int, place: str) -> dict[str, float]:
    """Return a mean with its interval and error by name; nothing where the state was in no run."""
    column = measure.places.index(place)
    estimate = {name: float(values[row, column]) for name, values in measure.estimates.items()}
    return estimate if estimate["mean"] == estimate["mean"] else {}
