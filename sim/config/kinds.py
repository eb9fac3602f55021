"""Readers of the kinds of option that are neither a number nor a choice.

A reader returns the value in its declared type, or raises `ValueError` with the clause that says what is allowed and, where one
item of a list is to blame, that item.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sim.config.declare import Declaration
from sim.errors import nearest


def _read_text(value: Any, declared: Declaration) -> str:
    if not isinstance(value, str):
        raise ValueError("it must be text")
    return value


def _read_path(value: Any, declared: Declaration) -> str:
    if value is None or isinstance(value, bool | list | Mapping) or not str(value).strip():
        raise ValueError(f"it must be {declared.doc}")
    return str(value)


def _read_switch(value: Any, declared: Declaration) -> bool:
    if not isinstance(value, bool):
        raise ValueError("it must be true or false")
    return value


def _read_names(value: Any, declared: Declaration) -> tuple[str, ...]:
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list | tuple) or not all(isinstance(item, str) for item in given):
        raise ValueError("it must be a name or a list of names")
    if len(given) < declared.fewest:
        raise ValueError(f"it must name at least {declared.fewest}")
    if len(set(given)) < len(given):
        raise ValueError("no name may appear twice")
    for name in given if declared.valid else ():
        if name not in declared.names:
            raise ValueError(nearest(name, declared.names), name)
    return tuple(given)


def _read_numbers(value: Any, declared: Declaration) -> tuple[float, ...]:
    given = value if isinstance(value, list | tuple) else [value]
    if len(given) < declared.fewest:
        raise ValueError(f"it must list at least {declared.fewest} number")
    entry = replace(declared, kind="number")
    for item in given:
        number_like = isinstance(item, int | float) and not isinstance(item, bool)
        if not (number_like and entry.low <= item <= entry.high):
            raise ValueError(entry.allowed, item)
    return tuple(sorted({float(item) for item in given}))


def _read_mapping(value: Any, declared: Declaration) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError(f"it must be a mapping such as {declared.example}")
    return {str(name): item for name, item in value.items()}


def _read_value(value: Any, declared: Declaration) -> Any:
    assert declared.read is not None
    return declared.read(value)


READERS = {
    "text": _read_text,
    "path": _read_path,
    "switch": _read_switch,
    "names": _read_names,
    "numbers": _read_numbers,
    "mapping": _read_mapping,
    "read": _read_value,
}
