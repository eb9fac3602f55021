"""Settings with some numbers set anew, by their dotted names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.config.settings import Settings, as_mapping, build


def with_changes(settings: Settings, values: Mapping[str, Any]) -> Settings:
    """The same settings with some dotted names set anew, validated."""
    mapping = as_mapping(settings)
    for path, value in values.items():
        *groups, name = path.split(".")
        position = mapping
        for group in groups:
            position = position[group]
        position[name] = value
    return build(mapping)
