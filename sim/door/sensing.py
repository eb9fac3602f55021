"""The task of experiments/sensitivity.py: runs a study's design, sums it up, draws it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from sim.config.labels import said
from sim.config.settings import as_mapping
from sim.door.exploring import carry_out, composer
from sim.door.job import Job
from sim.door.sensing_options import MethodOptions, method_options
from sim.door.sweeping import executor_options
from sim.errors import UserError
from sim.explore.executors.choose import ExecutorOptions, check_executor
from sim.explore.sensitivity.problem import flat, problem, refuse_overlap
from sim.explore.sensitivity.study import Study, Tables, points, tables
from sim.explore.store.files import unwritable, write_whole
from sim.explore.store.opening import check_place, open_store
from sim.explore.sweep.design import Dimension
from sim.explore.sweep.options import SweepOptions
from sim.explore.sweep.plan import Plan, plan_of
from sim.outcomes.headline import CLOSING

ALL = "all"
MOST_ROWS = 12


def sense(job: Job) -> Mapping[str, Any]:
    """Run, go on with or extend one study, or all three and their page.

    Raises
    ------
    UserError : what is asked for cannot be done, or its intervals came out wider than asked.
    """
    executor = executor_options(job.options.sections.get("executor", {}))
    check_executor(executor)
    if job.options.sections.get("method") == ALL:
        from sim.door.sensing_page import write_page

        return write_page(job, executor)
    options = method_options(job)
    study = study_of(job, options)
    found = carried_out(job, study, job.folder / study.method, executor)
    print(_told(study, found, job.folder / study.method))
    if found.short:
        raise UserError(
            given=f"width={study.width:g} was asked for, and {'; '.join(found.short)}",
            allowed="what was found is written all the same",
            where="by running it again with more; what is done is kept",
        )
    return {"method": study.method, "settings": len(study.space), "folder": str(job.folder)}


def study_of(job: Job, options: MethodOptions) -> Study:
    """Say what is to be varied, by the names given.

    Raises
    ------
    UserError : an unknown setting or outcome.
    """
    start = flat(as_mapping(job.settings))
    space = problem(
        options.settings,
        job.groups(),
        start,
        span=options.span,
        numbers=options.method == "morris",
    )
    refuse_overlap(space, _touched(job, space))
    return Study(
        method=options.method,
        outcomes=options.outcomes,
        state=options.state,
        space=space,
        samples=options.samples,
        replicates=options.replicates,
        seed=job.settings.seed,
        width=options.width,
    )


def _touched(job: Job, space: Sequence[Dimension]) -> dict[str, list[str]]:
    """For each group that is varied, the settings in which its choices differ."""
    found = {}
    for one in space:
        if one.group:
            each = [flat(as_mapping(job.varied([f"{one.name}={name}"]))) for name in one.values]
            names = dict.fromkeys(path for settings in each for path in settings)
            differ = [path for path in names if len({str(s.get(path)) for s in each}) > 1]
            found[one.name] = differ
    return found


def carried_out(job: Job, study: Study, folder: Path, executor: ExecutorOptions) -> Tables:
    """Run what is missing of a study and write its tables and figures beside its runs."""
    plan = _plan(job, study)
    check_place(folder, plan)
    carry_out(plan, folder, executor)
    store = open_store(folder)
    found = tables(study, store, plan.points)
    _write(folder, found)
    if job.options.figures:
        from sim.figures.sensitivity import draw_sensitivity

        about = store.read(store.blocks[0])
        words = {name: dict(about[name].attrs) for name in study.outcomes}
        attrs = {"seed": job.settings.seed, **_version()}
        draw_sensitivity(
            study.method,
            found.main,
            found.noise,
            folder / "figures",
            words=words,
            attrs=attrs,
            about=_about(job, study),
        )
    return found


def _version() -> dict[str, str]:
    from sim.provenance import version

    return {"version": version()}


def _about(job: Job, study: Study) -> str:
    """Say where, when and over how many runs, for the note of a figure."""
    place = study.state or "Mean of the states"
    return f"{place}, {job.settings.years.last}; {study.replicates} replicates a point"


def _plan(job: Job, study: Study) -> Plan:
    start = flat(as_mapping(job.settings))
    options = SweepOptions(design="table", replicates=study.replicates, precision="double")
    table = points(study, start)
    return plan_of(table, options, compose=composer(job), groups=job.groups())


def _write(folder: Path, found: Tables) -> None:
    try:
        for name, frame in (("sensitivity.csv", found.main), ("noise.csv", found.noise)):
            if len(frame):
                text = io.StringIO()
                frame.to_csv(text, index=False, float_format="%.6g", lineterminator="\n")
                content = text.getvalue().encode()
                write_whole(folder / name, lambda file, content=content: file.write(content))  # type: ignore[misc]
    except OSError as error:
        raise unwritable(folder, error) from error


def _told(study: Study, found: Tables, folder: Path) -> str:
    lines = []
    for outcome, part in found.main.groupby("outcome", sort=False):
        lines.append(f"\n{outcome}{f' of {study.state}' if study.state else ''}:")
        lines.append(_rows(part.drop(columns="outcome")))
    for row in found.noise.itertuples():
        lines.append(
            f"\n{row.outcome}: luck is {row.noise_share:.0%} of the variance of single runs "
            f"({row.shared_part_of_luck:.0%} of it moves all points alike and drops out); in means of "
            f"{row.replicates} replicates it is {row.noise_left_in_means:.0%}, taken out above"
        )
    if study.method == "sobol" and found.main["swamped"].any():
        few = found.main.loc[found.main["swamped"], ["outcome", "setting"]].drop_duplicates()
        lines.append(f"\nSwamped by luck or too small to tell from nought: {len(few)} indices.")
    lines.append(f"\nTables, runs and figures: {folder}")
    return "\n".join([*lines, CLOSING])


def _rows(part: pd.DataFrame) -> str:
    shown = part.assign(setting=[said(name) for name in part["setting"]])
    text = shown.head(MOST_ROWS).to_string(index=False, float_format=lambda value: f"{value:.3g}")
    more = len(shown) - MOST_ROWS
    return f"{text}\n... {more} more in sensitivity.csv" if more > 0 else text
