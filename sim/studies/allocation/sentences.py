"""Saying what a trial found, in sentences: how much the division matters first, then which to choose."""

from __future__ import annotations

import numpy as np

from sim.axes import Array
from sim.config.optimised import Optimised
from sim.provenance import version
from sim.statistics import PairedDifference
from sim.studies.allocation.compare import (
    ON_AVERAGE,
    SURELY,
    Exchange,
    exchanges,
    gains,
    luck,
    moved,
    optimism,
    still_best,
    verdicts,
    volumes,
)
from sim.studies.allocation.divisions import CALLED, PURPOSES
from sim.studies.allocation.trial import BALANCED, BASELINE, NOTHING, Trial
from sim.world.roster import roster

LITTLE = 2.0  # points of 100: less is called little, whatever its interval. Ours


def listed(parts: list[str]) -> str:
    """Join with commas and a last "and"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def by_purpose(values: Array, places: int = 2, sign: str = "") -> str:
    """Say one number for each purpose: "0.94 (deterrence), 0.75 (sea lanes) and 0.06 (soft power)"."""
    told = [
        f"{one:{sign}.{places}f} ({CALLED[name]})"
        for name, one in zip(PURPOSES, values, strict=True)
    ]
    return listed(told)


def gain(one: PairedDifference) -> str:
    """A paired difference with its 95 % interval, in points."""
    return f"{one.mean:+.2f} ({one.low:+.2f} to {one.high:+.2f})"


def score_years(trial: Trial) -> str:
    """Of which years the scores are."""
    years = trial.settings.years
    return f"{years.last}" if trial.options.judged == "last" else f"{years.first}-{years.last}"


def effect_size_sentence(trial: Trial) -> str:
    """How much the division matters at all, against luck and against giving nothing."""
    most, by_luck = moved(trial), luck(trial)
    given = np.array([one.mean for one in gains(trial, BASELINE, NOTHING)])
    small = "On a scale of 100 this is little" if (most < LITTLE).all() else "This is no trifle"
    if (most > np.abs(given)).any():
        small += ", yet for some of them more than what giving the budget at all does"
    return (
        f"With JPY {trial.settings.policy.japan.osa_budget:g} bn a year, the division moves Japan's scores of "
        f"{score_years(trial)} by at most {by_purpose(most)} points of 100, "
        f"between the best and the worst division tested. {small}. Luck alone moves "
        f"one future's scores by {by_purpose(by_luck)} (standard deviation); giving the budget as in the record, rather than "
        f"nothing, by {by_purpose(given, sign='+')}."
    )


def shares_in_words(trial: Trial, name: str) -> str:
    """A division, largest share first: "Malaysia 46 %, Vietnam 21 %"; what is below half a percent is left out."""
    parts = sorted(trial.split(name).items(), key=lambda one: -one[1])
    return listed([f"{roster()[code].label} {part:.0%}" for code, part in parts if part >= 0.005])


def balanced(trial: Trial) -> str:
    """What the balanced division is and gains."""
    found = gains(trial, trial.chosen[BALANCED])
    told = [f"{CALLED[name]} {gain(one)}" for name, one in zip(PURPOSES, found, strict=True)]
    return (
        f"The balanced division gives {shares_in_words(trial, trial.chosen[BALANCED])}. Against the record's shares, on luck the "
        f"search never used: {listed(told)} points."
    )


def dominated(trial: Trial) -> str:
    """Which rules a division on the front beats in all three purposes."""
    told = verdicts(trial)
    by = {word: [rule for rule, one in told.items() if one == word] for word in set(told.values())}
    sure, mean = by.get(SURELY, []), by.get(ON_AVERAGE, [])
    parts = [
        f"Beaten in all three purposes at once by one division of the front, beyond luck: {listed(sure) or 'none'}"
    ]
    if mean:
        parts.append(f"on average only: {listed(mean)}")
    rest = [rule for rule in told if rule not in (*sure, *mean)]
    return "; ".join([*parts, f"not beaten: {listed(rest) or 'none'}"]) + "."


def elsewhere(trial: Trial) -> str:
    """Where else the rules stay beaten by the same divisions, fewest first; blank where nothing else was tested."""
    count = {
        name: sum(one == SURELY for one in verdicts(trial, name).values())
        for name in trial.fresh
        if name != trial.own
    }
    if not count:
        return ""
    told = [f"{number} in {name}" for name, number in sorted(count.items(), key=lambda one: one[1])]
    return (
        f"Found in {trial.own} and tested elsewhere, of the six rules so many stay so beaten: "
        f"{listed(told)}."
    )


def optimism_sentence(trial: Trial) -> str:
    """By how much the search flatters what it found."""
    rows = optimism(trial)
    worst = np.max(
        [before - after for label, (before, after) in rows.items() if label in trial.chosen], axis=0
    ).clip(min=0.0)
    return (
        f"The search flatters the chosen divisions by at most {by_purpose(worst, 3)} points (gain over the record on its own "
        f"luck, less that on fresh luck); {still_best(trial)} of the {len(trial.front)} divisions of the front stay unbeaten "
        "by the others."
    )


def hypervolume_sentence(trial: Trial) -> str:
    """How much of the room above giving nothing is covered."""
    found = volumes(trial)
    told = [f"{label} {one:.4g}" for label, one in found.items()]
    return f"Hypervolume above giving nothing (the reference point; cubic points, fresh luck): {listed(told)}."


def exchange(one: Exchange) -> str:
    """One exchange as a sentence."""
    lost, bought = CALLED[one.given_up], CALLED[one.bought]
    if np.isnan(one.rate):
        return (
            f"From {_the(one.start)} to {_the(one.end)}: too little is given up, or bought, to say at what rate "
            f"({one.lost.mean:+.3f} of {lost} for {one.gained.mean:+.3f} of {bought})."
        )
    return (
        f"From {_the(one.start)} to {_the(one.end)}: giving up 1 point of {lost} buys {one.rate:.2f} ± {one.half:.2f} of "
        f"{bought} ({one.lost.mean:.3f} lost, {one.gained.mean:.3f} gained)."
    )


def _the(label: str) -> str:
    return "the balanced division" if label == BALANCED else f"the {label}"


def exchanges_in_words(trial: Trial) -> list[str]:
    """Every exchange as a sentence."""
    return [exchange(one) for one in exchanges(trial)]


def command_snippet(trial: Trial, name: str) -> str:
    """A division as settings, ready to be pasted on a command line."""
    given = trial.split(name).items()
    parts = [f"+policy.japan.custom.{code}={part:.3g}" for code, part in given if part > 0.0]
    return " ".join(["policy.japan.allocation=custom", *parts])


def table(trial: Trial) -> Optimised:
    """The balanced division as the table that ships."""
    settings, name = trial.settings, trial.chosen[BALANCED]
    shares = {code: round(part, 3) for code, part in trial.split(name).items()}
    shares[max(shares, key=lambda code: shares[code])] += round(1.0 - sum(shares.values()), 3)
    found = gains(trial, name)
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
            **{key: one for key, one in trial.options.as_mapping().items() if key != "scenarios"},
        },
        gain={purpose: round(one.mean, 4) for purpose, one in zip(PURPOSES, found, strict=True)},
    )
