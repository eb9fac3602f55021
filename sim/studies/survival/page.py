"""What was found about the time states keep hedging, in words."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sim.axes import STATE
from sim.ensemble.store.finished import Stored
from sim.ensemble.summary import LASTING
from sim.outcomes.definitions import columns, label_of
from sim.studies.survival.analysis import REGION, SurvivalSample
from sim.studies.survival.groups import Groups
from sim.world.roster import names

SMALL = 1.0  # years; claim 7 asks for a shortening of at least this (docs/claims.md)
CALM, HEIGHT = "managed", "cold_war"


def page(
    stored: Stored,
    groups: Groups,
    followed: Sequence[SurvivalSample],
    told: pd.DataFrame,
    gains: pd.DataFrame,
    sensed: pd.DataFrame,
) -> str:
    """Write the page.

    Parameters
    ----------
    told, gains, sensed : from `times`, `differences` and `sensitivity` of `sim.studies.survival.compare`.
    """
    first, last = stored.years
    lines = [
        "# How long do states keep hedging?",
        "",
        f"Years from {first - 1} until a date that lasts ({LASTING} years in a row), over {groups.runs} runs of each "
        f"of {len(groups.points)} choices"
        f"{_columns(groups)}.",
        f"Runs in which the date is not reached by {last - LASTING + 1}, the last year in which it could be told, "
        "are right-censored there.",
        "A conditional exploration, not a forecast.",
    ]
    for one in followed:
        lines += ["", *_outcome(one, stored, groups, told, gains)]
    lines += ["", *_claim(followed, groups, gains, sensed), "", *_method(stored), ""]
    return "\n".join(lines)


def _columns(groups: Groups) -> str:
    named = [name for name in (groups.over, groups.between) if name]
    return f" ({' x '.join(named)})" if named else ""


def _outcome(
    one: SurvivalSample, stored: Stored, groups: Groups, told: pd.DataFrame, gains: pd.DataFrame
) -> list[str]:
    threshold, column = stored.plan.options.threshold, columns()[one.outcome]
    lines = [
        f"## {column.label}: until {column.until.format(threshold=threshold)}",
        "",
        f"![Share of states that still hedge](figures/survival_{one.outcome}.png)",
        "",
        f"Followed: {', '.join(names(one.states).values())}."
        + (
            " Left out, since in most runs they are out from the first year on and have nothing to lose: "
            f"{', '.join(names(one.left_out).values())}."
            if one.left_out
            else ""
        ),
        "",
        f"Years that a state keeps on average, of {one.within:g} that can be told (95 % interval over runs):",
        "",
        *_table(one, groups, told),
    ]
    return [*lines, "", _who(one), *_found(one, groups, gains)]


def _who(one: SurvivalSample) -> str:
    """Say which states' dates ever come, under any choice."""
    ever = [
        state
        for place, state in enumerate(one.states)
        if any(cases.reached[:, place].any() for cases in one.cases.values())
    ]
    named = ", ".join(names(ever).values())
    if len(ever) == len(one.states):
        return "* For every state followed the date comes in some run."
    return f"* The date ever comes for {len(ever)} of {len(one.states)} states only: {named}. The curve of the region is theirs."


def _table(one: SurvivalSample, groups: Groups, told: pd.DataFrame) -> list[str]:
    region = told[(told["outcome"] == one.outcome) & (told[STATE] == REGION)]
    head = f"| {groups.over or 'choice'} | " + " | ".join(groups.betweens) + " |"
    lines = [head, "|---" * (len(groups.betweens) + 1) + "|"]
    for over in groups.overs:
        cells = []
        for between in groups.betweens:
            row = region[(region["over"] == over) & (region["between"] == between)].iloc[0]
            cells.append(f"{row['years']:.2f} ({row['low']:.2f} to {row['high']:.2f})")
        lines.append(f"| {over} | {' | '.join(cells)} |")
    return lines


