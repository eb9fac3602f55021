"""Opening a store: a new one, one to go on with, one to read; and finding which blocks are done.

`open_store` is the one way to read a store: it follows no links, and checks manifest, design and blocks against their checksums
before anything of them is used. `open_for` is the one way to write one: nothing is made or changed before its lock is held.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sim.ensemble.blocks import Block, count_blocks, lattice
from sim.ensemble.plan import Plan
from sim.ensemble.store.compatibility import check_same, check_version
from sim.ensemble.store.contents import (
    BLOCK,
    BLOCKS,
    DESIGN,
    DIFFERENCES,
    MADE,
    MANIFEST,
    is_temporary,
    refuse_links,
    temporary_files,
)
from sim.ensemble.store.files import (
    WHERE,
    atomic_write,
    broken,
    checksum_of,
    exclusive_lock,
    readable_error,
    remove_temporary_files,
    storage_error,
)
from sim.ensemble.store.folder import Store
from sim.ensemble.store.manifest import describe_plan, is_as_written, read_manifest, write_manifest
from sim.ensemble.store.points import design_text, is_intact, prefix_checksum, read_design
from sim.ensemble.store.proof import holds_block
from sim.ensemble.store.schema import MOST_BLOCKS
from sim.errors import UserError
from sim.outcomes.definitions import kept


@contextmanager
def open_for(folder: Path, plan: Plan) -> Iterator[Store]:
    """Yield a store to run a plan in, locked: a new one, or an old one that may go on or grow.

    Raises
    ------
    UserError : a folder that cannot be written or is not a store, a store of something else, or one that is being written.
    """
    folder = Path(os.path.abspath(folder))
    _manifest_for(folder, plan)
    with ExitStack() as held:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            locked = held.enter_context(exclusive_lock(folder))
        except OSError as error:
            raise storage_error(folder, error) from error
        yield _prepare_store(folder, plan, locked=locked)


def _prepare_store(folder: Path, plan: Plan, *, locked: bool) -> Store:
    old, manifest = _manifest_for(folder, plan)  # as it is now that nobody else writes
    design = design_text(plan)
    with readable_error(folder):
        store = look(Store(folder=folder, manifest=manifest, design=design))
    try:
        if locked:
            remove_temporary_files(temporary_files(folder))
        if manifest != old or not is_as_written(folder, manifest):
            write_manifest(folder, manifest)  # first: it says that what follows is ours
        if not is_intact(folder, manifest):
            atomic_write(folder / DESIGN, lambda file: file.write(design.encode()))
        (folder / BLOCKS).mkdir(exist_ok=True)
        store.remove_damaged()
    except OSError as error:
        raise storage_error(folder, error) from error
    return store


def open_store(folder: Path | str, *, same_model: bool = False) -> Store:
    """Open a store to read it, finished or not, every block of it proven.

    Parameters
    ----------
    folder : of the store. same_model : refuse a store of another version or state of the model.

    Raises
    ------
    UserError : there is none, or it is not as it was written.
    """
    folder = Path(folder)
    with readable_error(folder):
        manifest = read_manifest(folder)
        if same_model:
            check_version(manifest, folder)
        store = look(Store(folder=folder, manifest=manifest, design=read_design(folder, manifest)))
    if store.damaged:
        raise broken(
            folder, f"block {store.damaged[0].name} is damaged, or is not what its name says"
        )
    there = {path.name for path in store.done.values()}
    gone = [name for name in manifest.get("blocks", ()) if name not in there]
    if gone:
        raise broken(folder, f"block {gone[0]} is gone")
    return store


def check_place(folder: Path, plan: Plan) -> None:
    """Say now what `open_for` would refuse, without making anything."""
    _manifest_for(Path(os.path.abspath(folder)), plan)


def to_do(folder: Path, plan: Plan) -> list[Block]:
    """The blocks that `open_for` would find missing, without making anything."""
    folder = Path(os.path.abspath(folder))
    _, manifest = _manifest_for(folder, plan)
    with readable_error(folder):
        return look(Store(folder=folder, manifest=manifest, design=design_text(plan))).missing


def _manifest_for(folder: Path, plan: Plan) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """Return the manifest that stands in a folder, if any, and the one that a plan's store is to have."""
    with readable_error(folder):
        old = _found_manifest(folder)
    manifest = _continued_manifest(old, plan, folder) if old else _new_manifest(plan)
    blocks = count_blocks(manifest["extents"], manifest["lattice"])
    if blocks > MOST_BLOCKS:
        raise UserError(
            given=f"the sweep has {blocks:,} blocks of {plan.options.block:,} runs",
            allowed=f"a store holds at most {MOST_BLOCKS:,} blocks",
            where="on the command line: sweep.block=100000",
        )
    if old:
        _refuse_strangers(folder, old, plan)
    return old, manifest


