"""Command of experiments/theories.py: the six theories side by side, as a page and a figure."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import xarray as xr

from sim.axes import STATE, YEAR
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
from sim.studies._runner import StudyResult, study
from sim.studies.theories.at_start import TIES, TRUST, ranks_at_start
from sim.studies.theories.shares import PARTS, shares_table
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
BUDGETS = (0.0, 10.0, 20.0, 30.0, 40.0)  # nothing to about twice the budget of FY2026; assumed
DECOMPOSED = (  # outcomes whose variance is decomposed
    *("alignment", "alignment_security", "hedging", "capacity", "pressure"),
    *("deterrence", "sea_lanes"),
)


@study(
    "theories",
    "What would each rival theory have happen, and does it matter more than how much aid is given?",
)
def write_theories(context: StudyContext) -> StudyResult:
    """Run the six theories side by side, and measure where and how far they disagree.

    Raises
    ------
    UserError : no Japan whose aid could vary.
    """
    _check(context.settings)
    size = sizes(context.settings)
    runs = size["runs"]
    theories = {name: context.varied([f"theory={name}"]) for name in THEORIES}
    print(f"{len(theories)} theories x {len(BUDGETS) + 1} budgets x {runs} runs", flush=True)
    declared = _declared(theories, runs)
    ends = _named(state_table(declared))
    shares = _shares(by_theory_and_aid(theories, BUDGETS, runs), context.settings.seed)
    values = report_values(ends, _named(disagreement(declared)), shares, ranks_at_start(theories))
    lead = shares[(shares["outcome"] == label_of("alignment")) & (shares["part"] == "theory")]
    return StudyResult(
        values=values | {"runs": runs, "last": context.settings.years.last},
        sizes=size,
        draw=lambda folder: _draw(ends, shares, context.settings, folder),
        row={"theory_share": float(lead["share"].iloc[0])},
    )


def report_values(
    ends: pd.DataFrame, apart: pd.DataFrame, shares: pd.DataFrame, start: pd.DataFrame | None
) -> dict[str, Any]:
    """Values of report.md.j2: tables as lists of rows, and which theories rank states no better than observed values do.

    Parameters
    ----------
    ends : from `state_table`, states by name.
    apart : from `disagreement`, states by name.
    shares : rows of outcome, part, share, low, high.
    start : from `ranks_at_start`.
    """
    below: dict[str, list[str]] = {}
    if start is not None:
        rank = start.set_index("of")["rank"]
        rivals = rank.drop([TIES, TRUST])
        below = {name: list(rivals.index[~(rivals > rank[name])]) for name in (TRUST, TIES)}
    return {
        "theories": list(dict.fromkeys(ends["theory"])),
        "ends": _rows_by(ends, "state"),
        "apart": apart.to_dict("records"),
        "budgets": [f"{budget:g}" for budget in BUDGETS],
        "parts": PARTS,
        "shares": _rows_by(shares, "outcome"),
        "start": None if start is None else start.to_dict("records"),
        "below": below,
    }


def _rows_by(table: pd.DataFrame, column: str) -> dict[str, list[dict[Any, Any]]]:
    groups = table.groupby(column, sort=False)
    return {str(name): part.to_dict("records") for name, part in groups}


def sizes(settings: Settings) -> dict[str, int]:
    """Sample sizes, for the page's record."""
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
    points = [dataclasses.replace(given, runs=1) for given in theories.values()]
    outcomes = outcomes_of(points, runs)
    return outcomes.rename({POINT: THEORY}).assign_coords({THEORY: list(theories)})


def _shares(outcomes: xr.Dataset, seed: int) -> pd.DataFrame:
    parts = []
    for name in DECOMPOSED:
        values = outcomes[name]
        values = values.mean(STATE) if STATE in values.dims else values
        table = shares_table(values.transpose(THEORY, AID, REPLICATE).values, seed=seed)
        parts.append(table.assign(outcome=label_of(name)))
    return pd.concat(parts, ignore_index=True)


def _named(table: pd.DataFrame) -> pd.DataFrame:
    codes = list(dict.fromkeys(table["state"]))
    return table.assign(state=table["state"].map(names(codes)))


def _draw(ends: pd.DataFrame, shares: pd.DataFrame, settings: Settings, folder: Path) -> None:
    from sim.plots import style
    from sim.studies.theories import figures as figure

    years = settings.years
    first = dataclasses.replace(years, last=years.first)
    history = simulate(dataclasses.replace(settings, years=first, runs=1))
    outcomes = compute_outcomes(history, settings.rules.observation)
    start = outcomes["alignment"].sel({YEAR: years.first - 1})
    numbers = sizes(settings) | {
        "last": years.last,
        "start": years.first - 1,
        "levels": len(BUDGETS),
    }
    with style.context():
        drawing = figure.draw(
            ends,
            shares,
            dict(zip(names(list(start[STATE].values)).values(), start.values, strict=True)),
            band=band_of(outcomes),
            sizes=numbers,
            attrs=provenance(settings),
        )
        style.save(drawing, folder, "theories")
