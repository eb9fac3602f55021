"""The study runner: one function from what is asked to a `StudyResult`; folder, tables, charts, page and printing are done here.

A study is a room `sim/studies/NAME/` whose command.py decorates one function with `study`; that alone makes it known
(`sim.studies.load_commands`), to the command line and to whoever publishes pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from inspect import getfile
from pathlib import Path
from typing import Any

import pandas as pd

from sim.cite import entries
from sim.composition.commands import config_of
from sim.composition.context import StudyContext
from sim.config.options import Options
from sim.results.files import write_bibliography, write_config, write_table
from sim.studies._pages import render_page
from sim.studies._publishing import (
    FIGURES,
    PUBLISHED,
    Published,
    page_folder,
    record,
    where_it_went,
    write_page,
)

Draw = Callable[[Path], None]
Task = Callable[[StudyContext], Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class StudyResult:
    """What a study found.

    Parameters
    ----------
    values : name -> number, text or list, for report.md.j2.
    sizes : name -> how much was run, for the page's record.
    tables : file -> table, written as CSV with six digits.
    files : file -> text, written as it is.
    draw : draws all charts into a folder.
    summary : what is printed; the page, if blank.
    row : column -> value, for the table that ends several jobs (`-m`).
    """

    values: Mapping[str, Any]
    sizes: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    draw: Draw | None = None
    summary: str = ""
    row: Mapping[str, Any] = field(default_factory=dict)


Analyse = Callable[[StudyContext], StudyResult]
STUDIES: dict[str, Task] = {}  # every one, after `sim.studies.load_commands`


def study(
    name: str,
    question: str = "",
    *,
    options: type[Options] = Options,
    pages: Sequence[str] = (),
    given: Sequence[str] = (),
    shipped: Mapping[str, str] | None = None,
    free: Sequence[str] = (),
    beside: Sequence[str] = (),
) -> Callable[[Analyse], Task]:
    """Register a study and make its function a task: run, written, printed and, if asked, published.

    Parameters
    ----------
    name : of the command (`straits NAME`), of its result folder and of the works it cites (`experiment:NAME` in references.bib).
    question : that it answers, for `straits --help`; the first line of the function's docstring, if blank.
    options : class of its options, which names its configuration (`sim.composition.commands.command`).
    pages : files of its result that go to docs/, the page first; NAME.md if left out.
    given : overrides it is published with.
    shipped : file of its result -> where the package keeps it, from the top folder.
    free : options that may differ when it is published.
    beside : names in its result folder that later runs go on with, such as a store.

    Returns
    -------
    Decorator of a function from `StudyContext` to `StudyResult`, in a module beside report.md.j2.
    """
    published = Published(
        pages=tuple(pages) or (f"{name}.md",),
        config=config_of(options),
        given=tuple(given),
        shipped=shipped or {},
        free=tuple(free),
    )

    def register(analyse: Analyse) -> Task:
        PUBLISHED[name] = published
        room = Path(getfile(analyse)).parent

        @wraps(analyse)
        def task(job: StudyContext) -> Mapping[str, Any]:
            with page_folder(job, name, beside=beside) as folder:
                result = analyse(job)
                page = render_page(room, result.values)
                _write(folder, job, name, page, result)
            print(result.summary or page)
            print(where_it_went(job, name))
            return {"page": str(job.folder / published.pages[0]), **result.row}

        STUDIES[name] = task
        return task

    return register


def _write(folder: Path, job: StudyContext, name: str, page: str, result: StudyResult) -> None:
    """Write a result into its folder, the configuration last."""
    for file, table in result.tables.items():
        write_table(folder / file, table)
    for file, text in result.files.items():
        (folder / file).write_text(text, encoding="utf-8", newline="\n")
    if result.draw is not None and job.options.figures:
        result.draw(folder / FIGURES)
    works = [key for key, one in entries().items() if f"experiment:{name}" in one["keywords"]]
    write_bibliography(folder, job.settings, works)
    write_page(folder, PUBLISHED[name].pages[0], page, record(job, name, result.sizes))
    write_config(folder, job.mapping())
