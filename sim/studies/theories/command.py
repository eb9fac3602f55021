"""Command of straits theories: the six theories on trial and side by side, as a page and a figure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from sim.axes import STATE
from sim.composition.context import StudyContext
from sim.config import Settings
from sim.config.settings import THEORIES
from sim.config.theory_claims import CLAIMS
from sim.ensemble import posterior, stacking
from sim.ensemble.summary import REPLICATE
from sim.errors import UserError
from sim.outcomes.band import band_of
from sim.outcomes.definitions import label_of
from sim.provenance import provenance
from sim.studies._runner import StudyResult, study
from sim.studies.theories import trial
from sim.studies.theories.options import TheoriesCommand
from sim.studies.theories.shares import PARTS, shares_table
from sim.studies.theories.side_by_side import (
    AID,
    DRAW,
    SIDES,
    THEORY,
    disagreement,
    futures_of,
    side_shares,
)
from sim.studies.theories.verdict import amplitude_table, score_table, told_apart
from sim.world.roster import names

RUNS = 10  # of each draw
BUDGETS = (0.0, 20.0, 40.0)  # beside the declared one: nothing, to about twice FY2026; assumed
DECOMPOSED = (  # outcomes whose variance is taken apart, summed over states where there are any
    *("alignment", "alignment_posture", "alignment_structural", "hedging"),
    *("capacity", "pressure"),
)
FITTED = [f"posterior_{name}.csv" for name in THEORIES if name != posterior.DEFAULT_THEORY]


@study(
    "theories",
    "Which rival theory does the record favour, and does it matter more than how much aid is given?",
    options=TheoriesCommand,
    shipped={
        **{name: f"sim/ensemble/{name}" for name in (*FITTED, stacking.WEIGHTS.name)},
        **{name: f"sim/studies/theories/{name}" for name in (trial.SCORES, trial.MOMENTS)},
    },
    free=("theories",),
)
def write_theories(context: StudyContext) -> StudyResult:
    """Put the six theories on trial, run them side by side, and measure what the spread of outcomes is made of.

    Raises
    ------
    UserError : no Japan whose aid could vary, or fits that ship are missing.
    """
    _check(context.settings)
    files = (
        trial.files_of(trial.put_all_on_trial(context.settings))
        if context.options.theories.refit
        else _shipped_files()
    )
    scores, moments, weights = (
        trial.read_csv(files[name]) for name in (trial.SCORES, trial.MOMENTS, stacking.WEIGHTS.name)
    )
    size = sizes(context)
    own = context.settings.policy.japan.osa_budget
    budgets = sorted({own, *BUDGETS})
    theories = {name: context.varied([f"theory={name}"]) for name in THEORIES}
    futures = futures_of(theories, budgets, draws=size["draws"], runs=size["runs"])
    declared = futures["alignment"].sel({AID: own})
    band = band_of(futures)
    shares = shares_of(futures, weights, context.settings.seed)
    sides = _sides(declared, band)
    extent = {
        **size,
        "levels": len(budgets),
        "last": context.settings.years.last,
        "futures": size["draws"] * size["runs"],
        "low": band[0],
        "high": band[1],
    }
    values = report_values(scores, moments, weights, shares, sides) | {
        "budgets": [f"{budget:g}" for budget in budgets],
        "apart": _named(disagreement(declared)).to_dict("records"),
    }
    return StudyResult(
        values=extent | values,
        sizes=size,
        files=files,
        tables={"shares.csv": shares},
        draw=lambda folder: _draw(sides, shares, weights, context.settings, extent, folder),
        row={"weight_insurance": float(weights["weight"].iloc[0])},
    )


def report_values(
    scores: pd.DataFrame,
    moments: pd.DataFrame,
    weights: pd.DataFrame,
    shares: pd.DataFrame,
    sides: dict[str, pd.DataFrame],
) -> dict[str, Any]:
    """Values of report.md.j2: tables as lists of rows.

    Parameters
    ----------
    scores, moments, weights : as they ship. shares : of `shares_of`. sides : theory -> share of futures by state and side.
    """
    rows = score_table(scores)
    equal = shares[shares["by"] == "equal"]
    return {
        "theories": list(THEORIES),
        "claims": CLAIMS,
        "scores": _rows_by(pd.DataFrame(rows), "test"),
        "apart_by_test": told_apart(rows),
        "amplitude": _rows_by(pd.DataFrame(amplitude_table(moments)), "theory"),
        "chains": moments.drop_duplicates("theory").set_index("theory").to_dict("index"),
        "weights": weights.to_dict("records"),
        "parts": PARTS,
        "shares": _rows_by(shares[shares["by"] == "weight"], "outcome"),
        "equal": _rows_by(equal, "outcome"),
        "sides": {
            state: [table.loc[state].to_dict() for table in sides.values()]
            for state in next(iter(sides.values())).index
        },
        "side_names": SIDES,
    }


def _rows_by(table: pd.DataFrame, column: str) -> dict[str, list[dict[Any, Any]]]:
    groups = table.groupby(column, sort=False)
    return {str(name): part.to_dict("records") for name, part in groups}


def sizes(context: StudyContext) -> dict[str, int]:
    """Sample sizes, for the page's record."""
    runs = context.settings.runs if context.settings.runs > 1 else RUNS
    return {"theories": len(THEORIES), "draws": context.options.theories.draws, "runs": runs}


