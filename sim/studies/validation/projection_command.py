"""The task of experiments/project.py: projections of 2024 to 2026, as a page and a table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from sim.composition.commands import task
from sim.composition.context import StudyContext
from sim.ensemble import posterior
from sim.provenance import version
from sim.results.files import write_config
from sim.studies._pages import render_page
from sim.studies._publishing import page_folder, record, where_it_went, write_page
from sim.studies.validation import projection as project
from sim.world.roster import names

NAME = "project"
TEMPLATE = "projections.md.j2"


@task("project", "What does the model project for 2024 to 2026?")
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
        values = page_values(table, job.settings.seed, known["known_to"])
        page = render_page(Path(__file__).parent, values, TEMPLATE)
        write_page(folder, "projections.md", page, record(job, NAME, sizes()))
        write_config(folder, job.mapping())
    print(page)
    print(where_it_went(job, NAME))
    return {"page": str(job.folder / "projections.md"), "rows": len(table)}


def sizes() -> dict[str, int]:
    """How many draws are projected, for the page's record."""
    return {"draws": len(posterior.read())}


def page_values(table: pd.DataFrame, seed: int, known_to: str) -> dict[str, Any]:
    """Return the values of the page: quantiles of levels by state and year, and chances of steps by state and partner."""
    return {
        "made": project.MADE,
        "version": version(),
        "seed": seed,
        "known_to": known_to,
        "years": sorted(table["year"].unique()),
        "alignment": _by_state(table, "alignment", 1.0),
        "posture": _by_state(table, "alignment_posture", 1.0),
        "forced_choice": _by_state(table, "forced_choice", 100.0),
        "partners": list(names(_partners(table)).values()),
        "acts": _chances(table),
    }


def _by_state(table: pd.DataFrame, quantity: str, scale: float) -> list[dict[str, Any]]:
    levels = list(project.QUANTILES)
    chosen = table[table["quantity"] == quantity].sort_values("year", kind="stable")
    return [
        {"name": name, "quantiles": (scale * part[levels]).to_dict("records")}
        for name, part in chosen.groupby("name", sort=True)
    ]


def _partners(table: pd.DataFrame) -> list[str]:
    return [code for code in dict.fromkeys(table["partner"]) if code]


def _chances(table: pd.DataFrame) -> list[dict[str, Any]]:
    mean = 100.0 * table.groupby(["name", "partner", "quantity"])["mean"].mean()
    return [
        {
            "name": name,
            "chances": [
                (mean[name, partner, "acts_up"], mean[name, partner, "acts_down"])
                for partner in _partners(table)
            ],
        }
        for name in sorted(set(table["name"]))
    ]
