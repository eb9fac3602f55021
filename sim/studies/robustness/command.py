"""The task of experiments/robust.py: which policy stands up in most futures, and which is least regretted?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sim.composition.commands import task
from sim.composition.context import StudyContext
from sim.ensemble.executors.choose import check_executor
from sim.ensemble.options import read_keep
from sim.ensemble.store.finished import Stored, read_finished
from sim.errors import UserError
from sim.studies._publishing import page_folder, where_it_went
from sim.studies._reports import POINTS, STORE, write_report
from sim.studies._stores import filled, planned_runs
from sim.studies._sweeps import composer
from sim.studies.robustness.design import candidates, crossed, futures
from sim.studies.robustness.inputs import (
    higher_is_better,
    outcome_array,
    read_criteria,
    refuse_infeasible,
)
from sim.studies.robustness.measures import Criterion, Measured, probability_better, resampled
from sim.studies.robustness.options import RobustSection, RobustSweep
from sim.studies.robustness.page import page, table

NAME = "robust"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who is to be judged in which futures, by what."""

    policies: pd.DataFrame
    futures: pd.DataFrame
    criteria: Mapping[str, Criterion]
    outcome: str
    resamples: int


@task("robust", "Which policy is robust?")
def robust(job: StudyContext) -> Mapping[str, Any]:
    """Run every candidate in every future, measure, write tables, page and figures, and print what was found.

    Raises
    ------
    UserError : unknown names or values, too few policies, futures or replicates, criteria no run or every run meets.
    """
    asked = read(job)
    with page_folder(job, NAME, beside=(STORE,)) as folder:
        stored = read_finished(_swept(job, asked, folder / POINTS))
        names = dict.fromkeys([*asked.criteria, asked.outcome])
        values = {name: outcome_array(stored, name, policies=len(asked.policies)) for name in names}
        refuse_infeasible(values, asked.criteria)
        up = higher_is_better(asked.outcome, asked.criteria)
        found = resampled(
            values,
            asked.criteria,
            asked.outcome,
            better_up=up,
            resamples=asked.resamples,
            seed=job.settings.seed,
        )
        policies = [str(name) for name in asked.policies.index]
        told = table(found, policies, better_up=up)
        words = page(found, policies, asked.criteria, asked.outcome, stored, better_up=up)
        write_report(
            folder,
            job,
            NAME,
            page=words,
            tables={"robust.csv": told, "ranks.csv": _ranks(found, policies)},
            sizes=sizes(asked, stored.plan.replicates),
            pictures=_pictures(found, policies, asked, stored),
        )
    print(words)
    print(where_it_went(job, NAME))
    best = told.sort_values("satisficing", ascending=False).iloc[0]["policy"]
    page_path = str(job.folder / f"{NAME}.md")
    return {"page": page_path, "most_satisficing": best, "runs": stored.plan.runs}


def sizes(asked: Asked, replicates: int) -> dict[str, int]:
    """How much is run, for the page's record."""
    counts = {"policies": len(asked.policies), "futures": len(asked.futures)}
    return counts | {"replicates": replicates, "resamples": asked.resamples}


def read(job: StudyContext) -> Asked:
    """Turn the options into candidates, futures and what they are judged by, all checked before anything is run."""
    asked: RobustSection = job.options.robust
    sweep: RobustSweep = job.options.sweep
    if job.settings.runs > 1:
        raise UserError(
            given=f"runs is {job.settings.runs}",
            allowed="here runs are policies times robust.futures times sweep.replicates",
            where="on the command line: robust.futures=100 sweep.replicates=20",
        )
    return Asked(
        policies=candidates(asked.policies, groups=job.groups(), compose=composer(job)),
        futures=futures(
            sweep.space,
            groups=job.groups(),
            count=asked.futures,
            seed=job.settings.seed,
            open_weights=sweep.parameters == "posterior",
        ),
        criteria=read_criteria(asked.criteria),
        outcome=asked.outcome,
        resamples=asked.resamples,
    )


def _swept(job: StudyContext, asked: Asked, path: Path) -> Path:
    """Run the table of all policies in all futures, kept at `path`, as a sweep, in `out`/store."""
    check_executor(job.options.executor)
    crossed(asked.policies, asked.futures).to_csv(path, index=False, lineterminator="\n")
    keep = read_keep([*job.options.sweep.keep, *asked.criteria, asked.outcome])
    return filled(
        planned_runs(
            job, design="table", table=str(path), space={}, parameters="declared", keep=keep
        )
    )


def _ranks(found: Mapping[str, Measured], policies: list[str]) -> pd.DataFrame:
    frames = []
    for measure, source in (("satisficing", "satisficing"), ("regret", "mean")):
        frame = pd.DataFrame(probability_better(found[source]), columns=policies)
        frames.append(
            frame.assign(measure=measure, policy=policies)[["measure", "policy", *policies]]
        )
    return pd.concat(frames, ignore_index=True)


def _pictures(
    found: Mapping[str, Measured], policies: list[str], asked: Asked, stored: Stored
) -> Any:
    def draw(folder: Path) -> None:
        from sim.plots import style
        from sim.studies.robustness import figures as robust

        ranks = {
            "satisficing": probability_better(found["satisficing"]),
            "regret": probability_better(found["mean"]),
        }
        about = robust.About(
            criteria="; ".join(f"{name} {one}" for name, one in asked.criteria.items()),
            outcome=asked.outcome,
            unit=str(stored.outcomes[asked.outcome].attrs.get("units", "1")),
            futures=len(asked.futures),
            replicates=stored.plan.replicates,
            attrs={"version": stored.version, "seed": stored.seed},
        )
        with style.context():
            style.save(robust.draw(found, ranks, policies, about), folder, "robust")

    return draw
