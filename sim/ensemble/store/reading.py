"""What a store holds of some points, gathered from its finished blocks; what was not run is blank."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.io import netcdf_file

from sim.axes import STATE, YEAR, Array
from sim.ensemble.blocks import Block
from sim.ensemble.store.folder import Store
from sim.ensemble.store.table import point_spans
from sim.ensemble.summary import POINT, POSTURE, REPLICATE
from sim.errors import UserError
from sim.outcomes.posture import MISSING

KEPT = 4  # stretches of points held at a time
MOST_NUMBERS = 250_000_000  # of one outcome in a stretch: a gigabyte
Cells = dict[str, Array]
NOT_VALUES = (POINT, REPLICATE, STATE, YEAR)


class Reader:
    """Reads points of a store, finished or not, a stretch at a time."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.stretches = list(point_spans(store))
        self._first = [span[0] for span, _ in self.stretches]
        self._held: dict[int, Cells] = {}

    def points(self, wanted: Sequence[int] | NDArray[Any]) -> Cells:
        """Return by name arrays (point, replicate) or (point, replicate, state), years before states.

        Parameters
        ----------
        wanted : points of which some run has been made (see `done`).
        """
        parts = [self._point(int(point)) for point in wanted]
        return {name: np.stack([part[name] for part in parts]) for name in parts[0]}

    def _point(self, point: int) -> Cells:
        position = bisect_right(self._first, point) - 1
        row = point - self._first[position]
        return {name: values[row] for name, values in self._stretch(position).items()}

    def _stretch(self, place: int) -> Cells:
        if place in self._held:
            self._held[place] = self._held.pop(place)  # the last used is dropped last
            return self._held[place]
        if len(self._held) >= KEPT:
            self._held.pop(next(iter(self._held)))
        span, parts = self.stretches[place]
        self._held[place] = _gather_cells(self.store, span, parts)
        return self._held[place]

    def done(self, point: int) -> bool:
        """Whether any run of a point has been made."""
        position = bisect_right(self._first, point) - 1
        return any(block in self.store.done for block in self.stretches[position][1])


def _gather_cells(store: Store, span: tuple[int, int], parts: Sequence[Block]) -> Cells:
    result: Cells = {}
    replicates = store.extent[1]
    for block in parts:
        if block not in store.done:
            continue
        with netcdf_file(store.done[block], mmap=False) as file:
            for name, variable in file.variables.items():
                if name in NOT_VALUES:
                    continue
                values = variable[:]
                if name not in result:
                    shape = (span[1] - span[0], replicates, *values.shape[2:])
                    _refuse_large(store, shape)
                    blank = MISSING if name == POSTURE else np.nan
                    result[name] = np.full(shape, blank, dtype=values.dtype.newbyteorder("="))
                rows = slice(span[0] - block.first_point, span[1] - block.first_point)
                result[name][:, block.first : block.last] = values[rows]
    return result


def _refuse_large(store: Store, shape: tuple[int, ...]) -> None:
    if math.prod(shape) > MOST_NUMBERS:
        raise UserError(
            given=f"{store.folder} has {store.extent[1]:,} replicates, {math.prod(shape):,} numbers of each outcome "
            "side by side",
            allowed=f"at most {MOST_NUMBERS:,} can be compared at once",
            where="on the command line: store=results/another",
        )
