"""A sensitivity study carried out: what is varied, its runs in a store, its tables and figures."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from sim.composition.context import StudyContext
from sim.config.settings import as_mapping
from sim.ensemble.design import Dimension
from sim.ensemble.executors.options import ExecutorOptions
from sim.ensemble.options import SweepOptions, read_keep
from sim.ensemble.plan import Plan, plan_of
from sim.ensemble.store.files import atomic_write, storage_error
from sim.ensemble.store.opening import check_place, open_store
from sim.ensemble.store.values import check_outcome, check_state
from sim.errors import UserError
from sim.provenance import version
from sim.studies._sweeps import carry_out, composer
from sim.studies.sensitivity.options import DEFAULTS, SensitivityCommand
from sim.studies.sensitivity.problem import flat, problem, refuse_overlap
from sim.studies.sensitivity.study import Study, Tables, points, tables


def study_of(job: StudyContext, method: str, outcomes: tuple[str, ...]) -> Study:
    """Say what is to be varied, by the names given; what is not given is the method's own.

    Raises
    ------
    UserError : an unknown setting, an outcome the state does not have, or `runs`, which here is `replicates`.
    """
    asked: SensitivityCommand = job.options
    if job.settings.runs != 1:
        raise UserError(
            given=f"runs is {job.settings.runs}",
            allowed="runs of each point are given by replicates",
            where="on the command line: replicates=16",
        )
    for outcome in outcomes:
        check_outcome(outcome, asked.state)
    settings, samples, replicates = DEFAULTS[method]
    start = flat(as_mapping(job.settings))
    space = problem(
        asked.settings or settings,
        job.groups(),
        start,
        span=asked.span,
        numbers=method == "morris",
    )
    refuse_overlap(space, _touched(job, space))
    return Study(
        method=method,
        outcomes=outcomes,
        state=asked.state,
        space=space,
        samples=asked.samples or samples,
        replicates=asked.replicates or replicates,
        seed=job.settings.seed,
        width=asked.width or 0.0,
    )


def _touched(job: StudyContext, space: Sequence[Dimension]) -> dict[str, list[str]]:
    """For each group that is varied, the settings in which its choices differ."""
    touched = {}
    for dimension in space:
        if dimension.group:
            each = [
                flat(as_mapping(job.varied([f"{dimension.name}={name}"])))
                for name in dimension.values
            ]
            names = dict.fromkeys(path for settings in each for path in settings)
            differ = [path for path in names if len({str(s.get(path)) for s in each}) > 1]
            touched[dimension.name] = differ
    return touched


def carried_out(job: StudyContext, study: Study, folder: Path, executor: ExecutorOptions) -> Tables:
    """Run what is missing of a study and write its tables and figures beside its runs."""
    plan = _plan(job, study)
    check_state(study.state, plan.states)
    check_place(folder, plan)
    carry_out(plan, folder, executor)
    store = open_store(folder)
    results = tables(study, store, plan.points)
    _write(folder, results)
    if job.options.figures:
        from sim.studies.sensitivity.figures import draw_sensitivity

        about = store.read(store.blocks[0])
        words = {name: dict(about[name].attrs) for name in study.outcomes}
        attrs = {"seed": job.settings.seed, "version": version()}
        draw_sensitivity(
            study.method,
            results.main,
            results.noise,
            folder / "figures",
            words=words,
            attrs=attrs,
            about=_about(job, study),
        )
    return results


def _about(job: StudyContext, study: Study) -> str:
    """Say where, when and over how many runs, for the note of a figure."""
    place = study.state or "Mean of the states"
    return f"{place}, {job.settings.years.last}; {study.replicates} replicates a point"


def _plan(job: StudyContext, study: Study) -> Plan:
    start = flat(as_mapping(job.settings))
    options = SweepOptions(
        design="table",
        replicates=study.replicates,
        precision="double",
        keep=read_keep(study.outcomes),
    )
    table = points(study, start)
    return plan_of(table, options, compose=composer(job), groups=job.groups())


def _write(folder: Path, results: Tables) -> None:
    try:
        for name, frame in (("sensitivity.csv", results.main), ("noise.csv", results.noise)):
            if len(frame):
                text = io.StringIO()
                frame.to_csv(text, index=False, float_format="%.6g", lineterminator="\n")
                content = text.getvalue().encode()
                atomic_write(folder / name, lambda file, content=content: file.write(content))  # type: ignore[misc]
    except OSError as error:
        raise storage_error(folder, error) from error
