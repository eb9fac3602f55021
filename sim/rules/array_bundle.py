"""Groups of arrays that can be cut to one actor's part, and joined again from the parts of all.

Every array has two last axes, state and partner, either of which may have length one. Cutting keeps the axes, so that
the same rules serve one actor or all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, ClassVar, Self

import numpy as np


class ArrayBundle:
    """A frozen dataclass of arrays, of mappings to arrays, or of further such groups."""

    of_world: ClassVar[frozenset[str]] = (
        frozenset()
    )  # fields that belong to everybody: never joined

    def for_state(self, place: int) -> Self:
        """One state's part, with a state axis of length one."""
        return self._part(slice(place, place + 1), -2)

    def for_partner(self, place: int) -> Self:
        """One power's part, with a partner axis of length one."""
        return self._part(slice(place, place + 1), -1)

    @classmethod
    def join(cls, parts: Sequence[Self], *, axis: int) -> Self:
        """Put the parts of all states (axis -2) or powers (axis -1) together again, in the given order."""
        return cls(
            **{
                f.name: getattr(parts[0], f.name)
                if f.name in cls.of_world
                else _join_arrays([getattr(part, f.name) for part in parts], axis)
                for f in fields(cls)  # type: ignore[arg-type]
            }
        )

    def _part(self, place: slice, axis: int) -> Self:
        cut = {f.name: _select_index(getattr(self, f.name), place, axis) for f in fields(self)}  # type: ignore[arg-type]
        return type(self)(**cut)


def _select_index(value: Any, place: slice, axis: int) -> Any:
    if isinstance(value, Mapping):
        return {name: _select_index(item, place, axis) for name, item in value.items()}
    if isinstance(value, ArrayBundle):
        return value._part(place, axis)
    if value.shape[axis] == 1:
        return value
    return value[..., place, :] if axis == -2 else value[..., place]


def _join_arrays(values: Sequence[Any], axis: int) -> Any:
    first = values[0]
    if isinstance(first, Mapping):
        return {name: _join_arrays([value[name] for value in values], axis) for name in first}
    if isinstance(first, ArrayBundle):
        return type(first).join(values, axis=axis)
    return np.concatenate(values, axis=axis)
