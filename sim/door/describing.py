"""The tasks of experiments/levers.py and experiments/start.py: pages of docs/, written by the program."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.config import Settings, build
from sim.door.compose import CONF, Source, compose
from sim.door.job import Job
from sim.door.options import take_options
from sim.door.progress import Progress
from sim.door.reporting import DOCS, write_doc
from sim.explore.first_year import first_year
from sim.explore.levers import LeverEffects, compare, ends, in_words, levers, move

PAIRS = 200


def write_levers(job: Job) -> Mapping[str, Any]:
    """Move every lever alone and write levers.md (in `out`, or docs/)."""
    told: list[LeverEffects] = []
    runs = job.settings.runs if job.settings.runs > 1 else PAIRS
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
    page = in_words(told, runs=runs, last=job.settings.years.last)
    path = write_page(job, "levers.md", page)
    still = [row.lever for row in told if not any(effect.found for effect in row.effects)]
    print(f"{len(told)} moves of {len(levers())} levers over {runs} paired runs: {path}")
    print(f"Levers that move nothing: {', '.join(still) or 'none'}.")
    return {"page": str(path), "still": len(still)}


def write_start(job: Job) -> Mapping[str, Any]:
    """Set the start beside the surveys and write start.md (in `out`, or docs/)."""
    page = first_year(job.settings)
    path = write_page(job, "start.md", page)
    print(page)
    print(f"Written to {path}")
    return {"page": str(path)}


def _with_theory(job: Job, theory: str) -> Settings:
    mapping = compose(Source(folder=CONF, name="config"), [f"theory={theory}"])
    composed = build(take_options(mapping)[1])
    return Settings(**(vars(job.settings) | {"theory": theory, "rules": composed.rules}))


def write_page(job: Job, name: str, page: str) -> Path:
    """Write a page into `out`, or docs/, and return where it is.

    Raises
    ------
    UserError : a folder that cannot be written.
    """
    folder = Path(job.options.out) if job.options.out else DOCS
    return write_doc(folder / name, page)
