"""Where a result may stand: a folder of its own, with links followed, never one that holds the program or the user."""

from __future__ import annotations

import os
from pathlib import Path

from sim.errors import UserError
from sim.provenance import ROOT

WHERE = "on the command line: out=results/another"
OF_THE_PROGRAM = (
    *("sim", "conf", "docs", "experiments", "notebooks", "tests", "benchmarks"),
    *(".git", ".venv", ".github"),
)


def result_place(out: Path) -> Path:
    """Return the folder that `out` names, there or not yet; a link stands for what it leads to.

    Raises
    ------
    UserError : a file, a link to nothing, the folder one stands in or one above it, a mounted disk, a folder of the program.
    """
    try:
        return _resolved_path(out)
    except (OSError, ValueError) as error:
        raise unwritable(out, error) from error


def _resolved_path(out: Path) -> Path:
    given, target = Path(os.path.abspath(out)), Path(os.path.realpath(out))
    if given.is_symlink() and not target.exists():
        raise _place_error(f"{given} is a link to {target}, which is not there")
    if target.exists() and not target.is_dir():
        raise _place_error(f"{given} is a file")
    here = Path.cwd().resolve()
    if target == here or target in here.parents:
        raise _place_error(f"{given} is the folder this is run in, or one above it")
    if target.is_mount():
        raise _place_error(f"{given} is where a disk begins")
    root = ROOT.resolve()
    owned = [root / name for name in OF_THE_PROGRAM]
    if target == root or target in root.parents or {target, *target.parents} & {*owned}:
        raise _place_error(f"{given} holds the program, or belongs to it")
    return target


def _place_error(given: str) -> UserError:
    return UserError(given=given, allowed="out must be a folder for results alone", where=WHERE)


def unwritable(out: Path, error: Exception) -> UserError:
    """Say that a folder cannot be written, and why."""
    reason = getattr(error, "strerror", None) or error
    return UserError(
        given=f"the folder {out} cannot be written ({reason})",
        allowed="out must be a folder that may be made and written",
        where=WHERE,
    )
