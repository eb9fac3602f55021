"""What the game came to: the players' history beside the model's own, with common random numbers and over many futures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import xarray as xr

from sim.axes import RUN, STATE, YEAR
from sim.engines.context import build_context
from sim.engines.ensemble import run_lean
from sim.game.turn import Game
from sim.outcomes import compute_outcomes, outcome
from sim.outcomes.definitions import computed
from sim.world.roster import names

LOW, HIGH = 0.05, 0.95
REGION = "region"


def unplayed_baseline(game: Game, runs: int) -> xr.Dataset:
    """Outcomes had nobody played: ``runs`` futures of the same settings, run 0 on the players' own random draws."""
    begun = game.stage.settings
    last = game.records[-1].year
    settings = replace(begun, years=replace(begun.years, last=last))
    history = run_lean(build_context(settings), [settings], replicates=runs)
    return compute_outcomes(history, settings.rules.observation)


def compare_with_baseline(played: xr.Dataset, own: xr.Dataset, *, start: int) -> pd.DataFrame:
    """Set the last year of the game beside the baseline's.

    Parameters
    ----------
    played : outcomes of the game. own : outcomes from `unplayed_baseline`. start : the last observed year.

    Returns
    -------
    A row a state (or the region) and measure: start, played, own (same random draws), difference, low and high (90 % of futures),
    beyond (whether playing, not chance, carried it past one of these).
    """
    rows = []
    codes = [str(code) for code in played[STATE].values]
    for name in computed(STATE):
        for code, state in names(codes).items():
            pair = (played[name].sel({STATE: code}), own[name].sel({STATE: code}))
            rows.append({"who": state, "measure": name, **_debrief_row(*pair, start)})
    for name in computed(outcome.REGION):
        rows.append(
            {"who": REGION, "measure": name, **_debrief_row(played[name], own[name], start)}
        )
    return pd.DataFrame(rows)


def _debrief_row(played: xr.DataArray, own: xr.DataArray, start: int) -> dict[str, float | bool]:
    last, futures = float(played.isel({YEAR: -1})), own.isel({YEAR: -1}).values
    twin = float(own.isel({YEAR: -1, RUN: 0}))
    low, high = (float(edge) for edge in np.quantile(futures, (LOW, HIGH)))
    return {
        "start": float(played.sel({YEAR: start})),
        "played": last,
        "own": twin,
        "difference": last - twin,
        "low": low,
        "high": high,
        "beyond": last > high >= twin or last < low <= twin,
    }
