"""The tasks of experiments/sweep.py and experiments/replay.py."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from tqdm import tqdm  # type: ignore[import-untyped]

from sim.config import Settings
from sim.config.settings import as_mapping
from sim.door.differing import measured
from sim.door.job import Job
from sim.door.sweeping import executor_options, replay_options, sweep_options
from sim.engines.ensemble import check_compiled
from sim.errors import UserError
from sim.explore.difference.baseline import baselines
from sim.explore.difference.table import FILES as DIFFERENCES
from sim.explore.executors.choose import ExecutorOptions, check_executor
from sim.explore.store.opening import check_place
from sim.explore.store.rows import read_table
from sim.explore.store.table import TABLE
from sim.explore.store.whole import open_outcomes
from sim.explore.sweep.forecast import Forecast, forecast, in_words
from sim.explore.sweep.options import COMPILED
from sim.explore.sweep.plan import Choices, Compose, Plan, make_plan
from sim.explore.sweep.replay import Replay
from sim.explore.sweep.replay import replay as run_again
from sim.explore.sweep.run import Listener, SweepResult, tables_of
from sim.explore.sweep.run import sweep as run_sweep
from sim.figures.because import told
from sim.outcomes.headline import CLOSING
from sim.outcomes.why import Why

COLUMNS = ("alignment_mean", "hedging_mean", "capacity_mean", "pressure_mean", "sea_lanes_mean")
MOST_ROWS = 12
MOST_TERMS = 4
MOST_NAMED = 8


def sweep(job: Job) -> Mapping[str, Any]:
    """Run, go on with or extend a sweep, and print its table; or only say what it would take.

    Raises
    ------
    UserError : what is asked for cannot be done, or some blocks failed for good.
    """
    options = sweep_options(job.options.sections.get("sweep", {}), runs=job.settings.runs)
    executor = executor_options(job.options.sections.get("executor", {}))
    plan = make_plan(options, compose=composer(job), groups=job.groups())
    bases = None if options.baseline is None else _bases(options.baseline, plan)
    check_place(job.folder, plan)
    check_executor(executor)
    if options.engine == COMPILED:
        check_compiled()
    if options.forecast:
        told = forecast(plan, executor)
        print(f"{told}\nNothing was run: sweep.forecast=true")
        return {"runs": told.runs, "seconds": round(told.seconds, 1)}
    result = carry_out(plan, job.folder, executor)
    if job.options.figures and result.whole:
        _draw(result.folder)
    table = read_table(result.folder / TABLE)
    print(_closing(plan, result, table))
    _measure(result, plan, bases, job)
    means = {name: float(table[name].mean()) for name in COLUMNS}
    return {"runs": plan.runs, "points": len(plan.points), "replicates": plan.replicates} | means


def _bases(given: Any, plan: Plan) -> Any:
    return baselines(given, plan.points, path="sweep.baseline")


def _measure(result: SweepResult, plan: Plan, bases: Any, job: Job) -> None:
    """Write the differences to a baseline where one was named; take old ones of fewer runs away."""
    if bases is not None:
        given = job.options.sections["sweep"]["baseline"]
        print(measured(result.folder, plan.points, given, bases, figures=job.options.figures))
    elif result.ran:
        for name in DIFFERENCES:
            (result.folder / name).unlink(missing_ok=True)


def fill(plan: Plan, folder: Path, executor: ExecutorOptions) -> SweepResult:
    """Run what is missing of a plan's store, with progress on the error stream.

    Raises
    ------
    UserError : a store of something else, a folder that cannot be written, or blocks that failed for good.
    """
    with tqdm(total=plan.runs, unit=" runs", file=sys.stderr, mininterval=0.5, smoothing=0) as bar:
        result = run_sweep(plan, folder, executor=executor, listener=_listener(bar))
    _refuse_unfinished(result)
    return result


def carry_out(plan: Plan, folder: Path, executor: ExecutorOptions) -> SweepResult:
    """Say what is to be run, then `fill` the store."""
    print(_opening(plan, executor.kind, folder), file=sys.stderr)
    return fill(plan, folder, executor)


def _draw(folder: Path) -> None:
    from sim.figures import draw_sweep

    with open_outcomes(folder) as outcomes:
        draw_sweep(outcomes, folder / "figures")


def composer(job: Job) -> Compose:
    """Give the settings of named choices, as a job composes them; a blank name leaves a group as it is."""

    def compose(choices: Choices) -> Settings:
        return job.varied([f"{group}={name}" for group, name in choices if name])

    return compose


def _opening(plan: Plan, kind: str, folder: Path) -> str:
    names = [str(name) for name in plan.points]
    told = ", ".join(names) if len(names) <= MOST_NAMED else f"{len(names)} settings"
    return (
        f"Sweep of {told}: {len(plan.points):,} points x "
        f"{plan.replicates:,} replicates = {plan.runs:,} runs ({kind}), to {folder}"
    )


def _listener(bar: Any) -> Listener:
    def ran(now: int, before: int, _: int) -> None:
        if not bar.initial:
            bar.initial = bar.n = bar.last_print_n = before
        bar.update(before + now - bar.n)

    def told(text: str) -> None:
        bar.write(text, file=sys.stderr)

    def foretell(found: Forecast) -> None:
        bar.write(
            f"Still to do: {found.runs:,} runs in {found.blocks:,} blocks, about "
            f"{in_words(found.seconds)}; {found.bytes / 1e6:,.1f} MB in all",
            file=sys.stderr,
        )

    return Listener(told=told, ran=ran, forecast=foretell)


def _refuse_unfinished(result: SweepResult) -> None:
    if result.failures:
        told = "; ".join(f"{one.block.name}: {one.reason}" for one in result.failures[:3])
        raise UserError(
            given=f"{len(result.failures)} of {result.blocks} blocks failed three times ({told})",
            allowed="the others are kept; the same command runs only what is missing",
            where="the cause, then run the same command again (fewer executor.workers need less memory)",
        )


def _closing(plan: Plan, result: SweepResult, table: pd.DataFrame) -> str:
    shown = table[[*map(str, plan.points), *COLUMNS]]
    lines = [
        f"{result.ran} blocks run, {result.kept} found finished"
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
    return "\n".join([*lines, CLOSING])


def replay(job: Job) -> Mapping[str, Any]:
    """Run one cell of a sweep again and print why it went as it did.

    Raises
    ------
    UserError : no such cell, settings given on the command line, or another history than stored.
    """
    if as_mapping(job.settings) != as_mapping(Settings()):
        raise UserError(
            given="settings are given for a replay",
            allowed="it takes them from the store: only store, point, replicate and state are given",
            where="on the command line: store=results/sweep point=0 replicate=0",
        )
    folder, point, replicate, states = replay_options(job.options.sections)
    found = run_again(folder, point=point, replicate=replicate, states=states)
    print(_replayed(found, point, replicate))
    if not found.same:
        raise UserError(
            given=f"the region tells another history than {folder} holds: "
            f"{', '.join(found.differing)} differ",
            allowed="both engines must tell the same history",
            where="nothing: this is a fault of the program or of the store, to be reported",
        )
    return {"point": point, "replicate": replicate, "worst": found.worst}


def _replayed(found: Replay, point: int, replicate: int) -> str:
    given = ", ".join(f"{name} = {value}" for name, value in found.point.items())
    years = found.outcomes["year"].values
    lines = [f"Point {point} ({given}), replicate {replicate}: {years[0]}-{years[-1]}\n"]
    lines.append(
        "Why: log-odds of the United States' ties against China's, by term (largest changes)"
    )
    told_of = None
    for why in found.reasons:
        if why.state != told_of:
            told_of = why.state
            alignment = found.outcomes["alignment"].sel(state=why.state).values
            lines.append(f"\n{why.state}: alignment {alignment[0]:.1f} -> {alignment[-1]:.1f}")
        lines += _reasons(why)
    lines += [f"\nNot told: {reason}." for reason in found.untold]
    same = f"the same history as stored (largest relative difference {found.worst:.1e})"
    return "\n".join([*lines, "", same if found.same else "NOT the same history as stored"])


def _reasons(why: Why) -> list[str]:
    most = sorted(why.reasons, key=lambda reason: -abs(reason.change))[:MOST_TERMS]
    return [
        f"  {why.domain}: log-odds {why.odds[0]:+.2f} -> {why.odds[1]:+.2f}, "
        f"alignment {why.alignment[0]:.1f} -> {why.alignment[1]:.1f}",
        *(
            f"    {one.label:<14}{one.levels[0]:+8.2f} -> {one.levels[1]:+8.2f}   {one.change:+8.2f}"
            for one in most
        ),
        f"  {told(why)}",
    ]