def _found_manifest(folder: Path) -> dict[str, Any] | None:
    if os.path.lexists(folder) and not folder.is_dir():
        what = "a link to no folder" if folder.is_symlink() else "a file"
        raise UserError(given=f"{folder} is {what}", allowed="out must be a folder", where=WHERE)
    refuse_links(folder)
    if (folder / MANIFEST).is_file():
        return read_manifest(folder)
    if any(BLOCK.fullmatch(path.name) for path in _listed_paths(folder / BLOCKS)):
        raise UserError(
            given=f"{folder} holds blocks of a sweep and no {MANIFEST}, which says what they are of",
            allowed="out must be a new or empty folder, or the store of this sweep",
            where=WHERE,
            hint=f"Or put {MANIFEST} back from a copy.",
        )
    strangers = [path.name for path in _listed_paths(folder) if not is_temporary(path.name)]
    if strangers:
        raise UserError(
            given=f"{folder} holds {', '.join(sorted(strangers)[:3])}, which no sweep put there",
            allowed="out must be a new or empty folder, or the store of this sweep",
            where=WHERE,
        )
    return None


def _listed_paths(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _refuse_strangers(folder: Path, manifest: dict[str, Any], plan: Plan) -> None:
    """Refuse to write over files that this store did not make."""
    made = manifest.get("made", {})
    written = set(MADE) if plan.options.baseline is not None else set(MADE) - set(DIFFERENCES)
    strangers = sorted(
        name for name in written if name not in made and os.path.lexists(folder / name)
    )
    if strangers:
        raise UserError(
            given=f"{folder} holds {', '.join(strangers)}, which no sweep put there",
            allowed="a sweep writes files of these names; move yours away, or write elsewhere",
            where=WHERE,
        )


def _new_manifest(plan: Plan) -> dict[str, Any]:
    extent = [len(plan.points), plan.replicates]
    cells = lattice(plan.replicates, plan.options.block)
    return (
        describe_plan(plan) | _point_checksums(plan) | {"lattice": list(cells), "extents": [extent]}
    )


def _continued_manifest(old: dict[str, Any], plan: Plan, folder: Path) -> dict[str, Any]:
    check_same(old, plan, folder)
    extent = [len(plan.points), plan.replicates]
    if extent == old["extents"][-1]:
        return old
    grown = {"extents": [*old["extents"], extent], "bases": describe_plan(plan)["bases"]}
    return old | grown | _point_checksums(plan)


def _point_checksums(plan: Plan) -> dict[str, str]:
    return {"points": prefix_checksum(design_text(plan), len(plan.points))}


def look(store: Store) -> Store:
    """Find which blocks are done: there, intact, and of the points and replicates that their name says.

    Raises
    ------
    UserError : a block of another store stands among them.
    """
    known = {block.name: block for block in store.blocks}
    noted = {name.partition(".")[0]: name for name in store.manifest.get("blocks", ())}
    for path in sorted(_listed_paths(store.folder / BLOCKS)):
        match = BLOCK.fullmatch(path.name)
        if match is None:
            continue
        block = known.get(match[1])
        if block is None:
            raise UserError(
                given=f"{path} holds points or replicates that the store {store.folder} does not have",
                allowed="a store holds blocks of its own sweep alone; move this one away",
                where=f"in {path.parent}",
            )
        intact = noted.get(match[1], path.name) == path.name and checksum_of(path) == match[2]
        if block not in store.done and intact and _is_proven(store, block, path):
            store.done[block] = path
        else:
            store.damaged.append(path)
    return store


def _is_proven(store: Store, block: Block, path: Path) -> bool:
    return holds_block(
        path,
        block,
        origin=store.origins.of(block),
        states=store.manifest["states"],
        columns=kept(store.manifest["options"]["keep"]),
        kind=store.kind,
    )
