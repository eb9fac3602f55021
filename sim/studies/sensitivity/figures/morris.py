"""Morris screening, mean size against spread of effects: which of very many settings matter, and which act non-linearly?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.config.labels import setting_label
from sim.plots import style
from sim.plots.labels import place
from sim.plots.text import called, listed, unit

NAMED = 12
NOTE = (
    "Each dot is one setting. Right: it moves the outcome more, on average, over its whole range (mean size of effects, with "
    "95 % interval). Up: its effect differs more over the settings (curvature or interaction); below the dashed line it mostly "
    "goes one way. Hollow: no more than Monte Carlo noise. Asterisk: only says how the outcome is read off ties. {about}."
)


def called_setting(name: str) -> str:
    """Name a setting, with an asterisk where it only says how outcomes are read.

    >>> called_setting("policy.japan.camp"), called_setting("rules.threat.intent")
    ("Japan's camp*", 'threat: intent')
    """
    reads = name.endswith(".camp") or name.startswith("rules.observation.")
    return f"{setting_label(name)}{'*' if reads else ''}"


def title(part: pd.DataFrame, outcome: Mapping[Any, Any]) -> str:
    """Say how many settings matter, and name the first three."""
    strong = part[part["above_noise"].astype(bool)]
    if strong.empty:
        return (
            f"None of {len(part)} settings moves {called(outcome)} by more than Monte Carlo noise"
        )
    half = int((strong["mu_star"] >= 0.5 * strong["mu_star"].max()).sum())
    names = listed([called_setting(str(name)) for name in strong["setting"].head(3)])
    reach = "one has" if half == 1 else f"{half} have"
    return (
        f"{called(outcome).capitalize()}: of {len(part)} settings {reach} at least half the effect of the "
        f"strongest; first {names}"
    )


def draw(
    part: pd.DataFrame,
    noise: Mapping[Any, Any],
    outcome: Mapping[Any, Any],
    attrs: Mapping[Any, Any],
) -> Figure:
    """Draw the screening of one outcome.

    Parameters
    ----------
    part : a row a setting, strongest first, with mu, mu_star, low, high, sigma, above_noise.
    """
    page = style.sheet(
        width=9.5,
        height=5.0,
        title=title(part, outcome),
        note=NOTE.format(about=outcome["about"]),
        attrs=attrs,
    )
    axes = page.figure.add_subplot(
        page.figure.add_gridspec(1, 2, **page.area(0.7, 0.2, 0.5, 0.2), width_ratios=(2.1, 1))[0]
    )
    _dots(axes, part)
    in_units = f", {unit(outcome)}" if unit(outcome) else ""
    axes.set_xlabel(f"mean size of the effect of the whole range (mu*{in_units})")
    axes.set_ylabel(f"spread of the effect (sigma{in_units})")
    _key(axes, part)
    return page.figure


def _dots(axes: Axes, part: pd.DataFrame) -> None:
    sure = part["above_noise"].to_numpy(bool)
    x, y = part["mu_star"].to_numpy(), part["sigma"].to_numpy()
    axes.hlines(y, part["low"], part["high"], color=style.PALE, linewidth=1.2, zorder=1)
    axes.scatter(x[sure], y[sure], s=26, color=style.BLUE, zorder=3)
    axes.scatter(x[~sure], y[~sure], s=22, facecolor="white", edgecolor=style.GREY, zorder=2)
    reach = float(max(np.max(part["high"]), np.max(y), 1e-12)) * 1.05
    axes.plot([0, reach], [0, reach], color=style.GREY, linewidth=0.8, linestyle=(0, (4, 3)))
    axes.set(xlim=(0, float(np.max(part["high"])) * 1.05 or 1.0), ylim=(0, float(np.max(y)) * 1.12))
    style.quiet(axes)
    _numbers(axes, np.column_stack([x, y]), np.flatnonzero(sure)[:NAMED])


def _numbers(axes: Axes, dots: Any, named: Any) -> None:
    """Write numbers beside the strongest dots, clear of all dots and of each other."""
    on_screen = axes.transData.transform(dots)
    clear = [(px - 5, py - 5, px + 5, py + 5) for px, py in on_screen]
    points = [(float(px), float(py)) for px, py in on_screen[named]]
    centres = place(points, [(14.0, 13.0)] * len(points), keep_clear=clear, near=9.0)
    for number, (dot, centre) in enumerate(zip(dots[named], centres, strict=True), 1):
        apart = float(np.hypot(*(np.array(centre) - axes.transData.transform(dot)))) > 18.0
        axes.annotate(
            str(number),
            (float(dot[0]), float(dot[1])),
            xytext=tuple(axes.transData.inverted().transform(centre)),
            ha="center",
            va="center",
            size=8.5,
            color=style.INK,
            arrowprops={"arrowstyle": "-", "color": style.GREY, "linewidth": 0.5}
            if apart
            else None,
        )


def _key(axes: Axes, part: pd.DataFrame) -> None:
    """List the strongest with their number, direction and size."""
    axes.text(1.05, 1.0, "strongest (mean effect, low to high end)", **_look(axes, weight="bold"))
    strong = part[part["above_noise"].astype(bool)].head(NAMED)
    for row, (name, effect) in enumerate(zip(strong["setting"], strong["mu"], strict=True)):
        words = f"{row + 1}  {called_setting(str(name))}  {effect:+.2g}".replace("-", "−")
        axes.text(1.05, 0.93 - 0.068 * row, words, **_look(axes))


def _look(axes: Axes, **further: Any) -> dict[str, Any]:
    return {"transform": axes.transAxes, "va": "top", "size": 8.5, "color": style.INK, **further}
