"""Values for report.md.j2: for each date the table, the paired differences and who ever reaches it; and claim 7."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from sim.axes import STATE
from sim.ensemble.store.finished import Stored
from sim.ensemble.summary import LASTING
from sim.outcomes.definitions import columns, label_of
from sim.outcomes.summary import REGION
from sim.studies.survival.analysis import SurvivalSample
from sim.studies.survival.groups import Groups
from sim.world.roster import names

SMALL = 1.0  # years; claim 7 asks for a shortening of at least this (docs/claims.md)
CALM, HEIGHT = "managed", "cold_war"


def report_values(
    stored: Stored,
    groups: Groups,
    samples: Sequence[SurvivalSample],
    means: pd.DataFrame,
    gains: pd.DataFrame,
    sensed: pd.DataFrame,
) -> dict[str, Any]:
    """Values of the page.

    Parameters
    ----------
    means, gains, sensed : from `restricted_mean_table`, `differences` and `sensitivity` of the analysis.
    """
    first, last = stored.years
    regional = gains[gains[STATE] == REGION] if len(gains) else gains
    return {
        "groups": groups,
        "compared": [name for name in (groups.over, groups.between) if name],
        "before": first - 1,
        "last": last - LASTING + 1,
        "in_a_row": LASTING,
        "dates": [_date(one, stored, groups, means, regional) for one in samples],
        "claim": _claim(samples, groups, regional),
        "sensed": _thresholds(sensed),
        "runs": stored.plan.runs,
        "seed": stored.seed,
        "version": stored.version,
    }


def _date(
    one: SurvivalSample, stored: Stored, groups: Groups, means: pd.DataFrame, gains: pd.DataFrame
) -> dict[str, Any]:
    """One date: what it is, who is followed, mean times by choice, differences of the region."""
    column = columns()[one.outcome]
    table = means[(means["outcome"] == one.outcome) & (means[STATE] == REGION)]
    reached = [
        state
        for index, state in enumerate(one.states)
        if any(cases.reached[:, index].any() for cases in one.cases.values())
    ]
    return {
        "name": one.outcome,
        "label": column.label,
        "until": column.until.format(threshold=stored.plan.options.threshold),
        "states": list(names(one.states).values()),
        "left_out": list(names(one.left_out).values()),
        "reached": list(names(reached).values()),
        "within": one.within,
        "table": {over: _records(part) for over, part in table.groupby("over", sort=False)},
        **_differences(one.outcome, groups, gains),
    }


def _differences(outcome: str, groups: Groups, gains: pd.DataFrame) -> dict[str, Any]:
    """How many differences leave zero out, the widest, and those of `between` under the first of `over`."""
    rows = gains[gains["outcome"] == outcome] if len(gains) else gains
    if rows.empty:
        return {"pairs": 0}
    first = f"{groups.overs[0]} / {groups.betweens[0]}"
    within = rows["choice"].str.startswith(f"{groups.overs[0]} / ") & rows["against"].eq(first)
    return {
        "pairs": len(rows),
        "sure": int(((rows["low"] > 0.0) | (rows["high"] < 0.0)).sum()),
        "widest": rows.iloc[int(rows["gained"].abs().to_numpy().argmax())].to_dict(),
        "within_first": _records(rows[within]),
    }


def _claim(
    samples: Sequence[SurvivalSample], groups: Groups, gains: pd.DataFrame
) -> dict[str, Any]:
    """Rivalry at its height against managed rivalry, under every other choice; empty where these two are not compared."""
    if not {CALM, HEIGHT} <= set(groups.overs) or groups.overs[0] != CALM:
        return {}
    dates, held = {}, []
    for one in samples:
        rows = gains[
            (gains["outcome"] == one.outcome)
            & gains["choice"].str.startswith(f"{HEIGHT} / ")
            & gains["against"].str.startswith(f"{CALM} / ")
        ]
        dates[label_of(one.outcome)] = _records(rows)
        held.append(bool((rows["high"] <= -SMALL).all()))
    named = {"height": HEIGHT, "calm": CALM, "smallest": SMALL}
    return {**named, "dates": dates, "all": all(held), "any": any(held)}


def _thresholds(sensed: pd.DataFrame) -> dict[str, Any]:
    """Years gained at other thresholds of the hedging index, a row a threshold."""
    if sensed.empty:
        return {}
    return {
        "against": sensed["against"].iloc[0],
        "choices": list(sensed["choice"].unique()),
        "rows": {value: _records(part) for value, part in sensed.groupby("threshold")},
    }


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    rows = table.to_dict("records")
    return [
        {str(key): value for key, value in row.items()}
        | ({"option": row["choice"].rpartition(" / ")[2]} if "choice" in row else {})
        for row in rows
    ]
