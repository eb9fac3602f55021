"""Values for report.md.j2: the table of policies, which lead by satisficing and by regret, and how surely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.axes import Array
from sim.studies.robustness.measures import Measured, probability_best

SURE = 0.95  # a ranking right in this share of resamples is called sure


def policy_table(
    found: Mapping[str, Measured], policies: Sequence[str], *, better_up: bool
) -> pd.DataFrame:
    """One row a policy: every measure with its 95 % interval, and the probability of being the best."""
    columns: dict[str, object] = {"policy": list(policies)}
    for name, one in found.items():
        sign = -1.0 if name == "mean" and not better_up else 1.0
        low, high = (one.low, one.high) if sign > 0.0 else (-one.high, -one.low)
        columns |= {name: sign * one.estimate, f"{name}_low": low, f"{name}_high": high}
    columns["best_satisficing"] = probability_best(found["satisficing"])
    columns["best_mean"] = probability_best(found["mean"])
    return pd.DataFrame(columns)


def report_values(
    table: pd.DataFrame, found: Mapping[str, Measured], ranks: Mapping[str, Array]
) -> dict[str, Any]:
    """Values of the words and the table.

    Parameters
    ----------
    table : from `policy_table`.
    found : from `sim.studies.robustness.measures.resampled`.
    ranks : "satisficing" and "regret" -> (policy, policy) share of resamples in which the row ranks before the column.
    """
    satisficing, mean = (found[name].estimate for name in ("satisficing", "mean"))
    most, fewest = int(np.argmax(satisficing)), int(np.argmin(satisficing))
    least = int(np.argmax(mean))
    rows = table.to_dict("records")
    ordered = table.sort_values("satisficing", ascending=False).to_dict("records")
    return {
        "policies": ordered,
        "most": rows[most] | _surely(ranks["satisficing"], table, most),
        "fewest": rows[fewest],
        "least_regretted": rows[least] | _surely(ranks["regret"], table, least),
        "greatest_regret": table["regret"].max(),
        "agree": most == least,
        "distinct": ranks["satisficing"][most, least] >= SURE,
        "span": 100.0 * (satisficing[most] - satisficing[fewest]),
        "overstated": (table["regret_plain"] - table["regret"]).mean(),
    }


def _surely(ranks: Array, table: pd.DataFrame, index: int) -> dict[str, Any]:
    """In how many resamples at least a policy ranks before each other, and before whom not surely."""
    others = [other for other in range(len(table)) if other != index]
    unsure = [table["policy"][other] for other in others if ranks[index, other] < SURE]
    return {"at_least": min(ranks[index, other] for other in others), "unsure": unsure}
