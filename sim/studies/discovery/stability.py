"""Would other points and other luck have given the same box? Half of the points at a time, replicates drawn anew.

Each resample takes half of the points without putting back, draws the replicates anew, peels and chooses by the same rule, and is
measured on the other half, which it never saw. Source: resampling test, Bryant and Lempert (2010, unverified). Ours: replicates
drawn anew, and the measure on the other half. Half of the points is fewer than there are: intervals are rather too wide.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.studies.discovery.boxes import Box, Mask, Measure, measure
from sim.studies.discovery.cases import Cases
from sim.studies.discovery.choose import choose
from sim.studies.discovery.workbench import peeled

ENOUGH = 0.95  # share of resamples that must beat the share of cases on points not seen


@dataclass(frozen=True, kw_only=True)
class Stability:
    """What the resamples gave.

    sides : a row each limited side, with its share of resamples and the middle 95 % of its values.
    unseen : measures on the halves not seen. lift : density there over the share of cases there.
    """

    resamples: int
    sides: pd.DataFrame
    unseen: tuple[Measure, ...]
    lift: tuple[float, ...]

    @property
    def beats(self) -> float:
        """Share of resamples whose box is denser than all points, on points it never saw."""
        return float(np.mean([one > 1.0 for one in self.lift])) if self.lift else 0.0

    @property
    def holds(self) -> bool:
        """Whether there is a box at all, rather than noise."""
        return self.beats >= ENOUGH


def resampled(
    cases: Cases,
    *,
    density: float,
    resamples: int,
    seed: int,
    told: Callable[[int, int], None] = lambda done, total: None,
) -> Stability:
    """Find boxes in resamples and measure them on what they did not see.

    Parameters
    ----------
    density : asked for. told : hears of progress.
    """
    chance = np.random.default_rng(seed)
    boxes: list[Box] = []
    unseen: list[Measure] = []
    lift: list[float] = []
    for number in range(resamples):
        half = np.zeros(len(cases.table), dtype=bool)
        half[chance.permutation(len(half))[: len(half) // 2]] = True
        luck = chance.integers(0, cases.runs.shape[1], (cases.runs.shape[1],))
        box = _found(cases.replicates(luck), half, density)
        found = measure(box, cases, ~half)
        boxes.append(box)
        unseen.append(found)
        base = float(cases.interest[~half].mean())
        dense = found.density if box.limits and found.points else 0.0
        lift.append(dense / base if base > 0.0 else 0.0)
        told(number + 1, resamples)
    return Stability(
        resamples=resamples, sides=_sides(boxes), unseen=tuple(unseen), lift=tuple(lift)
    )


def _found(cases: Cases, half: Mask, density: float) -> Box:
    part = Cases(
        table=cases.table[half].reset_index(drop=True),
        runs=cases.runs[half],
        share=cases.share,
        told=cases.told,
    )
    if not 0 < part.interest.sum() < len(part.table):
        return Box(limits={})
    chosen = choose(peeled(part.table, part.interest), part, density=density)
    return chosen.box if chosen else Box(limits={})


def _sides(boxes: list[Box]) -> pd.DataFrame:
    each = [box.sides for box in boxes]
    names = dict.fromkeys(name for sides in each for name in sides)
    rows = []
    for name in names:
        known = [sides[name] for sides in each if name in sides]
        low, middle, high = np.quantile(known, [0.025, 0.5, 0.975])
        rows.append((name, len(known) / len(boxes), low, middle, high))
    found = pd.DataFrame(rows, columns=["side", "share", "low", "median", "high"])
    return found.sort_values("share", ascending=False, kind="stable", ignore_index=True)
