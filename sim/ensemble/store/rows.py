"""Tables written a few rows at a time, so that memory does not grow with them, and read back as they were."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd

from sim.axes import Array
from sim.ensemble.store.files import atomic_write, open_new, unfinished_name

PARQUET = ".parquet"


class StreamingCsvWriter:
    """A table written a few rows at a time, numbers with six digits and settings in full.

    files : closes the table and takes away what is unfinished. path : where it is put when it is whole.
    """

    def __init__(self, files: ExitStack, path: Path) -> None:
        self._path = path
        self._parts = unfinished_name(path.with_name(f"{path.name}.parts"))
        opened = files.enter_context(open_new(self._parts))
        files.callback(self._parts.unlink, missing_ok=True)
        self._file = files.enter_context(io.TextIOWrapper(opened, encoding="utf-8", newline=""))
        self._writer = csv.writer(self._file, lineterminator="\n")
        self._started = False

    def write(self, given: Mapping[str, Any], found: Mapping[str, Array]) -> None:
        """Append rows: columns as given, then numbers."""
        if not self._started:
            self._writer.writerow([*given, *found])
            self._started = True
        said = [[_six_digits(value) for value in values.tolist()] for values in found.values()]
        self._writer.writerows(
            zip(*(values.tolist() for values in given.values()), *said, strict=True)
        )

    def put(self) -> None:
        """Put the table in its place."""
        self._file.flush()

        def copy(file: BinaryIO) -> None:
            with open(self._parts, "rb") as parts:
                while piece := parts.read(io.DEFAULT_BUFFER_SIZE * 64):
                    file.write(piece)

        atomic_write(self._path, copy)


def _six_digits(value: float) -> str:
    return "" if value != value else f"{value:.6g}"


def read_table(path: Path) -> pd.DataFrame:
    """Read a table of ours, in which a policy may be named none and a number be missing."""
    return pd.read_csv(path, keep_default_na=False, na_values=[""])


def write_parquet(path: Path) -> Path | None:
    """Write a table that stands as CSV once more as Parquet beside it, where pyarrow is installed.

    Raises
    ------
    OSError : the disk is full or read-only.
    """
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        return None
    content = io.BytesIO()
    read_table(path).to_parquet(content, index=False)
    beside = path.with_suffix(PARQUET)
    atomic_write(beside, lambda file: file.write(content.getvalue()))
    return beside
