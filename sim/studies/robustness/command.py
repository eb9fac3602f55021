"""Robustness: which policy satisfices in most futures, and which is regretted least?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from sim.axes import Array
from sim.composition.context import StudyContext
from sim.ensemble.executors.choose import check_executor
from sim.ensemble.options import read_keep
from sim.ensemble.store.finished import Stored, read_finished
from sim.errors import UserError
from sim.studies._runner import Draw, StudyResult, study
from sim.studies._stores import STORE, filled, planned_runs
from sim.studies._sweeps import composer
from sim.studies.robustness.design import candidates, crossed, futures
from sim.studies.robustness.inputs import (
    higher_is_better,
    outcome_array,
    read_criteria,
    refuse_infeasible,
)
from sim.studies.robustness.measures import Criterion, Measured, probability_better, resampled
from sim.studies.robustness.options import RobustCommand, RobustSection, RobustSweep
from sim.studies.robustness.report import policy_table, report_values

POINTS = "points.csv"


@dataclass(frozen=True, kw_only=True)
class RobustnessDesign:
    """Candidate policies, the futures they all meet, and what they are judged by."""

    policies: pd.DataFrame
    futures: pd.DataFrame
    criteria: Mapping[str, Criterion]
    outcome: str
    resamples: int
    replicates: int

    @property
    def sizes(self) -> dict[str, int]:
        """How much is run, for the page's record."""
        counts = {"policies": len(self.policies), "futures": len(self.futures)}
        return counts | {"replicates": self.replicates, "resamples": self.resamples}


@study("robust", "Which policy is robust?", options=RobustCommand, beside=(STORE,))
def robust(context: StudyContext) -> StudyResult:
    """Run every candidate in every future, and measure satisficing and regret.

    Raises
    ------
    UserError : unknown names or values, too few policies, futures or replicates, criteria no run or every run meets.
    """
    design = read(context)
    points = crossed(design.policies, design.futures).to_csv(index=False, lineterminator="\n")
    stored = read_finished(_swept(context, design, points))
    up = higher_is_better(design.outcome, design.criteria)
    found = _measured(stored, design, better_up=up, seed=context.settings.seed)
    policies = [str(name) for name in design.policies.index]
    table = policy_table(found, policies, better_up=up)
    ranks = {
        "satisficing": probability_better(found["satisficing"]),
        "regret": probability_better(found["mean"]),
    }
    return StudyResult(
        values={
            **report_values(table, found, ranks),
            "futures": len(design.futures),
            "replicates": design.replicates,
            "criteria": design.criteria,
            "outcome": design.outcome,
            "seed": stored.seed,
            "version": stored.version,
        },
        tables={"robust.csv": table, "ranks.csv": _rank_table(ranks, policies)},
        files={POINTS: points},
        draw=_draw(found, ranks, policies, design, stored),
        sizes=design.sizes,
        row={
            "most_satisficing": policies[int(found["satisficing"].estimate.argmax())],
            "runs": stored.plan.runs,
        },
    )


def read(context: StudyContext) -> RobustnessDesign:
    """Turn the options into candidates, futures and what they are judged by, all checked before anything is run."""
    asked: RobustSection = context.options.robust
    sweep: RobustSweep = context.options.sweep
    if context.settings.runs > 1:
        raise UserError(
            given=f"runs is {context.settings.runs}",
            allowed="here runs are policies times robust.futures times sweep.replicates",
            where="on the command line: robust.futures=100 sweep.replicates=20",
        )
    return RobustnessDesign(
        policies=candidates(asked.policies, groups=context.groups(), compose=composer(context)),
        futures=futures(
            sweep.space,
            groups=context.groups(),
            count=asked.futures,
            seed=context.settings.seed,
            open_weights=sweep.parameters == "posterior",
        ),
        criteria=read_criteria(asked.criteria),
        outcome=asked.outcome,
        resamples=asked.resamples,
        replicates=sweep.replicates,
    )


def _swept(context: StudyContext, design: RobustnessDesign, points: str) -> Path:
    """Run the table of all policies in all futures as a sweep, in `out`/store."""
    check_executor(context.options.executor)
    keep = read_keep([*context.options.sweep.keep, *design.criteria, design.outcome])
    fixed = {"design": "table", "space": {}, "parameters": "declared", "keep": keep}
    with TemporaryDirectory() as folder:
        table = Path(folder) / POINTS
        table.write_text(points, encoding="utf-8")
        return filled(planned_runs(context, table=str(table), **fixed))


def _measured(
    stored: Stored, design: RobustnessDesign, *, better_up: bool, seed: int
) -> dict[str, Measured]:
    names = dict.fromkeys([*design.criteria, design.outcome])
    count = len(design.policies)
    values = {name: outcome_array(stored, name, policies=count) for name in names}
    refuse_infeasible(values, design.criteria)
    return resampled(
        values,
        design.criteria,
        design.outcome,
        better_up=better_up,
        resamples=design.resamples,
        seed=seed,
    )


def _rank_table(ranks: Mapping[str, Array], policies: list[str]) -> pd.DataFrame:
    """A row a measure and policy: share of resamples in which it ranks before each other."""
    frames = [
        pd.DataFrame(shares, columns=policies).assign(measure=measure, policy=policies)
        for measure, shares in ranks.items()
    ]
    return pd.concat(frames, ignore_index=True)[["measure", "policy", *policies]]


def _draw(
    found: Mapping[str, Measured],
    ranks: Mapping[str, Array],
    policies: list[str],
    design: RobustnessDesign,
    stored: Stored,
) -> Draw:
    def draw(folder: Path) -> None:
        from sim.studies.robustness.figures import About, draw_all

        about = About(
            criteria="; ".join(f"{name} {one}" for name, one in design.criteria.items()),
            outcome=design.outcome,
            unit=str(stored.outcomes[design.outcome].attrs.get("units", "1")),
            futures=len(design.futures),
            replicates=stored.plan.replicates,
            attrs={"version": stored.version, "seed": stored.seed},
        )
        draw_all(folder, found, ranks, policies, about)

    return draw
