"""docs/theories.md: what each theory says, where they disagree, and what that is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sim.studies.theories.at_start import TIES, TRUST

SAYS = {
    "insurance": "Hedging as insurance (Kuik 2008): every motive counts, and putting all on one partner costs more "
    "and more. Its weights are calibrated on the record to 2022; the next three keep those they do "
    "not change.",
    "balance_of_threat": "States balance against what threatens them (Walt 1987): intentions weigh heavily, spreading risk "
    "little.",
    "balance_of_power": "States balance against strength, whoever holds it (Waltz 1979; unverified): trust, aid and "
    "regime do not count.",
    "commerce": "Ties follow markets, money and trust (Keohane and Nye 1977; unverified): threat and protection "
    "count for little.",
    "landscape": "Camps form where actors are least frustrated (Axelrod and Bennett 1993): each state moves "
    "towards those it wishes to be with (affinity, trust, trade) and away from those it does not "
    "(threat), the larger the other the more, and stays with fellow members. Aid counts only through "
    "trust.",
    "bargaining": "Positions are bargained over (Bueno de Mesquita 1985; KTAB): a state gives way to the power "
    "behind which the stronger coalition stands, the more the farther it has to go, and holds to what "
    "is near. Trust, trade and affinity do not count; aid counts only as capacity.",
}
SHORT = {
    "balancing": "balancing",
    "indirect balancing / dominance denial": "indirect balancing",
    "hedging": "hedging",
    "economic pragmatism / binding engagement": "pragmatism",
    "limited bandwagoning": "limited bandwagoning",
    "bandwagoning": "bandwagoning",
}
ABOUT = """# Rival theories

