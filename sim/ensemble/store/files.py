"""Atomic file writes: written beside their place, flushed to the disk, then put there in one move."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from sim.errors import UserError

UNFINISHED = ".tmp"
WHERE = "on the command line: out=results/another"


def storage_error(folder: Path, error: OSError) -> UserError:
    """Say that a store cannot be written, and that what is finished is kept."""
    return UserError(
        given=f"the store {folder} cannot be written ({error.strerror or error})",
        allowed="its disk must have room and be writable; finished blocks are kept, and the same "
        "command goes on from them",
        where=WHERE,
    )


def broken(folder: Path, why: str) -> UserError:
    """Say that a store is not as it was written."""
    return UserError(
        given=f"the store {folder} is broken ({why})",
        allowed="it must be as the command sweep wrote it, which makes anew what is damaged",
        where="on the command line: store=results/sweep",
    )


@contextmanager
def readable_error(folder: Path) -> Iterator[None]:
    """Turn what the system says of a folder that cannot be read into one message.

    Raises
    ------
    UserError : a name too long or with a zero byte, a link to itself, no permission, a disk that fails.
    """
    try:
        yield
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise UserError(
            given=f"{ascii(str(folder))[1:-1]:.200} cannot be read ({why})",
            allowed="a store is a folder that may be read",
            where="on the command line: out=results/another, or store=results/sweep",
        ) from error


def unfinished_name(path: Path) -> Path:
    """Name the file that is written before it is put in its place: path.PROCESS.tmp."""
    return path.with_name(f"{path.name}.{os.getpid()}{UNFINISHED}")


def open_new(path: Path) -> BinaryIO:
    """Open a file for writing that is not there yet; what a process of the same number left is taken away first.

    Raises
    ------
    OSError : the disk is full or read-only.
    """
    path.unlink(missing_ok=True)  # a link is taken away, and never followed
    return open(path, "xb")


def atomic_write(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file beside its place and put it there when it is whole and on the disk.

    Raises
    ------
    OSError : the disk is full or read-only; what stood there before still stands.
    """
    unfinished = unfinished_name(path)
    try:
        with open_new(unfinished) as file:
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


def remove_temporary_files(left: Iterable[Path]) -> None:
    """Remove what interrupted writes left behind; only for who holds the lock of their folder."""
    for path in left:
        path.unlink(missing_ok=True)


def checksum(content: bytes) -> str:
    """Sixteen letters that change when the content does."""
    return hashlib.blake2b(content, digest_size=8).hexdigest()


def checksum_of(path: Path) -> str:
    """Sixteen letters for a file, read piece by piece; blank if it is not there, or is a link."""
    if path.is_symlink() or not path.is_file():
        return ""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, partial(hashlib.blake2b, digest_size=8)).hexdigest()


@contextmanager
def exclusive_lock(folder: Path) -> Iterator[bool]:
    """Keep a second sweep out of a folder, and say whether the system could lock it.

    Raises
    ------
    UserError : another sweep is writing there.
    """
    try:
        import fcntl
    except ImportError:  # no such locks on this system
        yield False
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
        yield False
        return
    try:
        yield True
    finally:
        os.close(handle)
