"""The task of experiments/sensitivity.py: a study's design, its runs, their tables and charts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from sim.composition.commands import task
from sim.composition.context import StudyContext
from sim.config.labels import setting_label
from sim.ensemble.executors.choose import check_executor
from sim.errors import UserError
from sim.outcomes.headline import CLOSING
from sim.studies.sensitivity.options import ALL
from sim.studies.sensitivity.run_study import carried_out, study_of
from sim.studies.sensitivity.study import Study, Tables

MOST_ROWS = 12


@task("sensitivity", "Which settings drive an outcome, and how much of its variance is stochastic?")
def sense(job: StudyContext) -> Mapping[str, Any]:
    """Run, resume or extend one study, or all three and their page.

    Raises
    ------
    UserError : what is asked for cannot be done, or its intervals came out wider than asked.
    """
    executor = job.options.executor
    check_executor(executor)
    if job.options.method == ALL:
        from sim.studies.sensitivity.page import write_sensitivity

        return write_sensitivity(job, executor)
    study = study_of(job, job.options.method, job.options.outcome)
    tables = carried_out(job, study, job.folder / study.method, executor)
    print(_summary(study, tables, job.folder / study.method))
    if tables.short:
        raise UserError(
            given=f"width={study.width:g} was asked for, and {'; '.join(tables.short)}",
            allowed="what was found is written all the same",
            hint="Run it again with more: what is done is kept.",
        )
    return {"method": study.method, "settings": len(study.space), "folder": str(job.folder)}


def _summary(study: Study, tables: Tables, folder: Path) -> str:
    lines = []
    for outcome, part in tables.main.groupby("outcome", sort=False):
        lines.append(f"\n{outcome}{f' of {study.state}' if study.state else ''}:")
        lines.append(_rows(part.drop(columns="outcome")))
    for row in tables.noise.itertuples():
        lines.append(
            f"\n{row.outcome}: the stochastic share of single-run variance is {row.stochastic_share:.0%} "
            f"({row.common_part:.0%} of it is common to all points and drops out); in means of "
            f"{row.replicates} replicates {row.residual_in_means:.0%} is left, removed above"
        )
    if study.method == "sobol" and tables.main["swamped"].any():
        few = tables.main.loc[tables.main["swamped"], ["outcome", "setting"]].drop_duplicates()
        lines.append(
            f"\nNot distinguishable from Monte Carlo noise or from zero: {len(few)} indices."
        )
    lines.append(f"\nTables, runs and figures: {folder}")
    return "\n".join([*lines, CLOSING])


def _rows(part: pd.DataFrame) -> str:
    shown = part.assign(setting=[setting_label(name) for name in part["setting"]])
    text = shown.head(MOST_ROWS).to_string(index=False, float_format=lambda value: f"{value:.3g}")
    more = len(shown) - MOST_ROWS
    return f"{text}\n... {more} more in sensitivity.csv" if more > 0 else text
