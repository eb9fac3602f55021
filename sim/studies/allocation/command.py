"""Command of experiments/allocate.py: search for a division of the budget, test it, and write the result."""

from __future__ import annotations

import sys
from pathlib import Path

from tqdm import tqdm  # type: ignore[import-untyped]

from sim.composition.context import StudyContext
from sim.config import Settings
from sim.config.optimised import TABLE, as_text
from sim.errors import UserError, nearest
from sim.outcomes.headline import CLOSING
from sim.provenance import provenance
from sim.studies._pages import render_page
from sim.studies._runner import StudyResult, study
from sim.studies.allocation import table
from sim.studies.allocation.divisions import RULES, who_may_receive
from sim.studies.allocation.options import AllocateCommand, AllocateOptions
from sim.studies.allocation.report import report_values
from sim.studies.allocation.search import check_optimiser
from sim.studies.allocation.trial import BALANCED
from sim.studies.allocation.trial import allocate as run_trial

NAME, ROOM = "allocate", Path(__file__).parent
PRINTED = ("answer", "trade_offs", "commands")  # blocks of the page
WHERE = "on the command line: allocate.scenarios=[cold_war,us_retreat]"


@study(
    "allocate",
    "How should a given budget of security assistance be divided among those who may receive it?",
    options=AllocateCommand,
    pages=["allocation.md"],
    shipped={TABLE.name: "sim/config/optimised.yaml"},
)
def allocate(context: StudyContext) -> StudyResult:
    """Search for divisions of the budget, and test them.

    Raises
    ------
    UserError : nothing to divide, no optimiser, an unknown scenario.
    """
    options: AllocateOptions = context.options.allocate
    check_optimiser()
    recipients = who_may_receive(context.settings)
    others = other_scenarios(context, options)
    print(_opening(context, options, recipients), file=sys.stderr)
    total = planned_runs(options, len(recipients), len(others))
    with tqdm(total=total, unit=" runs", file=sys.stderr) as bar:
        trial = run_trial(context.settings, options, others=others, progress=bar.update)
        bar.total = bar.n
    values, candidates = report_values(trial), table.candidates(trial)
    blocks = [render_page(ROOM, values, block=name) for name in PRINTED]

    def draw(folder: Path) -> None:
        from sim.studies.allocation.figures import draw_allocation

        draw_allocation(candidates, trial.recipients, provenance(context.settings), folder)

    return StudyResult(
        values=values,
        sizes=table.search_sizes(options),
        tables={
            "front.csv": table.front(candidates),
            "rules.csv": table.rules(trial, candidates),
            "scenarios.csv": table.scenarios(trial),
            "trade_offs.csv": table.trade_offs(trial),
        },
        files={TABLE.name: as_text(table.optimised_division(trial))},
        draw=draw,
        summary="\n".join([*blocks, CLOSING]),
        row={
            "front": len(trial.front),
            "balanced": table.command_snippet(trial, trial.chosen[BALANCED]),
        },
    )


def other_scenarios(context: StudyContext, options: AllocateOptions) -> dict[str, Settings]:
    """The settings in every scenario asked for but their own; if none is named, in all, and under every rival theory.

    Raises
    ------
    UserError : a scenario there is not.
    """
    known = context.groups().get("scenario", ())
    names = known if options.scenarios is None else options.scenarios
    for name in names:
        if name not in known:
            raise UserError(
                given=f"allocate.scenarios is {name!r}", allowed=nearest(name, known), where=WHERE
            )
    own, theory = context.settings.scenario.name, context.settings.theory
    others = {name: context.varied([f"scenario={name}"]) for name in names if name != own}
    rivals = context.groups().get("theory", ()) if options.scenarios is None else ()
    return others | {
        f"theory {name}": context.varied([f"theory={name}"]) for name in rivals if name != theory
    }


def planned_runs(options: AllocateOptions, recipients: int, others: int) -> int:
    """Number of runs of a trial, at most."""
    candidates = 1 + len(RULES) + recipients + options.population
    tests = options.runs + options.fresh + others * options.elsewhere
    return options.population * options.generations * options.runs + candidates * tests


def _opening(context: StudyContext, options: AllocateOptions, recipients: tuple[str, ...]) -> str:
    return (
        f"Dividing JPY {context.settings.policy.japan.osa_budget:g} bn a year among {', '.join(recipients)}: "
        f"{options.generations} generations of {options.population} divisions, {options.runs} runs each, to {context.folder}"
    )
