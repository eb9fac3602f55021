"""Verification of a block against its name: its points, replicates, states and precision, and runs of this store's settings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.io import netcdf_file

from sim.axes import STATE, YEAR
from sim.ensemble.blocks import Block
from sim.ensemble.summary import POINT, POSTURE, REPLICATE

ORIGIN = "origin"  # attribute of a block (see `sim.ensemble.store.origins`)
LAID = ((POINT, REPLICATE), (POINT, REPLICATE, STATE), (POINT, REPLICATE, YEAR, STATE))
UNREADABLE = (
    OSError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    MemoryError,
    OverflowError,
)


def holds_block(
    path: Path,
    block: Block,
    *,
    origin: str,
    states: Sequence[str],
    columns: Sequence[str],
    kind: str,
) -> bool:
    """Whether the file at `path` holds a block.

    Parameters
    ----------
    path : of the file.
    block : whose file it is by its name.
    origin : of that block.
    states : of the store.
    columns : what is kept of a run.
    kind : "f4" or "f8".
    """
    try:
        with netcdf_file(path, mmap=False) as file:
            return _holds_runs(file, block, origin, states, columns, kind)
    except UNREADABLE:
        return False


def _holds_runs(
    file: Any,
    block: Block,
    origin: str,
    states: Sequence[str],
    columns: Sequence[str],
    kind: str,
) -> bool:
    known = file.variables
    values = {name: known[name] for name in known if name not in (POINT, REPLICATE, STATE, YEAR)}
    return (
        bool(origin)
        and getattr(file, ORIGIN).decode() == origin
        and np.array_equal(known[POINT][:], np.arange(block.first_point, block.last_point))
        and np.array_equal(known[REPLICATE][:], np.arange(block.first, block.last))
        and [_block_name(letters) for letters in known[STATE][:]] == list(states)
        and set(columns) <= set(values)
        and all(value.dimensions in LAID for value in values.values())
        and all(
            value.itemsize() == (1 if name == POSTURE else int(kind.removeprefix("f")))
            for name, value in values.items()
        )
    )


def _block_name(letters: Any) -> str:
    return bytes(letters.tobytes()).rstrip(b"\0").decode()
