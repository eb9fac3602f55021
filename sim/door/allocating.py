"""The task of experiments/allocate.py: search for a division of the budget, test it, and write what was found."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tqdm import tqdm  # type: ignore[import-untyped]

from sim.config import Settings, build
from sim.config.optimised import TABLE, as_text
from sim.door.compose import CONF, Source, compose
from sim.door.job import Job
from sim.door.options import take_options
from sim.errors import UserError, nearest
from sim.explore.allocation import table, words
from sim.explore.allocation.divisions import RULES, who_may_receive
from sim.explore.allocation.options import AllocateOptions
from sim.explore.allocation.page import page
from sim.explore.allocation.search import check_optimiser
from sim.explore.allocation.trial import BALANCED, Trial
from sim.explore.allocation.trial import allocate as run_trial
from sim.explore.output import result_folder, write_bibliography, write_config, write_table
from sim.outcomes.headline import CLOSING
from sim.provenance import provenance

DOCS = CONF.parent / "docs"
WORKS = ("Deb2002", "BlankDeb2020", "ZitzlerThiele1999", "Zeleny1973")
WHERE = "on the command line: allocate.scenarios=[cold_war,us_retreat]"


def allocate(job: Job) -> Mapping[str, Any]:
    """Divide the budget, write the result folder (and, with allocate.ship=true, the package's table and page).

    Raises
    ------
    UserError : nothing to divide, no optimiser, an unknown scenario, or settings whose table may not ship.
    """
    options: AllocateOptions = job.options.allocate
    if options.ship:
        check_shippable(job.settings, options)
    check_optimiser()
    recipients = who_may_receive(job.settings)
    others = other_scenarios(job, options)
    print(_opening(job, options, recipients), file=sys.stderr)
    total = foreseen(options, len(recipients), len(others))
    with result_folder(job.folder) as folder:
        with tqdm(total=total, unit=" runs", file=sys.stderr) as bar:
            trial = run_trial(job.settings, options, others=others, told=bar.update)
            bar.total = bar.n
        _write(folder, trial, job, options)
    if options.ship:
        ship(trial, table_file=TABLE, docs=DOCS)
    print(_closing(trial, job))
    return {"front": len(trial.front), "balanced": words.paste(trial, trial.chosen[BALANCED])}


def check_shippable(settings: Settings, options: AllocateOptions) -> None:
    """Refuse to ship what was found in other settings, or less carefully, than the declared.

    Raises
    ------
    UserError : settings or options differ from the declared ones.
    """
    mapping = compose(Source(folder=CONF, name="config"), [])
    declared = build(take_options(mapping)[1])
    if settings != declared or replace(options, ship=False) != AllocateOptions():
        raise UserError(
            given="allocate.ship=true is asked for with settings or options that are not the declared ones",
            allowed="the table that ships is found with the declared ones alone",
            where="on the command line: allocate.ship=true and nothing else (but out=)",
        )


def other_scenarios(job: Job, options: AllocateOptions) -> dict[str, Settings]:
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


def ship(trial: Trial, *, table_file: Path, docs: Path) -> None:
    """Write the table that ships, and the page with its figures.

    Raises
    ------
    UserError : a file cannot be written.
    """
    from sim.figures import draw_allocation

    try:
        table_file.write_text(as_text(words.table(trial)), encoding="utf-8", newline="\n")
        (docs / "allocation.md").write_text(page(trial), encoding="utf-8", newline="\n")
    except OSError as error:
        raise UserError(
            given=f"{error.filename} cannot be written ({error.strerror})",
            allowed="to ship, the package and docs/ must be writable",
            hint="Run it in a clone of the repository.",
        ) from error
    drawn = table.candidates(trial)
    for path in draw_allocation(
        drawn, trial.recipients, provenance(trial.settings), docs / "figures"
    ):
        if path.suffix == ".svg":
            path.unlink()


def _write(folder: Path, trial: Trial, job: Job, options: AllocateOptions) -> None:
    from sim.figures import draw_allocation

    found = table.candidates(trial)
    write_table(folder / "front.csv", table.front(found))
    write_table(folder / "rules.csv", table.rules(trial, found))
    write_table(folder / "scenarios.csv", table.scenarios(trial))
    write_table(folder / "trade_offs.csv", table.trade_offs(trial))
    (folder / "allocation.md").write_text(page(trial), encoding="utf-8", newline="\n")
    if job.options.figures:
        draw_allocation(found, trial.recipients, provenance(job.settings), folder / "figures")
    write_bibliography(folder, job.settings, WORKS)
    write_config(folder, job.mapping() | {"allocate": options.as_mapping() | {"ship": False}})


def _opening(job: Job, options: AllocateOptions, recipients: tuple[str, ...]) -> str:
    return (
        f"Dividing JPY {job.settings.policy.japan.osa_budget:g} bn a year among {', '.join(recipients)}: "
        f"{options.generations} generations of {options.population} divisions, {options.runs} futures each, to {job.folder}"
    )


def _closing(trial: Trial, job: Job) -> str:
    lines = [words.size(trial), words.balanced(trial), words.dominated(trial)]
    lines += [
        words.elsewhere(trial),
        words.flattery(trial),
        "",
        *words.exchanges_in_words(trial),
        "",
        "Ready to paste:",
    ]
    lines += [f"  {words.paste(trial, name)}   # {label}" for label, name in trial.chosen.items()]
    lines += ["", f"Page, tables and figures: {job.folder}", CLOSING]
    return "\n".join(lines)
