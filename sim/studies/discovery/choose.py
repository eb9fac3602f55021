"""Which box is told? The rule, stated, and how a box fares on points it was not made from.

Rule: every box PRIM offers is freed of limits that chance explains (`sim.studies.discovery.prune`); of those with a density of at
least the one asked for (of all, if none has it, and that is said) the one whose harmonic mean of density and coverage is
greatest. A box is told only if it beats the share of cases among all points on points it was not made from
(`sim.studies.discovery.stability`); on pure noise there is none. Ours: the rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.studies.discovery.boxes import Box, Measure, measure
from sim.studies.discovery.cases import Cases
from sim.studies.discovery.prune import pruned


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """The box chosen, its measure, whether it is as dense as asked, and all it was chosen from."""

    box: Box
    place: int
    measure: Measure
    dense: bool
    offered: tuple[tuple[Box, Measure], ...]


def choose(boxes: Sequence[Box], cases: Cases, *, density: float) -> Chosen | None:
    """Choose a box by the rule above; none if no box limits anything.

    Parameters
    ----------
    boxes : as PRIM peeled them. density : asked for, 0 to 1.
    """
    interest = cases.interest
    simple = {box.key: box for box in (pruned(one, cases.table, interest) for one in boxes)}
    offered = tuple((box, measure(box, cases)) for box in simple.values() if box.limits)
    if not offered:
        return None
    every = range(len(offered))
    dense = [place for place in every if offered[place][1].density >= density]
    best = max(dense or every, key=lambda at: _both(offered[at][1]))
    box, found = offered[best]
    return Chosen(box=box, place=best, measure=found, dense=bool(dense), offered=offered)


def _both(found: Measure) -> float:
    total = found.density + found.coverage
    return 2.0 * found.density * found.coverage / total if total > 0.0 else 0.0
