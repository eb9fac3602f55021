"""What the page's script compares: means of every shown point, and the intervals of all differences, as JSON.

Means are numbers; intervals are 32-bit numbers in base 64, little end first, since a page of 81 points has half a million.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from sim.report.measures import Measure, Pairs, pairs

NEAR = 1e-9  # relative: differences of means are the means of differences


def payload(found: Sequence[Measure], labels: Sequence[str], names: dict[str, str]) -> str:
    """Return the JSON text, such that it may stand in a page.

    Parameters
    ----------
    found : outcomes. labels : what each shown point is called. names : what each place is called.
    """
    compared = [pairs(one) for one in found]
    told = {
        "points": list(labels),
        "names": names,
        "pairs": compared[0].runs.tolist(),
        "outcomes": [_outcome(one, two) for one, two in zip(found, compared, strict=True)],
    }
    text = json.dumps(told, separators=(",", ":"), allow_nan=False, ensure_ascii=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _outcome(one: Measure, two: Pairs) -> dict[str, Any]:
    told = {
        "name": one.name,
        "title": one.title,
        "unit": one.unit,
        "places": list(one.places),
        "mean": _plain(one.told["mean"]),
        "half": _plain(one.told["high95"] - one.told["mean"]),
        "gapHalf": packed(two.half),
    }
    return told if _of_means(one, two) else told | {"gap": packed(two.difference)}


def _of_means(one: Measure, two: Pairs) -> bool:
    """Whether each difference is that of the two means, as it is where all points have the same runs."""
    mean = one.told["mean"]
    earlier, later = np.triu_indices(len(mean), 1)
    gap = mean[later] - mean[earlier]
    scale = float(np.nanmax(np.abs(mean), initial=1.0))
    return bool(np.allclose(gap, two.difference, rtol=0.0, atol=NEAR * scale, equal_nan=True))


def packed(values: ArrayLike) -> str:
    """Pack numbers as 32 bits each in base 64."""
    return base64.b64encode(np.asarray(values, dtype="<f4").tobytes()).decode("ascii")


def _plain(values: Any) -> list[list[float | None]]:
    """Numbers as lists, blanks as null."""
    return [[None if value != value else value for value in row] for row in values.tolist()]
