"""What was found, in words and tables: the page, and the tables beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.config.labels import setting_label
from sim.studies.discovery.boxes import Box, Measure, words
from sim.studies.discovery.cases import Cases
from sim.studies.discovery.choose import Chosen
from sim.studies.discovery.cover import Found
from sim.studies.discovery.stability import ENOUGH, Stability

Leaf = tuple[Box, Measure]
HEAD = """# When is {told}?

{answer}

{meaning}{points:,} points, {cases} of them cases ({base:.0%}): {told} in at least {share:.0%} of
a point's {replicates} replicates. A point is one case whatever the number of its replicates. {mixed:.0%} of the points are mixed,
luck deciding (between a tenth and nine tenths of the replicates). A box says where in the ranges that were tried cases lie
together, in this model; it is not a forecast, and its density depends on those ranges.

Varied: {varied}.
"""
RULE = """## How boxes are chosen

* *Density*: share of the points inside that are cases. *Coverage*: share of the cases that are inside. One is bought with
  the other.
* Limits that chance explains (quasi-p of 0.05 or more) are dropped from every box that PRIM peels. Of boxes at least
  {density:.0%} dense (of all, if none is) the one with the greatest harmonic mean of density and coverage is taken.
* A box is told only if at least {enough:.0%} of {resamples} resamples (half of the points, replicates drawn anew) give a box
  that is denser in cases than all points, on the half they had not seen. On pure noise there is none.
* A further box is sought among the points outside those before it, and must be as dense as asked.
"""


def answer(found: Sequence[Found]) -> str:
    """Say the finding, a paragraph a box."""
    first = found[0]
    if first.chosen is None or not first.told:
        beats = f"{first.stable.beats:.0%} of the resamples beat chance on points they had not seen"
        return f"**No box was found**: no conditions on what was varied tell where {first.cases.told} is ({beats})."
    every = int(first.cases.interest.sum())
    told = [_first(first, first.chosen)]
    told += [_further(one, one.chosen, every) for one in found[1:] if one.chosen]
    return "\n\n".join(told)


def _first(one: Found, chosen: Chosen) -> str:
    found, cases = chosen.measure, one.cases
    dense = "" if chosen.dense else " No box was as dense as asked; this is the best balance."
    return (
        f"**{cases.told[:1].upper()}{cases.told[1:]} where {words(chosen.box)}.** {found.density:.0%} of the points there are "
        f"cases ({cases.interest.mean():.0%} of all), and {found.coverage:.0%} of all cases are there. "
        f"{_sure(one, chosen)}{dense}"
    )


def _further(one: Found, chosen: Chosen, every: int) -> str:
    found, left = chosen.measure, int(one.cases.interest.sum())
    return (
        f"**Of the {left} cases outside, most are where {words(chosen.box)}.** {found.density:.0%} of the points there are cases "
        f"({one.cases.interest.mean():.0%} of those outside), and {found.coverage:.0%} of the {left} are there "
        f"({found.coverage * left / every:.0%} of all cases). {_sure(one, chosen)}"
    )


def _sure(one: Found, chosen: Chosen) -> str:
    unseen = np.nanmean([each.density for each in one.stable.unseen])
    return (
        f"On points not seen the boxes of the resamples are {unseen:.0%} dense. "
        f"Of single runs there, {chosen.measure.runs_density:.0%} are of interest."
    )


def page(found: Sequence[Found], leaves: Sequence[Leaf], *, density: float, pictures: bool) -> str:
    """Write the whole page as Markdown; pictures : whether charts lie beside it, under figures/."""
    first = found[0]
    cases, stable = first.cases, first.stable
    mixed = float(((cases.shares > 0.1) & (cases.shares < 0.9)).mean())
    head = HEAD.format(
        told=cases.told,
        answer=answer(found),
        meaning=_meaning(cases),
        points=len(cases.table),
        cases=int(cases.interest.sum()),
        base=cases.interest.mean(),
        share=cases.share,
        replicates=cases.runs.shape[1],
        mixed=mixed,
        varied="; ".join(_range(cases.table[name]) for name in cases.table),
    )
    boxes = [_box(number, one, pictures) for number, one in enumerate(found, 1) if one.told]
    rule = RULE.format(density=density, enough=ENOUGH, resamples=stable.resamples)
    return "\n".join([head, *boxes, _tree(leaves, density), rule])


def _meaning(cases: Cases) -> str:
    outcome = cases.told.rpartition(" ")[0].rpartition(" ")[0].partition(" of ")[0]
    return f"*{outcome.capitalize()}*: {cases.meaning}.\n\n" if cases.meaning else ""


def _range(column: pd.Series[Any]) -> str:
    name = setting_label(str(column.name))
    if isinstance(column.dtype, pd.CategoricalDtype):
        return f"{name} ({', '.join(each.replace('_', ' ') for each in column.cat.categories)})"
    step = (
        10.0 ** np.floor(np.log10(np.ptp(column))) / 10.0
    )  # a drawn design ends just short of its range
    low, high = (round(end / step) * step for end in (column.min(), column.max()))
    return f"{name} ({low:.3g} to {high:.3g})"


def stem(number: int) -> str:
    """What the file names of a box's charts and tables end in: nothing for the first.

    >>> stem(1), stem(2)
    ('', '_2')
    """
    return "" if number == 1 else f"_{number}"


def _box(number: int, one: Found, pictures: bool) -> str:
    if one.chosen is None:
        return ""
    lines = [f"## Box {number}: {words(one.chosen.box)}\n"]
    if pictures:
        drawn = {"tradeoff": "Density against coverage", "limits": "Where its limits lie"}
        if sum(isinstance(limit, tuple) for limit in one.chosen.box.limits.values()) >= 2:
            drawn["scatter"] = "All points over two of its settings"
        for name, what in drawn.items():
            lines.append(f"![{what}](figures/discovery_{name}{stem(number)}.png)\n")
    return "\n".join([*lines, _limits(one.chosen, one.stable)])


def _limits(chosen: Chosen, stable: Stability) -> str:
    lines = [
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
        lines.append(
            f"| {setting_label(name)} {limit} | {shown} | {p:.2g} | {share:.0%} | {between} |"
        )
    return "\n".join(lines) + "\n"


def _tree(leaves: Sequence[Leaf], density: float) -> str:
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
