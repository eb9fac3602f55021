"""What holds for every command: it writes to its result folder, and leaves the program and its pages as they are."""

from __future__ import annotations

import pytest

from sim.provenance import ROOT


def program_files():
    """Every file of the program and its pages, with its size and when it was last written."""
    files = [path for name in ("docs", "sim", "conf") for path in (ROOT / name).rglob("*")]
    kept = [path for path in files if "__pycache__" not in path.parts and path.is_file()]
    return {path: ((one := path.stat()).st_size, one.st_mtime_ns) for path in kept}


@pytest.fixture(autouse=True, scope="module")
def _no_command_touches_the_program():
    before = program_files()
    yield
    assert program_files() == before
