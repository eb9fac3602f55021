"""Options of the command that writes a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.composition.commands import command
from sim.config.declare import read, section, text
from sim.ensemble import option_kinds as common


def _points(value: Any) -> tuple[int, ...]:
    whole = isinstance(value, list | tuple) and all(
        isinstance(one, int) and not isinstance(one, bool) and one >= 0 for one in value
    )
    if not whole or len(value) == 1:
        raise ValueError("it must be a list of two points or more, rows of the design from 0")
    return tuple(value)


@dataclass(frozen=True, kw_only=True)
class ReportSection:
    """What the page is called and what it shows."""

    title: str = text("", "title of the page; null: made of what varies", example="TITLE")
    points: tuple[int, ...] = read(
        _points, (), "points on the page; null: up to 100, evenly spread", example="[0,1]"
    )


@command("report")
@dataclass(frozen=True, kw_only=True)
class ReportCommand(common.StoreOptions):
    """Options of experiments/report.py."""

    report: ReportSection = section(ReportSection)
