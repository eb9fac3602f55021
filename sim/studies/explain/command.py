"""The task of experiments/why.py: an act, a move of alignment or opinion, or two policies' difference, in named reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import xarray as xr

from sim.composition.commands import task
from sim.composition.context import StudyContext
from sim.config import Settings
from sim.outcomes.act_reasons import Step, explain_step, step_difference
from sim.outcomes.headline import CLOSING
from sim.outcomes.reasons import OPINION, POSTURE, STRUCTURE, Why, table
from sim.outcomes.trajectory import StateRecord, read_record
from sim.outcomes.why import (
    explain_opinion,
    explain_posture,
    explain_structure,
    opinion_difference,
    posture_difference,
    structure_difference,
)
from sim.provenance import provenance
from sim.results.files import write_bibliography, write_config, write_table
from sim.results.result_folder import result_folder
from sim.studies.explain.options import ACT, ALIGNMENT, WhyCommand, compared_with, years_asked
from sim.studies.explain.sentences import (
    alignment_sentences,
    difference_sentences,
    difference_title,
    opinion_sentences,
    step_sentences,
    step_title,
)
from sim.studies.explain.text_table import text_table

WHOLE = 17  # digits that keep a number whole, so that reasons read back still sum exactly


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Two sentences and what they rest on. step : of an act, None otherwise. title : of a chart, blank to find one."""

    sentences: tuple[str, str]
    whys: tuple[Why, ...]
    step: Step | None = None
    title: str = ""


@task("why", "Why did a state move, or why does it stand elsewhere under another policy?")
def why(job: StudyContext) -> Mapping[str, Any]:
    """Simulate, explain, write the result folder, print two sentences and a table.

    Raises
    ------
    UserError : a question that cannot be answered, or data or an output folder that cannot be used.
    """
    asked: WhyCommand = job.options
    other = compared_with(job)
    history = simulated(job.settings, run=asked.run, engine=asked.engine)
    record = read_record(history, job.settings.rules, state=asked.state)
    against = None
    if other is not None:
        told = simulated(other, run=asked.run, engine=asked.engine)
        against = read_record(told, other.rules, state=asked.state)
    answer = answered(asked, record, against, years_asked(asked, job.settings))
    text = in_full(answer)
    with result_folder(job.folder, kind="why") as folder:
        _write_results(folder, job, answer, text, history)
    print(text)
    print(f"\n{CLOSING}\nResults: {job.folder}")
    return _row(asked, answer)


def simulated(settings: Settings, *, run: int, engine: str) -> xr.Dataset:
    """Simulate one run with every term, by either engine."""
    if engine == "ensemble":
        from sim.engines.ensemble import simulate as many

        history = many(replace(settings, runs=1), first=run, terms=True)
    else:
        from sim.engines.region import simulate as one_history

        history = one_history(settings, run=run)
    about = provenance(settings, title=history.attrs.get("title", ""), data=history.attrs)
    return history.assign_attrs(about)


def answered(
    asked: WhyCommand, record: StateRecord, against: StateRecord | None, years: tuple[int, int]
) -> Answer:
    """Answer a question from what was simulated.

    Parameters
    ----------
    asked : the options. record : of the state. against : under what it is compared with, None for nothing.
    years : first and last; of an act or a difference the last counts.

    Raises
    ------
    UserError : a year or partner that the record does not have.
    """
    first, last = years
    name = ", ".join(asked.against)
    if asked.subject == ACT:
        if against is None:
            step = explain_step(record, asked.partner, last)
            told, title = step_sentences(step), step_title(step)
            return Answer(sentences=told, whys=(step.why,), step=step, title=title)
        found = step_difference(record, against, asked.partner, last, name)
        told, title = difference_sentences(found), difference_title(found)
        return Answer(sentences=told, whys=(found.why,), step=found.step, title=title)
    if asked.subject == OPINION:
        opinion = (
            explain_opinion(record, asked.partner, first, last)
            if against is None
            else opinion_difference(record, against, asked.partner, last, name)
        )
        return Answer(sentences=opinion_sentences(opinion), whys=(opinion,))
    whys = []
    if asked.subject in (ALIGNMENT, POSTURE):
        whys.append(
            explain_posture(record, first, last)
            if against is None
            else posture_difference(record, against, last, name)
        )
    if asked.subject in (ALIGNMENT, STRUCTURE):
        whys.append(
            explain_structure(record, first, last)
            if against is None
            else structure_difference(record, against, last, name)
        )
    return Answer(sentences=alignment_sentences(whys, record), whys=tuple(whys))


def in_full(answer: Answer) -> str:
    """The two sentences and the table."""
    return "\n".join([*answer.sentences, "", *text_table(answer.whys)])


def _row(asked: WhyCommand, answer: Answer) -> dict[str, Any]:
    """What a table of several questions holds of one."""
    row: dict[str, Any] = {"state": asked.state}
    row |= {f"{item.kind}_change": item.change for item in answer.whys}
    if answer.step is not None:
        row |= {"steps": answer.step.steps, "chance": answer.step.chance, "draw": answer.step.draw}
    return row


def _write_results(
    folder: Path, job: StudyContext, answer: Answer, text: str, history: xr.Dataset
) -> None:
    write_table(folder / "why.csv", table(answer.whys), digits=WHOLE)
    (folder / "why.txt").write_text(f"{text}\n\n{CLOSING}\n", encoding="utf-8", newline="\n")
    if job.options.figures:
        from sim.studies.explain.figures import draw_why

        draw_why(answer.whys, folder / "figures", history.attrs, answer.title)
    write_bibliography(folder, job.settings)
    write_config(folder, job.mapping())
