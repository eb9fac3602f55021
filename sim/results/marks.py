"""The mark of a result folder: a list of what a run wrote there, by which all else is known to be somebody else's.

A name proves nothing: anybody may have a `summary.csv`. A file is ours if the mark lists it and its checksum is the one listed.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.provenance import version

MARK = ".straits.json"
PROGRAM = "straits"
CHANGED = " (changed since)"


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What a run says of a folder it wrote.

    Parameters
    ----------
    kind : command that wrote it.
    files : path within the folder, with slashes -> SHA-256 of its content.
    jobs : names of folders within it that are results with marks of their own.
    beside : names of what later runs go on with (a store), left in its place when the rest is replaced.
    host : machine of a run that has not ended; blank for a whole result.
    """

    kind: str
    files: Mapping[str, str] = field(default_factory=dict)
    jobs: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    host: str = ""


def read_mark(folder: Path) -> Mark | None:
    """Return the mark of a folder, None where it has none that can be read."""
    path = folder / MARK
    if path.is_symlink() or not path.is_file():
        return None
    try:
        return _checked_mark(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError):
        return None


def _checked_mark(given: Any) -> Mark | None:
    if not isinstance(given, dict) or given.get("program") != PROGRAM:
        return None
    kind, host, files = given.get("kind"), given.get("host", ""), given.get("files", {})
    jobs, beside = given.get("jobs", []), given.get("beside", [])
    if not isinstance(files, dict) or not isinstance(jobs, list) or not isinstance(beside, list):
        return None
    if not all(isinstance(text, str) for text in (kind, host, *files.values(), *jobs, *beside)):
        return None
    return Mark(kind=str(kind), files=files, jobs=tuple(jobs), beside=tuple(beside), host=host)


def write_mark(folder: Path, mark: Mark) -> None:
    """Put a mark into a folder in one move.

    Raises
    ------
    OSError : the folder cannot be written.
    """
    given = {"program": PROGRAM, "version": version()}
    entries = {name: value for name, value in vars(mark).items() if value or name == "files"}
    text = json.dumps(given | entries | {"files": dict(sorted(mark.files.items()))}, indent=1)
    unfinished = folder / f"{MARK}.{os.getpid()}"
    unfinished.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    os.replace(unfinished, folder / MARK)


def checksums(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file in a folder but its mark, by its path there."""
    result = [Path(at, name) for at, _, names in os.walk(folder) for name in names]
    paths = {path.relative_to(folder).as_posix(): path for path in result}
    return {name: checksum(path) for name, path in paths.items() if name != MARK}


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file's content; blank where it is a link, no file, or cannot be read."""
    if path.is_symlink() or not path.is_file():
        return ""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def foreign_files(
    folder: Path, *, beside: Collection[str] = (), jobs: Collection[str] = ()
) -> list[str]:
    """Name what in a folder no run put there, or what was changed since; links are never followed.

    Parameters
    ----------
    beside : names that the run about to write goes on with, such as a store. jobs : names of the folders it will write.
    """
    mark = read_mark(folder)
    if mark is None:
        spared = [name for name in beside if not (folder / name).is_symlink()]
        return [name for name in sorted(os.listdir(folder)) if name not in spared]
    return list(_foreign_files(folder, mark, beside, jobs))


def _foreign_files(
    folder: Path, mark: Mark, beside: Collection[str], jobs: Collection[str], above: str = ""
) -> Iterator[str]:
    for entry in sorted(os.scandir(folder / above), key=lambda one: one.name):
        name, link = above + entry.name, entry.is_symlink()
        if name == MARK or (name in beside and not link):
            continue
        if link or not entry.is_dir():
            if link or name not in mark.files:
                yield name
            elif checksum(folder / name) != mark.files[name]:
                yield name + CHANGED
        elif name in mark.jobs:
            yield from _foreign_job(folder / name, name in jobs)
        elif any(listed.startswith(f"{name}/") for listed in mark.files):
            yield from _foreign_files(folder, mark, beside, jobs, f"{name}/")
        else:
            yield name


def _foreign_job(folder: Path, again: bool) -> list[str]:
    """What is not ours in the folder of one of several jobs; `again` where it is about to be written again."""
    mark = read_mark(folder)
    if mark is None:  # a store, which its own readers look after, or no result of ours
        return [] if again else [folder.name]
    result = foreign_files(folder, beside=mark.beside if again else ())
    return [f"{folder.name}/{name}" for name in result]


def remove_listed(folder: Path) -> None:
    """Remove what a folder's mark lists and nobody changed, and the folder, unless it holds anything else."""
    mark = read_mark(folder)
    if mark is None:
        return
    for name in mark.jobs:
        if not (folder / name).is_symlink():
            remove_listed(folder / name)
    (folder / MARK).unlink()
    remove_files(folder, mark.files)
    with suppress(OSError):  # it holds something else
        folder.rmdir()


def remove_files(folder: Path, files: Mapping[str, str]) -> None:
    """Remove listed files that nobody changed, and the folders within that this leaves empty."""
    for at, _, names in os.walk(folder, topdown=False):
        within = Path(at).relative_to(folder).as_posix()
        for path in (Path(at, name) for name in names):
            listed = files.get(path.relative_to(folder).as_posix())
            if listed and checksum(path) == listed:
                path.unlink()
        if any(name.startswith(f"{within}/") for name in files):
            with suppress(OSError):
                os.rmdir(at)
