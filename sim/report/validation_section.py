"""The bars of validation, those missed first: what was asked of the model on data it had not seen, and what was found."""

from __future__ import annotations

from typing import Any

from sim.studies.validation import scorebook
from sim.studies.validation.scorebook import MET, MISSED


def validation_scores() -> dict[str, Any]:
    """Return a row for each bar (test, bar, figure, verdict), missed ones first, and how many of how many are met."""
    bars = sorted(scorebook.read(), key=lambda bar: bar.met)
    rows = [(bar.test, bar.bar, bar.figure, MET if bar.met else MISSED) for bar in bars]
    return {"rows": rows, "met": sum(bar.met for bar in bars), "bars": len(bars)}
