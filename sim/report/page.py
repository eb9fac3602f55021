"""The page: one file that opens without Python and without a network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from sim.outcomes.summary import REGION
from sim.report import (
    design_section,
    provenance_section,
    settings_section,
    validation_section,
)
from sim.report.data import ReportData
from sim.report.html import TEMPLATES, render_html
from sim.report.measures import measures
from sim.report.outcomes import outcome_tables
from sim.report.payload import payload
from sim.report.quoted import quote
from sim.world.roster import names as state_names


def page(
    data: ReportData,
    *,
    question: str,
    labels: Sequence[str],
    figures: Sequence[Mapping[str, str]] = (),
) -> str:
    """Write the page of a store as HTML, the same bytes for the same store.

    Parameters
    ----------
    data : the store, read.
    question : its title.
    labels : what each shown point is called.
    figures : name, title, note and source (a data URI) of each.
    """
    measured = measures(data)
    states = state_names(measured[0].places[:-1])
    names = {**states, REGION: "Region"}
    points, replicates = data.store.extent
    values = {
        "version": data.store.manifest["version"],
        "question": question,
        "years": design_section.years(data),
        "points": points,
        "points_run": len(data.ran),
        "points_shown": len(data.shown),
        "runs": data.runs,
        "runs_planned": points * replicates,
        "finished": data.finished,
        "common_random_numbers": data.common_random_numbers,
        "states_differ": "world" in data.plan.points
        or len({base.states for _, base in data.plan.bases}) > 1,
        "figures": figures,
        "scores": validation_section.validation_scores(),
        "design": design_section.design_rows(data),
        "region": outcome_tables(data, measured),
        "states": outcome_tables(data, measured, states),
        "settings": settings_section.settings_tables(data),
        "validation": quote("validation.md"),
        "limits": quote("limits.md"),
        "provenance": provenance_section.provenance_facts(data),
        "series": provenance_section.data_series(),
        "works": provenance_section.cited_works(data),
        "payload": payload(
            measured,
            [f"{point}: {label}" for point, label in zip(data.shown, labels, strict=True)],
            names,
        ),
        "style": _source("page.css"),
        "script": _source("page.js"),
    }
    return render_html("report.html.j2", values)


def _source(name: str) -> Markup:
    return Markup((TEMPLATES / name).read_text(encoding="utf-8").strip())
