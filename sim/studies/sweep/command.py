"""The task of experiments/sweep.py: a sweep that can be interrupted, resumed and extended."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from sim.composition.commands import task
from sim.composition.context import StudyContext
from sim.engines.ensemble import check_compiled
from sim.ensemble.executors.choose import check_executor
from sim.ensemble.forecast import blocks_in_words, forecast
from sim.ensemble.options import COMPILED, sweep_options
from sim.ensemble.plan import Plan, make_plan
from sim.ensemble.run import SweepResult, tables_of
from sim.ensemble.store.consolidated import open_outcomes
from sim.ensemble.store.contents import TABLE
from sim.ensemble.store.opening import check_place, to_do
from sim.ensemble.store.rows import read_table
from sim.outcomes.definitions import main_columns
from sim.outcomes.headline import CLOSING
from sim.studies._sweeps import carry_out, composer
from sim.studies.difference.baseline import baselines
from sim.studies.difference.command import measured

MOST_ROWS = 12
MOST_NAMED = 8


@task("sweep", "What would happen under thousands of settings?")
def sweep(job: StudyContext) -> Mapping[str, Any]:
    """Run, go on with or extend a sweep, and print its table; or only say what it would take.

    Raises
    ------
    UserError : what is asked for cannot be done, or some blocks failed for good.
    """
    options = sweep_options(job.options.sweep, runs=job.settings.runs)
    executor = job.options.executor
    plan = make_plan(options, compose=composer(job), groups=job.groups())
    bases = None if options.baseline is None else _baseline_settings(options.baseline, plan)
    check_place(job.folder, plan)
    check_executor(executor)
    if options.engine == COMPILED:
        check_compiled()
    if options.forecast:
        content = forecast(plan, executor, missing=to_do(job.folder, plan))
        print(f"{content}\nNothing was run: sweep.forecast=true")
        return {"runs": content.runs, "seconds": round(content.seconds, 1)}
    result = carry_out(plan, job.folder, executor)
    drawn = _draw_charts(result.folder) if job.options.figures and result.whole else []
    table = read_table(result.folder / TABLE)
    print(_closing_text(plan, result, table, drawn))
    _write_differences(result, plan, bases, job)
    means = {f"{name}_mean": float(table[f"{name}_mean"].mean()) for name in main_columns()}
    return {"runs": plan.runs, "points": len(plan.points), "replicates": plan.replicates} | means


def _baseline_settings(given: Any, plan: Plan) -> Any:
    return baselines(given, plan.points, path="sweep.baseline")


def _write_differences(result: SweepResult, plan: Plan, bases: Any, job: StudyContext) -> None:
    """Write the differences to a baseline where one was named, or where those that stood there were damaged."""
    given = plan.options.baseline
    if given is None and result.baseline is not None:
        given = result.baseline
        bases = _baseline_settings(given, plan)
    if given is not None:
        print(measured(result.folder, plan.points, given, bases, figures=job.options.figures))


def _draw_charts(folder: Path) -> list[str]:
    """Draw what the design allows; return the charts' names."""
    from sim.studies.sweep.figures import draw_sweep

    with open_outcomes(folder) as outcomes:
        written = draw_sweep(outcomes, folder / "figures")
    return sorted({path.stem for path in written})


def _closing_text(plan: Plan, result: SweepResult, table: pd.DataFrame, drawn: list[str]) -> str:
    shown = table[[*map(str, plan.points), *(f"{name}_mean" for name in main_columns())]]
    lines = [
        f"{blocks_in_words(result.ran)} run, {result.kept:,} found finished"
        + (f", {len(result.damaged)} damaged and run again" if result.damaged else ""),
        "",
        shown.head(MOST_ROWS).to_string(index=False, float_format=lambda value: f"{value:.4g}"),
    ]
    if len(shown) > MOST_ROWS:
        lines.append(f"... {len(shown) - MOST_ROWS:,} more points")
    lines.append(f"\nTables: {', '.join(str(path) for path in tables_of(result.folder))}")
    lines.append(
        f'All runs: xarray.open_dataset("{result.folder}/outcomes.nc", engine="scipy")'
        if result.whole
        else f'All runs: xarray.open_mfdataset("{result.folder}/blocks/*.nc", engine="scipy")'
    )
    if drawn:
        lines.append(f"Charts: {result.folder / 'figures'} ({', '.join(drawn)})")
    return "\n".join([*lines, CLOSING])
