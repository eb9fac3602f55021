"""The model's predictions of held-out survey answers beside a rival that needs no model."""

from __future__ import annotations

from typing import Any

from sim.studies.validation import scorebook
from sim.studies.validation.analysis import MODEL

RIVAL = "ridge regression"
SHOWN = ("rank", "miss", "crps", "coverage")


def validation_scores() -> dict[str, Any]:
    """Return a row for each test that both were put to (rival in brackets), and how often the rival is nearer by CRPS."""
    own, rival = (
        {row.test: vars(row) for row in scorebook.read() if row.forecast == name}
        for name in (MODEL, RIVAL)
    )
    tests = [test for test in own if test in rival]
    rows = [(test, *(f"{own[test][n]} ({rival[test][n]})" for n in SHOWN)) for test in tests]
    nearer = sum(float(rival[test]["crps"]) < float(own[test]["crps"]) for test in tests)
    return {"rows": rows, "nearer": nearer}
