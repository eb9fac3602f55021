"""A change explained: its named reasons, what they sum to, and the table they are laid out in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr

from sim.axes import PARTNER, SELF, Array
from sim.config.labels import term_label
from sim.outcomes.trajectory import ChoiceTrajectory

ROOM, REST, INERTIA = "room", "rest", "inertia"
STILL = 1e-9  # log-odds: nothing moved, so there is nothing to scale points by
UNKNOWN = (float("nan"), float("nan"))


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One named part of a change of log-odds.

    sides : of the change, what came with the first option and what with the second (NaN where no option's).
    levels : absorbed before and after (NaN for a difference of policies). points : NaN where not split.
    """

    term: str
    label: str
    change: float
    sides: tuple[float, float]
    levels: tuple[float, float]
    points: float


@dataclass(frozen=True, kw_only=True)
class Why:
    """A change explained. odds, alignment, room : before and after, or under the other policy and under this.

    against : name of the other policy, blank for a change over years. names : of the options. same_weights : whether
        both weigh motives alike; if not, more trust may mean trust that counts for more.
    """

    state: str
    name: str
    domain: str
    options: tuple[str, str]
    names: tuple[str, str]
    years: tuple[int, int]
    run: int
    against: str
    odds: tuple[float, float]
    alignment: tuple[float, float]
    room: tuple[float, float]
    reasons: tuple[Reason, ...]
    same_weights: bool = True

    @property
    def change(self) -> float:
        """The change of the log-odds that the reasons sum to."""
        return self.odds[1] - self.odds[0]

    @property
    def moved(self) -> float:
        """The change of alignment that goes with it, points."""
        return self.alignment[1] - self.alignment[0]


def table(whys: Sequence[Why]) -> pd.DataFrame:
    """Lay reasons out, a row each: `first` and `last` sum to the ties' log-odds, `change` to their change.

    by_first and by_second part the change by option; points is a proportional split of the change of alignment.
    """
    columns = ["state", "domain", "term", "label", "first", "last", "change"]
    rows = [
        (
            why.state,
            why.domain,
            reason.term,
            reason.label,
            *reason.levels,
            reason.change,
            *reason.sides,
            reason.points,
        )
        for why in whys
        for reason in why.reasons
    ]
    return pd.DataFrame(rows, columns=[*columns, "by_first", "by_second", "points"])


def reasons(
    course: ChoiceTrajectory, *, domain: str, before: Array | None, after: Array, rate: float
) -> tuple[Reason, ...]:
    """Name the parts of a change: the terms in the order of the choice, then room, rest and inertia.

    Parameters
    ----------
    before, after : (part,) as `sim.outcomes.absorbed` lays them out; before is None for a difference of policies.
    rate : points of alignment a unit of log-odds came to.
    """
    names = (*course.names, ROOM, REST, INERTIA)
    ends = np.cumsum([2] * len(course.names) + [1, 1, 1])
    return tuple(
        _named_reason(term, domain, None if before is None else before[part], after[part], rate)
        for term, part in zip(names, map(slice, [0, *ends[:-1]], ends), strict=True)
        if term != REST or np.any(after[part]) or (before is not None and np.any(before[part]))
    )


def _named_reason(
    term: str, domain: str, before: Array | None, after: Array, rate: float
) -> Reason:
    moved = after if before is None else after - before
    return Reason(
        term=term,
        label=term_label(term, domain),
        change=float(moved.sum()),
        sides=(float(moved[0]), float(moved[1])) if len(moved) > 1 else UNKNOWN,
        levels=UNKNOWN if before is None else (float(before.sum()), float(after.sum())),
        points=float(moved.sum()) * rate,
    )


def points_by_odds(
    history: xr.Dataset,
    options: tuple[str, str],
    odds: tuple[float, float],
    alignment: tuple[float, float],
) -> float:
    """Points of alignment a unit of log-odds came to; NaN for options of one camp, or if the two moved apart.

    Alignment also counts what is tied to others, so it may move against the log-odds of two options.
    """
    camps = [
        0.0 if option == SELF else float(history["camp"].sel({PARTNER: option}))
        for option in options
    ]
    moved = odds[1] - odds[0]
    if camps[0] * camps[1] >= 0.0 or abs(moved) < STILL:
        return float("nan")
    rate = (alignment[1] - alignment[0]) / moved
    return rate if rate * (camps[0] - camps[1]) >= 0.0 else float("nan")
