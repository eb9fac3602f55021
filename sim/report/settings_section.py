"""The settings of the runs that were not varied: value, unit, declared default and source."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sim.composition.dotted_names import flat
from sim.config import declared
from sim.config.settings import as_mapping
from sim.report.data import ReportData

NOT_SETTINGS = ("runs",)  # a matter of the sweep


def settings_tables(data: ReportData) -> dict[str, Any]:
    """Return rows of what all points share, those of them not as declared, and what the named choices change.

    Returns
    -------
    shared, changed : rows of name, value, unit, default, source.
    choices : each set of named choices, in words.
    by_choice : rows of name, then its value under each set.
    """
    bases = [flat(as_mapping(base)) for _, base in data.plan.bases]
    left_out = {*map(str, data.plan.points), *NOT_SETTINGS}
    names = [name for name in dict.fromkeys(key for base in bases for key in base)]
    values = {
        name: [_in_full(base.get(name, "")) for base in bases]
        for name in names
        if name not in left_out
    }
    shared = [_row(name, each[0]) for name, each in values.items() if len(set(each)) == 1]
    return {
        "shared": shared,
        "changed": [row for row in shared if row[3] not in ("", row[1])],
        "choices": [", ".join(f"{k}={v}" for k, v in taken) for taken, _ in data.plan.bases],
        "by_choice": [(name, *each) for name, each in values.items() if len(set(each)) > 1],
    }


def _row(name: str, value: str) -> tuple[str, str, str, str, str]:
    known = declared().get(name)
    if known is None:
        return name, value, "", "", ""
    return f"{name}: {known.doc}", value, known.unit, _in_full(known.default), known.source


def _in_full(value: Any) -> str:
    """Write a value in full: an exact setting, not a rounded outcome.

    >>> _in_full(0.1), _in_full(["PHL"]), _in_full({}), _in_full("none")
    ('0.1', 'PHL', 'none given', 'none')
    >>> _in_full([{"year": 2026, "kind": "pressure", "size": 0.5, "state": ""}])
    'year 2026, kind pressure, size 0.5'
    """
    if not isinstance(value, list | tuple | dict):
        return str(value)
    if not value:
        return "none given"
    if isinstance(value, dict):
        return json.dumps(value, sort_keys=True)
    events = all(isinstance(each, Mapping) for each in value)
    return ("; " if events else ", ").join(_event(each) if events else str(each) for each in value)


def _event(given: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in given.items() if value not in ("", 0))
