"""The trial as tables: one row a candidate, a scenario, an exchange."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sim.studies.allocation.compare import exchanges, gains, verdicts
from sim.studies.allocation.divisions import PURPOSES, RULES
from sim.studies.allocation.trial import Trial


def candidates(trial: Trial) -> pd.DataFrame:
    """Every candidate: shares, scores on the search's luck and on fresh luck, paired gain over the record."""
    return pd.DataFrame([_candidate(trial, place) for place in range(len(trial.names))])


def _candidate(trial: Trial, place: int) -> dict[str, Any]:
    name = trial.names[place]
    labels = [label for label, point in trial.chosen.items() if point == name]
    row: dict[str, Any] = {"name": name, "kind": _kind(trial, name), "chosen": "; ".join(labels)}
    row |= {f"share_{code}": part for code, part in trial.split(name).items()}
    for at, (purpose, gain) in enumerate(zip(PURPOSES, gains(trial, name), strict=True)):
        row[f"{purpose}_search"] = trial.searched[place, :, at].mean()
        row[purpose] = trial.scores(name)[:, at].mean()
        row |= {f"{purpose}_gain": gain.mean, f"{purpose}_low": gain.low}
        row[f"{purpose}_high"] = gain.high
    return row


def _kind(trial: Trial, name: str) -> str:
    if name in RULES:
        return "rule"
    return "front" if name in trial.front else "single"


def front(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of the front."""
    return table[table["kind"] == "front"].reset_index(drop=True)


def rules(trial: Trial, table: pd.DataFrame) -> pd.DataFrame:
    """The rows of all else, and of the rules which point of the front beats each, and how surely."""
    found = table[table["kind"] != "front"].reset_index(drop=True)
    told = verdicts(trial)
    found["challenger"] = [trial.challengers.get(name, "") for name in found["name"]]
    found["verdict"] = [told.get(name, "") for name in found["name"]]
    return found


def scenarios(trial: Trial) -> pd.DataFrame:
    """Gains over the record of the rules and the chosen points, in every scenario."""
    points = dict.fromkeys(RULES) | {name: None for name in trial.chosen.values()}
    rows = []
    for scenario in trial.fresh:
        told = verdicts(trial, scenario)
        for name in points:
            row: dict[str, Any] = {"scenario": scenario, "name": name}
            for purpose, gain in zip(PURPOSES, gains(trial, name, scenario=scenario), strict=True):
                row |= {f"{purpose}_gain": gain.mean, f"{purpose}_low": gain.low}
                row[f"{purpose}_high"] = gain.high
            rows.append(row | {"verdict": told.get(name, "")})
    return pd.DataFrame(rows)


def trade_offs(trial: Trial) -> pd.DataFrame:
    """What each purpose costs the others."""
    rows = []
    for one in exchanges(trial):
        row: dict[str, Any] = {"from": one.start, "to": one.end, "given_up": one.given_up}
        row |= {"bought": one.bought, "lost": one.lost.mean, "gained": one.gained.mean}
        rows.append(row | {"rate": one.rate, "rate_half": one.half})
    return pd.DataFrame(rows)
