"""Opening a store: a new one, one to go on with, one to read; and finding which blocks are done."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sim.errors import UserError
from sim.explore.store.files import WHERE, checksum, sweep_up, unwritable, write_whole
from sim.explore.store.folder import BLOCKS, SUFFIX, Store, write_manifest
from sim.explore.store.manifest import MANIFEST, describe, read_manifest
from sim.explore.store.points import DESIGN, design_text, letters_of, stands
from sim.explore.store.same import check_same
from sim.explore.sweep.lattice import Block, lattice
from sim.explore.sweep.plan import Plan


def open_for(folder: Path, plan: Plan) -> Store:
    """Open a store to run a plan in: a new one, or an old one that may go on or grow.

    Raises
    ------
    UserError : a folder that cannot be written or is not a store, or a store of something else.
    """
    folder = Path(os.path.abspath(folder))
    try:
        old = _found(folder)
        manifest = _continued(old, plan, folder) if old else _new(plan)
        (folder / BLOCKS).mkdir(parents=True, exist_ok=True)
        sweep_up(folder)
        sweep_up(folder / BLOCKS)
        if manifest != old or not stands(folder, manifest):
            write_whole(folder / DESIGN, lambda file: file.write(design_text(plan).encode()))
        if manifest != old:
            write_manifest(folder, manifest)
    except OSError as error:
        raise unwritable(folder, error) from error
    return look(Store(folder=folder, manifest=manifest))


def open_store(folder: Path | str) -> Store:
    """Open a store to read it.

    Raises
    ------
    UserError : there is none.
    """
    folder = Path(folder)
    return look(Store(folder=folder, manifest=read_manifest(folder)))


def check_place(folder: Path, plan: Plan) -> None:
    """Say now what `open_for` would refuse, without making anything."""
    _manifest_for(folder, plan)


def to_do(folder: Path, plan: Plan) -> list[Block]:
    """The blocks that `open_for` would find missing, without making anything."""
    return look(Store(folder=folder, manifest=_manifest_for(folder, plan))).missing


def _manifest_for(folder: Path, plan: Plan) -> dict[str, Any]:
    old = _found(Path(os.path.abspath(folder)))
    return _continued(old, plan, folder) if old else _new(plan)


def _found(folder: Path) -> dict[str, Any] | None:
    if folder.is_dir() and (folder / MANIFEST).is_file():
        return read_manifest(folder)
    if folder.exists() and not folder.is_dir():
        raise UserError(given=f"{folder} is a file", allowed="out must be a folder", where=WHERE)
    if any(_files(folder / BLOCKS)):
        raise UserError(
            given=f"{folder} holds blocks of a sweep and no {MANIFEST}, which says what they are of",
            allowed="out must be a new or empty folder, or the store of this sweep",
            where=WHERE,
            hint=f"Or put {MANIFEST} back from a copy.",
        )
    strangers = [path.name for path in _listed(folder) if path.name not in (BLOCKS, DESIGN)]
    strangers = [name for name in strangers if not name.endswith(".tmp")]
    if strangers:
        raise UserError(
            given=f"{folder} holds {', '.join(sorted(strangers)[:3])}, which no sweep put there",
            allowed="out must be a new or empty folder, or the store of this sweep",
            where=WHERE,
        )
    return None


def _listed(folder: Path) -> Iterable[Path]:
    return folder.iterdir() if folder.is_dir() else ()


def _new(plan: Plan) -> dict[str, Any]:
    extent = [len(plan.points), plan.replicates]
    cells = lattice(plan.replicates, plan.options.block)
    return describe(plan) | _points(plan) | {"lattice": list(cells), "extents": [extent]}


def _continued(old: dict[str, Any], plan: Plan, folder: Path) -> dict[str, Any]:
    check_same(old, plan, folder)
    extent = [len(plan.points), plan.replicates]
    if extent == old["extents"][-1]:
        return old
    grown = {"extents": [*old["extents"], extent], "bases": describe(plan)["bases"]}
    return old | grown | _points(plan)


def _points(plan: Plan) -> dict[str, str]:
    return {"points": letters_of(design_text(plan), len(plan.points))}


def look(store: Store) -> Store:
    """Find which blocks are done: there, and what their name says they are."""
    known = {block.name: block for block in store.blocks}
    for path, name, told in _files(store.folder / BLOCKS):
        if name not in known:
            continue
        if checksum(path.read_bytes()) == told:
            store.done[known[name]] = path
        else:
            store.damaged.append(path)
    return store


def _files(folder: Path) -> Iterator[tuple[Path, str, str]]:
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        name, _, told = path.name.removesuffix(SUFFIX).partition(".")
        yield path, name, told
