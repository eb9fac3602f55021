"""The task of experiments/tipping.py: does joint resolve tip, and does it tip back?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import xarray as xr

from sim.config import Settings
from sim.config.declare import Declaration
from sim.config.settings import checked, declared
from sim.door.given import names_in
from sim.door.job import Job
from sim.door.progress import Progress
from sim.door.publishing import page_folder, where_it_went
from sim.door.reporting import numbers_of, write_report
from sim.door.sections import OF_TIPPING
from sim.errors import UserError
from sim.explore.tipping.loops import table
from sim.explore.tipping.page import page
from sim.explore.tipping.ramp import AID, CASE, COMPLEMENTARITY, THRESHOLD, Stairs, climb
from sim.provenance import version

NAME = "tipping"
RUNS, FEWEST_RUNS, MOST_RUN_YEARS = 12, 3, 40_000_000
SETTING = {  # what a case varies: the setting it stands for
    COMPLEMENTARITY: "rules.resolve.peers",
    THRESHOLD: "rules.resolve.threshold",
    AID: "policy.japan.osa_budget",
}
OPTIONS = {
    "top": Declaration(kind="number", default=1.0, low=0.05, doc="highest pressure"),
    "levels": Declaration(kind="integer", default=21, low=3, high=201, doc="levels from 0 to top"),
    "years": Declaration(
        kind="integer", default=40, low=4, high=1000, doc="years at each level, the quick way"
    ),
    "slower": Declaration(
        kind="integer", default=3, low=2, high=20, doc="times as many years, the slow way"
    ),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the command was asked: two paces of one staircase, and the cases to take up it."""

    quick: Stairs
    slow: Stairs
    cases: Mapping[str, tuple[float, ...]]
    runs: int


def tipping(job: Job) -> Mapping[str, Any]:
    """Climb the stairs at two paces, write table, page and figures, and print what was found.

    Raises
    ------
    UserError : a world without China or joint claimants, too few runs, more than can be run, a folder that cannot be written.
    """
    asked = read(job)
    with page_folder(job, NAME) as folder:
        quick, slow = _climbed(job, asked)
        found = table(quick, slow)
        text = page(found, slow, own=own_case(job.settings), quick_years=asked.quick.years)
        write_report(
            folder,
            job,
            NAME,
            page=text,
            tables={"tipping.csv": found, "branches.csv": branches(slow)},
            sizes=sizes(asked),
            pictures=_pictures(job, quick, slow, found),
        )
    print(text)
    print(where_it_went(job, NAME))
    counts = {str(word): int(n) for word, n in found["verdict"].value_counts().items()}
    return {"page": str(job.folder / f"{NAME}.md"), **counts}


def sizes(asked: Asked) -> dict[str, int]:
    """How much is run, for the page's record."""
    cases = 1
    for values in asked.cases.values():
        cases *= len(values)
    years = {"years": asked.quick.years, "slow_years": asked.slow.years}
    return {"cases": cases, "levels": asked.quick.levels, **years, "runs": asked.runs}


def _climbed(job: Job, asked: Asked) -> list[xr.Dataset]:
    """Take all cases up and down at both paces."""
    show, climbed = Progress("climbing, quick and slow"), []
    for place, stairs in enumerate((asked.quick, asked.slow), 1):
        one = climb(job.settings, stairs=stairs, cases=asked.cases, runs=asked.runs)
        climbed.append(one.assign_attrs(version=version()))
        show(place, 2)
    show.close()
    return climbed


def read(job: Job) -> Asked:
    """Validate the section `tipping`; the settings' own numbers are always among the cases."""
    section = names_in(job.options.sections.get(NAME, {}), OF_TIPPING, NAME)
    one = {
        name: checked(section.get(name, declaration.default), declaration, f"{NAME}.{name}")
        for name, declaration in OPTIONS.items()
    }
    own = own_case(job.settings)
    cases = {
        name: tuple(
            sorted(
                {
                    own[name],
                    *numbers_of(section.get(name, own[name]), declared()[path], f"{NAME}.{name}"),
                }
            )
        )
        for name, path in SETTING.items()
    }
    runs = job.settings.runs if job.settings.runs > 1 else RUNS
    asked = Asked(
        quick=Stairs(top=one["top"], levels=one["levels"], years=one["years"]),
        slow=Stairs(top=one["top"], levels=one["levels"], years=one["years"] * one["slower"]),
        cases=cases,
        runs=runs,
    )
    _refuse_sizes(asked)
    return asked


def _refuse_sizes(asked: Asked) -> None:
    cases = 1
    for name in CASE:
        cases *= len(asked.cases[name])
    years = 2 * asked.slow.levels * (asked.quick.years + asked.slow.years)
    if asked.runs < FEWEST_RUNS:
        raise UserError(
            given=f"runs is {asked.runs}",
            allowed=f"an interval over luck needs at least {FEWEST_RUNS} runs",
            where=f"on the command line: runs={RUNS}",
        )
    if cases * years * asked.runs > MOST_RUN_YEARS:
        raise UserError(
            given=f"{cases} cases over {years} years in {asked.runs} runs are {cases * years * asked.runs:,} run-years",
            allowed=f"at most {MOST_RUN_YEARS:,} are run at once",
            where="on the command line: fewer runs, tipping.levels, tipping.years or cases",
        )


def own_case(settings: Settings) -> dict[str, float]:
    """The case that the settings themselves are."""
    resolve = settings.rules.resolve
    return {
        COMPLEMENTARITY: resolve.peers,
        THRESHOLD: resolve.threshold,
        AID: settings.policy.japan.osa_budget,
    }


def branches(climbed: xr.Dataset) -> pd.DataFrame:
    """Mean over luck of everything on both branches, a row a case, branch and level."""
    return climbed.mean("run").to_dataframe().reset_index()


def _pictures(job: Job, quick: xr.Dataset, slow: xr.Dataset, found: pd.DataFrame) -> Any:
    def draw(folder: Path) -> None:
        from sim.figures import style, tipping

        own = own_case(job.settings)
        with style.context():
            style.save(tipping.draw_loops(quick, slow, found, own), folder, "tipping_loops")
            style.save(tipping.draw_map(slow, found, own), folder, "tipping_map")

    return draw
