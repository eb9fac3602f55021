"""What is a box? Limits on some settings; how many cases it holds, and how it reads in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.config.labels import setting_label
from sim.studies.discovery.cases import Cases

Mask = NDArray[np.bool_]
Limits = Mapping[str, tuple[float, float] | frozenset[str]]


@dataclass(frozen=True, kw_only=True)
class Box:
    """Limits of the settings a box restricts: (low, high), infinite where open, or the choices it keeps.

    p : quasi-p of each limited side, "setting low", "setting high" or "setting"
        (see `sim.studies.discovery.prune`).
    """

    limits: Limits
    p: Mapping[str, float] = field(default_factory=dict)

    def holds(self, table: pd.DataFrame) -> Mask:
        """Which points lie inside, (point,)."""
        inside = np.ones(len(table), dtype=bool)
        for name, limit in self.limits.items():
            column = table[name]
            if isinstance(limit, frozenset):
                inside &= column.isin(limit).to_numpy()
            else:
                inside &= (column >= limit[0]).to_numpy() & (column <= limit[1]).to_numpy()
        return inside

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two boxes the same."""
        return tuple(sorted((name, str(limit)) for name, limit in self.limits.items()))

    @property
    def sides(self) -> dict[str, float]:
        """Each limited side with its value; of choices, how many are kept."""
        found: dict[str, float] = {}
        for name, limit in self.limits.items():
            if isinstance(limit, frozenset):
                found[name] = float(len(limit))
                continue
            for side, value in zip(("low", "high"), limit, strict=True):
                if np.isfinite(value):
                    found[f"{name} {side}"] = value
        return found


@dataclass(frozen=True, kw_only=True)
class Measure:
    """How well a box tells cases: density and coverage of points, and of single runs.

    density : share of points inside that are cases. coverage : share of cases that are inside.
    """

    points: int
    density: float
    coverage: float
    mass: float
    runs_density: float
    runs_coverage: float


def measure(box: Box, cases: Cases, among: Mask | None = None) -> Measure:
    """Measure a box on some points (all if `among` is None); NaN where it holds none."""
    chosen = np.ones(len(cases.table), dtype=bool) if among is None else among
    inside = box.holds(cases.table) & chosen
    interest, shares = cases.interest & chosen, np.where(chosen, cases.shares, 0.0)
    points = int(inside.sum())
    return Measure(
        points=points,
        density=_over(float((inside & interest).sum()), points),
        coverage=_over(float((inside & interest).sum()), float(interest.sum())),
        mass=_over(points, float(chosen.sum())),
        runs_density=_over(float(shares[inside].sum()), points),
        runs_coverage=_over(float(shares[inside].sum()), float(shares.sum())),
    )


def _over(part: float, whole: float) -> float:
    return part / whole if whole > 0.0 else float("nan")


def words(box: Box) -> str:
    """Say a box as a condition.

    >>> words(Box(limits={"policy.china.gray_zone": (0.7, float("inf")), "theory": frozenset({"commerce"})}))
    "China's gray-zone pressure is above 0.7 and theory is commerce"
    """
    return " and ".join(_clause(name, limit) for name, limit in box.limits.items())


def _clause(name: str, limit: tuple[float, float] | frozenset[str]) -> str:
    if isinstance(limit, frozenset):
        return f"{setting_label(name)} is {' or '.join(one.replace('_', ' ') for one in sorted(limit))}"
    low, high = limit
    if np.isfinite(low) and np.isfinite(high):
        return f"{setting_label(name)} is between {low:.2g} and {high:.2g}"
    return (
        f"{setting_label(name)} is above {low:.2g}"
        if np.isfinite(low)
        else f"{setting_label(name)} is below {high:.2g}"
    )
