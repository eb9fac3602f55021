"""Tables of the boxes: what PRIM offered, the limits of the box chosen, and how often resamples select them again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.studies.discovery.boxes import Box, words
from sim.studies.discovery.cases import Cases
from sim.studies.discovery.choose import Chosen
from sim.studies.discovery.cover import Found
from sim.studies.discovery.stability import Stability


def all_tables(found: Sequence[Found]) -> dict[str, pd.DataFrame]:
    """File name -> table, of every box."""
    tables: dict[str, pd.DataFrame] = {}
    for number, one in enumerate(found, 1):
        end = stem(number)
        tables |= {
            f"tradeoff{end}.csv": tradeoff(one.chosen),
            f"stability{end}.csv": one.stable.sides,
        }
        if one.chosen and one.told:
            tables[f"boxes{end}.csv"] = limits(one.chosen, one.cases, one.stable)
    return tables


def stem(number: int) -> str:
    """What the file names of a box's charts and tables end in: nothing for the first.

    >>> stem(1), stem(2)
    ('', '_2')
    """
    return "" if number == 1 else f"_{number}"


def tradeoff(chosen: Chosen | None) -> pd.DataFrame:
    """Lay out what was offered: a row a box, with density, coverage, limits, and which was chosen."""
    offered = chosen.offered if chosen else ()
    return pd.DataFrame(
        [
            {
                "box": index,
                "coverage": found.coverage,
                "density": found.density,
                "mass": found.mass,
                "limits": len(box.sides),
                "runs_density": found.runs_density,
                "runs_coverage": found.runs_coverage,
                "chosen": chosen is not None and index == chosen.place,
                "where": words(box),
            }
            for index, (box, found) in enumerate(offered)
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
