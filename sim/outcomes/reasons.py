"""A change explained: its named reasons, what they sum to, and the table they are laid out in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.config.labels import term_label

ROOM, INERTIA, RETURN = "room", "inertia", "return"
POSTURE, STRUCTURE, OPINION = "posture", "structure", "opinion"
UP, DOWN, ANSWER = "up", "down", "answer"
GROUPS = {  # what is explained -> the vocabulary of its reasons
    POSTURE: "stance",
    STRUCTURE: "structure",
    OPINION: "opinion",
    UP: "act",
    DOWN: "act",
    ANSWER: "demand",
}
UNITS = {
    POSTURE: "points of posture alignment",
    STRUCTURE: "points of structural alignment",
    OPINION: "points of 100 in opinion",
    UP: "log-odds of a step up",
    DOWN: "log-odds of a step down",
    ANSWER: "log-odds of giving in",
}
STEPS = (UP, DOWN, ANSWER)  # explained from even odds, not from an earlier year


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One named part of a change. partner : whose it is; blank where it is nobody's."""

    term: str
    change: float
    partner: str = ""


@dataclass(frozen=True, kw_only=True)
class Why:
    """A change explained, exactly: the reasons sum to what lies between the two ends.

    Parameters
    ----------
    kind : "posture", "structure", "opinion", or "up", "down", "answer" of an act.
    state, name : code and name. partner, partner_name : of an opinion or act; blank otherwise.
    years : between which; twice the same for an act or a difference. run : number.
    against : what the other policy is called; blank for a change over years.
    ends : before and after, or under the other policy and under this.
    reasons : in the order of the rule.
    """

    kind: str
    state: str
    name: str
    years: tuple[int, int]
    run: int
    ends: tuple[float, float]
    reasons: tuple[Reason, ...]
    partner: str = ""
    partner_name: str = ""
    against: str = ""

    @property
    def change(self) -> float:
        """What the reasons sum to."""
        return self.ends[1] - self.ends[0]

    @property
    def unit(self) -> str:
        """What the reasons are counted in."""
        return UNITS[self.kind]

    def label(self, reason: Reason) -> str:
        """What one of its reasons is called."""
        return term_label(reason.term, GROUPS[self.kind])

    def by_term(self) -> tuple[Reason, ...]:
        """The reasons with those of all partners added up, in the order of the rule."""
        totals: dict[str, float] = {}
        for reason in self.reasons:
            totals[reason.term] = totals.get(reason.term, 0.0) + reason.change
        return tuple(Reason(term=term, change=change) for term, change in totals.items())

    def ranked(self) -> list[Reason]:
        """The reasons that are not nil, largest first."""
        return sorted(
            (reason for reason in self.reasons if reason.change != 0.0),
            key=lambda reason: -abs(reason.change),
        )


def to_reasons(
    names: Sequence[str], changes: Sequence[float] | np.ndarray, partner: str = ""
) -> tuple[Reason, ...]:
    """Name the parts of a change, in order."""
    return tuple(
        Reason(term=name, change=float(change), partner=partner)
        for name, change in zip(names, changes, strict=True)
    )


def table(whys: Sequence[Why]) -> pd.DataFrame:
    """Lay reasons out, a row each: `change` sums to `after` less `before` of what is explained."""
    columns = ["state", "of", "with", "run", "first", "last", "against", "term", "label", "partner"]
    rows = [
        (
            *(why.state, why.kind, why.partner, why.run, *why.years, why.against),
            *(reason.term, why.label(reason), reason.partner, reason.change),
            *(*why.ends, why.unit),
        )
        for why in whys
        for reason in why.reasons
    ]
    return pd.DataFrame(rows, columns=[*columns, "change", "before", "after", "unit"])
