"""The outcomes page: every outcome with unit, range, meaning and what a sweep keeps of it, written from the register."""

from __future__ import annotations

import math

from sim.outcomes.definitions import grouped
from sim.outcomes.outcome import BELOW, MEAN, NONE, SHARE, SINCE, SUM, Column, Outcome

HEAD = """# Outcomes

What a history is judged by. Every outcome is declared once, in `sim/outcomes/definitions.py`. The names in the last column are
what sweeps keep of a run (the last year's value, unless something else is said), and what `outcome=`, `robust.criteria` and the
tables call it; those marked * are kept where `sweep.keep=[NAME]` asks for them (`sweep.keep=all`: all). *Better* is said
where one end is good in itself.

Written by `python experiments/handbook.py`.
"""
TABLE = "| name | called | of | unit | range | better | meaning | kept of a run |\n|---|---|---|---|---|---|---|---|"

WORDS = {
    SUM: "sum of the years",
    MEAN: "mean of the years",
    SHARE: "share of the states inside",
    SINCE: "year",
    BELOW: "year",
}


def outcomes_page() -> str:
    """Write the page as Markdown."""
    parts = [HEAD]
    for group, rows in grouped().items():
        lines = [TABLE, *map(_row, rows)]
        parts.append(f"## {group[:1].upper()}{group[1:]}\n\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def _row(one: Outcome) -> str:
    high = f"{one.high:g}" if math.isfinite(one.high) else "no limit"
    cells = (
        f"`{one.name}`",
        one.label,
        one.of,
        one.short_unit,
        f"{len(one.codes)} postures" if one.codes else f"{one.low:g} to {high}",
        "" if one.better == NONE else one.better,
        one.meaning,
        ", ".join(map(_kept, one.columns)),
    )
    return f"| {' | '.join(cells)} |"


def _kept(column: Column) -> str:
    said = f" ({WORDS[column.reduce]})" if column.reduce in WORDS else ""
    return f"`{column.name}`{'' if column.default else '*'}{said}"
