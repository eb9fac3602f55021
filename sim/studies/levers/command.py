"""The tasks of experiments/levers.py and experiments/start.py: pages that describe the model, written by the program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.composition.commands import task
from sim.composition.compose import CONF, Source, compose
from sim.composition.context import StudyContext
from sim.composition.options import take_options
from sim.config import Settings, build
from sim.results.files import write_config
from sim.studies._progress import Progress
from sim.studies._publishing import page_folder, record, where_it_went, write_page
from sim.studies.levers.analysis import LeverEffects, compare, ends, in_words, levers, move
from sim.studies.start.analysis import first_year

LEVERS, START = "levers", "start"
PAIRS = 200


@task("levers", "What does each lever move, with which sign, and how much?")
def write_levers(job: StudyContext) -> Mapping[str, Any]:
    """Move every lever alone and write levers.md."""
    with page_folder(job, LEVERS) as folder:
        told = _moved(job)
        runs = sizes(job.settings)["runs"]
        page = in_words(told, runs=runs, last=job.settings.years.last)
        write_page(folder, "levers.md", page, record(job, LEVERS, sizes(job.settings)))
        write_config(folder, job.mapping())
    still = [row.lever for row in told if not any(effect.found for effect in row.effects)]
    print(f"{len(told)} moves of {len(levers())} levers over {runs} paired runs")
    print(f"Levers that move nothing: {', '.join(still) or 'none'}.")
    print(where_it_went(job, LEVERS))
    return {"page": str(job.folder / "levers.md"), "still": len(still)}


def sizes(settings: Settings) -> dict[str, int]:
    """How many pairs of runs each move takes, for the page's record."""
    return {"runs": settings.runs if settings.runs > 1 else PAIRS}


def _moved(job: StudyContext) -> list[LeverEffects]:
    """Move every lever alone, from one end of its range to the other."""
    told: list[LeverEffects] = []
    runs = sizes(job.settings)["runs"]
    todo = [(lever, one, pair) for lever, one in levers().items() for pair in ends(one)]
    show = Progress("moving levers")
    for done, (lever, declaration, (low, high)) in enumerate(todo, 1):
        if lever == "theory":
            effects = compare(_with_theory(job, low), _with_theory(job, high), runs=runs)
        else:
            effects = move(job.settings, lever, low, high, runs=runs)
        told.append(
            LeverEffects(lever=lever, unit=declaration.unit, low=low, high=high, effects=effects)
        )
        show(done, len(todo))
    show.close()
    return told


@task("start", "Is the start plausible?")
def write_start(job: StudyContext) -> Mapping[str, Any]:
    """Set the start beside the surveys and write start.md."""
    with page_folder(job, START) as folder:
        page = first_year(job.settings)
        write_page(folder, "start.md", page, record(job, START, {}))
        write_config(folder, job.mapping())
    print(page)
    print(where_it_went(job, START))
    return {"page": str(job.folder / "start.md")}


def _with_theory(job: StudyContext, theory: str) -> Settings:
    mapping = compose(Source(folder=CONF, name="config"), [f"theory={theory}"])
    composed = build(take_options(mapping)[1])
    return Settings(**(vars(job.settings) | {"theory": theory, "rules": composed.rules}))
