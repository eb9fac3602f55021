"""Stand-ins for a few runs at a time, handed to the compiled year. Needs JAX, which is optional."""

from __future__ import annotations

from typing import Any

import jax
import numpy as np
from numpy.typing import NDArray

from sim.axes import Array
from sim.engines.traced import Traced


def select_runs(values: Array, at: NDArray[np.intp]) -> Array:
    """The runs asked for, (..., len(at)); those that follow one another are not copied."""
    low, high = int(at[0]), int(at[-1]) + 1
    return values[..., low:high] if high - low == len(at) else values[..., at]


class Pieces:
    """Groups of arrays that are turned round, a few runs at a time; what all runs share is handed to JAX once.

    Parameters
    ----------
    groups : of arrays (..., run), the last axis of length ``runs``, or one where all runs share it.
    """

    def __init__(self, groups: Any, runs: int) -> None:
        leaves, self._shape = jax.tree.flatten(groups)
        shared = {
            index: leaf for index, leaf in enumerate(leaves) if leaf.shape[-1] != runs or runs == 1
        }
        self._leaves = leaves
        for position, leaf in jax.device_put(shared).items():
            self._leaves[position] = leaf

    def __call__(self, at: NDArray[np.intp]) -> Any:
        """Stand-ins for the arrays of these runs."""
        return jax.tree.unflatten(
            self._shape,
            [
                Traced(select_runs(leaf, at) if isinstance(leaf, np.ndarray) else leaf)
                for leaf in self._leaves
            ],
        )
