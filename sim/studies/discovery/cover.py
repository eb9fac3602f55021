"""What of the cases that no box holds? Boxes one after another, each among the points that those before it left.

Each is chosen and tried on resamples by the same rules; a further box must also be as dense as asked, since what is left of few
cases is easily told from nothing. Source: covering, Friedman and Fisher (1999, unverified). Ours: when to stop.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd

from sim.studies.discovery.boxes import Mask
from sim.studies.discovery.cases import FEWEST_CASES, FEWEST_POINTS, Cases
from sim.studies.discovery.choose import Chosen, choose
from sim.studies.discovery.stability import Stability, resampled
from sim.studies.discovery.workbench import peeled


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was sought among some points: the box chosen, if any, and how it fared on resamples."""

    cases: Cases
    chosen: Chosen | None
    stable: Stability

    @property
    def told(self) -> bool:
        """Whether there is a box to tell."""
        return self.chosen is not None and self.stable.holds


def cover(
    cases: Cases,
    *,
    density: float,
    resamples: int,
    seed: int,
    most: int,
    told: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Found, ...]:
    """Find up to `most` boxes; the first is returned even if it is none to tell.

    Parameters
    ----------
    density : asked of the boxes. resamples : of each. told : hears of progress.

    Raises
    ------
    UserError : the EMA Workbench is not installed.
    """
    found: list[Found] = []
    left = cases
    while len(found) < most:
        chosen = choose(peeled(left.table, left.interest), left, density=density)
        if found and (chosen is None or not chosen.dense):
            break
        stable = resampled(left, density=density, resamples=resamples, seed=seed, told=told)
        one = Found(cases=left, chosen=chosen, stable=stable)
        if found and not one.told:
            break
        found.append(one)
        if chosen is None or not one.told:
            break
        left = part(left, ~chosen.box.holds(left.table))
        count = int(left.interest.sum())
        if len(left.table) < FEWEST_POINTS or not FEWEST_CASES <= count < len(left.table):
            break
    return tuple(found)


def part(cases: Cases, points: Mask) -> Cases:
    """Return some of the points, with the settings and choices that still vary among them."""
    table = cases.table[points].reset_index(drop=True)
    table = table[[name for name in table if table[name].nunique() > 1]]
    choices = table.select_dtypes("category").columns
    table = table.assign(**{name: table[name].cat.remove_unused_categories() for name in choices})
    return replace(cases, table=pd.DataFrame(table), runs=cases.runs[points])
