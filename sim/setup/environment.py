"""Where do the packages live? In .venv, made once and brought up to date when the locks change.

Everything here runs before anything is installed, on whatever Python the visitor has, so it
leans on the standard library only and avoids what older Pythons cannot read.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from sim.errors import UserError

OLDEST, NEWEST = (3, 11), (3, 13)
CORE, EVERYTHING = "requirements.lock", "requirements-all.lock"
LOCKS = (CORE, EVERYTHING, "pyproject.toml")
STAMP = "straits.stamp"
ASK = f"import ensurepip, sys, venv; sys.exit(not {OLDEST} <= sys.version_info[:2] <= {NEWEST})"


def ensure(root: Path, lock: str = CORE) -> Path:
    """Return the Python of the environment of a clone, after setting up what is missing.

    Parameters
    ----------
    root : top folder of the clone. lock : which packages it must hold, `CORE` or `EVERYTHING`, which holds both.

    Raises
    ------
    UserError : no suitable Python, no lock file, or packages that cannot be installed.
    """
    folder = root / ".venv"
    python, stamp = python_of(folder), folder / STAMP
    wanted = fingerprint(root)
    found = stamp.read_text(encoding="utf-8").split() if stamp.is_file() else []
    sound = works(python)
    if sound and found[:1] == [wanted] and found[1:] in ([lock], [EVERYTHING]):
        return python
    if not sound:
        _create(folder)
    _install(python, root, lock)
    stamp.write_text(f"{wanted} {lock}", encoding="utf-8")
    return python


def python_of(folder: Path, system: str = os.name) -> Path:
    """Return where a virtual environment keeps its Python, on Windows ("nt") or elsewhere."""
    return folder / "Scripts" / "python.exe" if system == "nt" else folder / "bin" / "python"


def fingerprint(root: Path) -> str:
    """Return what tells one state of the locks, and one place of the clone, from another.

    Raises
    ------
    UserError : a lock file is missing.
    """
    digest = hashlib.sha256(str(root).encode())
    for name in LOCKS:
        path = root / name
        if not path.is_file():
            raise UserError(
                given=f"{path} does not exist",
                allowed="demo and test run in a full clone of the repository",
                hint="Clone it, and run the command in its top folder.",
            )
        digest.update(path.read_bytes())
    return digest.hexdigest()


def works(python: str | Path) -> bool:
    """Say whether an interpreter runs, is a version that is tested, and can make environments."""
    try:
        return subprocess.run([str(python), "-c", ASK], capture_output=True).returncode == 0
    except OSError:
        return False


def suitable(candidates: Sequence[str] | None = None) -> str:
    """Return the first interpreter that works: this one, else one on the PATH.

    Raises
    ------
    UserError : none does.
    """
    for python in _candidates() if candidates is None else candidates:
        if works(python):
            return python
    raise UserError(
        given=f"{sys.executable} is Python {platform.python_version()}, and no other will do",
        allowed="Straits needs Python 3.11, 3.12 or 3.13 with its modules venv and ensurepip",
        hint="Install one (on Debian and Ubuntu with python3-venv), then run this again.",
    )


def _candidates() -> Iterator[str]:
    yield sys.executable
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}") or _from_launcher(minor)
        if found:
            yield found


def _from_launcher(minor: int) -> str | None:
    """Ask the launcher that Windows has for one version."""
    if not shutil.which("py"):
        return None
    asked = ["py", f"-3.{minor}", "-c", "import sys; print(sys.executable)"]
    told = subprocess.run(asked, capture_output=True, text=True)
    return told.stdout.strip() or None


def _create(folder: Path) -> None:
    python = suitable()
    print(f"Making the virtual environment {folder} ...", flush=True)
    _do([python, "-m", "venv", "--clear", str(folder)], "the virtual environment was not made")


def _install(python: Path, root: Path, lock: str) -> None:
    print("Installing the locked packages (once; a few minutes) ...", flush=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    failed = "the packages were not installed"
    _do([*pip, "-r", str(root / lock)], failed)
    _do([*pip, "--no-deps", "--no-build-isolation", "--editable", str(root)], failed)


def _do(command: list[str], failed: str) -> None:
    status = subprocess.run(command).returncode
    if status:
        raise UserError(
            given=f"{failed} (exit status {status}, see above)",
            allowed="it needs a package index that can be reached and a folder that can be written",
            hint="Mend that, then run this again.",
        )
