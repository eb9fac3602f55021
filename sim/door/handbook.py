"""The task of experiments/handbook.py: the parameter handbook, the data page, and the tables of the ODD description."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.door.job import Job
from sim.door.options_page import options_page
from sim.door.reporting import DOCS, write_doc
from sim.errors import UserError
from sim.explore.pages.data import data_page
from sim.explore.pages.handbook import handbook
from sim.explore.pages.odd import refreshed


def pages() -> dict[str, str]:
    """Write every page in memory: file name -> Markdown.

    Raises
    ------
    UserError : docs/odd.md cannot be read, or lacks a marker.
    """
    try:
        described = (DOCS / "odd.md").read_text(encoding="utf-8")
    except OSError as error:
        raise UserError(
            given=f"docs/odd.md cannot be read ({error.strerror})",
            allowed="it must be there: only its tables are written by the program",
            hint="Restore it from the repository.",
        ) from error
    return {
        "handbook.md": handbook(),
        "options.md": options_page(),
        "data.md": data_page(),
        "odd.md": refreshed(described),
    }


def write_pages(job: Job) -> Mapping[str, Any]:
    """Write handbook.md, options.md, data.md and odd.md (in `out`, or docs/)."""
    folder = Path(job.options.out) if job.options.out else DOCS
    for name, text in pages().items():
        path = write_doc(folder / name, text)
        print(f"Written: {path}")
    return {"pages": str(folder)}
