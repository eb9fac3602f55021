"""Survival: how long do states keep hedging, in which world and under which policy?"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sim.composition.context import StudyContext
from sim.ensemble.store.finished import Stored, read_finished
from sim.errors import UserError
from sim.outcomes.definitions import dates
from sim.studies._runner import StudyResult, study
from sim.studies._stores import STORE, PlannedRuns, filled, planned_runs
from sim.studies.survival.analysis import (
    SurvivalSample,
    collect,
    differences,
    restricted_mean_table,
    sensitivity,
)
from sim.studies.survival.groups import Groups, grouped
from sim.studies.survival.options import DATES, SurvivalCommand, SurvivalSection
from sim.studies.survival.report import report_values


@study(
    "survival",
    "How long do states keep hedging, in which scenario, under which policy?",
    options=SurvivalCommand,
    beside=(STORE,),
)
def survival(context: StudyContext) -> StudyResult:
    """Follow every date asked for and compare how long it takes.

    Raises
    ------
    UserError : no such store, column or outcome, too few runs, dates that never come.
    """
    asked: SurvivalSection = context.options.survival
    runs = planned_runs(context)
    groups = grouped(runs.plan, runs.folder, over=asked.over, between=asked.between)
    tried = _thresholds(asked, groups, runs)
    stored = read_finished(filled(runs))
    names = _kept(asked.outcomes, stored)
    samples = _varying([collect(stored, groups, name) for name in names], stored)
    means = pd.concat(map(restricted_mean_table, samples), ignore_index=True)
    gains = pd.concat([differences(one, groups) for one in samples], ignore_index=True)
    sensed = sensitivity(stored, groups, tried)

    def draw(folder: Path) -> None:
        from sim.studies.survival.figures import draw_all

        draw_all(folder, stored, groups, samples)

    return StudyResult(
        values=report_values(stored, groups, samples, means, gains, sensed),
        tables={"times.csv": means, "differences.csv": gains, "thresholds.csv": sensed},
        draw=draw,
        sizes={"points": len(stored.plan.points), "replicates": stored.plan.replicates},
        row={"runs": groups.runs, "choices": len(groups.points)},
    )


def _thresholds(asked: SurvivalSection, groups: Groups, runs: PlannedRuns) -> tuple[float, ...]:
    """Other thresholds of the hedging index to try; refuse them where the runs keep no yearly paths."""
    tries = "time_to_choice" in asked.outcomes and len(groups.overs) > 1
    if tries and asked.thresholds and not runs.plan.options.paths:
        raise UserError(
            given=f"survival.thresholds asks for other thresholds, and {runs.folder} keeps no yearly paths",
            allowed="without them only the sweep's own threshold is known",
            where="on the command line: sweep.paths=true, or survival.thresholds=[]",
        )
    return asked.thresholds if tries else ()


def _kept(outcomes: tuple[str, ...], stored: Stored) -> list[str]:
    """The dates that the store keeps, where all that are followed by default are asked for; else those asked for.

    Raises
    ------
    UserError : a date is asked for that the store does not keep.
    """
    lacking = [name for name in outcomes if name in dates() and name not in stored.outcomes]
    if lacking and outcomes != DATES:
        raise UserError(
            given=f"survival.outcomes names {lacking[0]}, which {stored.folder} does not keep",
            allowed="a date must be kept by the sweep to be followed",
            where=f"on the command line: sweep.keep=[{lacking[0]}] for a new sweep",
        )
    return [name for name in outcomes if name not in lacking]


def _varying(samples: list[SurvivalSample], stored: Stored) -> list[SurvivalSample]:
    """Keep the outcomes that vary; refuse if none does."""
    kept = [one for one in samples if one.varies]
    if kept:
        return kept
    names = " and ".join(one.outcome for one in samples)
    raise UserError(
        given=f"{names} never varies in {stored.folder}: no state that was in at first goes out, or all do at once",
        allowed="times can be compared only where some runs reach the date and some later or not",
        where="on the command line: years.last=2060, or another sweep.threshold",
    )
