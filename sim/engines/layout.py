"""How arrays lie in memory: logically run, state, partner, with runs side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

import numpy as np

from sim.axes import Array
from sim.rules.array_bundle import ArrayBundle

Group = TypeVar("Group", bound=ArrayBundle)


class RunBroadcaster:
    """Lays groups out in memory as arrays with ``runs`` runs are, so that mixing the two keeps runs contiguous.

    NumPy lays results out after its operands' strides, so what all runs share gets a run axis of its own (it is small).
    What is the same as the year before is laid out once.

    Parameters
    ----------
    runs : length of the run axis. Called with a group of arrays (state, partner) or (run, state, partner).
    """

    def __init__(self, runs: int) -> None:
        self.runs = runs
        self._last: dict[tuple[str, ...], tuple[Array, Array]] = {}

    def __call__(self, group: Group) -> Group:
        """Lay one group out."""
        kind = type(group).__name__
        return type(group)(
            **{
                f.name: self._laid(getattr(group, f.name), (kind, f.name))
                for f in fields(group)  # type: ignore[arg-type]
            }
        )

    def _laid(self, value: Any, name: tuple[str, ...]) -> Any:
        if isinstance(value, Mapping):
            return {key: self._laid(item, (*name, key)) for key, item in value.items()}
        if value.ndim == 3:
            return value
        before = self._last.get(name)
        if before is None or not (value is before[0] or np.array_equal(value, before[0])):
            room = np.empty((*value.shape[::-1], self.runs))
            room[...] = value.T[..., np.newaxis]
            before = self._last[name] = value, room.transpose(2, 1, 0)
        return before[1]


def first_run(group: Any) -> Any:
    """Cut the first run out of a group of arrays (run, state, partner), or of groups; the run axis stays."""
    if isinstance(group, Mapping):
        return {name: first_run(item) for name, item in group.items()}
    if is_dataclass(group) and not isinstance(group, type):
        return replace(group, **{f.name: first_run(getattr(group, f.name)) for f in fields(group)})
    return group[:1]
