"""How far to believe it: the scores on what the model never saw, and its limits in three lines."""

from __future__ import annotations

import csv
from functools import lru_cache

from sim.studies.validation.analysis import MODEL
from sim.studies.validation.scorebook import SCOREBOOK, Row

LIMITS = (
    "It explores what follows if these mechanisms hold. Most of its numbers are assumed; read differences between "
    "scenarios, not levels.",
    "It has no war, no coup and no leader with a plan; a year is its step, and what governments say in secret is not in it.",
    "Surveys of 40 to 400 elites a state, patrol counts that are minima and ties read from treaties and trade stand behind it.",
)
SHOWN = ("2023, unseen", "unseen states, mean of 2020-22")


@lru_cache(maxsize=1)
def published_scores() -> tuple[Row, ...]:
    """The scores that the page shows, as the validation wrote them."""
    with SCOREBOOK.open(encoding="utf-8", newline="") as lines:
        rows = [Row(**row) for row in csv.DictReader(lines)]
    return tuple(row for row in rows if row.test in SHOWN)


def score_sentence() -> str:
    """What the scores come to, in one sentence."""
    own, ridge = (
        next(r for r in published_scores() if r.test == SHOWN[1] and r.forecast == name)
        for name in (MODEL, "ridge regression")
    )
    better = "better" if float(ridge.miss) < float(own.miss) else "worse"
    return (
        f"On states it had not seen, it missed the share of elites who would choose China by {own.miss} points on average; "
        f"a ridge regression did {better} ({ridge.miss})."
    )
