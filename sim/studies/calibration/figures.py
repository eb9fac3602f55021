"""The spread of the posterior beside the priors: what the record says about each weight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.plots import style

Array = NDArray[np.float64]


def draw_weights(
    z: Array, names: Sequence[str], says: Sequence[str], attrs: Mapping[str, Any]
) -> Figure:
    """Draw prior and posterior of every weight in prior standard deviations.

    Parameters
    ----------
    z : (draw, weight). names : of the weights. says : what the data say about each, a word. attrs : for the footer.
    """
    informed = sum(word == "something" for word in says)
    columns = 6
    rows = -(-len(names) // columns)
    page = style.sheet(
        width=12,
        height=1.45 * rows,
        title=f"The record says something about {informed} of {len(names)} weights, and little or nothing about the rest",
        note="Grey: prior. Blue: posterior. Both in standard deviations of the prior around its middle.",
        attrs=attrs,
    )
    grid = page.figure.subplots(
        rows,
        columns,
        squeeze=False,
        sharex=True,
        gridspec_kw=page.area(0.3, 0.2, top=0.5) | {"wspace": 0.15, "hspace": 0.6},
    )
    across = np.linspace(-3.5, 3.5, 141)
    for index, axes in enumerate(grid.ravel()):
        axes.set_yticks([])
        if index >= len(names):
            axes.set_visible(False)
            continue
        axes.fill_between(across, np.exp(-0.5 * across**2) / np.sqrt(2 * np.pi), color=style.PALE)
        axes.hist(
            z[:, index], bins=28, range=(-3.5, 3.5), density=True, histtype="step", color=style.BLUE
        )
        axes.set_title(f"{names[index]}\n{says[index]}", size=8, loc="left")
    return page.figure
