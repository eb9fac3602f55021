"""A store: a folder that holds a sweep, block by block, and never loses a finished one.

    manifest.json   settings, design, version, checksums       design.csv   a row a point
    blocks/         one file a block, named by its ranges and its checksum: there and intact = done
    outcomes.nc     the whole, opened in one line    table.csv    a row a point (see `sim.ensemble.store.table`)

`xarray.open_dataset(folder / "outcomes.nc", engine="scipy")`, or for a store that is large or unfinished
`xarray.open_mfdataset(str(folder / "blocks/*.nc"), engine="scipy")` (needs dask).
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from sim.axes import STATE, YEAR
from sim.ensemble.blocks import Block, partition
from sim.ensemble.options import PRECISIONS
from sim.ensemble.store.contents import BLOCKS, DIFFERENCES
from sim.ensemble.store.files import atomic_write, broken, checksum, checksum_of, storage_error
from sim.ensemble.store.manifest import write_manifest
from sim.ensemble.store.netcdf import (
    Layout,
    character_array,
    lay_out,
    put_values,
    store_coordinates,
    variables_of,
)
from sim.ensemble.store.origins import Origins
from sim.ensemble.store.proof import ORIGIN
from sim.ensemble.summary import POINT, REPLICATE

SUFFIX = ".nc"


@dataclass(kw_only=True)
class Store:
    """A store on disk.

    design : its design as text. done, damaged : what was found when it was opened; a damaged file is not what its name says.
    """

    folder: Path
    manifest: dict[str, Any]
    design: str
    done: dict[Block, Path] = field(default_factory=dict)
    damaged: list[Path] = field(default_factory=list)

    @property
    def blocks(self) -> list[Block]:
        """Every block of the sweep, done or not."""
        points, replicates = self.manifest["lattice"]
        extents = [(points, runs) for points, runs in self.manifest["extents"]]
        return partition(extents, (points, replicates))

    @property
    def missing(self) -> list[Block]:
        """The blocks still to be run, in order."""
        return [block for block in self.blocks if block not in self.done]

    @property
    def extent(self) -> tuple[int, int]:
        """Points and replicates of the whole."""
        points, replicates = self.manifest["extents"][-1]
        return points, replicates

    @cached_property
    def origins(self) -> Origins:
        """What each block is of."""
        return Origins(self.manifest, self.design)

    def add(self, block: Block, outcomes: xr.Dataset) -> None:
        """Write a finished block, and take away damaged files of its name.

        Raises
        ------
        UserError : the disk is full or read-only; what is finished is kept.
        """
        content = packed(outcomes, block, self.kind, self.origins.of(block))
        path = self.folder / BLOCKS / f"{block.name}.{checksum(content)}{SUFFIX}"
        try:
            atomic_write(path, lambda file: file.write(content))
            self.done[block] = path
            self.remove_damaged()
        except OSError as error:
            raise storage_error(self.folder, error) from error

    def remove_damaged(self) -> None:
        """Take damaged files away for which a good one stands."""
        good = {block.name: path for block, path in self.done.items()}
        for path in [item for item in self.damaged if item.name.partition(".")[0] in good]:
            if path != good[path.name.partition(".")[0]]:
                path.unlink(missing_ok=True)
            self.damaged.remove(path)

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

    @property
    def made(self) -> dict[str, str]:
        """Checksums of the files made from the blocks; blank for one that is being made."""
        made: dict[str, str] = self.manifest.get("made", {})
        return made

    def claim(self, names: Iterable[str], **further: Any) -> None:
        """Note that files of these names are about to be made: from here on they are ours.

        Parameters
        ----------
        further : entries of the manifest that say how they are made.

        Raises
        ------
        OSError : the disk is full or read-only.
        """
        self.manifest |= {"made": self.made | dict.fromkeys(names, "")} | further
        write_manifest(self.folder, self.manifest)

    def finish(self, names: Iterable[str]) -> None:
        """Note that everything made from the blocks is made: the files named, and no other (but differences).

        Raises
        ------
        OSError : the disk is full or read-only.
        """
        made = {name: checksum_of(self.folder / name) for name in names}
        differences = {name: entry for name, entry in self.made.items() if name in DIFFERENCES}
        for name in set(self.made) - {*made, *differences}:
            (self.folder / name).unlink(missing_ok=True)
        self.manifest["finished"] = list(self.extent)
        self.manifest["blocks"] = sorted(path.name for path in self.done.values())
        self.manifest["made"] = made | differences
        write_manifest(self.folder, self.manifest)

    def drop_differences(self) -> None:
        """Take differences away, of fewer runs than there are now; leave them where somebody changed them."""
        for name in DIFFERENCES:
            if self._is_as_noted(name):
                (self.folder / name).unlink()
            self.made.pop(name, None)

    def note(self, names: Iterable[str]) -> None:
        """Note which of the files that were claimed are made.

        Raises
        ------
        OSError : the disk is full or read-only.
        """
        whole = {name: entry for name, entry in self.made.items() if entry}
        self.manifest["made"] = whole | {name: checksum_of(self.folder / name) for name in names}
        write_manifest(self.folder, self.manifest)

    @property
    def finished(self) -> bool:
        """Whether what is made from the blocks has been made for this extent."""
        return self.manifest.get("finished") == list(self.extent)

    def corrupted_files(self) -> list[str]:
        """Name the files made from the blocks that are gone or not as they were written."""
        return [name for name in self.made if not self._is_as_noted(name)]

    def path(self, name: str) -> Path:
        """Where a file made from the blocks stands, as it was written.

        Raises
        ------
        UserError : it is gone or was changed.
        """
        if not self._is_as_noted(name):
            raise broken(self.folder, f"{name} is not as the sweep wrote it")
        return self.folder / name

    def _is_as_noted(self, name: str) -> bool:
        result = self.made.get(name)
        return bool(result) and checksum_of(self.folder / name) == result


def packed(outcomes: xr.Dataset, block: Block, kind: str, origin: str) -> bytes:
    """Turn a block's outcomes into the bytes of its file, the same for the same outcomes."""
    file = io.BytesIO()
    layout = _block_layout(outcomes, dict(outcomes.sizes), kind, {ORIGIN: origin})
    file.write(layout.header)
    put_values(file, layout, POINT, np.arange(block.first_point, block.last_point))
    put_values(file, layout, REPLICATE, np.arange(block.first, block.last))
    put_labels(file, layout, outcomes)
    for name, values in outcomes.data_vars.items():
        put_values(file, layout, str(name), values.values)
    short = layout.size - file.seek(0, io.SEEK_END)
    file.write(b"\0" * short)
    return file.getvalue()


def _block_layout(
    outcomes: xr.Dataset, sizes: dict[Any, int], kind: str, attrs: dict[str, str]
) -> Layout:
    known = store_coordinates(outcomes)
    text = {
        item.dims[1]: int(item.dims[1].removeprefix("string"))
        for item in known
        if item.kind == "S1"
    }
    dims = {str(name): length for name, length in sizes.items()} | text
    return lay_out(dims, [*known, *variables_of(outcomes, kind)], attrs)


def put_labels(file: Any, layout: Layout, outcomes: xr.Dataset) -> None:
    """Write the names of the states, and the years if any."""
    put_values(file, layout, STATE, character_array([str(code) for code in outcomes[STATE].values]))
    if YEAR in outcomes.dims:
        put_values(file, layout, YEAR, outcomes[YEAR].values)
