"""A forest plot: published ranges in grey, the model's responses on them, all on one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from sim.plots import style
from sim.studies.evidence.analysis import INSIDE, OUTSIDE, Finding
from sim.studies.evidence.report import counts

EDGE = 3.0  # half-widths beyond which an arrow stands for the number
COLOUR = {INSIDE: style.BLUE, OUTSIDE: style.VERMILION}
MARK = {INSIDE: "o", OUTSIDE: "X"}
NOTE = (
    "Grey: published 90 % range, its mean a tick; letter: its grade. Colour: the model's posterior mean and 90 % range; a blue "
    "dot lies inside the published range, an orange cross or arrow outside."
)
LABELS = 2.55  # inches left of the axis


def title(findings: Sequence[Finding]) -> str:
    """Say how many of the firmer published sizes the model meets."""
    firm = counts(findings)["firm"]
    return f"{firm['inside']} of {firm['measured']} responses with evidence of grade A or B lie inside the published range"


def normalised(finding: Finding) -> dict[str, float]:
    """Published and model's numbers in half-widths of the published range, from its middle."""
    low, high = finding.row.range
    middle, half = 0.5 * (low + high), 0.5 * (high - low)
    numbers = {
        "published": finding.row.mean,
        "model": finding.mean,
        "low": finding.low,
        "high": finding.high,
        "zero": 0.0,
    }
    return {name: (value - middle) / half for name, value in numbers.items()}


def draw_all(folder: Path, findings: Sequence[Finding], attrs: Mapping[Any, Any]) -> None:
    """Draw the one chart into a folder."""
    shown = [each for each in findings if each.measured]
    if not shown:
        return
    with style.context():
        heights, heads, bottom = _layout(shown)
        page = style.sheet(
            width=5.6, height=0.25 * bottom + 0.9, title=title(findings), note=NOTE, attrs=attrs
        )
        grid = page.figure.add_gridspec(1, 1, **page.area(LABELS, 0.2, 0.5, 0.15))
        axes = page.figure.add_subplot(grid[0])
        _frame(axes, bottom)
        for height, each in zip(heights, shown, strict=True):
            _row(axes, height, each)
        for height, text in heads:
            _text(axes, height, text, at=-LABELS * 72 + 12, ha="left", weight="bold", size=9)
        style.save(page.figure, folder, "evidence")


def _layout(findings: Sequence[Finding]) -> tuple[list[float], list[tuple[float, str]], float]:
    """Height of each row and of each lever's heading, from the top, and where the last ends."""
    heights, heads, down, before = [], [], 0.3, ""
    for each in findings:
        if each.row.lever != before:
            down += 0.5 if before else 0.0
            heads.append((down, each.row.lever))
            down, before = down + 1.0, each.row.lever
        heights.append(down)
        down += 1.0
    return heights, heads, down


def _frame(axes: Axes, bottom: float) -> None:
    axes.set(xlim=(-EDGE - 0.4, EDGE + 0.4), ylim=(bottom, -0.3), yticks=[])
    axes.set_xticks(np.arange(-EDGE, EDGE + 1.0))
    axes.set_xlabel("half-widths from the middle of the\npublished range, row by row")
    axes.spines["left"].set_visible(False)
    for edge in (-1.0, 1.0):
        axes.axvline(edge, color=style.PALE, linewidth=0.8, zorder=0)


def _row(axes: Axes, height: float, finding: Finding) -> None:
    at, colour = normalised(finding), COLOUR[finding.verdict]
    axes.fill_betweenx([height - 0.36, height + 0.36], -1.0, 1.0, color="#D8D8D8", linewidth=0)
    axes.plot([at["published"]] * 2, [height - 0.36, height + 0.36], color=style.INK, linewidth=1.3)
    low, high = (float(np.clip(at[name], -EDGE, EDGE)) for name in ("low", "high"))
    axes.plot([low, high], [height, height], color=colour, linewidth=2.0, solid_capstyle="butt")
    beyond = abs(at["model"]) > EDGE
    middle = float(np.clip(at["model"], -EDGE, EDGE))
    mark = MARK[finding.verdict] if not beyond else ">" if middle > 0 else "<"
    axes.plot([middle], [height], marker=mark, color=colour, markersize=6, linestyle="")
    if beyond:
        shift, side = (-8, "right") if middle > 0 else (8, "left")
        _text(axes, height, f"{at['model']:.1f}", at=shift, ha=side, size=8, x=middle, data=True)
    label = f"{finding.row.label} ({finding.row.grade})"
    _text(axes, height, _broken(label), at=-8, ha="right", size=8.3)


def _broken(label: str, most: int = 36) -> str:
    """A label in two lines where one is too long."""
    if len(label) <= most:
        return label
    spaces = [place for place, letter in enumerate(label) if letter == " "]
    cut = min(spaces, key=lambda place: abs(place - len(label) / 2))
    return f"{label[:cut]}\n{label[cut + 1 :]}"


def _text(
    axes: Axes,
    height: float,
    text: str,
    *,
    at: float,
    x: float = 0.0,
    data: bool = False,
    **look: Any,
) -> None:
    """Write beside a row, so many points from the axis' left end, or from a place on it."""
    axes.annotate(
        text,
        (x, height),
        xycoords="data" if data else ("axes fraction", "data"),
        xytext=(at, 0),
        textcoords="offset points",
        va="center",
        color=style.INK,
        annotation_clip=False,
        linespacing=0.95,
        **look,
    )
