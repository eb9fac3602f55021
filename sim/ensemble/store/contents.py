"""What stands in a store's folder, and nothing else of ours: plain files and two plain folders, never links.

A store may have been sent by somebody else. A link in it could lead any command to read or write elsewhere, and a folder or a
pipe in a file's place could stop it; so both are refused before anything of a store is opened.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from sim.errors import UserError

MANIFEST, DESIGN, BLOCKS, FIGURES = "manifest.json", "design.csv", "blocks", "figures"
WHOLE, TABLE, STATES, PARQUET_TABLE = "outcomes.nc", "table.csv", "states.csv", "table.parquet"
CONFIG, BIBLIOGRAPHY = "config.yaml", "references.bib"
DIFFERENCES = ("differences.csv", "differences.parquet")
MADE = (TABLE, STATES, PARQUET_TABLE, WHOLE, CONFIG, BIBLIOGRAPHY, *DIFFERENCES)
FILES = (MANIFEST, DESIGN, *MADE)
FOLDERS = (BLOCKS, FIGURES)
BLOCK = re.compile(r"(p\d{7,}-\d{7,}_r\d{7,}-\d{7,})\.([0-9a-f]{16})\.nc")
TEMPORARY = re.compile(r"(.+?)(?:\.parts)?\.\d+\.tmp")


def refuse_links(folder: Path) -> None:
    """Refuse a store in which a link, a folder or anything else stands where it must have a file of its own.

    Raises
    ------
    UserError : naming it.
    """
    for entry in _folder_entries(folder):
        if entry.name in FILES and not _is_file(entry):
            raise _misplaced_error(entry, "a plain file")
        if entry.name in FOLDERS:
            if entry.is_symlink() or not entry.is_dir(follow_symlinks=False):
                raise _misplaced_error(entry, "a plain folder")
            for inner in _folder_entries(Path(entry.path)):
                if inner.is_symlink() or (BLOCK.fullmatch(inner.name) and not _is_file(inner)):
                    raise _misplaced_error(inner, "a plain file")


def is_temporary(name: str) -> bool:
    """Whether a file is named as an unfinished one of ours."""
    match = TEMPORARY.fullmatch(name)
    return match is not None and (match[1] in FILES or BLOCK.fullmatch(match[1]) is not None)


def temporary_files(folder: Path) -> Iterable[Path]:
    """What writes that were cut off left behind, in a store and in its blocks."""
    for each in (folder, folder / BLOCKS):
        for entry in _folder_entries(each):
            if is_temporary(entry.name) and _is_file(entry):
                yield Path(entry.path)


def _folder_entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listed:
            return sorted(listed, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return []


def _is_file(entry: os.DirEntry[str]) -> bool:
    return entry.is_file(follow_symlinks=False)


def _misplaced_error(entry: os.DirEntry[str], wanted: str) -> UserError:
    what = "a link" if entry.is_symlink() else "a folder" if entry.is_dir() else "no such"
    return UserError(
        given=f"{entry.path} is {what}, where a store has {wanted}",
        allowed="a store holds files and folders of its own, and links in it are never followed; "
        "what is taken away is made anew by the sweep's command",
        where=f"in {Path(entry.path).parent}",
    )
