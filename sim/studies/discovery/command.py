"""Scenario discovery: under which conditions does it happen? Boxes in a finished sweep."""

from __future__ import annotations

from pathlib import Path

from sim.composition.compose import CONF, Source, compose
from sim.composition.context import StudyContext, make_context
from sim.ensemble.options import sweep_options
from sim.ensemble.plan import make_plan
from sim.ensemble.store.manifest import MANIFEST, read_manifest
from sim.ensemble.store.opening import to_do
from sim.ensemble.store.values import check_outcome
from sim.errors import UserError
from sim.outcomes.headline import CLOSING
from sim.provenance import version
from sim.studies._pages import render_page
from sim.studies._progress import Progress
from sim.studies._runner import StudyResult, study
from sim.studies._sweeps import composer
from sim.studies.discovery.boxes import measure
from sim.studies.discovery.cases import Question, read_cases
from sim.studies.discovery.cover import cover
from sim.studies.discovery.options import DiscoveryCommand
from sim.studies.discovery.report import report_values
from sim.studies.discovery.tables import all_tables
from sim.studies.discovery.workbench import leaves

ASKED = (  # what the page says it was made by
    *("outcome", "state", "above", "below", "share", "density", "resamples", "boxes"),
)


@study(
    "discovery",
    "Under which conditions does it happen?",
    options=DiscoveryCommand,
    given=("below=0.3",),
    free=("store",),
)
def discover(context: StudyContext) -> StudyResult:
    """Find boxes, and try them on resamples.

    Raises
    ------
    UserError : no finished store, a question that cannot be asked of it, no EMA Workbench.
    """
    asked: DiscoveryCommand = context.options
    store, question = Path(asked.store), question_of(asked)
    if asked.publish:
        check_declared_store(store)
    cases = read_cases(store, question)
    seed = int(read_manifest(store)["bases"][0]["settings"]["seed"])
    with Progress("resamples") as progress:
        found = cover(
            cases,
            density=asked.density,
            resamples=asked.resamples,
            seed=seed % 2**32,
            most=asked.boxes,
            told=progress,
        )
    tree = [(box, measure(box, cases)) for box in leaves(cases.table, cases.interest)]
    given = {name: getattr(asked, name) for name in ASKED}
    values = {
        **report_values(
            found, tree, outcome=asked.outcome, density=asked.density, figures=asked.figures
        ),
        "store": store,
        "asked": " ".join(f"{name}={one}" for name, one in given.items() if one not in (None, "")),
    }

    def draw(folder: Path) -> None:
        from sim.studies.discovery.figures import draw_all

        draw_all(folder, found, {"seed": seed, "version": version()})

    return StudyResult(
        values=values,
        tables=all_tables(found),
        draw=draw,
        summary=f"{render_page(Path(__file__).parent, values, 'answer.md.j2')}\n{CLOSING}",
        sizes={"points": len(cases.table), "resamples": asked.resamples},
        row={"boxes": sum(one.told for one in found), "beats": found[0].stable.beats},
    )


def check_declared_store(store: Path) -> None:
    """Refuse to publish what was found in another store than the declared one, whole.

    Raises
    ------
    UserError : such a store.
    """
    source, given = Source(folder=CONF, name="sweep"), ["experiment=discovery"]
    sweep = make_context(compose(source, given), source=source, overrides=given, task="sweep")
    options = sweep_options(sweep.options.sweep, runs=sweep.settings.runs)
    plan = make_plan(options, compose=composer(sweep), groups=sweep.groups())
    if not (store / MANIFEST).is_file() or to_do(store, plan):
        raise UserError(
            given=f"publish is true, and {store} is not the whole store of the declared sweep",
            allowed="what is published is found in that of: python experiments/sweep.py experiment=discovery",
            where="on the command line: publish=false",
            hint="Or run that sweep first.",
        )


def question_of(asked: DiscoveryCommand) -> Question:
    """Say what is looked for.

    Raises
    ------
    UserError : a state with an outcome of the region, or not exactly one of above and below.
    """
    check_outcome(asked.outcome, asked.state, with_dates=True)
    sides = {name: getattr(asked, name) for name in ("above", "below")}
    given = {name: limit for name, limit in sides.items() if limit is not None}
    if len(given) != 1:
        raise UserError(
            given="above and below are both given" if given else "neither above nor below is given",
            allowed="exactly one of them says which runs are of interest",
            where="on the command line: below=0.45",
        )
    ((side, limit),) = given.items()
    return Question(
        outcome=asked.outcome,
        state=asked.state,
        limit=limit,
        above=side == "above",
        share=asked.share,
    )
