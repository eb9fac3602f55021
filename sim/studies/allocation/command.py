"""The task of experiments/allocate.py: search for a division of the budget, test it, and write what was found."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tqdm import tqdm  # type: ignore[import-untyped]

from sim.composition.commands import task
from sim.composition.context import StudyContext
from sim.config import Settings
from sim.config.optimised import TABLE, as_text
from sim.errors import UserError, nearest
from sim.outcomes.headline import CLOSING
from sim.provenance import provenance
from sim.results.files import write_bibliography, write_config, write_table
from sim.studies._publishing import page_folder, record, where_it_went, write_page
from sim.studies.allocation import sentences, table
from sim.studies.allocation.divisions import RULES, who_may_receive
from sim.studies.allocation.options import AllocateOptions
from sim.studies.allocation.page import page
from sim.studies.allocation.search import check_optimiser
from sim.studies.allocation.trial import BALANCED, Trial
from sim.studies.allocation.trial import allocate as run_trial

NAME = "allocate"
WORKS = ("Deb2002", "BlankDeb2020", "ZitzlerThiele1999", "Zeleny1973")
WHERE = "on the command line: allocate.scenarios=[cold_war,us_retreat]"


@task(
    "allocate",
    "How should a given budget of security assistance be divided among those who may receive it?",
)
def allocate(job: StudyContext) -> Mapping[str, Any]:
    """Divide the budget, write the result folder; published, page and table go where the repository keeps them.

    Raises
    ------
    UserError : nothing to divide, no optimiser, an unknown scenario.
    """
    options: AllocateOptions = job.options.allocate
    check_optimiser()
    recipients = who_may_receive(job.settings)
    with page_folder(job, NAME) as folder:
        others = other_scenarios(job, options)
        print(_opening(job, options, recipients), file=sys.stderr)
        total = foreseen(options, len(recipients), len(others))
        with tqdm(total=total, unit=" runs", file=sys.stderr) as bar:
            trial = run_trial(job.settings, options, others=others, told=bar.update)
            bar.total = bar.n
        _write(folder, trial, job, options)
    print(_closing(trial, job))
    return {
        "front": len(trial.front),
        "balanced": sentences.command_snippet(trial, trial.chosen[BALANCED]),
    }


def other_scenarios(job: StudyContext, options: AllocateOptions) -> dict[str, Settings]:
    """The settings in every scenario asked for but their own; if none is named, in all, and under every rival theory.

    Raises
    ------
    UserError : a scenario there is not.
    """
    known = job.groups().get("scenario", ())
    names = known if options.scenarios is None else options.scenarios
    for name in names:
        if name not in known:
            raise UserError(
                given=f"allocate.scenarios is {name!r}", allowed=nearest(name, known), where=WHERE
            )
    own, theory = job.settings.scenario.name, job.settings.theory
    found = {name: job.varied([f"scenario={name}"]) for name in names if name != own}
    rivals = job.groups().get("theory", ()) if options.scenarios is None else ()
    return found | {
        f"theory {name}": job.varied([f"theory={name}"]) for name in rivals if name != theory
    }


def foreseen(options: AllocateOptions, recipients: int, others: int) -> int:
    """How many runs a trial takes at most."""
    candidates = 1 + len(RULES) + recipients + options.population
    tests = options.runs + options.fresh + others * options.elsewhere
    return options.population * options.generations * options.runs + candidates * tests


def sizes(options: AllocateOptions) -> dict[str, Any]:
    """How long is looked and on how much is tested, for the page's record."""
    return {name: one for name, one in options.as_mapping().items() if name != "scenarios"}


def _write(folder: Path, trial: Trial, job: StudyContext, options: AllocateOptions) -> None:
    from sim.studies.allocation.figures import draw_allocation

    found = table.candidates(trial)
    write_table(folder / "front.csv", table.front(found))
    write_table(folder / "rules.csv", table.rules(trial, found))
    write_table(folder / "scenarios.csv", table.scenarios(trial))
    write_table(folder / "trade_offs.csv", table.trade_offs(trial))
    write_page(folder, "allocation.md", page(trial), record(job, NAME, sizes(options)))
    text = as_text(sentences.table(trial))
    (folder / TABLE.name).write_text(text, encoding="utf-8", newline="\n")
    if job.options.figures:
        draw_allocation(found, trial.recipients, provenance(job.settings), folder / "figures")
    write_bibliography(folder, job.settings, WORKS)
    write_config(folder, job.mapping() | {"allocate": options.as_mapping()})


def _opening(job: StudyContext, options: AllocateOptions, recipients: tuple[str, ...]) -> str:
    return (
        f"Dividing JPY {job.settings.policy.japan.osa_budget:g} bn a year among {', '.join(recipients)}: "
        f"{options.generations} generations of {options.population} divisions, {options.runs} futures each, to {job.folder}"
    )


def _closing(trial: Trial, job: StudyContext) -> str:
    lines = [
        sentences.effect_size_sentence(trial),
        sentences.balanced(trial),
        sentences.dominated(trial),
    ]
    lines += [
        sentences.elsewhere(trial),
        sentences.optimism_sentence(trial),
        "",
        *sentences.exchanges_in_words(trial),
        "",
        "Ready to paste:",
    ]
    lines += [
        f"  {sentences.command_snippet(trial, name)}   # {label}"
        for label, name in trial.chosen.items()
    ]
    lines += ["", where_it_went(job, NAME), CLOSING]
    return "\n".join(lines)
