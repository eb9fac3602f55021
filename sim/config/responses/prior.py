"""How the priors of responses are written down, and where their defaults come from."""

from __future__ import annotations

from sim.config.prior import Prior

FITTED = "fitted to the record of 2000-22 (docs/calibration.md)"
JUDGED = "judgement"


def a_prior(mean: float, low: float, high: float, grade: str, source: str) -> Prior:
    """Shorten the writing of a prior."""
    return Prior(mean=mean, low=low, high=high, grade=grade, source=source)
