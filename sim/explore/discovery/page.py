"""What was found, in words and tables: boxes.md, and the tables beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.config.labels import said
from sim.explore.discovery.boxes import Box, Measure, words
from sim.explore.discovery.cases import Cases
from sim.explore.discovery.choose import Chosen
from sim.explore.discovery.stability import ENOUGH, Stability

Leaf = tuple[Box, Measure]
RULE = (
    "Rule: limits that chance explains (quasi-p of 0.05 or more) are dropped from every box that PRIM peels; of boxes at least "
    "{density:.0%} dense (of all, if none is) the one with the greatest harmonic mean of density and coverage is taken. A box is "
    "told only if at least {enough:.0%} of the resamples beat the share of cases among all points on the half of the points they "
    "had not seen."
)
HEAD = """# When is {told}?

{answer}

{points} points, {cases} of them cases ({base:.0%}): {told} in at least {share:.0%} of a point's {replicates} replicates. A point
is one case whatever the number of its replicates. {mixed:.0%} of the points are mixed, luck deciding (between a tenth and nine
tenths of the replicates). A box says where in the ranges that were tried cases lie together, in this model; it is not a forecast,
and its density depends on those ranges.

{rule}
"""


def answer(cases: Cases, chosen: Chosen | None, stable: Stability) -> str:
    """Say the finding in a sentence or two."""
    if chosen is None or not stable.holds:
        beats = f"{stable.beats:.0%} of the resamples beat chance on points they had not seen"
        return f"**No box was found**: no conditions on what was varied tell where {cases.told} is ({beats})."
    found = chosen.measure
    dense = "" if chosen.dense else " No box was as dense as asked; this is the best balance."
    unseen = np.nanmean([one.density for one in stable.unseen])
    return (
        f"**{cases.told[:1].upper()}{cases.told[1:]} where {words(chosen.box)}.** {found.density:.0%} of the points there are "
        f"cases ({cases.interest.mean():.0%} of all), and {found.coverage:.0%} of all cases are there. On points not seen the "
        f"boxes of the resamples are {unseen:.0%} dense. Of single runs there, {found.runs_density:.0%} are of interest.{dense}"
    )


def page(
    cases: Cases,
    chosen: Chosen | None,
    stable: Stability,
    leaves: Sequence[Leaf],
    *,
    density: float,
) -> str:
    """Write the whole page as Markdown."""
    mixed = float(((cases.shares > 0.1) & (cases.shares < 0.9)).mean())
    parts = [
        HEAD.format(
            told=cases.told,
            answer=answer(cases, chosen, stable),
            points=len(cases.table),
            cases=int(cases.interest.sum()),
            base=cases.interest.mean(),
            share=cases.share,
            replicates=cases.runs.shape[1],
            mixed=mixed,
            rule=RULE.format(density=density, enough=ENOUGH),
        ),
        _limits(chosen, stable) if chosen and stable.holds else "",
        _tree(leaves, cases, density),
    ]
    return "\n".join(part for part in parts if part)


def _limits(chosen: Chosen, stable: Stability) -> str:
    lines = [
        "## Its limits (PRIM)\n",
        f"How often each limit is there again in {stable.resamples} resamples (half of the points, replicates drawn anew), and "
        "between which values the middle 95 % of them lie.\n",
        "| limit | value | quasi-p | there again | between |",
        "|---|---|---|---|---|",
    ]
    again = stable.sides.set_index("side")
    for side, value in chosen.box.sides.items():
        name, _, end = side.partition(" ")
        kept = chosen.box.limits[name]
        limit = {"low": "above", "high": "below"}.get(end, "is")
        shown = ", ".join(sorted(kept)) if isinstance(kept, frozenset) else f"{value:.3g}"
        row: Any = again.loc[side] if side in again.index else None
        between = "" if row is None or not end else f"{row['low']:.3g} to {row['high']:.3g}"
        share = 0.0 if row is None else float(row["share"])
        p = chosen.box.p.get(side, float("nan"))
        lines.append(f"| {said(name)} {limit} | {shown} | {p:.2g} | {share:.0%} | {between} |")
    return "\n".join(lines) + "\n"


def _tree(leaves: Sequence[Leaf], cases: Cases, density: float) -> str:
    dense = [one for one in leaves if one[1].density >= density and one[0].limits]
    lines = [
        "## The same question to a tree (CART)\n",
        f"Leaves at least {density:.0%} dense, a second opinion; a tree cuts a box into pieces where PRIM peels one.\n",
    ]
    if not dense:
        return "\n".join([*lines, "None.\n"])
    lines += ["| where | density | coverage |", "|---|---|---|"]
    for box, found in sorted(dense, key=lambda one: -one[1].coverage):
        lines.append(f"| {words(box)} | {found.density:.0%} | {found.coverage:.0%} |")
    return "\n".join(lines) + "\n"


def tradeoff(chosen: Chosen | None) -> pd.DataFrame:
    """Lay out what was offered: a row a box, with density, coverage, limits, and which was chosen."""
    offered = chosen.offered if chosen else ()
    return pd.DataFrame(
        [
            {
                "box": place,
                "coverage": found.coverage,
                "density": found.density,
                "mass": found.mass,
                "limits": len(box.sides),
                "runs_density": found.runs_density,
                "runs_coverage": found.runs_coverage,
                "chosen": chosen is not None and place == chosen.place,
                "where": words(box),
            }
            for place, (box, found) in enumerate(offered)
        ],
        columns=[
            *("box", "coverage", "density", "mass", "limits"),
            *("runs_density", "runs_coverage", "chosen", "where"),
        ],
    )


def limits(chosen: Chosen, cases: Cases, stable: Stability) -> pd.DataFrame:
    """Lay out the chosen box: a row a setting it limits, in units and as shares of the range tried.

    Returns
    -------
    setting, low, high (blank: open), least, most (of the range tried), kept (of choices), choices,
    again_low, again_high (shares of resamples), and low_from, low_to, high_from, high_to.
    """
    again = stable.sides.set_index("side")
    return pd.DataFrame([_row(name, chosen.box, cases, again) for name in chosen.box.limits])


def _row(name: str, box: Box, cases: Cases, again: pd.DataFrame) -> dict[str, object]:
    limit, column = box.limits[name], cases.table[name]
    if isinstance(limit, frozenset):
        share = float(again["share"].get(name, 0.0))
        kept, choices = " ".join(sorted(limit)), " ".join(map(str, column.cat.categories))
        return {"setting": name, "kept": kept, "choices": choices, "again_low": share}
    row: dict[str, object] = {"setting": name, "least": column.min(), "most": column.max()}
    for side, value in zip(("low", "high"), limit, strict=True):
        found: Any = again.loc[f"{name} {side}"] if f"{name} {side}" in again.index else None
        row[side] = value if np.isfinite(value) else float("nan")
        row[f"again_{side}"] = 0.0 if found is None else float(found["share"])
        row[f"{side}_from"] = float("nan") if found is None else float(found["low"])
        row[f"{side}_to"] = float("nan") if found is None else float(found["high"])
    return row
