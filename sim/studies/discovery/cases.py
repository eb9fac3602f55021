"""Which points of a sweep are cases of interest? Those at which enough replicates are.

A point is one case however many replicates it has: replicates share settings, so that taking each for a case of its own would
make every limit look surer than it is. The share of replicates is kept, and what a box says of single runs is told beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.axes import Array
from sim.ensemble.store.finished import refuse_unfinished
from sim.ensemble.store.opening import open_store
from sim.ensemble.store.points import read_points
from sim.ensemble.store.values import values
from sim.errors import UserError

FEWEST_POINTS, FEWEST_CASES = 50, 10
SHARES = (0.3, 0.7, 0.1, 0.9, 1.0)


@dataclass(frozen=True, kw_only=True)
class Cases:
    """Points with what was varied, and which runs are of interest.

    table : (point, setting), choices as categories. runs : (point, replicate), true where of interest.
    share : of replicates that makes a point a case. told : the question in words. meaning : of the outcome.
    """

    table: pd.DataFrame
    runs: NDArray[np.bool_]
    share: float
    told: str
    meaning: str = ""

    @property
    def shares(self) -> Array:
        """Share of replicates of interest, (point,)."""
        return np.asarray(self.runs.mean(axis=1))

    @property
    def interest(self) -> NDArray[np.bool_]:
        """Which points are cases of interest, (point,)."""
        return np.asarray(self.shares >= self.share)

    def replicates(self, columns: NDArray[np.int64]) -> Cases:
        """Return the same points with other replicates (numbers of columns)."""
        return replace(self, runs=self.runs[:, columns])


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is looked for: an outcome (of a state, or blank) on one side of a limit, in this share of runs."""

    outcome: str
    state: str
    limit: float
    above: bool
    share: float = 0.5

    @property
    def told(self) -> str:
        """The question as a clause."""
        of = f" of {self.state}" if self.state else ""
        side = "above" if self.above else "below"
        return f"{self.outcome.replace('_', ' ')}{of} {side} {self.limit:g}"


def read_cases(folder: Path | str, question: Question) -> Cases:
    """Read the cases of a finished store.

    Raises
    ------
    UserError : no store, an unfinished or small one, or none or all of its points of interest.
    """
    store = open_store(folder)
    refuse_unfinished(store)
    points = read_points(store.folder, store.manifest)
    table = pd.DataFrame({name: _column(points[name]) for name in points if _varies(points[name])})
    if len(table) < FEWEST_POINTS:
        _refuse(
            f"{folder} has {len(table)} points that differ",
            f"boxes need at least {FEWEST_POINTS}",
            "on the command line: store=results/discovery-sweep",
            "Make it by: straits sweep experiment=discovery out=results/discovery-sweep.",
        )
    numbers = values(store, question.outcome, question.state, with_dates=True)
    _refuse_constant(numbers, question)
    runs = numbers > question.limit if question.above else numbers < question.limit
    about = store.read(store.blocks[0])[question.outcome].attrs
    meaning = str(about.get("long_name", ""))
    found = Cases(table=table, runs=runs, share=question.share, told=question.told, meaning=meaning)
    _refuse_one_sided(found, numbers, question)
    return found


def _varies(column: pd.Series[Any]) -> bool:
    return column.nunique() > 1


def _column(column: pd.Series[Any]) -> pd.Series[Any]:
    if pd.api.types.is_numeric_dtype(column):
        return column.astype(float)
    return pd.Series(pd.Categorical(column.astype(object)), name=column.name)


def _refuse_constant(numbers: Array, question: Question) -> None:
    first = float(numbers.flat[0])
    if (numbers == first).all():
        told = "never comes" if np.isinf(first) else f"is {first:.6g} in all runs"
        _refuse(
            f"{question.outcome} {told}",
            "an outcome that never varies has no conditions",
            "on the command line: outcome=hedging",
        )


def _refuse_one_sided(found: Cases, numbers: Array, question: Question) -> None:
    count, points = int(found.interest.sum()), len(found.table)
    if FEWEST_CASES <= count <= points - FEWEST_CASES:
        return
    given = f"{count} of {points} points have {question.told} in at least {question.share:.0%} of their replicates"
    allowed = f"there must be at least {FEWEST_CASES} that do and {FEWEST_CASES} that do not"
    if limit := separating(numbers, question):
        side = "above" if question.above else "below"
        _refuse(given, allowed, f"on the command line: {side}={limit}")
    others = [(share, separating(numbers, replace(question, share=share))) for share in SHARES]
    works = [f"share={share:g} with the limit {limit}" for share, limit in others if limit]
    _refuse(
        given,
        f"{allowed}, and at share={question.share:g} no limit parts them so",
        f"on the command line: {', or '.join([*works[:1], 'another outcome'])}",
    )


def separating(numbers: Array, question: Question) -> str:
    """The limit, in as few digits as do, that parts points most evenly into cases and others; blank where none does.

    Parameters
    ----------
    numbers : (point, replicate). question : whose limit is sought.
    """
    least = next(
        k for k in range(1, numbers.shape[1] + 1) if k / numbers.shape[1] >= question.share
    )
    ordered = np.sort(numbers, axis=1)
    deciding = ordered[:, -least] if question.above else ordered[:, least - 1]
    known = np.unique(deciding[np.isfinite(deciding)])
    if not known.size:
        return ""
    ends = np.concatenate([known, known[-1:] + 1.0]) if np.isinf(deciding).any() else known
    between = (ends[:-1] + ends[1:]) / 2
    counts = [_parts(deciding, limit) for limit in between]
    parted = [
        (limit, count)
        for limit, count in zip(between, counts, strict=True)
        if FEWEST_CASES <= count <= len(numbers) - FEWEST_CASES
    ]
    for limit, count in sorted(parted, key=lambda one: abs(2 * one[1] - len(numbers)))[:1]:
        texts = (f"{limit:.{digits}g}" for digits in range(2, 18))
        return next(text for text in texts if _parts(deciding, float(text)) == count)
    return ""


def _parts(deciding: Array, limit: float) -> int:
    """How many points lie above a limit; -1 where some lie on it, and so on neither side."""
    return -1 if (deciding == limit).any() else int((deciding > limit).sum())


def _refuse(given: str, allowed: str, where: str, hint: str = "") -> None:
    raise UserError(given=given, allowed=allowed, where=where, hint=hint)
