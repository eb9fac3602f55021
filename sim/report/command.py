"""The task of experiments/report.py: a store as one page that needs neither Python nor a network, and its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.composition.commands import task
from sim.composition.context import StudyContext
from sim.outcomes.headline import CLOSING
from sim.report.data import ReportData, load_report_data, to_draw
from sim.report.design_section import levers, years
from sim.report.page import Picture, Words, page
from sim.results.files import write_config
from sim.results.result_folder import result_folder

PAGE = "report.html"
LARGEST_SVG = 400_000  # bytes; a larger one goes into the page as PNG


@task("report", "What did a sweep find?")
def report(job: StudyContext) -> Mapping[str, Any]:
    """Write the page of a store and its figures, and say where they are.

    Raises
    ------
    UserError : no store, one that is empty, broken or of another version.
    """
    where, asked = Path(job.options.store), job.options.report
    held = load_report_data(where, asked.points)
    with result_folder(job.folder, kind="report") as folder:
        pictures = _pictures(held, folder / "figures") if job.options.figures else []
        written = page(held, _words(held, asked.title), pictures)
        (folder / PAGE).write_text(written, encoding="utf-8", newline="\n")
        write_config(
            folder,
            {
                "store": str(where),
                "report": {"title": asked.title, "points": list(asked.points)},
            },
        )
    print(_told(held, job.folder / PAGE, len(written.encode()), pictures))
    return {"points": len(held.shown), "runs": held.runs, "bytes": len(written.encode())}


def _pictures(held: ReportData, folder: Path) -> list[Picture]:
    from sim.studies.sweep.figures import draw_report

    outcomes = to_draw(held)
    if outcomes is None:
        return []
    with outcomes:
        drawn = draw_report(outcomes, folder)
    return [Picture(path=_smaller(png), title=title, note=note) for png, title, note in drawn]


def _smaller(png: Path) -> Path:
    """The SVG, which stays sharp, unless it is large."""
    svg = png.with_suffix(".svg")
    return svg if svg.stat().st_size <= LARGEST_SVG else png


def _words(held: ReportData, title: str) -> Words:
    from sim.plots.levers import described

    names = levers(held.plan.points)
    rows = held.plan.points.iloc[list(held.shown)].to_dict("records")
    labels = [described(row, names) for row in rows]
    return Words(question=title or _question(names, years(held)[1]), labels=labels)


def _question(names: Sequence[str], last: int) -> str:
    from sim.plots.levers import called
    from sim.plots.text import listed

    known = {"policy/japan": "Japan's policy", "policy/china": "China's policy"}
    known |= {
        "policy/united_states": "American policy",
        "theory": "the theory",
        "world": "who takes part",
    }
    said = [known.get(name, called(name)) for name in names]
    said = said if len(said) <= 4 else [*said[:3], f"{len(said) - 3} more"]
    verb = "does" if len(said) == 1 else "do"
    return f"Which way does Southeast Asia lean by {last}, and what {verb} {listed(said)} change?"


def _told(held: ReportData, path: Path, size: int, pictures: Sequence[Picture]) -> str:
    points, replicates = held.store.extent
    unfinished = (
        "" if held.finished else f" (unfinished: {held.runs:,} of {points * replicates:,} runs)"
    )
    return (
        f"Report of {len(held.shown):,} of {points:,} points, {held.runs:,} runs{unfinished}: {path} "
        f"({size / 1e6:.1f} MB, one file, opens in a browser)\n"
        f"Figures: {len(pictures)}, as PDF, SVG and PNG in {path.parent / 'figures'}\n{CLOSING}"
    )
