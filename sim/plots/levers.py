"""What was varied in a sweep, in words: the levers, their places, what else there is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from sim.config import declared, labels


def plain(name: str) -> str:
    """The last part of a setting's name, in words; the name of a group as it is.

    >>> plain("policy.japan.osa_budget"), plain("policy/japan")
    ('OSA budget', 'policy/japan')
    """
    return labels.value_label(name.rpartition(".")[2])


def label(name: str) -> str:
    """Name of an axis, with the unit a setting is declared with, or its ends where it has none.

    >>> label("policy.japan.osa_budget"), label("policy.china.gray_zone"), label("theory")
    ("Japan's OSA budget (JPY bn a year)", "China's gray-zone pressure (0 to 1)", 'theory')
    """
    known = declared().get(name)
    if known is None or known.kind not in ("number", "integer"):
        return called(name)
    return f"{called(name)} ({known.unit or f'{known.low:g} to {known.high:g}'})"


def called(name: str) -> str:
    """What a lever is called in a title: whose it is, and what.

    >>> called("policy.japan.osa_budget"), called("theory")
    ("Japan's OSA budget", 'theory')
    """
    return labels.setting_label(name)


def said(value: Any) -> str:
    """Write one value of a lever.

    >>> said(0.30000000000000004), said("osa_2023")
    ('0.3', 'osa_2023')
    """
    return f"{value:.4g}" if isinstance(value, int | float) else str(value)


def described(row: Any, names: Sequence[str]) -> str:
    """Say where a point stands, by the levers named; nothing where none is named.

    >>> described({"policy/japan": "none", "policy.china.gray_zone": 0.5}, ["policy/japan", "policy.china.gray_zone"])
    'policy/japan=none, gray-zone pressure 0.5'
    """
    parts = [
        f"{name}={row[name]}" if isinstance(row[name], str) else f"{plain(name)} {said(row[name])}"
        for name in names
    ]
    return ", ".join(parts)


def changing_names(points: pd.DataFrame, names: Sequence[str]) -> list[str]:
    """Keep the names of columns with more than one value."""
    return [name for name in names if points[name].nunique() > 1]


def across(points: pd.DataFrame, names: Sequence[str]) -> str:
    """Choose the lever to draw along: the number with most values, else the names with most."""
    numbers = [name for name in names if points[name].dtype.kind in "if"]
    return max(numbers or list(names), key=lambda name: points[name].nunique())


def evenly_spaced(values: Sequence[Any], most: int) -> list[Any]:
    """Choose at most so many of a sequence, evenly, both ends among them.

    >>> evenly_spaced(list("abcdefg"), 3), evenly_spaced([1, 2], 3)
    (['a', 'd', 'g'], [1, 2])
    """
    if len(values) <= most:
        return list(values)
    last = len(values) - 1
    return [values[round(index * last / (most - 1))] for index in range(most)]
