"""The task of experiments/start.py: what runs start from, beside ties and answers, as a page with a chart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.composition.context import StudyContext
from sim.studies._runner import StudyResult, study
from sim.studies.start.analysis import compare_with_answers, read_starts
from sim.studies.start.options import StartCommand


def sizes(job: StudyContext) -> dict[str, Any]:
    """How much is run, for the page's record."""
    return {"draws": _options(job).draws}


@study(
    "start", "What does each run start from, and what are such starts worth?", options=StartCommand
)
def write_start(job: StudyContext) -> StudyResult:
    """Read the start by ties, by answers and by both together, and foretell the surveys from such starts."""
    asked = _options(job)
    table = read_starts(job.settings, asked.year)

    def draw(folder: Path) -> None:
        from sim.studies.start.figures import draw_start

        draw_start(folder, table, asked.year)

    return StudyResult(
        values=compare_with_answers(job.settings, year=asked.year, draws=asked.draws),
        sizes=sizes(job),
        tables={"start.csv": table.rename_axis("state").reset_index()},
        draw=draw,
    )


def _options(job: StudyContext) -> StartCommand:
    assert isinstance(job.options, StartCommand)
    return job.options
