"""The trial as tables (one row a candidate, a scenario, an exchange), as settings, and as the division that ships."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sim.config.optimised import Optimised
from sim.provenance import version
from sim.studies.allocation.compare import exchanges, gains, verdicts
from sim.studies.allocation.divisions import PURPOSES, RULES
from sim.studies.allocation.options import AllocateOptions
from sim.studies.allocation.trial import BALANCED, Trial


def candidates(trial: Trial) -> pd.DataFrame:
    """Every candidate: shares, in-sample and out-of-sample scores, paired gain over the historical shares."""
    return pd.DataFrame([_candidate(trial, index) for index in range(len(trial.names))])


def _candidate(trial: Trial, index: int) -> dict[str, Any]:
    name = trial.names[index]
    labels = [label for label, point in trial.chosen.items() if point == name]
    row: dict[str, Any] = {"name": name, "kind": _kind(trial, name), "chosen": "; ".join(labels)}
    row |= {f"share_{code}": part for code, part in trial.split(name).items()}
    for at, (purpose, gain) in enumerate(zip(PURPOSES, gains(trial, name), strict=True)):
        row[f"{purpose}_search"] = trial.searched[index, :, at].mean()
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
    rest = table[table["kind"] != "front"].reset_index(drop=True)
    by_front = verdicts(trial)
    rest["challenger"] = [trial.challengers.get(name, "") for name in rest["name"]]
    rest["verdict"] = [by_front.get(name, "") for name in rest["name"]]
    return rest


def scenarios(trial: Trial) -> pd.DataFrame:
    """Gains over the historical shares of the rules and the chosen points, in every scenario."""
    points = dict.fromkeys(RULES) | {name: None for name in trial.chosen.values()}
    rows = []
    for scenario in trial.fresh:
        by_front = verdicts(trial, scenario)
        for name in points:
            row: dict[str, Any] = {"scenario": scenario, "name": name}
            for purpose, gain in zip(PURPOSES, gains(trial, name, scenario=scenario), strict=True):
                row |= {f"{purpose}_gain": gain.mean, f"{purpose}_low": gain.low}
                row[f"{purpose}_high"] = gain.high
            rows.append(row | {"verdict": by_front.get(name, "")})
    return pd.DataFrame(rows)


def trade_offs(trial: Trial) -> pd.DataFrame:
    """What each purpose costs the others."""
    rows = []
    for each in exchanges(trial):
        row: dict[str, Any] = {"from": each.start, "to": each.end, "given_up": each.given_up}
        row |= {"bought": each.bought, "lost": each.lost.mean, "gained": each.gained.mean}
        rows.append(row | {"rate": each.rate, "rate_half": each.half})
    return pd.DataFrame(rows)


def search_sizes(options: AllocateOptions) -> dict[str, Any]:
    """How long is searched and on how much is tested."""
    return {name: value for name, value in options.as_mapping().items() if name != "scenarios"}


def command_snippet(trial: Trial, name: str) -> str:
    """A division as settings, ready to be pasted on a command line."""
    shares = trial.split(name).items()
    parts = [f"+policy.japan.custom.{code}={part:.3g}" for code, part in shares if part > 0.0]
    return " ".join(["policy.japan.allocation=custom", *parts])


def optimised_division(trial: Trial) -> Optimised:
    """The balanced division as the table that ships."""
    settings, name = trial.settings, trial.chosen[BALANCED]
    shares = {code: round(part, 3) for code, part in trial.split(name).items()}
    shares[max(shares, key=lambda code: shares[code])] += round(1.0 - sum(shares.values()), 3)
    return Optimised(
        shares={code: round(part, 3) for code, part in shares.items()},
        found={
            "version": version(),
            "world": settings.world,
            "scenario": settings.scenario.name,
            "theory": settings.theory,
            "osa_budget": settings.policy.japan.osa_budget,
            "years": f"{settings.years.first}-{settings.years.last}",
            "seed": settings.seed,
            "rule": "balanced: the division of the front nearest to the best of each purpose, "
            "each measured by its range over the front",
            **search_sizes(trial.options),
        },
        gain={
            purpose: round(gain.mean, 4)
            for purpose, gain in zip(PURPOSES, gains(trial, name), strict=True)
        },
    )
