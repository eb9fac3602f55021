"""A report: a page in words, tables and charts, in one folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from sim.cite import bibtex, entries, references
from sim.composition.context import StudyContext
from sim.results.files import write_config, write_table
from sim.studies._publishing import FIGURES, record, write_page

STORE, POINTS = "store", "points.csv"


def write_report(
    folder: Path,
    job: StudyContext,
    name: str,
    *,
    page: str,
    tables: Mapping[str, pd.DataFrame],
    sizes: Mapping[str, Any],
    pictures: Any = None,
) -> None:
    """Write tables, charts, configuration, bibliography and page into a folder.

    Parameters
    ----------
    page : Markdown, whose pictures are under figures/. tables : file name -> table.
    sizes : of the samples, for the page's record. pictures : called with the folder for charts, where `figures` is true.
    """
    for file, table in tables.items():
        write_table(folder / file, table)
    if pictures is not None and job.options.figures:
        pictures(folder / FIGURES)
    (folder / "references.bib").write_text(_works(job, name), encoding="utf-8")
    write_page(folder, f"{name}.md", page, record(job, name, sizes))
    write_config(folder, job.mapping())


def _works(job: StudyContext, name: str) -> str:
    """The works that the run stands on, and those of this report."""
    own = [key for key, entry in entries().items() if f"experiment:{name}" in entry["keywords"]]
    return bibtex([*references(job.settings), *own])
