"""The task of experiments/survival.py: how long do states keep hedging, in which world and under which policy?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sim.config.declare import Declaration
from sim.door.given import names_in, text
from sim.door.job import Job
from sim.door.publishing import page_folder, where_it_went
from sim.door.reporting import STORE, numbers_of, write_report
from sim.door.sections import OF_SURVIVAL
from sim.door.storing import store_for
from sim.errors import UserError
from sim.explore.store.finished import Stored, read_finished
from sim.explore.survival.compare import Followed, differences, follow, sensitivity, times
from sim.explore.survival.groups import Groups, dates_of, grouped
from sim.explore.survival.page import page
from sim.outcomes.definitions import dates

NAME = "survival"
THRESHOLD = Declaration(kind="number", default=0.5, doc="hedging index below which a state chose")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is compared over what, for which dates."""

    over: str
    between: str
    outcomes: tuple[str, ...]
    thresholds: tuple[float, ...]


def survival(job: Job) -> Mapping[str, Any]:
    """Follow every outcome asked for, write tables, page and figures, and print what was found.

    Raises
    ------
    UserError : no such store, column or outcome, too few runs, dates that never come, a folder that cannot be written.
    """
    asked = read(job.options.sections.get(NAME, {}))
    with page_folder(job, NAME, beside=(STORE,)) as folder:
        stored = read_finished(store_for(job))
        groups = grouped(stored, over=asked.over, between=asked.between)
        followed = _varying([follow(stored, groups, name) for name in asked.outcomes], stored)
        told = pd.concat([times(one) for one in followed], ignore_index=True)
        gained = [frame for one in followed if len(frame := differences(one, groups))]
        gains = pd.concat(gained, ignore_index=True) if gained else pd.DataFrame()
        sensed = _sensed(stored, groups, asked)
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


def read(given: Any) -> Asked:
    """Validate the section `survival`."""
    section = names_in(given, OF_SURVIVAL, NAME)
    outcomes = section.get("outcomes") or list(dates())
    outcomes = [outcomes] if isinstance(outcomes, str) else outcomes
    if not isinstance(outcomes, list) or not all(isinstance(one, str) for one in outcomes):
        raise UserError(
            given=f"survival.outcomes is {outcomes!r}",
            allowed=f"it must list some of {', '.join(dates())}",
            where="on the command line: survival.outcomes=[time_to_choice]",
        )
    thresholds = section.get("thresholds")
    return Asked(
        over=text(section.get("over"), "survival.over"),
        between=text(section.get("between"), "survival.between"),
        outcomes=tuple(dict.fromkeys(outcomes)),
        thresholds=numbers_of(thresholds, THRESHOLD, "survival.thresholds") if thresholds else (),
    )


def _varying(followed: list[Followed], stored: Stored) -> list[Followed]:
    """Keep the outcomes that vary; refuse if none does."""
    kept = [one for one in followed if one.varies]
    if kept:
        return kept
    names = " and ".join(one.outcome for one in followed)
    raise UserError(
        given=f"{names} never varies in {stored.folder}: no state that was in at first goes out, or all do at once",
        allowed="times can be compared only where some runs reach the date and some later or not",
        where="with a longer sweep (years.last=2060), or another sweep.threshold",
    )


def _sensed(stored: Stored, groups: Groups, asked: Asked) -> pd.DataFrame:
    """Other thresholds of the hedging index, where the store can tell and something is compared over."""
    if "time_to_choice" not in asked.outcomes or len(groups.overs) < 2 or not asked.thresholds:
        return pd.DataFrame()
    dates_of(stored, "time_to_choice", asked.thresholds[0])
    return sensitivity(stored, groups, asked.thresholds)


def _pictures(stored: Stored, groups: Groups, followed: list[Followed], told: pd.DataFrame) -> Any:
    from sim.explore.survival.compare import curves, regional

    attrs = {"version": stored.version, "seed": stored.seed}

    def draw(folder: Path) -> None:
        from sim.figures import style, survival, survival_states

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
