"""A result folder: written beside its place, and put there only when it is whole.

What a run needs outside its result stands beside it under two names, and the next run to the same place clears both:
`RESULT.partial-PID` while it writes, `RESULT.old-PID` for the moment in which the earlier result is replaced.
"""

from __future__ import annotations

import errno
import os
import shutil
import socket
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from sim.errors import UserError
from sim.results.marks import Mark, checksums, foreign_files, read_mark, remove_listed, write_mark
from sim.results.places import WHERE, result_place, unwritable

PARTIAL, OLD = "partial", "old"
MOST_NAMED = 4


@contextmanager
def result_folder(out: Path, *, kind: str, beside: Collection[str] = ()) -> Iterator[Path]:
    """Yield a temporary folder and rename it to `out`, new or in place of an earlier result, on success.

    Parameters
    ----------
    out : where the result is to stand. An earlier result, as it was written, is replaced as a whole.
    kind : command that writes it. beside : what stays where it is in an earlier result, such as a store.

    Raises
    ------
    UserError : a place that cannot be written, is no place for results, or holds what no run put there.
    """
    target = claimed(out, beside=beside)
    with unfinished_folder(target, kind) as partial:
        yield partial
        mark = Mark(kind=kind, files=checksums(partial), beside=tuple(beside))
        try:
            write_mark(partial, replace(mark, host=socket.gethostname()))
            refuse_foreign(target, beside=beside)
            _put_in_place(partial, target, kind)
            write_mark(target, mark)
        except OSError as error:
            raise unwritable(target, error) from error


def claimed(out: Path, *, beside: Collection[str] = (), jobs: Collection[str] = ()) -> Path:
    """Return where `out` leads, cleared of what dead runs left; refuse what is not ours to replace.

    Raises
    ------
    UserError : as `result_folder`.
    """
    target = result_place(out)
    mark = read_mark(target)
    for name in {*jobs, *(mark.jobs if mark is not None else ())}:
        clear_leftovers(target / name)
    clear_leftovers(target)
    refuse_foreign(target, beside=beside, jobs=jobs)
    return target


@contextmanager
def unfinished_folder(target: Path, kind: str) -> Iterator[Path]:
    """Yield `RESULT.partial-PID`, marked as unfinished; it is gone afterwards, whatever happens.

    Raises
    ------
    UserError : it cannot be written.
    """
    made = [parent for parent in target.parents if not parent.exists()]
    partial = _name_beside(target, PARTIAL)
    try:
        _make_folder(partial, target, kind)
        yield partial
    except OSError as error:
        if _of_writing(error, partial):
            raise unwritable(target, error) from error
        raise
    finally:
        shutil.rmtree(partial, ignore_errors=True)
        for parent in made:  # where nothing came to stand there
            with suppress(OSError):
                parent.rmdir()


def _make_folder(partial: Path, target: Path, kind: str) -> None:
    try:
        partial.mkdir(parents=True)
        write_mark(partial, Mark(kind=kind, host=socket.gethostname()))
    except OSError as error:
        raise unwritable(target, error) from error


def refuse_foreign(
    target: Path, *, beside: Collection[str] = (), jobs: Collection[str] = ()
) -> None:
    """Refuse a folder that holds what no run put there, naming it.

    Raises
    ------
    UserError : such a folder, or one that cannot be read.
    """
    try:
        result = foreign_files(target, beside=beside, jobs=jobs) if target.exists() else []
    except OSError as error:
        raise unwritable(target, error) from error
    if result:
        more = len(result) - MOST_NAMED
        named = ", ".join(result[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        raise UserError(
            given=f"{target} holds {named}, which no run put there",
            allowed="out must be a new or empty folder, or an earlier result as it was written, to be replaced",
            where=WHERE,
        )


def clear_leftovers(target: Path) -> None:
    """Clear what dead runs to the same place left; an earlier result that one had moved away comes back."""
    for old in _of_the_dead(target, OLD):
        _end_swap(old, target)
    for partial in _of_the_dead(target, PARTIAL):
        mark = read_mark(partial)
        if mark is not None and mark.host in ("", socket.gethostname()):
            shutil.rmtree(partial, ignore_errors=True)


def _name_beside(target: Path, what: str) -> Path:
    return target.with_name(f"{target.name}.{what}-{os.getpid()}")


def _of_the_dead(target: Path, what: str) -> list[Path]:
    """Folders beside a result that runs of this machine left which are no more."""
    start = f"{target.name}.{what}-"
    if not target.parent.is_dir():
        return []
    result = [path for path in target.parent.iterdir() if path.name.startswith(start)]
    numbers = {path: path.name.removeprefix(start) for path in sorted(result)}
    return [
        path
        for path, number in numbers.items()
        if number.isdecimal()
        and not _process_runs(int(number))
        and path.is_dir()
        and not path.is_symlink()
    ]


def _process_runs(process: int) -> bool:
    """Whether another process of this number runs; where that cannot be asked, it is taken to."""
    if process == os.getpid():
        return False
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _put_in_place(partial: Path, target: Path, kind: str) -> None:
    """Move a whole result to its place; the earlier one goes only when the new one stands."""
    if not target.exists():
        partial.rename(target)
        return
    if read_mark(target) is None:  # empty, or a store alone
        write_mark(target, Mark(kind=kind))
    old = _name_beside(target, OLD)
    try:
        target.rename(old)
        partial.rename(target)
    finally:
        _end_swap(old, target)


def _end_swap(old: Path, target: Path) -> None:
    """Put an earlier result back if nothing stands in its place, else take over what stays and remove the rest."""
    if read_mark(old) is None:
        return
    if not target.exists():
        old.rename(target)
        return
    now = read_mark(target)
    for name in now.beside if now is not None else ():
        if (old / name).exists() and not (target / name).exists():
            (old / name).rename(target / name)
    remove_listed(old)


def _of_writing(error: OSError, partial: Path) -> bool:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
    return full or (error.filename is not None and str(error.filename).startswith(str(partial)))
