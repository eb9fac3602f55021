"""The task of experiments/tipping.py: does joint resolve tip, and does it tip back?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
import xarray as xr

from sim.composition.commands import task
from sim.composition.context import StudyContext
from sim.config import Settings
from sim.errors import UserError
from sim.provenance import version
from sim.studies._progress import Progress
from sim.studies._publishing import page_folder, where_it_went
from sim.studies._reports import write_report
from sim.studies.tipping.loops import table
from sim.studies.tipping.options import TippingSection
from sim.studies.tipping.page import page
from sim.studies.tipping.ramp import AID, CASE, COMPLEMENTARITY, THRESHOLD, PressureRamp, run_ramp

NAME = "tipping"
RUNS, FEWEST_RUNS, MOST_RUN_YEARS = 12, 3, 40_000_000


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the command was asked: two paces of one staircase, and the cases to take up it."""

    quick: PressureRamp
    slow: PressureRamp
    cases: Mapping[str, tuple[float, ...]]
    runs: int


@task("tipping", "Does joint resolve tip, and does it tip back?")
def tipping(job: StudyContext) -> Mapping[str, Any]:
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


def _climbed(job: StudyContext, asked: Asked) -> list[xr.Dataset]:
    """Take all cases up and down at both paces."""
    show, climbed = Progress("climbing, quick and slow"), []
    for place, stairs in enumerate((asked.quick, asked.slow), 1):
        one = run_ramp(job.settings, stairs=stairs, cases=asked.cases, runs=asked.runs)
        climbed.append(one.assign_attrs(version=version()))
        show(place, 2)
    show.close()
    return climbed


def read(job: StudyContext) -> Asked:
    """Turn the options into stairs and cases; the settings' own numbers are always among the cases."""
    asked: TippingSection = job.options.tipping
    own = own_case(job.settings)
    quick = PressureRamp(top=asked.top, levels=asked.levels, years=asked.years)
    found = Asked(
        quick=quick,
        slow=replace(quick, years=asked.years * asked.slower),
        cases={name: tuple(sorted({own[name], *getattr(asked, name)})) for name in CASE},
        runs=job.settings.runs if job.settings.runs > 1 else RUNS,
    )
    _refuse_sizes(found)
    return found


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


def _pictures(job: StudyContext, quick: xr.Dataset, slow: xr.Dataset, found: pd.DataFrame) -> Any:
    def draw(folder: Path) -> None:
        from sim.plots import style
        from sim.studies.tipping import figures as tipping

        own = own_case(job.settings)
        with style.context():
            style.save(tipping.draw_loops(quick, slow, found, own), folder, "tipping_loops")
            style.save(tipping.draw_map(slow, found, own), folder, "tipping_map")

    return draw
