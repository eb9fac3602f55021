"""Settings laid out by dotted name, "policy.japan.osa_budget", and nested again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def flat(nested: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Lay a nested mapping out by dotted name; lists, and empty mappings, stay values.

    >>> flat({"a": {"b": 1}, "c": [2]})
    {'a.b': 1, 'c': [2]}
    """
    result: dict[str, Any] = {}
    for name, value in nested.items():
        deeper = isinstance(value, Mapping) and value
        result |= flat(value, f"{prefix}{name}.") if deeper else {f"{prefix}{name}": value}
    return result


def nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Undo `flat`.

    >>> nested({"a.b": 1, "c": [2]})
    {'a': {'b': 1}, 'c': [2]}
    """
    result: dict[str, Any] = {}
    for path, value in values.items():
        *groups, name = path.split(".")
        group = result
        for each in groups:
            group = group.setdefault(each, {})
        group[name] = value
    return result
