"""The whole of a store in one file, outcomes.nc, put together block by block."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import xarray as xr

from sim.axes import STATE, YEAR
from sim.ensemble.options import PRECISIONS
from sim.ensemble.plan import Plan
from sim.ensemble.store.contents import WHOLE
from sim.ensemble.store.files import atomic_write, broken
from sim.ensemble.store.folder import Store, put_labels
from sim.ensemble.store.netcdf import (
    Layout,
    Variable,
    begin_file,
    character_array,
    lay_out,
    put_values,
    store_coordinates,
    text_variable,
    variables_of,
)
from sim.ensemble.store.opening import open_store
from sim.ensemble.store.proof import UNREADABLE
from sim.ensemble.summary import POINT, REPLICATE
from sim.errors import UserError
from sim.provenance import provenance
from sim.world.scenario import idle_events

MOST_EXACT = 2**53  # of a whole number in a float
MOST_BYTES = 1_000_000_000  # of the whole; a larger store stays in blocks
TITLE = "Straits: outcomes of a sweep of conditional scenarios, not a forecast"


def whole_bytes(plan: Plan, block: xr.Dataset) -> int:
    """Count the bytes of all blocks together, by one of them."""
    size = PRECISIONS[plan.options.precision]
    each = sum(
        values.size * (1 if values.dtype.itemsize == 1 else size)
        for values in block.data_vars.values()
    )
    return each * plan.runs // (block.sizes[POINT] * block.sizes[REPLICATE])


def write_outcomes(store: Store, plan: Plan) -> bool:
    """Write outcomes.nc, unless it would be larger than `MOST_BYTES`; say whether it was.

    Raises
    ------
    OSError : the disk is full or read-only.
    """
    first = store.read(store.blocks[0])
    if whole_bytes(plan, first) > MOST_BYTES:
        return False
    layout = _file_layout(store, plan, first)

    def write(file: BinaryIO) -> None:
        begin_file(file, layout)
        put_values(file, layout, POINT, np.arange(len(plan.points)))
        put_values(file, layout, REPLICATE, np.arange(plan.replicates))
        put_labels(file, layout, first)
        for name in plan.points:
            put_values(
                file,
                layout,
                as_coordinate(name),
                _point_column(_storable_values(plan.points[name].tolist())),
            )
        for block in store.blocks:
            _put_block(file, layout, store.read(block), (block.first_point, block.first))

    atomic_write(store.folder / WHOLE, write)
    return True


def _put_block(file: BinaryIO, layout: Layout, data: xr.Dataset, at: tuple[int, int]) -> None:
    for name, values in data.data_vars.items():
        put_values(file, layout, str(name), values.values, at)


def _file_layout(store: Store, plan: Plan, first: xr.Dataset) -> Layout:
    known, varied = store_coordinates(first), _varied_columns(plan)
    text = {
        item.dims[1]: int(item.dims[1].removeprefix("string"))
        for item in [*known, *varied]
        if item.kind == "S1"
    }
    sizes = {str(name): length for name, length in first.sizes.items() if name in (STATE, YEAR)}
    dims = {POINT: len(plan.points), REPLICATE: plan.replicates, **sizes, **text}
    notes = "; ".join(dict.fromkeys(event for _, base in plan.bases for event in idle_events(base)))
    attrs = provenance(plan.bases[0][1], title=TITLE, data={"notes": notes} if notes else {}) | {
        "coordinates": " ".join(as_coordinate(name) for name in plan.points)
    }
    return lay_out(dims, [*known, *varied, *variables_of(first, store.kind)], attrs)


def as_coordinate(name: Any) -> str:
    """Name a column of the design as in a file, where no slash may stand."""
    return str(name).replace("/", ".")


def _varied_columns(plan: Plan) -> list[Variable]:
    result = []
    for name in plan.points:
        values = _storable_values(plan.points[name].tolist())
        attrs = {"long_name": f"{name}, as varied"}
        if isinstance(values[0], str):
            result.append(text_variable(as_coordinate(name), POINT, values, attrs))
        else:
            result.append(Variable(name=as_coordinate(name), dims=(POINT,), kind="f8", attrs=attrs))
    return result


def _storable_values(values: list[Any]) -> list[Any]:
    """Values as the file can hold them exactly: whole numbers beyond its own as text."""
    return [str(value) for value in values] if _too_large(values) else values


def _too_large(values: list[Any]) -> bool:
    return any(isinstance(value, int) and abs(value) > MOST_EXACT for value in values)


def _point_column(values: list[Any]) -> Any:
    return character_array(values) if isinstance(values[0], str) else np.array(values, dtype=float)


def open_outcomes(folder: Path | str) -> xr.Dataset:
    """Open all outcomes of a store, labelled: outcomes.nc, or the blocks there are, lazily.

    Raises
    ------
    UserError : no store, one that is not as it was written, or blocks alone where dask is not installed.
    """
    return opened_outcomes(open_store(folder))


def opened_outcomes(store: Store) -> xr.Dataset:
    """Open all outcomes of a store that is open (see `open_outcomes`).

    Raises
    ------
    UserError : a whole that is not as it was written, or blocks alone where dask is not installed.
    """
    if store.finished and WHOLE in store.made:
        whole = store.path(WHOLE)
        try:
            return xr.open_dataset(whole, engine="scipy")
        except UNREADABLE as error:  # as SciPy meets what is no such file
            raise broken(store.folder, f"{WHOLE} cannot be read") from error
    try:
        return xr.open_mfdataset([str(path) for path in store.done.values()], engine="scipy")
    except (ImportError, ValueError, OSError) as error:
        raise UserError(
            given=f"{store.folder} has no whole {WHOLE}",
            allowed="its blocks can be opened together where dask is installed",
            hint="Finish the sweep, or run: pip install dask.",
        ) from error
