"""The task of experiments/discovery.py: boxes in a finished sweep, in words, tables and charts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from sim.config import Settings
from sim.config.declare import Declaration
from sim.config.settings import as_mapping, checked
from sim.door.job import Job
from sim.door.progress import Progress
from sim.door.sensing_options import state_of
from sim.errors import UserError
from sim.explore.discovery.boxes import measure
from sim.explore.discovery.cases import Cases, Question, read_cases
from sim.explore.discovery.choose import Chosen, choose
from sim.explore.discovery.page import answer, limits, page, tradeoff
from sim.explore.discovery.stability import Stability, resampled
from sim.explore.discovery.workbench import leaves, peeled
from sim.explore.store.files import unwritable, write_whole
from sim.explore.store.manifest import read_manifest
from sim.explore.store.values import check_outcome
from sim.outcomes.headline import CLOSING

LIMIT = Declaration(kind="number", default=0.5, low=-1e9, high=1e9, doc="limit of the outcome")
SHARE = Declaration(kind="number", default=0.5, low=0.01, high=1.0, doc="of a point's replicates")
DENSITY = Declaration(kind="number", default=0.8, low=0.01, high=1.0, doc="asked of the box")
RESAMPLES = Declaration(kind="integer", default=20, low=20, high=10_000, doc="halves of the points")
CHECKED = {"share": SHARE, "density": DENSITY, "resamples": RESAMPLES}


def discover(job: Job) -> Mapping[str, Any]:
    """Find the box, try it on resamples, and write boxes.md, tables and figures.

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
    cases = read_cases(store, question)
    density = asked["density"]
    chosen = choose(peeled(cases.table, cases.interest), cases, density=density)
    show = Progress("resamples")
    seed = int(read_manifest(store)["bases"][0]["settings"]["seed"])
    stable = resampled(
        cases, density=density, resamples=asked["resamples"], seed=seed % 2**32, told=show
    )
    show.close()
    tree = [(box, measure(box, cases)) for box in leaves(cases.table, cases.interest)]
    text = page(cases, chosen, stable, tree, density=density)
    _write(job.folder, text, _tables(cases, chosen, stable))
    if job.options.figures and chosen and stable.holds:
        _draw(job.folder / "figures", cases, chosen, stable, seed)
    print(f"{answer(cases, chosen, stable)}\n\nPage, tables and figures: {job.folder}\n{CLOSING}")
    return {"box": bool(chosen and stable.holds), "beats": stable.beats}


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
    check_outcome(str(outcome), state, dates=True)
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


def _tables(cases: Cases, chosen: Chosen | None, stable: Stability) -> dict[str, pd.DataFrame]:
    found = {"tradeoff": tradeoff(chosen), "stability": stable.sides}
    if chosen and stable.holds:
        found["boxes"] = limits(chosen, cases, stable)
    return found


def _write(folder: Path, text: str, tables: Mapping[str, pd.DataFrame]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / "boxes.md", lambda file: file.write(text.encode()))
        for name, table in tables.items():
            content = table.to_csv(index=False, float_format="%.6g", lineterminator="\n").encode()
            write_whole(folder / f"{name}.csv", lambda file, content=content: file.write(content))  # type: ignore[misc]
    except OSError as error:
        raise unwritable(folder, error) from error


def _draw(folder: Path, cases: Cases, chosen: Chosen, stable: Stability, seed: int) -> None:
    from sim.figures.discovery import draw_discovery
    from sim.provenance import version

    unseen = pd.DataFrame(
        [{"coverage": one.coverage, "density": one.density} for one in stable.unseen]
    )
    draw_discovery(
        folder,
        told=cases.told,
        table=cases.table,
        shares=cases.shares,
        tradeoff=tradeoff(chosen),
        limits=limits(chosen, cases, stable),
        unseen=unseen,
        attrs={"seed": seed, "version": version()},
    )