def _found(one: SurvivalSample, groups: Groups, gains: pd.DataFrame) -> list[str]:
    here = gains[gains["outcome"] == one.outcome] if len(gains) else gains
    if here.empty:
        return ["Only one choice: nothing to compare."]
    region = here[here[STATE] == REGION]
    states = here[here[STATE] != REGION]
    sure = region[(region["low"] > 0.0) | (region["high"] < 0.0)]
    widest = region.iloc[int(region["gained"].abs().to_numpy().argmax())]
    lines = [
        f"* Of {len(region)} paired comparisons for the region {len(sure)} leave zero out (95 % each, not corrected "
        "for their number); "
        f"the widest is {widest['choice']} against {widest['against']}: {_gain(widest)}.",
        f"* Log-rank tests, state by state: {int((states['p_holm'] < 0.05).sum())} of {len(states)} below 0.05 after "
        "Holm's correction.",
    ]
    if len(groups.betweens) > 1:
        parts = region[
            region["choice"].str.startswith(f"{groups.overs[0]} / ")
            & region["against"].eq(f"{groups.overs[0]} / {groups.betweens[0]}")
        ]
        said = "; ".join(
            f"{row['choice'].rpartition(' / ')[2]} {_gain(row)}" for _, row in parts.iterrows()
        )
        lines.append(
            f"* Between the choices of {groups.between} in {groups.overs[0]}, against {groups.betweens[0]}: {said}."
        )
    return lines


def _gain(row: pd.Series) -> str:
    return f"{row['gained']:+.2f} years ({row['low']:+.2f} to {row['high']:+.2f})"


def _claim(
    followed: Sequence[SurvivalSample], groups: Groups, gains: pd.DataFrame, sensed: pd.DataFrame
) -> list[str]:
    if not {CALM, HEIGHT} <= set(groups.overs) or groups.overs[0] != CALM:
        return []
    lines = ["## Claim 7: as rivalry intensifies, the time states can keep balancing shortens", ""]
    held = []
    for one in followed:
        rows = gains[(gains["outcome"] == one.outcome) & (gains[STATE] == REGION)]
        rows = rows[
            rows["choice"].str.startswith(f"{HEIGHT} / ")
            & rows["against"].str.startswith(f"{CALM} / ")
        ]
        held.append(bool((rows["high"] <= -SMALL).all()))
        each = "; ".join(
            f"{row['choice'].rpartition(' / ')[2]} {_gain(row)}" for _, row in rows.iterrows()
        )
        lines.append(
            f"* {label_of(one.outcome)}, rivalry at its height ({HEIGHT}) against {CALM}, "
            f"by {groups.between or 'choice'}: {each}."
        )
    lines += ["", _verdict(held)]
    if len(sensed):
        lines += ["", *_sensed(sensed)]
    return lines


def _verdict(held: Sequence[bool]) -> str:
    asked = f"a shortening of at least {SMALL:g} year, the whole interval, under every policy"
    if all(held):
        return f"**The curves bear the claim out** ({asked})."
    if any(held):
        return f"**The curves bear the claim out for one date and not the other** ({asked}): it hangs on what is called choosing."
    return f"**The curves do not bear the claim out** ({asked})."


def _sensed(sensed: pd.DataFrame) -> list[str]:
    lines = [
        "What counts as having chosen is a line we drew. Other thresholds of the hedging index, years gained (under "
        "the first policy):",
        "",
        "| threshold | states followed | years in "
        + str(sensed["against"].iloc[0])
        + " | "
        + " | ".join(sensed["choice"].unique())
        + " |",
        "|---" * (sensed["choice"].nunique() + 3) + "|",
    ]
    for threshold, part in sensed.groupby("threshold"):
        cells = " | ".join(_gain(row).replace(" years", "") for _, row in part.iterrows())
        lines.append(
            f"| {threshold:g} | {part['states'].iloc[0]} | {part['years_against'].iloc[0]:.1f} | {cells} |"
        )
    return lines


def _method(stored: Stored) -> list[str]:
    return [
        "## How to read it",
        "",
        "* Curves of a state: Kaplan-Meier with Greenwood's interval on the log-log scale. All runs end at the same "
        "horizon, so nobody is",
        "  cut off in between, and the curve is the share of runs that still last. Region: mean over states by run, "
        "interval over runs.",
        "* The log-rank test takes runs for independent samples. Here the same run of two choices has the same "
        "luck, which moves both",
        "  alike, so its p-values are too large (it finds too little); the paired difference of restricted mean "
        "times uses the pairing.",
        "  With enough runs either finds any difference there is: look at the size first.",
        "* Intervals are of luck alone, for one set of weights; sweep.parameters=posterior adds what the data leave open.",
        f"* Store: {stored.plan.runs:,} runs, seed {stored.seed}, Straits {stored.version}.",
        "",
        "Written by `python experiments/survival.py`.",
    ]
