"""The task of experiments/discovery.py: boxes in a finished sweep, in words, tables and charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from sim.config import Settings
from sim.config.declare import Declaration
from sim.config.settings import as_mapping, checked
from sim.door.compose import CONF, Source, compose
from sim.door.exploring import composer
from sim.door.job import Job, make_job
from sim.door.progress import Progress
from sim.door.publishing import page_folder, record, where_it_went, write_page
from sim.door.sensing_options import state_of
from sim.door.storing import options_of
from sim.errors import UserError
from sim.explore.discovery.boxes import measure
from sim.explore.discovery.cases import Question, read_cases
from sim.explore.discovery.cover import Found, cover
from sim.explore.discovery.page import answer, limits, page, stem, tradeoff
from sim.explore.discovery.workbench import leaves
from sim.explore.output import write_config, write_table
from sim.explore.store.manifest import MANIFEST, read_manifest
from sim.explore.store.opening import to_do
from sim.explore.store.values import check_outcome
from sim.explore.sweep.plan import make_plan
from sim.outcomes.headline import CLOSING

LIMIT = Declaration(kind="number", default=0.5, low=-1e9, high=1e9, doc="limit of the outcome")
SHARE = Declaration(kind="number", default=0.5, low=0.01, high=1.0, doc="of a point's replicates")
DENSITY = Declaration(kind="number", default=0.8, low=0.01, high=1.0, doc="asked of the box")
RESAMPLES = Declaration(kind="integer", default=20, low=20, high=10_000, doc="halves of the points")
BOXES = Declaration(kind="integer", default=3, low=1, high=10, doc="sought, one after another")
CHECKED = {"share": SHARE, "density": DENSITY, "resamples": RESAMPLES, "boxes": BOXES}
NAME = "discovery"


def discover(job: Job) -> Mapping[str, Any]:
    """Find boxes, try them on resamples, and write page, tables and figures.

    Raises
    ------
    UserError : no finished store, a question that cannot be asked of it, no EMA Workbench.
    """
    told = job.options.sections
    if as_mapping(job.settings) != as_mapping(Settings()):
        raise UserError(
            given="settings are given for a discovery",
            allowed="it takes them from the store: only the question is given",
            where="on the command line: store=results/sweep outcome=hedging_share below=0.5",
        )
    store, question = store_of(told), question_of(told)
    asked = {name: checked(told.get(name, one.default), one, name) for name, one in CHECKED.items()}
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
    source, asked = Source(folder=CONF, name="sweep"), ["experiment=discovery"]
    job = make_job(compose(source, asked), source=source, overrides=asked, task="sweep")
    plan = make_plan(options_of(job), compose=composer(job), groups=job.groups())
    if not (store / MANIFEST).is_file() or to_do(store, plan):
        raise UserError(
            given=f"publish is true, and {store} is not the whole store of the declared sweep",
            allowed="what is published is found in that of: python experiments/sweep.py experiment=discovery",
            where="by running it, or on the command line: publish=false",
        )


def _discovered(
    job: Job, folder: Path, store: Path, question: Question, asked: Mapping[str, Any]
) -> Sequence[Found]:
    """Find boxes, try them on resamples, and write page, tables and figures into a folder."""
    cases = read_cases(store, question)
    show = Progress("resamples")
    seed = int(read_manifest(store)["bases"][0]["settings"]["seed"])
    found = cover(
        cases,
        density=asked["density"],
        resamples=asked["resamples"],
        seed=seed % 2**32,
        most=asked["boxes"],
        told=show,
    )
    show.close()
    tree = [(box, measure(box, cases)) for box in leaves(cases.table, cases.interest)]
    pictures = job.options.figures
    text = page(found, tree, density=asked["density"], pictures=pictures) + _origin(store, job)
    size = {"points": len(cases.table), "resamples": asked["resamples"]}
    write_page(folder, f"{NAME}.md", text, record(job, NAME, size))
    for name, table in _tables(found).items():
        write_table(folder / f"{name}.csv", table)
    if pictures:
        _draw(folder / "figures", found, seed)
    write_config(folder, job.mapping() | dict(job.options.sections))
    return found


def _origin(store: Path, job: Job) -> str:
    """The last line of the page: what it was made by."""
    names = ("outcome", "state", "above", "below", *CHECKED)
    given = job.options.sections
    asked = " ".join(f"{name}={given[name]}" for name in names if given.get(name) is not None)
    return f"\nWritten by `python experiments/discovery.py store={store} {asked}`.\n"


def store_of(told: Mapping[str, Any]) -> Path:
    """Read where the store is.

    Raises
    ------
    UserError : not the path of a folder.
    """
    given = told.get("store")
    if not isinstance(given, str) or not given:
        raise UserError(
            given=f"store is {given!r}",
            allowed="it must be the folder of a finished sweep",
            where="on the command line: store=results/discovery-sweep",
        )
    return Path(given)


def question_of(told: Mapping[str, Any]) -> Question:
    """Read what is looked for.

    Raises
    ------
    UserError : no such outcome, or not exactly one of above and below.
    """
    outcome, state = told.get("outcome"), state_of(told.get("state"))
    check_outcome(str(outcome), state, with_dates=True)
    sides = {name: told[name] for name in ("above", "below") if told.get(name) is not None}
    if len(sides) != 1:
        raise UserError(
            given="above and below are both given" if sides else "neither above nor below is given",
            allowed="exactly one of them says which runs are of interest",
            where="on the command line: below=0.45",
        )
    ((side, value),) = sides.items()
    return Question(
        outcome=str(outcome),
        state=state,
        limit=checked(value, LIMIT, side),
        above=side == "above",
        share=checked(told.get("share", 0.5), SHARE, "share"),
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
    from sim.figures.discovery import draw_discovery
    from sim.provenance import version

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
