"""What the runs were made with: every setting that was not varied, its unit, its default and its source."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sim.config import declared
from sim.config.settings import as_mapping
from sim.report.data import ReportData
from sim.report.html import Markup, folded, joined, table, tag

HEAD = ("setting", "value", "unit", "declared default", "source")
NOT_SETTINGS = ("runs",)  # a matter of the sweep


def settings(held: ReportData) -> Markup:
    """The tables of settings: what named choices change, then what all points share."""
    every = [dict(flat(as_mapping(base))) for _, base in held.plan.bases]
    left_out = {*map(str, held.plan.points), *NOT_SETTINGS}
    names = [name for name in dict.fromkeys(key for one in every for key in one)]
    names = [name for name in names if name not in left_out]
    same = [name for name in names if len({_key(one.get(name)) for one in every}) == 1]
    parts = [_shared(same, every[0])]
    if len(every) > 1:
        parts.insert(0, _apart([name for name in names if name not in same], every, held))
    return joined(parts)


def flat(given: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield dotted names and values, groups opened.

    >>> list(flat({"a": {"b": 1, "c": []}, "d": "x"}))
    [('a.b', 1), ('a.c', []), ('d', 'x')]
    """
    for name, value in given.items():
        if isinstance(value, Mapping) and value:
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _key(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _shared(names: list[str], values: Mapping[str, Any]) -> Markup:
    rows = [_row(name, values[name]) for name in names]
    changed = [row for row in rows if row[3] not in ("", row[1])]
    told = (
        table("Set otherwise than declared", HEAD, changed)
        if changed
        else tag("p", "Every number that was not varied stands as declared.")
    )
    whole = table("Settings that all points share", HEAD, rows)
    return joined([told, folded(f"All {len(rows)} settings that all points share", whole)])


def _row(name: str, value: Any) -> tuple[str, str, str, str, str]:
    known = declared().get(name)
    if known is None:
        return name, _said(value), "", "", ""
    return f"{name}: {known.doc}", _said(value), known.unit, _said(known.default), known.source


def _apart(names: list[str], every: list[dict[str, Any]], held: ReportData) -> Markup:
    choices = [", ".join(f"{k}={v}" for k, v in chosen) for chosen, _ in held.plan.bases]
    rows = [[name, *(_said(one.get(name, "")) for one in every)] for name in names]
    return folded(
        f"What the named choices change ({len(rows)} settings, {len(choices)} sets of choices)",
        table("What the named choices change", ["setting", *choices], rows),
    )


def _said(value: Any) -> str:
    """Write a value in full: an exact setting, not a rounded outcome.

    >>> _said(0.1), _said(["PHL"]), _said({}), _said("none")
    ('0.1', 'PHL', 'none given', 'none')
    >>> _said([{"year": 2026, "kind": "pressure", "size": 0.5, "state": ""}])
    'year 2026, kind pressure, size 0.5'
    """
    if isinstance(value, list | tuple) and value and all(isinstance(one, Mapping) for one in value):
        return "; ".join(_event(one) for one in value)
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return ", ".join(value) or "none given"
    if isinstance(value, list | dict):
        return _key(value) if value else "none given"
    return str(value)


def _event(given: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in given.items() if value not in ("", 0))
