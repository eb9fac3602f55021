"""A report: a page in words, tables and charts, in one folder, and if asked for in docs/ as well."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from sim.cite import bibtex, entries, references
from sim.door.compose import CONF
from sim.door.job import Job
from sim.errors import UserError
from sim.explore.output import write_config, write_table

DOCS = CONF.parent / "docs"
STORE, FIGURES, POINTS = "store", "figures", "points.csv"
WHERE = "on the command line: out=results/another"


def check_place(folder: Path, name: str) -> None:
    """Refuse a place that is no folder, or holds what no report of this name put there.

    Raises
    ------
    UserError : such a place.
    """
    if folder.exists() and not folder.is_dir():
        raise UserError(given=f"{folder} is a file", allowed="out must be a folder", where=WHERE)
    found = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    if found and f"{name}.md" not in found and not set(found) <= {STORE, POINTS}:
        raise UserError(
            given=f"{folder} holds {', '.join(found[:3])}, which no {name} report put there",
            allowed="out must be a new or empty folder, or an earlier report, to be replaced",
            where=WHERE,
        )


def write_report(
    job: Job, name: str, *, page: str, tables: Mapping[str, pd.DataFrame], pictures: Any = None
) -> Path:
    """Write tables, charts, configuration, bibliography and, last, the page.

    Parameters
    ----------
    page : Markdown, whose pictures are under figures/. tables : file name -> table.
    pictures : called with the folder for charts, where `figures` is true.

    Raises
    ------
    UserError : a folder that cannot be written.
    """
    folder = Path(os.path.abspath(job.folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, table in tables.items():
            write_table(folder / file, table)
        if pictures is not None and job.options.figures:
            pictures(folder / FIGURES)
        (folder / "references.bib").write_text(_works(job, name), encoding="utf-8")
        write_config(folder, job.mapping())
        (folder / f"{name}.md").write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UserError(
            given=f"the folder {folder} cannot be written ({error.strerror or error})",
            allowed="out must be a folder that may be made and written",
            where=WHERE,
        ) from error
    return folder


def _works(job: Job, name: str) -> str:
    """The works that the run stands on, and those of this report."""
    own = [key for key, entry in entries().items() if f"experiment:{name}" in entry["keywords"]]
    return bibtex([*references(job.settings), *own])


def write_doc(path: Path, text: str) -> Path:
    """Write one page of docs/ (or of `out`), and return where it is.

    Raises
    ------
    UserError : a folder that cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UserError(
            given=f"{path} cannot be written ({error.strerror})",
            allowed="it must be a place where files may be written",
            where="on the command line: out=results/docs",
        ) from error
    return path


def copy_to_docs(folder: Path, name: str, docs: Path = DOCS) -> Path:
    """Copy a report's page and its PNG charts to docs/, where the repository keeps them."""
    (docs / FIGURES).mkdir(parents=True, exist_ok=True)
    for picture in sorted((folder / FIGURES).glob("*.png")):
        shutil.copyfile(picture, docs / FIGURES / picture.name)
    return Path(shutil.copyfile(folder / f"{name}.md", docs / f"{name}.md"))
