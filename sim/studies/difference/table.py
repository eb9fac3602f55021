"""The table of differences of a store: a row a point, state (or the region) and outcome.

differences.csv   point, baseline, what was varied, state, outcome, units, then both means, their difference, its 95 % interval
and Monte-Carlo error, what common random numbers were worth, number of pairs, and found: 1 where the interval leaves zero out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.axes import STATE, Array
from sim.ensemble.store.folder import Store
from sim.ensemble.store.reading import Reader
from sim.ensemble.store.rows import StreamingCsvWriter, write_parquet
from sim.ensemble.summary import POINT
from sim.outcomes.summary import REGION
from sim.studies.difference.baseline import NONE
from sim.studies.difference.compare import Statistics, differences

TABLE = "differences.csv"
MOST_ROWS = 3_000_000  # with more, the table holds the region alone
OUTCOMES = 31  # about as many rows stand for each point and place
AT_ONCE = 8  # points
Places = NDArray[Any]


@dataclass(kw_only=True)
class Written:
    """What was compared. points : measured; without : have no baseline; blank : not run yet."""

    points: int = 0
    without: int = 0
    blank: int = 0
    by_state: bool = True


def write_differences(store: Store, points: pd.DataFrame, bases: Places, folder: Path) -> Written:
    """Measure every point of a store against its baseline, and write differences.csv (and .parquet).

    Parameters
    ----------
    store : finished or not. points : its design. bases : (point,) from `baselines`.
    folder : where the tables go.

    Raises
    ------
    OSError : the disk is full or read-only.
    """
    reader, units, codes = Reader(store), units_of(store), store.manifest["states"]
    wanted = np.flatnonzero((bases != NONE) & (bases != np.arange(len(points))))
    here = [reader.done(int(point)) and reader.done(int(bases[point])) for point in wanted]
    run = wanted[np.array(here, dtype=bool)]
    content = Written(without=int((bases == NONE).sum()), blank=len(wanted))
    content.by_state = len(run) * OUTCOMES * (len(codes) + 1) <= MOST_ROWS
    places = [*(codes if content.by_state else ()), REGION]
    with ExitStack() as files:
        table = StreamingCsvWriter(files, folder / TABLE)
        for low in range(0, len(run), AT_ONCE):
            part = run[low : low + AT_ONCE]
            sides = (reader.points(side) for side in (part, bases[part]))
            result = differences(*sides, by_state=content.by_state)
            labels, numbers = rows_of(_row_labels(points, bases, part), places, result, units)
            table.write(labels, numbers)
            content.points += len(np.unique(labels[POINT]))
        table.put()
    content.blank -= content.points
    if content.points:
        write_parquet(folder / TABLE)
    return content


def _row_labels(points: pd.DataFrame, bases: Places, part: Places) -> dict[str, Array]:
    varied = {str(name): points[name].to_numpy()[part] for name in points}
    return {POINT: part, "baseline": bases[part]} | varied


def rows_of(
    labels: Mapping[str, Any],
    places: Sequence[str],
    found: Mapping[str, Statistics],
    units: Mapping[str, str],
) -> tuple[dict[str, Array], dict[str, Array]]:
    """Lay comparisons out as rows by point, place and outcome; what has no pair of runs is left out.

    Parameters
    ----------
    labels : columns (point,). places : states' codes, then the region's. found : from `differences`,
        over (point, place). units : of outcomes; a share has none.

    Returns
    -------
    Columns of labels, and columns of numbers.
    """
    names = np.array(list(found), dtype=object)
    statistics = next(iter(found.values()))
    shape = (*statistics["pairs"].shape, len(names))
    numbers = {
        key: np.stack([each[key] for each in found.values()], axis=-1).ravel() for key in statistics
    }
    some = numbers["pairs"] > 0
    numbers["found"] = ((numbers["low95"] > 0.0) | (numbers["high95"] < 0.0)).astype(int)
    given = {key: _spread_over_rows(values, shape, 0) for key, values in labels.items()}
    given[STATE] = _spread_over_rows(np.array(places, dtype=object), shape, 1)
    given["outcome"] = _spread_over_rows(names, shape, 2)
    unit = [units.get(name, "1") for name in names]
    given["units"] = _spread_over_rows(np.array(unit, dtype=object), shape, 2)
    return tuple({key: each[some] for key, each in side.items()} for side in (given, numbers))  # type: ignore[return-value]


def _spread_over_rows(values: Any, shape: tuple[int, ...], axis: int) -> Array:
    along = [1] * len(shape)
    along[axis] = -1
    return np.broadcast_to(np.asarray(values).reshape(along), shape).ravel()


def units_of(store: Store) -> dict[str, str]:
    """Return the unit of each outcome, from the first block there is."""
    block = next(iter(store.done), None)
    data = {} if block is None else store.read(block).data_vars
    return {str(name): str(values.attrs.get("units", "1")) for name, values in data.items()}
