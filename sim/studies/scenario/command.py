"""The task of experiments/run.py: one scenario, and the same random draws without Japan's assistance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import xarray as xr
import yaml

from sim.composition.commands import task
from sim.composition.compose import CONF
from sim.composition.context import StudyContext
from sim.config import Settings, build
from sim.config.settings import as_mapping
from sim.outcomes.headline import headline
from sim.outcomes.summary import region_row, summarise
from sim.results.files import write_results
from sim.results.result_folder import result_folder
from sim.studies._rows import row_of
from sim.studies.scenario.engine import judged, simulate

NO_ASSISTANCE = CONF / "policy" / "japan" / "none.yaml"


@task("run", "Which way does each state lean, and what did Japan's aid buy?")
def run(job: StudyContext) -> Mapping[str, Any]:
    """Simulate, judge, write the result folder, print the headline; return the region's row.

    Raises
    ------
    UserError : data or output folder that cannot be used.
    """
    settings, engine = job.settings, job.options.engine
    with result_folder(job.folder, kind="run") as folder:
        history = simulate(settings, engine=engine, label="simulating")
        outcomes = judged(history, settings)
        without = judged_without_assistance(settings, engine)
        summary = summarise(outcomes, first=settings.years.first)
        write_results(
            folder,
            settings=settings,
            config=job.mapping(),
            history=history,
            outcomes=outcomes,
            summary=summary,
        )
        if job.options.figures:
            from sim.studies.scenario.figures import draw_all

            draw_all(history, outcomes, folder / "figures", baseline=without)
    print(_run_title(settings))
    print(headline(outcomes, without, first=settings.years.first))
    print(f"Results: {job.folder}")
    return row_of(region_row(summary), outcomes, settings)


def judged_without_assistance(settings: Settings, engine: str) -> xr.Dataset:
    """Judge the same settings and luck, changed only by what policy/japan=none names."""
    bare = without_assistance(settings)
    history = simulate(bare, engine=engine, label="simulating without assistance")
    return judged(history, bare).assign_attrs(label="no assistance")


def without_assistance(settings: Settings) -> Settings:
    """Return the settings without Japan's security assistance (conf/policy/japan/none.yaml)."""
    mapping = as_mapping(settings)
    mapping["policy"]["japan"] |= yaml.safe_load(NO_ASSISTANCE.read_text(encoding="utf-8"))
    return build(mapping)


def _run_title(settings: Settings) -> str:
    years = f"{settings.years.first}-{settings.years.last}"
    runs = f", {settings.runs} runs" if settings.runs > 1 else ""
    return (
        f"Straits, {years}: scenario {settings.scenario.name}, theory {settings.theory}, "
        f"world {settings.world}, seed {settings.seed}{runs}\n"
    )
