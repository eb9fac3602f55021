"""The task of experiments/start.py: the computed start beside the surveys, as a page."""

from __future__ import annotations

from sim.composition.context import StudyContext
from sim.studies._runner import StudyResult, study
from sim.studies.start.analysis import compare_with_surveys


@study("start", "Is the start plausible?")
def write_start(job: StudyContext) -> StudyResult:
    """Compare the start with the surveys."""
    return StudyResult(values=compare_with_surveys(job.settings), sizes={})
