"""The task of experiments/survival.py: how long do states keep hedging, in which world and under which policy?"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from sim.composition.commands import task
from sim.composition.context import StudyContext
from sim.ensemble.store.finished import Stored, read_finished
from sim.errors import UserError
from sim.studies._publishing import page_folder, where_it_went
from sim.studies._reports import STORE, write_report
from sim.studies._stores import PlannedRuns, filled, planned_runs
from sim.studies.survival.analysis import (
    SurvivalSample,
    collect,
    differences,
    restricted_mean_table,
    sensitivity,
)
from sim.studies.survival.groups import Groups, grouped
from sim.studies.survival.options import SurvivalSection
from sim.studies.survival.page import page

NAME = "survival"


@task("survival", "How long do states keep hedging, in which scenario, under which policy?")
def survival(job: StudyContext) -> Mapping[str, Any]:
    """Follow every outcome asked for, write tables, page and figures, and print what was found.

    Raises
    ------
    UserError : no such store, column or outcome, too few runs, dates that never come, a folder that cannot be written.
    """
    asked: SurvivalSection = job.options.survival
    runs = planned_runs(job)
    groups = grouped(runs.plan, runs.folder, over=asked.over, between=asked.between)
    _check_thresholds(asked, groups, runs)
    with page_folder(job, NAME, beside=(STORE,)) as folder:
        stored = read_finished(filled(runs))
        followed = _varying([collect(stored, groups, name) for name in asked.outcomes], stored)
        told = pd.concat([restricted_mean_table(one) for one in followed], ignore_index=True)
        gained = [frame for one in followed if len(frame := differences(one, groups))]
        gains = pd.concat(gained, ignore_index=True) if gained else pd.DataFrame()
        tried = _tries_thresholds(asked, groups)
        sensed = sensitivity(stored, groups, asked.thresholds) if tried else pd.DataFrame()
        words = page(stored, groups, followed, told, gains, sensed)
        write_report(
            folder,
            job,
            NAME,
            page=words,
            tables={"times.csv": told, "differences.csv": gains, "thresholds.csv": sensed},
            sizes={"points": len(stored.plan.points), "replicates": stored.plan.replicates},
            pictures=_pictures(stored, groups, followed, told),
        )
    print(words)
    print(where_it_went(job, NAME))
    return {
        "page": str(job.folder / f"{NAME}.md"),
        "runs": groups.runs,
        "choices": len(groups.points),
    }


def _check_thresholds(asked: SurvivalSection, groups: Groups, runs: PlannedRuns) -> None:
    """Refuse other thresholds of the hedging index where the runs keep no yearly paths to try them on."""
    if _tries_thresholds(asked, groups) and not runs.plan.options.paths:
        raise UserError(
            given=f"survival.thresholds asks for other thresholds, and {runs.folder} keeps no yearly paths",
            allowed="without them only the sweep's own threshold is known",
            where="on the command line: sweep.paths=true, or survival.thresholds=[]",
        )


def _tries_thresholds(asked: SurvivalSection, groups: Groups) -> bool:
    return "time_to_choice" in asked.outcomes and len(groups.overs) > 1 and bool(asked.thresholds)


def _varying(followed: list[SurvivalSample], stored: Stored) -> list[SurvivalSample]:
    """Keep the outcomes that vary; refuse if none does."""
    kept = [one for one in followed if one.varies]
    if kept:
        return kept
    names = " and ".join(one.outcome for one in followed)
    raise UserError(
        given=f"{names} never varies in {stored.folder}: no state that was in at first goes out, or all do at once",
        allowed="times can be compared only where some runs reach the date and some later or not",
        where="on the command line: years.last=2060, or another sweep.threshold",
    )


def _pictures(
    stored: Stored, groups: Groups, followed: list[SurvivalSample], told: pd.DataFrame
) -> Any:
    from sim.studies.survival.analysis import curves, regional

    attrs = {"version": stored.version, "seed": stored.seed}

    def draw(folder: Path) -> None:
        from sim.plots import style
        from sim.studies.survival import figures as survival
        from sim.studies.survival.figures import states as survival_states

        for one in followed:
            means = {key: regional(cases, one.within) for key, cases in one.cases.items()}
            each = curves(one)
            about = survival.About(
                outcome=one.outcome,
                over=groups.over,
                between=groups.between,
                runs=groups.runs,
                first=stored.years[0],
                within=one.within,
                left_out=one.left_out,
                attrs=attrs,
                threshold=stored.plan.options.threshold,
            )
            with style.context():
                style.save(survival.draw_region(means, about), folder, f"survival_{one.outcome}")
                figure = survival_states.draw_states(each, one.states, about)
                style.save(figure, folder, f"survival_{one.outcome}_states")

    return draw
