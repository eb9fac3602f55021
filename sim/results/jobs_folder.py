"""The folder of several jobs: each job's result in a folder of its own, and the tables that end them.

Jobs write their own folders as they go, so that an interrupted command keeps what is done. The tables are written beside the
folder and put into it at the end; then what an earlier command left, and this one does not know, goes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sim.results.marks import (
    MARK,
    Mark,
    checksums,
    read_mark,
    remove_files,
    remove_listed,
    write_mark,
)
from sim.results.places import unwritable
from sim.results.result_folder import claimed, refuse_foreign, unfinished_folder


@dataclass(frozen=True, kw_only=True)
class JobsFolder:
    """Where several jobs write.

    Parameters
    ----------
    base : as it was asked for. target : where that leads. names : of the jobs. kind : command.
    scratch : folder for what is not to last, such as a sweeper's notes. tables : where the tables are written first.
    """

    base: Path
    target: Path
    names: tuple[str, ...]
    kind: str
    scratch: Path
    tables: Path

    def put_tables(self, done: Collection[str]) -> None:
        """Put the tables into the folder, and remove what an earlier command left there.

        Parameters
        ----------
        done : names of the jobs whose folders stay.

        Raises
        ------
        UserError : somebody put a file there meanwhile, or it cannot be written.
        """
        refuse_foreign(self.target, jobs=self.names)
        mark = read_mark(self.target)
        assert mark is not None
        try:
            for name in mark.jobs:
                if name not in done and not (self.target / name).is_symlink():
                    remove_listed(self.target / name)
            remove_files(self.target, mark.files)
            kept = tuple(name for name in mark.jobs if (self.target / name).is_dir())
            write_mark(self.target, Mark(kind=self.kind, files=checksums(self.tables), jobs=kept))
            for path in self.tables.iterdir():
                path.replace(self.target / path.name)
        except OSError as error:
            raise unwritable(self.base, error) from error


@contextmanager
def jobs_folder(base: Path, names: Sequence[str], kind: str) -> Iterator[JobsFolder]:
    """Yield a folder for several jobs; what no run put there is refused before anything is run.

    Raises
    ------
    UserError : a place that cannot be written, is no place for results, or holds what no run put there.
    """
    target = claimed(base, jobs=names)
    with unfinished_folder(target, kind) as partial:
        scratch, tables = partial / "scratch", partial / "tables"
        try:
            target.mkdir(exist_ok=True)
            _announce_folders(target, names, kind)
            scratch.mkdir()
            tables.mkdir()
        except OSError as error:
            raise unwritable(base, error) from error
        try:
            yield JobsFolder(
                base=base,
                target=target,
                names=tuple(names),
                kind=kind,
                scratch=scratch,
                tables=tables,
            )
        finally:
            _remove_if_bare(target)


def _announce_folders(target: Path, names: Sequence[str], kind: str) -> None:
    """Say beforehand which folders will be ours, should this command not come to its end."""
    mark = read_mark(target) or Mark(kind=kind)
    jobs = tuple(dict.fromkeys([*mark.jobs, *names]))
    write_mark(target, Mark(kind=kind, files=mark.files, jobs=jobs))


def _remove_if_bare(target: Path) -> None:
    """Remove a folder that holds nothing but its mark."""
    with suppress(OSError):
        if [path.name for path in target.iterdir()] == [MARK]:
            (target / MARK).unlink()
            target.rmdir()
