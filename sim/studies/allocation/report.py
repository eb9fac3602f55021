"""Values of report.md.j2: what a trial found, as numbers and short texts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from sim.statistics import PairedDifference
from sim.studies.allocation import compare
from sim.studies.allocation.divisions import CALLED, PURPOSES, RULES
from sim.studies.allocation.table import command_snippet
from sim.studies.allocation.trial import BALANCED, BASELINE, NOTHING, Trial
from sim.world.roster import roster

LITTLE = 2.0  # points of 100: less is called a small effect, whatever its interval. Ours


def report_values(trial: Trial) -> dict[str, Any]:
    """Return the values of the page on a trial, by the names that report.md.j2 uses."""
    return _effect_sizes(trial) | _comparisons(trial) | _tables(trial) | _search(trial)


def _effect_sizes(trial: Trial) -> dict[str, Any]:
    """How much the division matters, beside Monte Carlo noise and giving nothing."""
    years, most = trial.settings.years, compare.largest_difference(trial)
    assistance = np.array([gain.mean for gain in compare.gains(trial, BASELINE, NOTHING)])
    return {
        "budget": f"{trial.settings.policy.japan.osa_budget:g}",
        "recipients": trial.recipients,
        "purposes": list(CALLED.values()),
        "score_years": years.last
        if trial.options.judged == "last"
        else f"{years.first}-{years.last}",
        "last": years.last,
        "moved": _by_purpose(most),
        "small": bool((most < LITTLE).all()),
        "exceeds_budget": bool((most > np.abs(assistance)).any()),
        "noise": _by_purpose(compare.monte_carlo_deviation(trial)),
        "assistance": _by_purpose(assistance, "+.2f"),
    }


def _comparisons(trial: Trial) -> dict[str, Any]:
    """The balanced division, the rules that the front dominates, here and elsewhere, and trade-offs."""
    balanced = trial.chosen[BALANCED]
    shares = sorted(trial.split(balanced).items(), key=lambda item: -item[1])
    verdicts = compare.verdicts(trial)
    dominated = {
        name: sum(each == compare.SURELY for each in compare.verdicts(trial, name).values())
        for name in trial.fresh
    }
    elsewhere = sorted((name for name in dominated if name != trial.own), key=dominated.__getitem__)
    return {
        "balanced_shares": [
            f"{roster()[code].label} {part:.0%}" for code, part in shares if part >= 0.005
        ],
        "balanced_gains": [
            f"{word} {text}"
            for word, text in zip(CALLED.values(), _gains(trial, balanced), strict=True)
        ],
        "rules": {
            verdict: [rule for rule, each in verdicts.items() if each == verdict]
            for verdict in (compare.SURELY, compare.ON_AVERAGE, compare.NOT)
        },
        "rule_count": len(RULES),
        "own": trial.own,
        "elsewhere": [f"{dominated[name]} in {name}" for name in elsewhere],
        "scenarios": [
            {"name": name, "gains": _gains(trial, balanced, name), "dominated": dominated[name]}
            for name in trial.fresh
        ],
        "trade_offs": [_trade_off(each) for each in compare.exchanges(trial)],
    }


def _tables(trial: Trial) -> dict[str, Any]:
    """Rows of the chosen divisions, and of the rules and single recipients, the baseline first."""
    verdicts = compare.verdicts(trial)
    names = [BASELINE, *(name for name in trial.named if name != BASELINE)]
    rows = [_row(trial, name) | {"verdict": verdicts.get(name, "")} for name in names]
    rows[0]["gains"] = ["0"] * len(PURPOSES)
    return {
        "front": len(trial.front),
        "candidates": rows,
        "chosen": [
            _row(trial, name) | {"label": label, "command": command_snippet(trial, name)}
            for label, name in trial.chosen.items()
        ],
    }


def _search(trial: Trial) -> dict[str, Any]:
    """How the front was searched, and how far the search was optimistic."""
    gains = compare.optimism(trial)
    optimism = np.max([gains[label][0] - gains[label][1] for label in trial.chosen], axis=0)
    return {
        "options": trial.options,
        "tried": trial.tried,
        "seed": trial.settings.seed,
        "optimism": _by_purpose(optimism.clip(min=0.0), ".3f"),
        "still_best": compare.still_best(trial),
        "volumes": [f"{label} {size:.4g}" for label, size in compare.volumes(trial).items()],
        "search": {label: list(zip(*pair, strict=True)) for label, pair in gains.items()},
    }


def _by_purpose(values: Iterable[float], digits: str = ".2f") -> list[str]:
    """One number a purpose: "0.94 (deterrence)"."""
    return [
        f"{value:{digits}} ({word})" for word, value in zip(CALLED.values(), values, strict=True)
    ]


def gain_text(gain: PairedDifference) -> str:
    """A paired difference with its 95 % interval, in points."""
    return f"{gain.mean:+.2f} ({gain.low:+.2f} to {gain.high:+.2f})"


def _gains(trial: Trial, name: str, scenario: str = "") -> list[str]:
    return [gain_text(each) for each in compare.gains(trial, name, scenario=scenario)]


def _row(trial: Trial, name: str) -> dict[str, Any]:
    shares = [f"{part:.0%}" for part in trial.split(name).values()]
    return {"name": name, "shares": shares, "gains": _gains(trial, name)}


def _trade_off(exchange: compare.Exchange) -> dict[str, Any]:
    return {
        "start": _division(exchange.start),
        "end": _division(exchange.end),
        "given_up": CALLED[exchange.given_up],
        "bought": CALLED[exchange.bought],
        "lost": exchange.lost.mean,
        "gained": exchange.gained.mean,
        "rate": exchange.rate,
        "half": exchange.half,
    }


def _division(label: str) -> str:
    return "the balanced division" if label == BALANCED else f"the {label}"
