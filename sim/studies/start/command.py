"""The task of experiments/start.py: the computed start beside the surveys, as a page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.composition.context import StudyContext
from sim.results.files import write_config
from sim.studies._pages import render_page
from sim.studies._publishing import page_folder, record, where_it_went, write_page
from sim.studies.start.analysis import compare_with_surveys

NAME = "start"
ROOM = Path(__file__).parent


def write_start(job: StudyContext) -> Mapping[str, Any]:
    """Compare the start with the surveys and write start.md."""
    with page_folder(job, NAME) as folder:
        page = render_page(ROOM, compare_with_surveys(job.settings))
        write_page(folder, "start.md", page, record(job, NAME, {}))
        write_config(folder, job.mapping())
    print(page)
    print(where_it_went(job, NAME))
    return {"page": str(job.folder / "start.md")}