Six theories of alignment under the same year: what powers do, what happens at sea, trust, capacity and luck are the
same; only how each state finds the targets of its ties differs (`theory=NAME`). Two are rules of their own,
`landscape` and `bargaining` (`sim/rules/landscape.py`, `sim/rules/bargaining.py`, each saying what is the
literature's and what is ours); both reproduce a published table (`python experiments/landscape.py`, `python
experiments/bargaining.py`). Conditional scenarios, not forecasts.

![Where the theories end, and what the spread is made of](figures/theories.png)

## What each says

{says}

## Where they disagree: {last}

Mean over {runs} runs on the same luck at the declared aid: alignment (0 = China, 100 = United States), then hedging
index (0 to 1), then the posture most runs end in.

{ends}

How far: mean distance in alignment between two theories on the same luck, beside the spread that luck makes within
one theory (standard deviation), both in points.

{apart}

## Which theory, or which aid level?

Two-way analysis of variance over six theories, {levels} yearly budgets of Japan's security assistance (JPY bn:
{budgets}) and {runs} runs on the same luck: shares of the whole spread, percent, with 95 % intervals over runs. The
region's means and scores in {last}.

{shares}

Read it with care: a theory's share is that of *these* numbers. Those of insurance are calibrated, the directions of
the others are their authors' and their sizes assumed; larger or smaller sizes would move theories nearer or farther.
Budgets count as equally likely.

## At the start

{start}

## What speaks against them

* The landscape and bargaining rules were written for whole moves between two camps and for one deal at a time; here they give
  the direction of many small moves, and staying unaligned is worth what the calibrated choice says it is.
* Landscape's drives weigh alike, by its authors' example (unverified); nothing in the record was used to weigh them.
* Under bargaining a power that grows may win less: who stands out is bold, and to the bold the middle looks nearly as good. This
  is the published formula at work, not a finding about powers.
* KTAB's later turns are not worked out; the seventeen states of 1936 are not claimed, since their propensities are not public.

Written by `python experiments/theories.py`.
"""
START = """What each theory aims at in the first simulated year, had every tie moved all the way, read by the same observation
model with observed trust: Spearman's rank correlation of the share choosing China with the ISEAS answers (mean of
2022 and 2023, {states} states), and the mean miss in points. Trust comes from the same surveys, so most of what is
shared is shared with it; calibrated weights (insurance, and what the other weightings keep of them) saw the answers
to 2022.

{table}

{below}
"""
NO_START = "Not compared: the start is no year beside the surveys of 2022 and 2023, or too few states were asked."


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What the page tells; tables as from the neighbouring modules, `ends` and `apart` with states by name."""

    ends: pd.DataFrame
    apart: pd.DataFrame
    shares: pd.DataFrame
    start: pd.DataFrame | None
    budgets: Sequence[float]
    runs: int
    last: int


def page(found: Findings) -> str:
    """Write the page as Markdown."""
    return ABOUT.format(
        says="\n".join(f"* **{name}**: {text}" for name, text in SAYS.items()),
        last=found.last,
        runs=found.runs,
        ends=_ends(found.ends),
        apart=_apart(found.apart),
        levels=len(found.budgets),
        budgets=", ".join(f"{budget:g}" for budget in found.budgets),
        shares=_shares(found.shares),
        start=NO_START if found.start is None else _start(found.start),
    )


def lines_of(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay a table out in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _ends(ends: pd.DataFrame) -> str:
    theories = list(dict.fromkeys(ends["theory"]))
    rows = []
    for state, part in ends.groupby("state", sort=False):
        by = part.set_index("theory").to_dict("index")
        rows.append([str(state), *(_end(by[theory]) for theory in theories)])
    return lines_of(["state", *(name.replace("_", " ") for name in theories)], rows)


def _end(row: Mapping[Any, Any]) -> str:
    return f"{row['alignment']:.0f}; {row['hedging']:.2f}; {SHORT[str(row['posture'])]}"


def _apart(apart: pd.DataFrame) -> str:
    rows = [
        [
            str(row["state"]),
            f"{row['between_theories']:.1f}",
            f"{row['luck']:.1f}",
            str(row["postures"]),
            str(row["most_china"]).replace("_", " "),
            str(row["most_us"]).replace("_", " "),
        ]
        for row in apart.to_dict("records")
    ]
    head = ["state", "between theories", "luck", "postures", "nearest China", "nearest the US"]
    return lines_of(head, rows)


def _shares(shares: pd.DataFrame) -> str:
    parts = list(dict.fromkeys(shares["part"]))
    rows = []
    for outcome, part in shares.groupby("outcome", sort=False):
        by = part.set_index("part").to_dict("index")
        rows.append([str(outcome), *(_share(by[name]) for name in parts)])
    return lines_of(["outcome", *parts], rows)


def _share(row: Mapping[Any, Any]) -> str:
    if not np.isfinite(row["share"]):
        return "nothing varies"
    return f"{100 * row['share']:.0f} ({100 * row['low']:.0f} to {100 * row['high']:.0f})"


def _start(start: pd.DataFrame) -> str:
    rows = [
        [
            f"*{row['of']}*" if row["of"] in (TIES, TRUST) else str(row["of"]).replace("_", " "),
            f"{row['rank']:.2f}" if np.isfinite(row["rank"]) else "no ranking",
            f"{row['miss']:.1f}" if np.isfinite(row["miss"]) else "",
        ]
        for row in start.to_dict("records")
    ]
    table = lines_of(["of", "rank correlation", "mean miss, points"], rows)
    return START.format(states=start["states"].iloc[0], table=table, below=_below(start))


def _below(start: pd.DataFrame) -> str:
    """Say which theories rank states no better than trust, or the observed ties, do without any theory."""
    rank = start.set_index("of")["rank"]
    told = []
    for simple, words in ((TRUST, "observed trust alone"), (TIES, "the observed ties as they are")):
        below = [str(name) for name in rank.index if name in SAYS and not rank[name] > rank[simple]]
        names = ", ".join(below).replace("_", " ") or "none"
        told.append(f"No better than {words}: {names}.")
    return " ".join(told)
