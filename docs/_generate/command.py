"""The task of experiments/handbook.py: the handbook, the pages of outcomes and data, and the tables of the ODD description."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docs._generate.data import data_page
from docs._generate.handbook import handbook
from docs._generate.odd import refreshed
from docs._generate.options import options_page
from docs._generate.outcomes import outcomes_page
from sim.composition.commands import task
from sim.composition.context import StudyContext
from sim.errors import UserError
from sim.provenance import ROOT
from sim.studies._publishing import page_folder, where_it_went, write_page

NAME = "handbook"


def pages() -> dict[str, str]:
    """Write every page in memory: file name -> Markdown.

    Raises
    ------
    UserError : docs/odd.md cannot be read, or lacks a marker.
    """
    try:
        described = (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")
    except OSError as error:
        raise UserError(
            given=f"docs/odd.md cannot be read ({error.strerror})",
            allowed="it must be there: only its tables are written by the program",
            hint="Restore it from the repository.",
        ) from error
    return {
        "handbook.md": handbook(),
        "outcomes.md": outcomes_page(),
        "options.md": options_page(),
        "data.md": data_page(),
        "odd.md": refreshed(described),
    }


@task("handbook", "What is every number, where do the data come from?")
def write_pages(job: StudyContext) -> Mapping[str, Any]:
    """Write handbook.md, outcomes.md, options.md, data.md and odd.md."""
    with page_folder(job, NAME) as folder:
        for name, text in pages().items():
            write_page(folder, name, text)
    print(where_it_went(job, NAME))
    return {"pages": str(job.folder)}
