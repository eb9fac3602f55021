"""What does a scenario change? Differences to the baseline, run by run with common random numbers, and how large they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.dashboard.measures import MEASURES
from sim.dashboard.readings import Reading, Single
from sim.dashboard.setup import BASELINE
from sim.dashboard.share import REGION
from sim.outcomes.wording import digits
from sim.plots.text import signed
from sim.statistics import mean_interval

SMALL = 0.02  # of the scale: a clear difference that is smaller goes unsaid


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A mean paired difference of one measure, half of its 95 % interval, and the scale it is seen against.

    scale : how far states differ from one another in the baseline (standard deviation), in the measure's unit.
    """

    measure: str
    mean: float
    half: float
    scale: float

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out zero."""
        return abs(self.mean) > self.half

    @property
    def size(self) -> float:
        """The difference against its scale; 0 where states do not differ."""
        return self.mean / self.scale if self.scale > 0 else 0.0

    @property
    def digits(self) -> int:
        """Decimals: those of the measure, one more for a small difference."""
        usual = MEASURES[self.measure].decimals
        return min(digits(self.mean, usual), usual + 1)

    @property
    def number(self) -> str:
        """The difference alone: ``+1.2``."""
        return signed(self.mean, self.digits)

    @property
    def told(self) -> str:
        """The difference with its interval: ``+1.2 ± 0.1``; nothing made of what is not clear."""
        if not self.half and not self.mean:
            return "none"
        return f"{self.number} ± {self.half:.{self.digits}f}" if self.clear else "not clear"


def paired(one: Reading, other: Reading, measure: str, place: str) -> Single:
    """Run-by-run differences in all years, (year, run): same number, same random draws."""
    return one.of(measure, place) - other.of(measure, place)


def gap(one: Reading, other: Reading, measure: str, place: str, year: int) -> Gap:
    """How one ensemble differs from the baseline in one simulated year."""
    at = one.years.index(year)
    apart = one.of(measure, place)[at].astype(float) - other.of(measure, place)[at]
    mean, half = mean_interval(apart)
    return Gap(
        measure=measure,
        mean=float(mean),
        half=float(half) if len(apart) > 1 else 0.0,
        scale=_difference_scale(other, measure, place, year),
    )


def _difference_scale(base: Reading, measure: str, place: str, year: int) -> float:
    states = base.at(measure, year)[:-1]
    times = len(states) if place == REGION and MEASURES[measure].over_states == "sum" else 1
    return float(np.std(states[np.isfinite(states)])) * times if np.isfinite(states).any() else 0.0


def of_side(readings: Mapping[str, Reading], side: str, place: str, year: int) -> list[Gap]:
    """Every measure's difference to the baseline, in the page's order; none in an observed year."""
    base = readings[BASELINE]
    if year < base.years[0]:
        return []
    return [gap(readings[side], base, name, place, year) for name in MEASURES]


def largest(gaps: list[Gap], most: int = 2) -> list[Gap]:
    """The clear differences that are largest against their scale, and alignment wherever it is clear."""
    seen = sorted((g for g in gaps if g.clear and abs(g.size) >= SMALL), key=lambda g: -abs(g.size))
    entry = seen[:most]
    return entry + [g for g in gaps if g.measure == "alignment" and g.clear and g not in entry]
