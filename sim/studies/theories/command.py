"""The task of experiments/theories.py: the six theories side by side, as a page and a figure."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import xarray as xr

from sim.axes import STATE, YEAR
from sim.composition.commands import task
from sim.composition.context import StudyContext
from sim.config import Settings
from sim.config.settings import THEORIES
from sim.engines.region import simulate
from sim.ensemble.summary import POINT, REPLICATE
from sim.errors import UserError
from sim.outcomes import compute_outcomes
from sim.outcomes.band import band_of
from sim.outcomes.definitions import label_of
from sim.provenance import provenance
from sim.results.files import write_config
from sim.studies._publishing import page_folder, record, where_it_went, write_page
from sim.studies.theories.at_start import ranks_at_start
from sim.studies.theories.page import Findings, page
from sim.studies.theories.shares import shares_table
from sim.studies.theories.side_by_side import (
    AID,
    THEORY,
    by_theory_and_aid,
    disagreement,
    outcomes_of,
    state_table,
)
from sim.world.roster import names

NAME = "theories"
RUNS = 100
FEWEST = 2
BUDGETS = (0.0, 10.0, 20.0, 30.0, 40.0)  # nothing to about twice the budget of FY2026; assumed
SHARED_OUT = (  # outcomes whose variance the page shares out
    *("alignment", "alignment_security", "hedging", "capacity", "pressure"),
    *("deterrence", "sea_lanes"),
)


@task(
    "theories",
    "What would each rival theory have happen, and does it matter more than how much aid is given?",
)
def write_theories(job: StudyContext) -> Mapping[str, Any]:
    """Run the six theories, print where they disagree, and write theories.md and its figure.

    Raises
    ------
    UserError : no Japan whose aid could vary, or a folder that cannot be written.
    """
    _check(job.settings)
    runs = sizes(job.settings)["runs"]
    with page_folder(job, NAME) as folder:
        theories = {name: job.varied([f"theory={name}"]) for name in THEORIES}
        print(f"{len(theories)} theories x {len(BUDGETS) + 1} budgets x {runs} runs", flush=True)
        declared = _declared(theories, runs)
        shares = _shares(by_theory_and_aid(theories, BUDGETS, runs), job.settings.seed)
        found = Findings(
            ends=_named(state_table(declared)),
            apart=_named(disagreement(declared)),
            shares=shares,
            start=ranks_at_start(theories),
            budgets=BUDGETS,
            runs=runs,
            last=job.settings.years.last,
        )
        text = page(found)
        write_page(folder, "theories.md", text, record(job, NAME, sizes(job.settings)))
        if job.options.figures:
            _draw(found, job, folder / "figures")
        write_config(folder, job.mapping())
    print(text)
    print(where_it_went(job, NAME))
    lead = shares[(shares["outcome"] == label_of("alignment")) & (shares["part"] == "theory")]
    return {"page": str(job.folder / "theories.md"), "theory_share": float(lead["share"].iloc[0])}


def sizes(settings: Settings) -> dict[str, int]:
    """How much is run, for the page's record."""
    runs = settings.runs if settings.runs > 1 else RUNS
    return {"theories": len(THEORIES), "budgets": len(BUDGETS), "runs": runs}


def _check(settings: Settings) -> None:
    if not {"CHN", "USA", "JPN"} <= set(settings.partners):
        raise UserError(
            given=f"partners is {list(settings.partners)}",
            allowed="China, the United States and Japan, whose aid varies, must be there",
            where="on the command line: partners=[CHN,USA,JPN]",
        )


def _declared(theories: Mapping[str, Settings], runs: int) -> xr.Dataset:
    """Outcomes at the settings' own aid, over (theory, replicate, state)."""
    points = [dataclasses.replace(one, runs=1) for one in theories.values()]
    found = outcomes_of(points, runs)
    return found.rename({POINT: THEORY}).assign_coords({THEORY: list(theories)})


def _shares(outcomes: xr.Dataset, seed: int) -> pd.DataFrame:
    parts = []
    for name in SHARED_OUT:
        values = outcomes[name]
        values = values.mean(STATE) if STATE in values.dims else values
        table = shares_table(values.transpose(THEORY, AID, REPLICATE).values, seed=seed)
        parts.append(table.assign(outcome=label_of(name)))
    return pd.concat(parts, ignore_index=True)


def _named(table: pd.DataFrame) -> pd.DataFrame:
    codes = list(dict.fromkeys(table["state"]))
    return table.assign(state=table["state"].map(names(codes)))


def _draw(found: Findings, job: StudyContext, folder: Path) -> None:
    from sim.plots import style
    from sim.studies.theories import figures as figure

    years = job.settings.years
    one = dataclasses.replace(years, last=years.first)
    history = simulate(dataclasses.replace(job.settings, years=one, runs=1))
    outcomes = compute_outcomes(history, job.settings.rules.observation)
    start = outcomes["alignment"].sel({YEAR: years.first - 1})
    told = {
        "last": years.last,
        "start": years.first - 1,
        "runs": found.runs,
        "levels": len(found.budgets),
    }
    with style.context():
        drawing = figure.draw(
            found.ends,
            found.shares,
            dict(zip(names(list(start[STATE].values)).values(), start.values, strict=True)),
            band=band_of(outcomes),
            told=told,
            attrs=provenance(job.settings),
        )
        style.save(drawing, folder, "theories")
