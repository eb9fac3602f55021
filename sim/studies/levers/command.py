"""The task of experiments/levers.py: what each lever moves, as a page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.composition.compose import CONF, Source, compose
from sim.composition.context import StudyContext
from sim.composition.options import take_options
from sim.config import Settings, build
from sim.results.files import write_config
from sim.studies._pages import render_page
from sim.studies._progress import Progress
from sim.studies._publishing import page_folder, record, where_it_went, write_page
from sim.studies.levers import analysis
from sim.studies.levers.analysis import LeverEffects, ends, levers, page_rows

NAME = "levers"
PAIRS = 200


def write_levers(job: StudyContext) -> Mapping[str, Any]:
    """Move every lever alone and write levers.md."""
    runs = sizes(job.settings)["runs"]
    with page_folder(job, NAME) as folder:
        rows = page_rows(_move_levers(job, runs))
        values = {"rows": rows, "runs": runs, "last": job.settings.years.last}
        page = render_page(Path(__file__).parent, values)
        write_page(folder, "levers.md", page, record(job, NAME, sizes(job.settings)))
        write_config(folder, job.mapping())
    still = [row["lever"] for row in rows if not row["moved"]]
    print(f"{len(rows)} moves of {len(levers())} levers over {runs} paired runs")
    print(f"Levers that move nothing: {', '.join(still) or 'none'}.")
    print(where_it_went(job, NAME))
    return {"page": str(job.folder / "levers.md"), "still": len(still)}


def sizes(settings: Settings) -> dict[str, int]:
    """How many pairs of runs each move takes, for the page's record."""
    return {"runs": settings.runs if settings.runs > 1 else PAIRS}


def _move_levers(job: StudyContext, runs: int) -> list[LeverEffects]:
    """Move every lever alone, from one end of its range to the other."""
    table: list[LeverEffects] = []
    moves = [(name, lever, pair) for name, lever in levers().items() for pair in ends(lever)]
    progress = Progress("moving levers")
    for name, lever, (low, high) in moves:
        if name == "theory":
            before, after = _with_theory(job, low), _with_theory(job, high)
            effects = analysis.compare(before, after, runs=runs)
        else:
            effects = analysis.move(job.settings, name, low, high, runs=runs)
        table.append(LeverEffects(lever=name, unit=lever.unit, low=low, high=high, effects=effects))
        progress(len(table), len(moves))
    progress.close()
    return table


def _with_theory(job: StudyContext, theory: str) -> Settings:
    mapping = compose(Source(folder=CONF, name="config"), [f"theory={theory}"])
    composed = build(take_options(mapping)[1])
    return Settings(**(vars(job.settings) | {"theory": theory, "rules": composed.rules}))
