"""The task of experiments/report.py: a store as one page that needs neither Python nor a network, and its figures."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.composition.commands import task
from sim.composition.context import StudyContext
from sim.outcomes.headline import CLOSING
from sim.report.data import ReportData, load_report_data, to_draw
from sim.report.design_section import levers, years
from sim.report.page import page
from sim.results.files import write_config
from sim.results.result_folder import result_folder

PAGE = "report.html"
LARGEST_SVG = 400_000  # bytes; a larger one goes into the page as PNG
KINDS = {".svg": "image/svg+xml", ".png": "image/png"}


@task("report", "What did a sweep find?")
def report(job: StudyContext) -> Mapping[str, Any]:
    """Write the page of a store and its figures, and say where they are.

    Raises
    ------
    UserError : no store, one that is empty, broken or of another version.
    """
    where, options = Path(job.options.store), job.options.report
    data = load_report_data(where, options.points)
    with result_folder(job.folder, kind="report") as folder:
        figures = _figures(data, folder / "figures") if job.options.figures else []
        names = levers(data.plan.points)
        text = page(
            data,
            question=options.title or _question(names, years(data)[1]),
            labels=_labels(data, names),
            figures=figures,
        )
        (folder / PAGE).write_text(text, encoding="utf-8", newline="\n")
        chosen = {"title": options.title, "points": list(options.points)}
        write_config(folder, {"store": str(where), "report": chosen})
    size = len(text.encode())
    print(_message(data, job.folder / PAGE, size, len(figures)))
    return {"points": len(data.shown), "runs": data.runs, "bytes": size}


def _figures(data: ReportData, folder: Path) -> list[dict[str, str]]:
    from sim.studies.sweep.figures import draw_report

    outcomes = to_draw(data)
    if outcomes is None:
        return []
    with outcomes:
        drawn = draw_report(outcomes, folder)
    return [
        {"name": png.stem, "title": title, "note": note, "source": _data_uri(png)}
        for png, title, note in drawn
    ]


def _data_uri(png: Path) -> str:
    """Return the SVG, which stays sharp, unless it is large."""
    svg = png.with_suffix(".svg")
    path = svg if svg.stat().st_size <= LARGEST_SVG else png
    return f"data:{KINDS[path.suffix]};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"


def _labels(data: ReportData, names: Sequence[str]) -> list[str]:
    from sim.plots.levers import described

    rows = data.plan.points.iloc[list(data.shown)].to_dict("records")
    return [described(row, names) for row in rows]


def _question(names: Sequence[str], last: int) -> str:
    from sim.plots.levers import called
    from sim.plots.text import listed

    known = {
        "policy/japan": "Japan's policy",
        "policy/china": "China's policy",
        "policy/united_states": "American policy",
        "theory": "the theory",
        "world": "who takes part",
    }
    words = [known.get(name, called(name)) for name in names]
    words = words if len(words) <= 4 else [*words[:3], f"{len(words) - 3} more"]
    verb = "does" if len(words) == 1 else "do"
    return f"Which way does Southeast Asia lean by {last}, and what {verb} {listed(words)} change?"


def _message(data: ReportData, path: Path, size: int, figures: int) -> str:
    points, replicates = data.store.extent
    unfinished = (
        "" if data.finished else f" (unfinished: {data.runs:,} of {points * replicates:,} runs)"
    )
    return (
        f"Report of {len(data.shown):,} of {points:,} points, {data.runs:,} runs{unfinished}: {path} "
        f"({size / 1e6:.1f} MB, one file, opens in a browser)\n"
        f"Figures: {figures}, as PDF, SVG and PNG in {path.parent / 'figures'}\n{CLOSING}"
    )
