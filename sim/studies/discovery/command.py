"""The task of experiments/discovery.py: boxes in a finished sweep, in words, tables and charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from sim.composition.commands import task
from sim.composition.compose import CONF, Source, compose
from sim.composition.context import StudyContext, make_context
from sim.ensemble.options import sweep_options
from sim.ensemble.plan import make_plan
from sim.ensemble.store.manifest import MANIFEST, read_manifest
from sim.ensemble.store.opening import to_do
from sim.ensemble.store.values import check_outcome
from sim.errors import UserError
from sim.outcomes.headline import CLOSING
from sim.results.files import write_config, write_table
from sim.studies._progress import Progress
from sim.studies._publishing import page_folder, record, where_it_went, write_page
from sim.studies._sweeps import composer
from sim.studies.discovery.boxes import measure
from sim.studies.discovery.cases import Question, read_cases
from sim.studies.discovery.cover import Found, cover
from sim.studies.discovery.options import DiscoveryCommand
from sim.studies.discovery.page import answer, limits, page, stem, tradeoff
from sim.studies.discovery.workbench import leaves

NAME = "discovery"
ASKED = (
    *("outcome", "state", "above", "below", "share", "density", "resamples", "boxes"),
)  # what the page says it was made by


@task("discovery", "Under which conditions does it happen?")
def discover(job: StudyContext) -> Mapping[str, Any]:
    """Find boxes, try them on resamples, and write page, tables and figures.

    Raises
    ------
    UserError : no finished store, a question that cannot be asked of it, no EMA Workbench.
    """
    asked: DiscoveryCommand = job.options
    store, question = Path(asked.store), question_of(asked)
    if job.options.publish:
        check_declared_store(store)
    with page_folder(job, NAME) as folder:
        found = _discovered(job, folder, store, question, asked)
    print(f"{answer(found)}\n\n{where_it_went(job, NAME)}\n{CLOSING}")
    boxes = sum(one.told for one in found)
    return {"boxes": boxes, "beats": found[0].stable.beats}


def check_declared_store(store: Path) -> None:
    """Refuse to publish what was found in another store than the declared one, whole.

    Raises
    ------
    UserError : such a store.
    """
    source, given = Source(folder=CONF, name="sweep"), ["experiment=discovery"]
    job = make_context(compose(source, given), source=source, overrides=given, task="sweep")
    options = sweep_options(job.options.sweep, runs=job.settings.runs)
    plan = make_plan(options, compose=composer(job), groups=job.groups())
    if not (store / MANIFEST).is_file() or to_do(store, plan):
        raise UserError(
            given=f"publish is true, and {store} is not the whole store of the declared sweep",
            allowed="what is published is found in that of: python experiments/sweep.py experiment=discovery",
            where="on the command line: publish=false",
            hint="Or run that sweep first.",
        )


def _discovered(
    job: StudyContext, folder: Path, store: Path, question: Question, asked: DiscoveryCommand
) -> Sequence[Found]:
    """Find boxes, try them on resamples, and write page, tables and figures into a folder."""
    cases = read_cases(store, question)
    show = Progress("resamples")
    seed = int(read_manifest(store)["bases"][0]["settings"]["seed"])
    found = cover(
        cases,
        density=asked.density,
        resamples=asked.resamples,
        seed=seed % 2**32,
        most=asked.boxes,
        told=show,
    )
    show.close()
    tree = [(box, measure(box, cases)) for box in leaves(cases.table, cases.interest)]
    pictures = job.options.figures
    text = page(found, tree, density=asked.density, pictures=pictures) + _origin(store, job)
    size = {"points": len(cases.table), "resamples": asked.resamples}
    write_page(folder, f"{NAME}.md", text, record(job, NAME, size))
    for name, table in _tables(found).items():
        write_table(folder / f"{name}.csv", table)
    if pictures:
        _draw(folder / "figures", found, seed)
    write_config(folder, job.mapping())
    return found


def _origin(store: Path, job: StudyContext) -> str:
    """The last line of the page: what it was made by."""
    given = {name: getattr(job.options, name) for name in ASKED}
    asked = " ".join(f"{name}={one}" for name, one in given.items() if one not in (None, ""))
    return f"\nWritten by `python experiments/discovery.py store={store} {asked}`.\n"


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


def _tables(found: Sequence[Found]) -> dict[str, pd.DataFrame]:
    tables: dict[str, pd.DataFrame] = {}
    for number, one in enumerate(found, 1):
        end = stem(number)
        tables |= {f"tradeoff{end}": tradeoff(one.chosen), f"stability{end}": one.stable.sides}
        if one.chosen and one.told:
            tables[f"boxes{end}"] = limits(one.chosen, one.cases, one.stable)
    return tables


def _draw(folder: Path, found: Sequence[Found], seed: int) -> None:
    from sim.provenance import version
    from sim.studies.discovery.figures import draw_discovery

    for number, one in enumerate(found, 1):
        if one.chosen is None or not one.told:
            continue
        unseen = [
            {"coverage": each.coverage, "density": each.density} for each in one.stable.unseen
        ]
        draw_discovery(
            folder,
            told=one.cases.told,
            table=one.cases.table,
            shares=one.cases.shares,
            tradeoff=tradeoff(one.chosen),
            limits=limits(one.chosen, one.cases, one.stable),
            unseen=pd.DataFrame(unseen),
            attrs={"seed": seed, "version": version()},
            end=stem(number),
            base=float(one.cases.interest.mean()),
        )
