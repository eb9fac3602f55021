"""A figure that shows itself in a notebook, and two plain charts for a class: lines over anything, and bars."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.plots import lines as line_ends
from sim.plots import style
from sim.plots.text import PARTNERS


@dataclass(frozen=True)
class Chart:
    """A drawn figure; a notebook shows it when it is the last thing in a cell."""

    figure: Figure

    def _repr_png_(self) -> bytes:
        kept = io.BytesIO()
        with style.context():
            self.figure.savefig(kept, format="png", dpi=90, metadata={"Software": None})
        return kept.getvalue()

    def save(self, folder: Path | str, name: str) -> list[Path]:
        """Write the chart as PNG and SVG and return the two files."""
        with style.context():
            return style.save(self.figure, Path(folder), name)


def lines(
    table: pd.DataFrame,
    *,
    title: str,
    unit: str,
    across: str,
    attrs: Mapping[Any, Any],
    least: float = 1e-3,
) -> Chart:
    """Draw each column as a line over the index, with its name at its end.

    Parameters
    ----------
    table : a row a step along the chart, a column a line. unit : of the values. across : of the index.
    title : what the chart shows or asks. attrs : of the Dataset the numbers come from.
    least : the value axis is at least that high, so that small changes look small.
    """
    with style.context():
        page = style.sheet(width=8.5, height=3.6, title=title, note="", attrs=attrs)
        axes = page.figure.add_subplot(page.figure.add_gridspec(1, 1, **page.area(0.8, 1.9))[0])
        style.quiet(axes)
        axes.set(xlabel=across, ylabel=unit, xlim=(table.index.min(), table.index.max()))
        for index, name in enumerate(table):
            look = (style.CHOICES[index % 8], style.MARKERS[index % 8])
            axes.plot(
                table.index, table[name], color=look[0], marker=look[1] if len(table) < 20 else ""
            )
        _set_span(axes, table.to_numpy(dtype=float), least)
        line_ends.label_ends(
            axes,
            [
                line_ends.End(float(table[name].iloc[-1]), str(name), style.CHOICES[at_index % 8])
                for at_index, name in enumerate(table)
            ],
        )
        return Chart(page.figure)


def bars(
    table: pd.DataFrame | pd.Series, *, title: str, unit: str, attrs: Mapping[Any, Any]
) -> Chart:
    """Draw a row of horizontal bars for each row of a table, one colour a column.

    Parameters
    ----------
    table : a group of bars a row, a bar a column; a Series is one bar a row. unit : of the values.
    title : what the chart shows or asks. attrs : of the Dataset the numbers come from.
    """
    frame = table.to_frame() if isinstance(table, pd.Series) else table
    with style.context():
        height = 0.8 + len(frame) * (0.12 * len(frame.columns) + 0.14)
        page = style.sheet(width=8.5, height=height, title=title, note="", attrs=attrs)
        axes = page.figure.add_subplot(page.figure.add_gridspec(1, 1, **page.area(1.9, 0.4))[0])
        thick = 0.8 / len(frame.columns)
        rows = np.arange(len(frame))[::-1]
        for index, name in enumerate(frame):
            shift = 0.4 - thick * (index + 0.5)
            colour = _column_colour(str(name), index)
            axes.barh(rows + shift, frame[name], 0.9 * thick, color=colour, label=str(name))
        axes.axvline(0.0, color=style.INK, linewidth=0.9)
        axes.set_yticks(rows, [str(label) for label in frame.index], color=style.INK)
        axes.set(xlabel=unit, ylim=(-0.6, len(frame) - 0.4))
        axes.grid(axis="x", color=style.PALE, linewidth=0.8)
        axes.set_axisbelow(True)
        if len(frame.columns) > 1:
            look: dict[str, Any] = {"loc": "lower left", "bbox_to_anchor": (0.0, 1.0)}
            axes.legend(frameon=False, ncols=len(frame.columns), **look)
        return Chart(page.figure)


def _column_colour(name: str, place: int) -> str:
    """Partners keep their colours, the unaligned share is grey, others go by place."""
    codes = {known: code for code, known in PARTNERS.items()}
    own = {**style.OF_PARTNER, "self": style.GREY}
    return own.get(codes.get(name, name), style.CHOICES[place % 8])


def _set_span(axes: Axes, values: NDArray[np.float64], least: float) -> None:
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    air = max(0.08 * (high - low), 0.5 * (least - (high - low)))
    axes.set_ylim(low - air, high + air)
