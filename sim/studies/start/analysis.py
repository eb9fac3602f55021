"""What each run would start from: ties alone, the latest answers, and both together as filtered, state by state.

And what such starts are worth: the forced choice of each surveyed year, foretold from the year before.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import norm, spearmanr

from sim.axes import Array
from sim.config import Settings
from sim.engines.context import build_context
from sim.ensemble.nowcast import FILTER, MODEL, nowcast
from sim.rules.assimilation import Assimilated, choice_odds, structural_leaning
from sim.rules.forms import logistic
from sim.rules.terms import signed
from sim.world.latent_table import Latent, read_latent
from sim.world.opinion_reading import assimilate_record, declared_camps
from sim.world.panels import Panel, opinion_panels
from sim.world.roster import names, partner_codes

SURVEYED = (2022, 2023)
FORETOLD = (2020, 2021, 2022, 2023)  # the years of the forced choice
SOURCES = {"iseas": "ISEAS", "gallup": "Gallup", "pew": "Pew"}
HALF = float(norm.ppf(0.95))  # of a 90 % interval, in standard deviations
FEWEST = 3  # states to rank


def read_starts(settings: Settings, year: int) -> pd.DataFrame:
    """Read the start of a year three ways, a row a state.

    Parameters
    ----------
    settings : whose world, ties and observation model are used. year : that runs would start from, 2000 to 2023.

    Returns
    -------
    By state: its name; `ties_*`, `filtered_*` shares that would choose China (middle, low, high; 90 %); stance and trust in China
    and the United States by both, with sd; the latest answer, its source, year and noise; NaN where nobody was asked.
    """
    years = dataclasses.replace(settings.years, first=year + 1, last=year + 1)
    stage = build_context(dataclasses.replace(settings, years=years, start="assimilated"))
    then = stage.observed.sel(year=year)
    ties = [then[name].values[np.newaxis] for name in ("security_tie", "economic_tie")]
    camp = declared_camps(settings.policy, stage.partners)
    latent = read_latent(stage.states, stage.partners, [year])
    unheard = dataclasses.replace(latent, precision=np.zeros_like(latent.precision))
    table = pd.DataFrame({"name": list(names(stage.states).values())}, index=list(stage.states))
    for label, heard in (("ties", unheard), ("filtered", latent)):
        found = assimilate_record(ties, heard, camp, settings)
        columns = _shares(found, ties, camp, latent, settings) | _readings(found, stage.partners)
        for name, values in columns.items():
            table[f"{label}_{name}"] = values
    return table.join(latest_answers(stage.states, year))


def _shares(
    found: Assimilated, ties: Sequence[Array], camp: Array, latent: Latent, settings: Settings
) -> dict[str, Array]:
    numbers = settings.rules.observation
    _, structure = structural_leaning(
        security_tie=ties[0],
        economic_tie=ties[1],
        camp=camp,
        economic_part=numbers.economic_part,
    )
    odds = choice_odds(
        stance=found.stance,
        structure=structure,
        favour=signed(camp=latent.side, quantity=found.trust),
        intercept=numbers.intercept,
        stance_weight=numbers.posture,
        slope=numbers.slope,
        trust_weight=numbers.trust,
    )
    wide = HALF * found.odds_spread()
    ends = {"share": odds, "low": odds + wide, "high": odds - wide}
    return {name: logistic(-value)[0, :, 0] for name, value in ends.items()}


def _readings(found: Assimilated, partners: Sequence[str]) -> dict[str, Array]:
    stance_sd, trust_sd = found.spread()
    result = {"stance": found.stance[0, :, 0], "stance_sd": stance_sd[0, :, 0]}
    for code in ("CHN", "USA"):
        if code in partners:
            at = partners.index(code)
            result[f"trust_{code}"] = found.trust[0, :, at]
            result[f"trust_{code}_sd"] = trust_sd[0, :, at]
    return result


def latest_answers(states: Sequence[str], year: int) -> pd.DataFrame:
    """Tell each state's last answer up to a year: share for China, source, year and noise; ISEAS before Gallup before Pew."""
    found: dict[str, tuple[float, str, int, float]] = {}
    panels = {panel.source: panel for panel in opinion_panels(states, last=year)}
    for source, word in SOURCES.items():
        for state, answer in _last_of(panels[source]).items():
            found.setdefault(state, (answer[0], word, answer[1], answer[2]))
    columns = ["answer", "source", "asked", "noise"]
    return pd.DataFrame.from_dict(found, orient="index", columns=columns).reindex(list(states))


def _last_of(panel: Panel) -> dict[str, tuple[float, int, float]]:
    known = panel.known()
    return {
        state: (
            float(panel.values[i, last]),
            int(panel.years[last]),
            float(panel.noise[i]),
        )
        for i, state in enumerate(panel.states)
        if known[i].any()
        for last in [int(np.flatnonzero(known[i])[-1])]
    }


def foretell(settings: Settings, draws: int) -> list[dict[str, Any]]:
    """Score the forced choice of every surveyed year, foretold from the year before; the last row is all years together.

    Without China, the United States or a state that was asked there is nothing to foretell, and no row.
    """
    rows: list[dict[str, Any]] = []
    both = {"CHN", "USA"} <= set(partner_codes(settings.partners))
    for year in FORETOLD if both else ():
        found = nowcast(settings, year=year, runs=draws)
        if not found.states:
            continue
        scores = {
            name: {"crps": crps, "inside": inside}
            for name, (crps, inside) in found.scores().items()
        }
        missed = names(found.table().query("not model_inside").index.tolist()).values()
        rows.append({"year": year, "count": len(found.states), "missed": list(missed), **scores})
    if not rows:
        return rows
    total = sum(row["count"] for row in rows)
    whole: dict[str, Any] = {"year": "all", "count": total, "missed": []}
    for name in (MODEL, FILTER):
        whole[name] = {
            part: sum(row["count"] * row[name][part] for row in rows) / total
            for part in ("crps", "inside")
        }
    return [*rows, whole]


def compare_with_answers(settings: Settings, *, year: int, draws: int) -> dict[str, Any]:
    """Work out the values of the page.

    Parameters
    ----------
    settings : whose start is read. year : that runs would start from. draws : runs that foretell each survey.
    """
    table = read_starts(settings, year)
    return {
        "year": year,
        "states": [{"code": code, **row} for code, row in table.to_dict("index").items()],
        "rank": _rank_correlation(table["ties_share"], table["answer"]),
        "difference": {
            name: 100.0 * float((table[f"{name}_share"] - table["answer"]).abs().mean())
            for name in ("ties", "filtered")
        },
        "foretold": foretell(settings, draws),
    }


def _rank_correlation(left: pd.Series, right: pd.Series) -> float:
    known = right.notna()
    if known.sum() < FEWEST:
        return float("nan")
    return float(spearmanr(left[known], right[known])[0])
