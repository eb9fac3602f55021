"""A store: a folder that holds a sweep, block by block, and never loses a finished one.

    manifest.json   settings, design, version       design.csv   a row a point
    blocks/         one file a block, named by its ranges and its checksum: there and intact = done
    outcomes.nc     the whole, opened in one line    table.csv    a row a point (see `sim.explore.store.table`)

`xarray.open_dataset(folder / "outcomes.nc", engine="scipy")`, or for a store that is large or unfinished
`xarray.open_mfdataset(str(folder / "blocks/*.nc"), engine="scipy")` (needs dask).
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from sim.axes import STATE, YEAR
from sim.explore.store.files import checksum, checksum_of, unwritable, write_whole
from sim.explore.store.manifest import MANIFEST
from sim.explore.store.netcdf import (
    Layout,
    characters,
    coordinates,
    lay_out,
    put,
    variables_of,
)
from sim.explore.sweep.lattice import Block, cut
from sim.explore.sweep.options import PRECISIONS
from sim.explore.sweep.reduce import POINT, REPLICATE

BLOCKS, SUFFIX = "blocks", ".nc"


@dataclass(kw_only=True)
class Store:
    """A store on disk; `done` and `damaged` are what was found when it was opened."""

    folder: Path
    manifest: dict[str, Any]
    done: dict[Block, Path] = field(default_factory=dict)
    damaged: list[Path] = field(default_factory=list)

    @property
    def blocks(self) -> list[Block]:
        """Every block of the sweep, done or not."""
        points, replicates = self.manifest["lattice"]
        extents = [(points, runs) for points, runs in self.manifest["extents"]]
        return cut(extents, (points, replicates))

    @property
    def missing(self) -> list[Block]:
        """The blocks still to be run, in order."""
        return [block for block in self.blocks if block not in self.done]

    @property
    def extent(self) -> tuple[int, int]:
        """Points and replicates of the whole."""
        points, replicates = self.manifest["extents"][-1]
        return points, replicates

    def add(self, block: Block, outcomes: xr.Dataset) -> None:
        """Write a finished block.

        Raises
        ------
        UserError : the disk is full or read-only; what is finished is kept.
        """
        content = packed(outcomes, block, self.kind)
        path = self.folder / BLOCKS / f"{block.name}.{checksum(content)}{SUFFIX}"
        try:
            write_whole(path, lambda file: file.write(content))
        except OSError as error:
            raise unwritable(self.folder, error) from error
        self.done[block] = path

    @property
    def kind(self) -> str:
        """How numbers are stored, "f4" or "f8"."""
        return f"f{PRECISIONS[self.manifest['options']['precision']]}"

    def read(self, block: Block) -> xr.Dataset:
        """Read one block back, labelled."""
        with xr.open_dataset(
            self.done[block], engine="scipy", backend_kwargs={"mmap": False}
        ) as data:
            return data.load()

    def finish(self, made: Iterable[str]) -> None:
        """Note that everything made from the blocks is made: the files named `made`."""
        self.manifest["finished"] = list(self.extent)
        self.manifest["blocks"] = sorted(path.name for path in self.done.values())
        self.manifest["made"] = {name: checksum_of(self.folder / name) for name in made}
        write_manifest(self.folder, self.manifest)

    @property
    def finished(self) -> bool:
        """Whether what is made from the blocks has been made for this extent."""
        return self.manifest.get("finished") == list(self.extent)

    def spoilt(self) -> list[str]:
        """Name the files made from the blocks that are gone or not as they were written."""
        made = self.manifest.get("made", {})
        return [name for name, told in made.items() if checksum_of(self.folder / name) != told]


def packed(outcomes: xr.Dataset, block: Block, kind: str) -> bytes:
    """Turn a block's outcomes into the bytes of its file, the same for the same outcomes."""
    file = io.BytesIO()
    layout = _layout(outcomes, dict(outcomes.sizes), kind)
    file.write(layout.header)
    put(file, layout, POINT, np.arange(block.first_point, block.last_point))
    put(file, layout, REPLICATE, np.arange(block.first, block.last))
    put_labels(file, layout, outcomes)
    for name, values in outcomes.data_vars.items():
        put(file, layout, str(name), values.values)
    short = layout.size - file.seek(0, io.SEEK_END)
    file.write(b"\0" * short)
    return file.getvalue()


def _layout(outcomes: xr.Dataset, sizes: dict[Any, int], kind: str) -> Layout:
    known = coordinates(outcomes)
    text = {
        one.dims[1]: int(one.dims[1].removeprefix("string")) for one in known if one.kind == "S1"
    }
    dims = {str(name): length for name, length in sizes.items()} | text
    return lay_out(dims, [*known, *variables_of(outcomes, kind)], {})


def put_labels(file: Any, layout: Layout, outcomes: xr.Dataset) -> None:
    """Write the names of the states, and the years if any."""
    put(file, layout, STATE, characters([str(code) for code in outcomes[STATE].values]))
    if YEAR in outcomes.dims:
        put(file, layout, YEAR, outcomes[YEAR].values)


def write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    """Write what a store says of itself, the same bytes for the same."""
    text = json.dumps(manifest, indent=1, sort_keys=True, allow_nan=False)
    write_whole(folder / MANIFEST, lambda file: file.write(f"{text}\n".encode()))
