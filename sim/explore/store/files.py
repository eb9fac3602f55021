"""Files that are whole or not there: written beside their place, flushed to the disk, then put there in one move."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from sim.errors import UserError

UNFINISHED = ".tmp"
WHERE = "on the command line: out=results/another"


def unwritable(folder: Path, error: OSError) -> UserError:
    """Say that a store cannot be written, and that what is finished is kept."""
    return UserError(
        given=f"the store {folder} cannot be written ({error.strerror or error})",
        allowed="its disk must have room and be writable; finished blocks are kept, and the same "
        "command goes on from them",
        where=WHERE,
    )


def write_whole(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file beside its place and put it there when it is whole and on the disk.

    Raises
    ------
    OSError : the disk is full or read-only; what stood there before still stands.
    """
    unfinished = path.with_name(f"{path.name}.{os.getpid()}{UNFINISHED}")
    try:
        with open(unfinished, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
        _sync_folder(path.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    """Put the folder's entries on the disk, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sweep_up(folder: Path) -> None:
    """Remove what interrupted writes left behind."""
    for path in folder.glob(f"*{UNFINISHED}"):
        path.unlink(missing_ok=True)


def checksum(content: bytes) -> str:
    """Sixteen letters that change when the content does."""
    return hashlib.blake2b(content, digest_size=8).hexdigest()


def checksum_of(path: Path) -> str:
    """Sixteen letters for a file, read piece by piece; blank if it is not there."""
    if not path.is_file():
        return ""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, partial(hashlib.blake2b, digest_size=8)).hexdigest()


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep a second sweep out of a folder, where the system can lock one.

    Raises
    ------
    UserError : another sweep is writing there.
    """
    try:
        import fcntl
    except ImportError:  # no such locks on this system
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise UserError(
            given=f"another sweep is writing to {folder}",
            allowed="one sweep at a time may write to a store",
            where=WHERE,
            hint="Or wait for the other.",
        ) from error
    except OSError:  # a file system without locks
        os.close(handle)
        yield
        return
    try:
        yield
    finally:
        os.close(handle)
