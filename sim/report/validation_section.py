"""The model's predictions of held-out survey answers beside a rival that needs no model."""

from __future__ import annotations

from typing import Any

from sim.studies.validation import scorebook
from sim.studies.validation.analysis import MODEL

RIVAL = "ridge regression"


def validation_scores() -> dict[str, Any]:
    """Return a row for each test that both were put to (rival in brackets), and how often the rival is nearer by CRPS."""
    by_forecast = {
        name: {row.test: row for row in scorebook.read() if row.forecast == name}
        for name in (MODEL, RIVAL)
    }
    pairs = [
        (own, by_forecast[RIVAL][test])
        for test, own in by_forecast[MODEL].items()
        if test in by_forecast[RIVAL]
    ]
    rows = [
        (
            own.test,
            f"{own.rank} ({rival.rank})",
            f"{own.miss} ({rival.miss})",
            f"{own.crps} ({rival.crps})",
            f"{own.coverage} ({rival.coverage})",
        )
        for own, rival in pairs
    ]
    nearer = sum(float(rival.crps) < float(own.crps) for own, rival in pairs)
    return {"rows": rows, "nearer": nearer}