def _check(settings: Settings) -> None:
    if not {"CHN", "USA", "JPN"} <= set(settings.partners):
        raise UserError(
            given=f"partners is {list(settings.partners)}",
            allowed="China, the United States and Japan, whose aid varies, must be there",
            where="on the command line: partners=[CHN,USA,JPN]",
        )


def _shipped_files() -> dict[str, str]:
    stacking.read_weights()
    places = {name: posterior.POSTERIOR.with_name(name) for name in FITTED}
    places[stacking.WEIGHTS.name] = stacking.WEIGHTS
    places |= {name: trial.ROOM / name for name in (trial.SCORES, trial.MOMENTS)}
    for name in THEORIES:
        posterior.read(posterior.path_of(name))
    return {name: trial.read_text(place) for name, place in places.items()}


def shares_of(futures: xr.Dataset, weights: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Shares of variance of every outcome, theories counting by their weights and all alike: rows of outcome, by, part, share."""
    by_weight = weights.set_index("theory")["weight"].loc[list(futures[THEORY].values)].to_numpy()
    ways = {"weight": by_weight, "equal": np.full(len(by_weight), 1.0 / len(by_weight))}
    parts = []
    for name in DECOMPOSED:
        values = futures[name] if STATE in futures[name].dims else futures[name].expand_dims(STATE)
        found = values.transpose(THEORY, AID, DRAW, REPLICATE, STATE).values
        for way, weight in ways.items():
            table = shares_table(found, weight / weight.sum(), seed=seed)
            parts.append(table.assign(outcome=label_of(name), by=way))
    return pd.concat(parts, ignore_index=True)


def _sides(alignment: xr.DataArray, band: tuple[float, float]) -> dict[str, pd.DataFrame]:
    shares = side_shares(alignment, band)
    called = names(list(shares[STATE].values))
    return {
        str(theory): pd.DataFrame(
            shares.sel({THEORY: theory}).values,
            index=[called[str(code)] for code in shares[STATE].values],
            columns=list(SIDES),
        )
        for theory in shares[THEORY].values
    }


def _named(table: pd.DataFrame) -> pd.DataFrame:
    codes = list(dict.fromkeys(table["state"]))
    return table.assign(state=table["state"].map(names(codes)))


def _draw(
    sides: dict[str, pd.DataFrame],
    shares: pd.DataFrame,
    weights: pd.DataFrame,
    settings: Settings,
    extent: dict[str, Any],
    folder: Path,
) -> None:
    from sim.plots import style
    from sim.studies.theories import figures as figure

    with style.context():
        drawing = figure.draw(
            sides,
            shares[shares["by"] == "weight"],
            weights,
            sizes=extent,
            attrs=provenance(settings),
        )
        style.save(drawing, folder, "theories")
