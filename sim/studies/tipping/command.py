"""Tipping: does joint resolve tip as pressure rises, and does it tip back as it falls?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import prod
from pathlib import Path

import xarray as xr

from sim.composition.context import StudyContext
from sim.config import Settings
from sim.errors import UserError
from sim.provenance import version
from sim.studies._progress import Progress
from sim.studies._runner import StudyResult, study
from sim.studies.tipping.loops import table
from sim.studies.tipping.options import TippingCommand, TippingSection
from sim.studies.tipping.ramp import AID, CASE, COMPLEMENTARITY, THRESHOLD, PressureRamp, run_ramp
from sim.studies.tipping.report import report_values

RUNS, FEWEST_RUNS, MOST_RUN_YEARS = 12, 3, 40_000_000


@dataclass(frozen=True, kw_only=True)
class TippingDesign:
    """Two paces of one staircase, and the cases to take up it."""

    quick: PressureRamp
    slow: PressureRamp
    cases: Mapping[str, tuple[float, ...]]
    runs: int

    @property
    def sizes(self) -> dict[str, int]:
        """How much is run, for the page's record."""
        years = {
            "years": self.quick.years,
            "slow_years": self.slow.years,
            "settle": self.quick.settle,
        }
        cases = prod(map(len, self.cases.values()))
        return {"cases": cases, "levels": self.quick.levels, **years, "runs": self.runs}


@study("tipping", "Does joint resolve tip, and does it tip back?", options=TippingCommand)
def tipping(context: StudyContext) -> StudyResult:
    """Climb the stairs at two paces and measure the loops.

    Raises
    ------
    UserError : a world without China or joint claimants, too few runs, more than can be run.
    """
    design, own = read(context), own_case(context.settings)
    quick, slow = _climbed(context, design)
    cases = table(quick, slow)

    def draw(folder: Path) -> None:
        from sim.studies.tipping.figures import draw_all

        draw_all(folder, quick, slow, cases, own)

    return StudyResult(
        values=report_values(cases, slow, own=own, quick_years=design.quick.years),
        tables={
            "tipping.csv": cases,
            "branches.csv": slow.mean("run").to_dataframe().reset_index(),
        },
        draw=draw,
        sizes=design.sizes,
        row={str(word): int(count) for word, count in cases["verdict"].value_counts().items()},
    )


def _climbed(context: StudyContext, design: TippingDesign) -> list[xr.Dataset]:
    """Take all cases up and down at both paces."""
    climbed = []
    with Progress("climbing, quick and slow") as progress:
        for ramp in (design.quick, design.slow):
            one = run_ramp(context.settings, stairs=ramp, cases=design.cases, runs=design.runs)
            climbed.append(one.assign_attrs(version=version()))
            progress(len(climbed), 2)
    return climbed


def read(context: StudyContext) -> TippingDesign:
    """Turn the options into stairs and cases; the settings' own numbers are always among the cases."""
    asked: TippingSection = context.options.tipping
    own, runs = own_case(context.settings), context.settings.runs
    quick = PressureRamp(top=asked.top, levels=asked.levels, years=asked.years, settle=asked.settle)
    design = TippingDesign(
        quick=quick,
        slow=replace(quick, years=asked.years * asked.slower),
        cases={name: tuple(sorted({own[name], *getattr(asked, name)})) for name in CASE},
        runs=runs if runs > 1 else RUNS,
    )
    _refuse_sizes(design)
    return design


def _refuse_sizes(design: TippingDesign) -> None:
    cases, runs = design.sizes["cases"], design.runs
    years = 2 * design.slow.levels * (design.quick.years + design.slow.years)
    years += 2 * design.quick.settle
    if runs < FEWEST_RUNS:
        raise UserError(
            given=f"runs is {runs}",
            allowed=f"an interval over runs needs at least {FEWEST_RUNS} runs",
            where=f"on the command line: runs={RUNS}",
        )
    if cases * years * runs > MOST_RUN_YEARS:
        raise UserError(
            given=f"{cases} cases over {years} years in {runs} runs are {cases * years * runs:,} run-years",
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
