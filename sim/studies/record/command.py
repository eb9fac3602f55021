"""The task of experiments/record.py: what changed in the observed history, as a page with a chart."""

from __future__ import annotations

from pathlib import Path

from sim.composition.context import StudyContext
from sim.outcomes.alignment import MIDDLE
from sim.studies._runner import StudyResult, study
from sim.studies.record.analysis import answer, read_after, read_before, read_record


@study("record", "What changed in the observed history, and why?")
def write_record(job: StudyContext) -> StudyResult:
    """Compare the two readings of the record."""

    def draw(folder: Path) -> None:
        from sim.studies.record.figures import draw_record

        world, rules = read_record(), job.settings.rules
        after = read_after(world, rules.ties, job.settings)["security"]
        half = rules.observation.band
        draw_record(folder, read_before("security"), after, world, (MIDDLE - half, MIDDLE + half))

    return StudyResult(values=answer(job.settings), sizes={}, draw=draw)
