"""Values for report.md.j2, and the table of the card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from sim.config.settings import declared
from sim.studies.evidence.analysis import INSIDE, OUTSIDE, Finding
from sim.studies.evidence.measures import MEASURES
from sim.studies.evidence.rows import GROUPS, Row

FIRM = ("A", "B")
NOT_ARGUED = "not argued yet"


def card_table(findings: Sequence[Finding], **constant: str) -> pd.DataFrame:
    """One row a published size; `constant` columns say what it was made with."""
    return pd.DataFrame(
        {
            "id": each.row.id,
            "lever": each.row.lever,
            "label": each.row.label,
            "unit": each.row.unit,
            "grade": each.row.grade,
            "fitted": each.row.fitted,
            "published_mean": each.row.mean,
            "published_low90": each.row.range[0],
            "published_high90": each.row.range[1],
            "model_mean": each.mean,
            "model_low90": each.low,
            "model_high90": each.high,
            "mc_error": each.error,
            "mc_error_of_draw": each.error_of_draw,
            "overlap": each.overlap,
            "verdict": each.verdict,
            **constant,
        }
        for each in findings
    )


def report_values(findings: Sequence[Finding]) -> dict[str, Any]:
    """Values of the page: rows by lever, those outside, those not measured, and how many lie inside."""
    levers: dict[str, list[dict[str, Any]]] = {}
    for each in findings:
        levers.setdefault(each.row.lever, []).append(_cells(each))
    outside = [each for each in findings if each.verdict == OUTSIDE]
    return {
        "levers": levers,
        "outside": [_cells(each) for each in outside],
        "unmeasured": [_cells(each) for each in findings if not each.measured],
        "sources": [_cells(each) for each in findings],
        "counts": counts(findings),
        "groups": {name: codes for name, codes in GROUPS.items() if name != "all"},
        "not_argued": NOT_ARGUED,
    }


def counts(findings: Sequence[Finding]) -> dict[str, Any]:
    """How many rows there are, are measured, lie inside, and of these how many entered the fit; of grade A or B, and C."""
    kinds = {
        "firm": [each for each in findings if each.row.grade in FIRM],
        "loose": [each for each in findings if each.row.grade not in FIRM],
    }
    kinds["unfitted"] = [each for each in kinds["firm"] if not each.row.fitted]
    return {
        name: {
            "rows": len(part),
            "measured": sum(each.measured for each in part),
            "inside": sum(each.verdict == INSIDE for each in part),
        }
        for name, part in kinds.items()
    }


def digits(row: Row) -> int:
    """Decimals that tell the published range's ends apart to a twentieth of it."""
    width = row.range[1] - row.range[0]
    return 1 if width > 1.5 else 2 if width > 0.15 else 3


def _cells(each: Finding) -> dict[str, Any]:
    row = each.row
    sign = "+" if row.range[0] < 0 or row.unit == "points" else ""
    form = f"{{:{sign}z.{digits(row)}f}}"
    numbers = {
        "published": row.mean,
        "published_low": row.range[0],
        "published_high": row.range[1],
        "model": each.mean,
        "model_low": each.low,
        "model_high": each.high,
    }
    return {
        **{name: form.format(value) for name, value in numbers.items()},
        "error": f"{each.error:.{digits(row) + 1}f}",
        "error_of_draw": f"{each.error_of_draw:.{digits(row) + 1}f}",
        "overlap": each.overlap,
        "measured": each.measured,
        "verdict": each.verdict,
        "why": each.why,
        "moved": moved(row),
        "looked_at": MEASURES[row.measure].says,
        "row": row,
    }


def moved(row: Row) -> str:
    """What is set from which value to which: "policy.japan.oda 0 → 40 USD bn a year"."""
    if row.setting:
        return f"`{row.setting}`"
    parts = [_change(path, row.low, value) for path, value in (row.high or {}).items()]
    parts += [f"with `{path}` {_value(value)}" for path, value in row.held.items()]
    return ", ".join(parts)


def _change(path: str, low: Mapping[str, Any] | None, high: Any) -> str:
    unit = declared()[path].unit
    before = f"{_value(low[path])} → " if low and path in low else ""
    return f"`{path}` {before}{_value(high)}{f' {unit}' if unit else ''}"


def _value(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)
