"""Is the start plausible? Computed postures and alignment of the last observed year beside what elites answered.

The survey is no input of the ties; trust, which the computed answer also uses, comes from the same surveys, so agreement is
partly agreement of a survey with itself. The table says so.
"""

from __future__ import annotations

import pandas as pd
import xarray as xr
from scipy.stats import spearmanr

from sim.config import Settings
from sim.engines.region import simulate
from sim.outcomes import compute_outcomes
from sim.outcomes.posture import POSTURES

SURVEYED = (2022, 2023)

HEAD = """# The start: {year}, computed and observed

For each state: alignment computed from observed ties (0 = China, 100 = United States), its posture, and the share that would
choose China if forced to, computed beside the ISEAS State of Southeast Asia surveys of 2022 and 2023 (elite opinion, 40 to 200
respondents a state, so ± 7 to 15 points).

{table}

Rank correlation (Spearman) of the computed share with the mean of the two surveys: **{both:.2f}**; with 2022 alone {first:.2f},
with 2023 alone {second:.2f}. Mean absolute difference from the mean: **{gap:.1f} points**.

What this is worth: ties are read from treaties, arms, trade and partnerships, not from the survey, but trust, the other half of
the computed answer, is from the same surveys. It shows that the start is plausible, not that the model predicts.

Written by `python experiments/start.py`.
"""


def first_year(settings: Settings) -> str:
    """Write the comparison as Markdown.

    Parameters
    ----------
    settings : whose start (the year before the first) is judged.
    """
    outcomes = compute_outcomes(simulate(settings), settings.rules.observation)
    year = settings.years.first - 1
    start = outcomes.sel(year=year)
    seen = outcomes["forced_choice_observed"].sel(year=list(SURVEYED))
    mean, told = seen.mean("year"), start["forced_choice"]
    return HEAD.format(
        year=year,
        table=_table(start, seen),
        both=_rank(told, mean),
        first=_rank(told, seen.isel(year=0)),
        second=_rank(told, seen.isel(year=1)),
        gap=100.0 * float(abs(told - mean).mean()),
    )


def _rank(left: xr.DataArray, right: xr.DataArray) -> float:
    return float(spearmanr(left, right, nan_policy="omit")[0])


def _table(start: xr.Dataset, seen: xr.DataArray) -> str:
    rows = []
    for place, name in enumerate(start["state_name"].values):
        state = start.isel(state=place)
        rows.append(
            {
                "state": name,
                "alignment": f"{state['alignment'].item():.0f}",
                "security": f"{state['alignment_security'].item():.0f}",
                "economic": f"{state['alignment_economic'].item():.0f}",
                "posture": POSTURES[int(state["posture"])],
                "would choose China, computed": f"{100 * state['forced_choice'].item():.0f} %",
                **{
                    f"ISEAS {year}": f"{100 * seen.sel(year=year).isel(state=place).item():.0f} %"
                    for year in SURVEYED
                },
            }
        )
    return _markdown(pd.DataFrame(rows))


def _markdown(table: pd.DataFrame) -> str:
    lines = ["| " + " | ".join(map(str, row)) + " |" for row in table.itertuples(index=False)]
    head = "| " + " | ".join(table.columns) + " |"
    return "\n".join([head, "|" + "---|" * len(table.columns), *lines])
