"""Command of experiments/allocate.py: search for a division of the budget, test it, and write the result."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tqdm import tqdm  # type: ignore[import-untyped]

from sim.composition.context import StudyContext
from sim.config import Settings
from sim.config.optimised import TABLE, as_text
from sim.errors import UserError, nearest
from sim.outcomes.headline import CLOSING
from sim.provenance import provenance
from sim.results.files import write_bibliography, write_config, write_table
from sim.studies._pages import render_page
from sim.studies._publishing import page_folder, record, where_it_went, write_page
from sim.studies.allocation import table
from sim.studies.allocation.divisions import RULES, who_may_receive
from sim.studies.allocation.options import AllocateOptions
from sim.studies.allocation.page_values import page_values
from sim.studies.allocation.search import check_optimiser
from sim.studies.allocation.trial import BALANCED, Trial
from sim.studies.allocation.trial import allocate as run_trial

NAME, ROOM = "allocate", Path(__file__).parent
WORKS = ("Deb2002", "BlankDeb2020", "ZitzlerThiele1999", "Zeleny1973")
WHERE = "on the command line: allocate.scenarios=[cold_war,us_retreat]"


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
        total = planned_runs(options, len(recipients), len(others))
        with tqdm(total=total, unit=" runs", file=sys.stderr) as bar:
            trial = run_trial(job.settings, options, others=others, progress=bar.update)
            bar.total = bar.n
        values = page_values(trial)
        _write(folder, trial, values, job)
    for block in ("answer", "trade_offs", "commands"):
        print(render_page(ROOM, values, block=block))
    print(where_it_went(job, NAME), CLOSING, sep="\n")
    return {
        "front": len(trial.front),
        "balanced": table.command_snippet(trial, trial.chosen[BALANCED]),
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
    others = {name: job.varied([f"scenario={name}"]) for name in names if name != own}
    rivals = job.groups().get("theory", ()) if options.scenarios is None else ()
    return others | {
        f"theory {name}": job.varied([f"theory={name}"]) for name in rivals if name != theory
    }


def planned_runs(options: AllocateOptions, recipients: int, others: int) -> int:
    """Number of runs of a trial, at most."""
    candidates = 1 + len(RULES) + recipients + options.population
    tests = options.runs + options.fresh + others * options.elsewhere
    return options.population * options.generations * options.runs + candidates * tests


def _write(folder: Path, trial: Trial, values: Mapping[str, Any], job: StudyContext) -> None:
    from sim.studies.allocation.figures import draw_allocation

    options, candidates = trial.options, table.candidates(trial)
    write_table(folder / "front.csv", table.front(candidates))
    write_table(folder / "rules.csv", table.rules(trial, candidates))
    write_table(folder / "scenarios.csv", table.scenarios(trial))
    write_table(folder / "trade_offs.csv", table.trade_offs(trial))
    made = record(job, NAME, table.search_sizes(options))
    write_page(folder, "allocation.md", render_page(ROOM, values), made)
    shipped = as_text(table.optimised_division(trial))
    (folder / TABLE.name).write_text(shipped, encoding="utf-8", newline="\n")
    if job.options.figures:
        draw_allocation(candidates, trial.recipients, provenance(job.settings), folder / "figures")
    write_bibliography(folder, job.settings, WORKS)
    write_config(folder, job.mapping() | {"allocate": options.as_mapping()})


def _opening(job: StudyContext, options: AllocateOptions, recipients: tuple[str, ...]) -> str:
    return (
        f"Dividing JPY {job.settings.policy.japan.osa_budget:g} bn a year among {', '.join(recipients)}: "
        f"{options.generations} generations of {options.population} divisions, {options.runs} runs each, to {job.folder}"
    )
