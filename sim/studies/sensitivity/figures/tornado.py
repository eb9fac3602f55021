"""Tornado: each setting alone, from the baseline to either end of its range, under common random numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.config.labels import setting_label
from sim.plots import style
from sim.plots.text import called, listed, unit

MOST = 16
NOTE = (
    "Each setting alone, all else at the baseline, which is the zero line. Blue: at the lower end of its range (or the choice "
    "that moves least upward); orange: at the upper end. Thin lines: 95 % interval of the paired difference under common "
    "random numbers. Interactions are not seen here. {about}."
)


def ends(part: pd.DataFrame) -> pd.DataFrame:
    """The two ends of each setting, widest first: of a range as they are, of choices the lowest and highest.

    Returns
    -------
    A row a setting: setting, and value, change, low, high each with _one and _other.
    """
    rows = []
    for name, each in part.groupby("setting", sort=False):
        numbers = pd.to_numeric(each["value"], errors="coerce").notna().all()
        ordered = each if numbers else each.sort_values("change", kind="stable")
        first, other = ordered.iloc[0], ordered.iloc[-1]
        kept = ("value", "change", "low", "high")
        rows.append(
            {"setting": name}
            | {f"{key}_one": first[key] for key in kept}
            | {f"{key}_other": other[key] for key in kept}
        )
    moves = pd.DataFrame(rows)
    both = moves[["change_one", "change_other"]]
    reach = both.max(axis=1).clip(lower=0.0) - both.min(axis=1).clip(upper=0.0)
    return moves.iloc[np.argsort(-reach.to_numpy(), kind="stable")].reset_index(drop=True)


def title(rows: pd.DataFrame, outcome: Mapping[Any, Any]) -> str:
    """Name the three widest."""
    names = listed([setting_label(str(name)) for name in rows["setting"].head(3)])
    return f"One at a time, {called(outcome)} is moved most by {names}"


def draw(
    part: pd.DataFrame,
    noise: Mapping[Any, Any],
    outcome: Mapping[Any, Any],
    attrs: Mapping[Any, Any],
) -> Figure:
    """Draw the tornado of one outcome.

    Parameters
    ----------
    part : a row a setting and value, with change, low, high.
    """
    moves = ends(part)
    rows = moves.head(MOST).iloc[::-1]
    page = style.sheet(
        width=9.5,
        height=0.36 * len(rows) + 0.9,
        title=title(moves, outcome),
        note=NOTE.format(about=outcome["about"]),
        attrs=attrs,
    )
    axes = page.figure.add_subplot(page.figure.add_gridspec(1, 1, **page.area(2.2, 0.6))[0])
    _bars(axes, rows)
    units = f", {unit(outcome)}" if unit(outcome) else ""
    left = len(moves) - len(rows)
    more = f" ({left} narrower ones not drawn)" if left else ""
    axes.set_xlabel(f"change of {called(outcome)} from the baseline{units}{more}")
    return page.figure


def _bars(axes: Axes, rows: pd.DataFrame) -> None:
    positions = np.arange(len(rows))
    for end, colour, shift in (("one", style.BLUE, 0.18), ("other", style.ORANGE, -0.18)):
        change = rows[f"change_{end}"].to_numpy(float)
        low, high = rows[f"low_{end}"], rows[f"high_{end}"]
        axes.barh(positions + shift, change, height=0.34, color=colour)
        axes.hlines(positions + shift, low, high, color=style.INK, linewidth=1.1)
        for index, value in enumerate(rows[f"value_{end}"]):
            left = change[index] < 0.0
            _end(axes, positions[index] + shift, (low if left else high).iloc[index], value, left)
    axes.set_yticks(
        positions, [setting_label(str(name)) for name in rows["setting"]], color=style.INK
    )
    axes.axvline(0.0, color=style.INK, linewidth=1.0)
    axes.margins(x=0.16)
    axes.grid(axis="x", color=style.PALE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)


def _end(axes: Axes, position: float, edge: float, value: Any, left: bool) -> None:
    axes.annotate(
        _value(value),
        (edge, position),
        xytext=(-4 if left else 4, 0),
        textcoords="offset points",
        ha="right" if left else "left",
        va="center",
        size=7.5,
        color=style.GREY,
    )


def _value(value: Any) -> str:
    """Say a number in few digits, a choice in words.

    >>> _value(200.0), _value("balance_of_threat")
    ('200', 'balance of threat')
    """
    try:
        return f"{float(value):.3g}"
    except ValueError:
        return str(value).replace("_", " ")
