"""Values for report.md.j2: the question, each box with its limits, and the leaves of a tree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.config.labels import setting_label
from sim.studies.discovery.boxes import Box, Measure, words
from sim.studies.discovery.choose import Chosen
from sim.studies.discovery.cover import Found
from sim.studies.discovery.stability import ENOUGH, Stability
from sim.studies.discovery.tables import stem

Leaf = tuple[Box, Measure]


def report_values(
    found: Sequence[Found], leaves: Sequence[Leaf], *, outcome: str, density: float, figures: bool
) -> dict[str, Any]:
    """Values of the page and of its answer.

    Parameters
    ----------
    found : boxes, one after another; the first is there even if it is none to report.
    leaves : of the tree, with their measures.
    outcome : name of what was asked about.
    density : asked of the boxes.
    figures : whether charts lie beside the page.
    """
    first = found[0]
    cases, stable = first.cases, first.stable
    every = int(cases.interest.sum())
    return {
        "question": cases.told,
        "outcome": outcome.replace("_", " "),
        "meaning": cases.meaning,
        "points": len(cases.table),
        "cases": every,
        "base": cases.interest.mean(),
        "share": cases.share,
        "replicates": cases.runs.shape[1],
        "mixed": ((cases.shares > 0.1) & (cases.shares < 0.9)).mean(),
        "varied": [_range(cases.table[name]) for name in cases.table],
        "boxes": [
            _box(number, one, one.chosen, every)
            for number, one in enumerate(found, 1)
            if one.chosen and one.told
        ],
        "leaves": _dense(leaves, density),
        **{"density": density, "figures": figures, "enough": ENOUGH},
        **{"resamples": stable.resamples, "beats": stable.beats},
    }


def _range(column: pd.Series[Any]) -> dict[str, Any]:
    """What was varied: its choices, or the ends of its range."""
    label = setting_label(str(column.name))
    if isinstance(column.dtype, pd.CategoricalDtype):
        return {
            "label": label,
            "choices": [each.replace("_", " ") for each in column.cat.categories],
        }
    step = 10.0 ** np.floor(np.log10(np.ptp(column))) / 10.0
    low, high = (  # a drawn design ends just short of its range
        round(end / step) * step for end in (column.min(), column.max())
    )
    return {"label": label, "low": low, "high": high}


def _box(number: int, one: Found, chosen: Chosen, every: int) -> dict[str, Any]:
    """One box: where, how dense among the cases that those before it left, and its limits."""
    left = int(one.cases.interest.sum())
    return {
        "number": number,
        "end": stem(number),
        "where": words(chosen.box),
        "dense": chosen.dense,
        "density": chosen.measure.density,
        "coverage": chosen.measure.coverage,
        "runs_density": chosen.measure.runs_density,
        "base": one.cases.interest.mean(),
        "left": left,
        "coverage_of_all": chosen.measure.coverage * left / every,
        "unseen": np.nanmean([each.density for each in one.stable.unseen]),
        "scatter": sum(isinstance(limit, tuple) for limit in chosen.box.limits.values()) >= 2,
        "limits": _limits(chosen.box, one.stable),
    }


def _limits(box: Box, stable: Stability) -> list[dict[str, Any]]:
    """Each limited side: its value, quasi-p, how often resamples select it, and between which values."""
    again = stable.sides.set_index("side")
    rows = []
    for side, value in box.sides.items():
        name, _, end = side.partition(" ")
        kept = box.limits[name]
        row: Any = again.loc[side] if side in again.index else None
        rows.append(
            {
                "label": setting_label(name),
                "side": {"low": "above", "high": "below"}.get(end, "is"),
                "kept": sorted(kept) if isinstance(kept, frozenset) else [],
                "value": value,
                "p": box.p.get(side, float("nan")),
                "frequency": 0.0 if row is None else row["share"],
                "between": () if row is None or not end else (row["low"], row["high"]),
            }
        )
    return rows


def _dense(leaves: Sequence[Leaf], density: float) -> list[dict[str, Any]]:
    """Leaves as dense as asked, from the greatest coverage down."""
    dense = [one for one in leaves if one[1].density >= density and one[0].limits]
    return [
        {"where": words(box), "density": found.density, "coverage": found.coverage}
        for box, found in sorted(dense, key=lambda one: -one[1].coverage)
    ]
