"""The task of experiments/project.py: what is expected of 2024 to 2026, as a page and a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.composition.commands import task
from sim.composition.context import StudyContext
from sim.ensemble import posterior
from sim.provenance import version
from sim.results.files import write_config
from sim.studies._publishing import page_folder, record, where_it_went, write_page
from sim.studies.calibration.command import table_lines
from sim.studies.validation import projection as project

NAME = "project"


@task("project", "What does it expect of 2024 to 2026?")
def write_projections(job: StudyContext) -> Mapping[str, Any]:
    """Project 2024 to 2026 from the posterior that ships; write projections.csv and projections.md."""
    with page_folder(job, NAME) as folder:
        table = project.project(posterior.arrays(), base=job.settings)
        known = posterior.provenance()
        head = (
            f"# made: {project.MADE}\n# model: Straits {version()}\n# seed: {job.settings.seed}\n"
            f"# posterior: seed {known['seed']}, known to {known['known_to']}\n# start: the record to 2023\n"
        )
        body = table.to_csv(index=False, float_format="%.4f", lineterminator="\n")
        (folder / "projections.csv").write_text(head + body, encoding="utf-8", newline="\n")
        page = _projections_page(table, job)
        write_page(folder, "projections.md", page, record(job, NAME, sizes()))
        write_config(folder, job.mapping())
    print(page)
    print(where_it_went(job, NAME))
    return {"page": str(job.folder / "projections.md"), "rows": len(table)}


def sizes() -> dict[str, int]:
    """How many draws are projected, for the page's record."""
    return {"draws": len(posterior.read())}


def _projections_page(table: pd.DataFrame, job: StudyContext) -> str:
    lines = [
        "# Projections, 2024 to 2026",
        "",
        f"Made on {project.MADE} with Straits {version()}, seed {job.settings.seed}. Nothing after 2023 was looked at: the",
        "weights saw the record to 2022, the start is the record of 2023, the policies and the scenario are the declared ones.",
        "Conditional on those, and as good as docs/validation.md says: **these are for scoring the model, not for planning**.",
        "All of it stands in [projections.csv](projections.csv).",
        "",
        "## Share that would choose China over the United States if forced to, %",
        "",
        "As a survey of 100 would find it: median (middle 50 %; 90 %).",
        "",
        *_projection_lines(table, "forced_choice", 100.0),
        "",
        "## Alignment, points (0 = China, 100 = United States)",
        "",
        "Draws and luck alone; no survey, no model error: median (middle 50 %; 90 %).",
        "",
        *_projection_lines(table, "alignment", 1.0),
        "",
        "Score them with `sim.studies.validation.scores`: rank correlation, mean miss, coverage of the intervals.",
        "",
        "Written by `python experiments/project.py`.",
        "",
    ]
    return "\n".join(lines)


def _projection_lines(table: pd.DataFrame, quantity: str, scale: float) -> list[str]:
    some = table[table["quantity"] == quantity]
    years = sorted(some["year"].unique())
    rows = []
    for name, part in some.groupby("name", sort=False):
        by_year = part.set_index("year")
        rows.append([str(name), *(_told(by_year.loc[year], scale) for year in years)])
    return table_lines(["state", *(str(year) for year in years)], rows)


def _told(row: pd.Series, scale: float) -> str:
    q05, q25, q50, q75, q95 = (scale * row[name] for name in ("q05", "q25", "median", "q75", "q95"))
    return f"{q50:.0f} ({q25:.0f} to {q75:.0f}; {q05:.0f} to {q95:.0f})"
