"""What the page's script compares: means of every shown point, and the intervals of all differences, as JSON.

Means are numbers; intervals are 32-bit numbers in base 64, little end first, since a page of 81 points has half a million.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup
from numpy.typing import ArrayLike

from sim.report.measures import Measure, Pairs, pairs

NEAR = 1e-9  # relative: differences of means are the means of differences


def payload(measures: Sequence[Measure], labels: Sequence[str], names: Mapping[str, str]) -> Markup:
    """Return the JSON text, such that it may stand in a page.

    Parameters
    ----------
    measures : the outcomes.
    labels : what each shown point is called.
    names : what each place is called.
    """
    compared = [pairs(measure) for measure in measures]
    content = {
        "points": list(labels),
        "names": names,
        "pairs": compared[0].runs.tolist(),
        "outcomes": [_outcome(*both) for both in zip(measures, compared, strict=True)],
    }
    return htmlsafe_json_dumps(content, separators=(",", ":"), allow_nan=False, ensure_ascii=False)


def _outcome(measure: Measure, compared: Pairs) -> dict[str, Any]:
    mean = measure.estimates["mean"]
    gap = {} if _of_means(mean, compared) else {"gap": packed(compared.difference)}
    return {
        "name": measure.name,
        "title": measure.title,
        "unit": measure.unit,
        "places": list(measure.places),
        "mean": _plain(mean),
        "half": _plain(measure.estimates["high95"] - mean),
        "gapHalf": packed(compared.half),
    } | gap


def _of_means(mean: Any, compared: Pairs) -> bool:
    """Whether each difference is that of the two means, as it is where all points have the same runs."""
    earlier, later = np.triu_indices(len(mean), 1)
    gap = mean[later] - mean[earlier]
    scale = float(np.nanmax(np.abs(mean), initial=1.0))
    return bool(np.allclose(gap, compared.difference, rtol=0.0, atol=NEAR * scale, equal_nan=True))


def packed(values: ArrayLike) -> str:
    """Pack numbers as 32 bits each in base 64."""
    return base64.b64encode(np.asarray(values, dtype="<f4").tobytes()).decode("ascii")


def _plain(values: Any) -> list[list[float | None]]:
    """Numbers as lists, blanks as null."""
    return [[None if value != value else value for value in row] for row in values.tolist()]
