"""What would have had to be different? The smallest single change of a motive that halves a step's chance or turns the draw.

The draw that decided is in the record, so this is exact: with the motive at its other value and all else as it was, the same
draw gives no step (or, where there was none, a step up), or the chance is half of what it was, whichever comes first. Ours: that
changes of different motives are compared as parts of the range each can have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

RANGES = {  # what each motive can be; where nothing bounds it, what it is in all but odd years (assumed)
    "pressure": (0.0, 1.0),
    "counterpressure": (0.0, 1.0),
    "stance": (-1.0, 1.0),
    "offers": (-5.0, 5.0),
    "gap": (0.0, 1.0),
    "compensation": (0.0, 2.0),
    "neighbours": (0.0, 1.0),
    "rivalry": (-1.0, 1.0),
}
HALF = 0.5


@dataclass(frozen=True, kw_only=True)
class Need:
    """A single change that would have been enough.

    odds : what must be added to the score. turns : the same draw then gives otherwise; if not, the chance is halved.
    term : the motive; blank where none within its range would do. value : what it was. other : what it would have had to be.
    """

    odds: float
    turns: bool
    term: str = ""
    value: float = float("nan")
    other: float = float("nan")


def needed_change(
    *,
    terms: Mapping[str, float],
    weights: Mapping[str, Any],
    camp: float,
    up: float,
    down: float,
    draw: float,
) -> Need:
    """Find the smallest single change.

    Parameters
    ----------
    terms : of the score, name -> log-odds. weights : of the motives. camp : of the partner, by which a stance counts.
    up, down : chances of a step. draw : uniform: below `up` there was a step up, above 1 - `down` one down.
    """
    none = max(1.0 - up - down, np.finfo(float).tiny)
    odds, turns = needed_odds(rise=up / none, fall=down / none, draw=draw)
    found = [(float("inf"), Need(odds=odds, turns=turns))]
    for term, (low, high) in RANGES.items():
        weight = float(weights[term]) * (camp if term == "stance" else 1.0)
        if weight == 0.0 or term not in terms:
            continue
        value = float(terms[term]) / weight
        other = value + odds / weight
        if low <= other <= high:
            size = abs(other - value) / (high - low)
            need = Need(term=term, value=value, other=other, odds=odds, turns=turns)
            found.append((size, need))
    return min(found, key=lambda item: item[0])[1]


def needed_odds(*, rise: float, fall: float, draw: float) -> tuple[float, bool]:
    """What the score must change by, and whether the draw turns by it (or the chance is halved before).

    Parameters
    ----------
    rise, fall : odds of a step up, and down, against none. draw : uniform.
    """
    up, down = (odds / (1.0 + rise + fall) for odds in (rise, fall))
    if draw < up:
        goal = max(draw, HALF * up)
        return _score_for(goal, rise, fall), draw >= HALF * up
    if 1.0 - draw < down:
        goal = max(1.0 - draw, HALF * down)
        return -_score_for(goal, fall, rise), 1.0 - draw >= HALF * down
    return _score_for(draw, rise, fall), True


def _score_for(chance: float, toward: float, away: float) -> float:
    """Change of score at which the step that it favours has this chance: toward e^s / (1 + toward e^s + away e^-s)."""
    root = np.sqrt(chance**2 + 4.0 * (1.0 - chance) * chance * toward * away)
    return float(np.log((chance + root) / (2.0 * (1.0 - chance) * toward)))
