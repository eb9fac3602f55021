"""The outcomes on the page: each summed up at every point and place, and compared between all pairs of points.

The same functions as the tables of a sweep and of experiments/difference.py, so the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from sim.axes import Array
from sim.outcomes.definitions import OUTCOMES, columns
from sim.outcomes.summary import REGION
from sim.report.data import ReportData
from sim.statistics import paired_summary, summary
from sim.studies.difference.measures import of_region, of_states

STATISTICS = ("mean", "low95", "high95", "mc_error")


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One outcome on the page.

    group : of the register. places : codes of states, then the region's; or the region's alone.
    runs : (point, place, replicate). estimates : by `STATISTICS`, arrays (point, place).
    """

    name: str
    title: str
    unit: str
    group: str
    places: tuple[str, ...]
    runs: Array
    estimates: Mapping[str, Array]


def measures(data: ReportData) -> list[Measure]:
    """Sum up the shown points, outcome by outcome."""
    local = of_states(data.cells)
    region = of_region(data.cells, local)
    codes = tuple(map(str, data.first["state"].values))
    result = []
    for name, (title, unit, group) in _shown(data).items():
        whole = region[name][..., np.newaxis]
        runs = np.concatenate([local[name], whole], axis=-1) if name in local else whole
        runs = np.moveaxis(runs.astype(float), -1, -2)
        statistics = summary(runs)
        result.append(
            Measure(
                name=name,
                title=title,
                unit=unit,
                group=group,
                places=(*codes, REGION) if name in local else (REGION,),
                runs=runs,
                estimates={each: statistics[each] for each in STATISTICS},
            )
        )
    return result


def _shown(data: ReportData) -> dict[str, tuple[str, str, str]]:
    """What the page shows of what the store keeps: name -> title, unit, group; of dates and codes, shares."""
    result = {}
    for name, column in columns().items():
        if name not in data.cells:
            continue
        group = OUTCOMES[column.source].group
        if column.is_number:
            attrs = data.first[name].attrs
            result[name] = (str(attrs["long_name"]), str(attrs["units"]), group)
        result |= {share: (meaning, "1", group) for share, meaning in column.shares.items()}
    return result


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """All pairs of points of one measure, later minus earlier, the first point's pairs first.

    difference, half : (pair, place); the 95 % interval is difference plus and minus half. runs : (pair,).
    """

    difference: Array
    half: Array
    runs: Array


def pairs(measure: Measure) -> Pairs:
    """Compare every two points run by run."""
    parts = list(_later_minus_earlier(measure.runs))
    count = measure.runs.shape[1]
    blank = [np.empty((0, count)), np.empty((0, count)), np.empty(0)]
    sides = list(zip(*parts, strict=True)) or [(each,) for each in blank]
    difference, half, runs = (np.concatenate(side) for side in sides)
    return Pairs(difference=difference, half=half, runs=runs.astype(int))


def _later_minus_earlier(runs: Array) -> Iterator[tuple[Array, Array, Array]]:
    for row in range(len(runs) - 1):
        paired = paired_summary(runs[row + 1 :], runs[row])
        half = paired["high95"] - paired["difference"]
        yield paired["difference"], half, paired["pairs"].max(axis=-1)
