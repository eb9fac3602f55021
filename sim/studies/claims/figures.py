"""Effects of the claims in units of the smallest effect size of interest: which claims does the model reproduce?"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.plots import style
from sim.studies.claims.trial import Finding

OF_PART = {"holds": style.BLUE, "unclear": style.ORANGE, "fails": style.VERMILION}
OF_VERDICT = {
    "reproduced": style.BLUE,
    "depends": style.PURPLE,
    "unclear": style.ORANGE,
    "not reproduced": style.VERMILION,
}
MARK = {"holds": "o", "unclear": "D", "fails": "X"}
EDGE = 12.0  # effects are drawn up to this many smallest sizes; beyond, an arrow and the number
LINE, GAP = 1.0, 0.9  # heights of a part's row, and of the space before a claim
NOTE = (
    "Dot: mean paired difference with its 95 % interval, divided by the smallest size of interest and turned so that the claim's "
    "direction is to the right. Shaded: where the claim says it lies. The scale is stretched around zero. A claim holds "
    "when all its parts do; at the right, the share of parameter draws in which it does."
)


def title(rows: Sequence[Mapping[str, Any]]) -> str:
    """Say how many claims are reproduced, depend, and are not.

    >>> title([{"claim": "1", "verdict": "depends"}, {"claim": "2", "verdict": "reproduced"}])
    'Of 2 claims, 1 reproduced, 1 depends on theory, 0 unclear, 0 not reproduced'
    """
    verdicts = list({row["claim"]: row["verdict"] for row in rows}.values())
    count = {name: verdicts.count(name) for name in OF_VERDICT}
    depend = "depends" if count["depends"] == 1 else "depend"
    return (
        f"Of {len(verdicts)} claims, {count['reproduced']} reproduced, {count['depends']} {depend} on theory, "
        f"{count['unclear']} unclear, {count['not reproduced']} not reproduced"
    )


def effect_rows(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """One row a part: its effect in units of the smallest size of interest, in the direction claimed."""
    rows = []
    for finding in findings:
        claim = finding.claim
        head = {
            "claim": claim.key,
            "says": claim.says,
            "verdict": finding.verdict,
            "share": finding.share,
        }
        for part, effect, result in zip(claim.parts, finding.effects, finding.parts, strict=True):
            low, high = sorted((part.scaled(effect.low), part.scaled(effect.high)))
            row = {"part": part.name, "expect": part.expect, "result": result}
            scaled = {"scaled": part.scaled(effect.mean), "scaled_low": low, "scaled_high": high}
            rows.append(head | row | scaled)
    return rows


def draw(rows: Sequence[Mapping[str, Any]], attrs: Mapping[Any, Any]) -> Figure:
    """Draw one row a part, claims one under the other.

    Parameters
    ----------
    rows : from `effect_rows`.
    attrs : version and seed, for the footer.
    """
    heights, heads, bottom = _layout(rows)
    page = style.sheet(
        width=13.0, height=0.23 * bottom + 0.9, title=title(rows), note=NOTE, attrs=attrs
    )
    axes = page.figure.add_axes(_box(page.area(6.0, 2.1, 0.55, 0.2)))
    axes.set_xscale("symlog", linthresh=1.0, linscale=1.2)
    axes.set_xlim(-EDGE * 1.4, EDGE * 1.4)
    axes.set_ylim(bottom, 0.0)
    for height, row in zip(heights, rows, strict=True):
        _part(axes, height, row)
    for height, row in heads:
        _head(axes, height, row)
    axes.axvline(0.0, color=style.GREY, linewidth=0.8)
    axes.set_xticks([-10, -1, 0, 1, 10], ["-10", "-1", "0", "1", "10"])
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("effect, in smallest sizes of interest")
    return page.figure


def _box(area: Mapping[str, float]) -> tuple[float, float, float, float]:
    return (
        area["left"],
        area["bottom"],
        area["right"] - area["left"],
        area["top"] - area["bottom"],
    )


def _layout(
    rows: Sequence[Mapping[str, Any]],
) -> tuple[list[float], list[tuple[float, Mapping[str, Any]]], float]:
    """Height of each row and of each claim's heading, from the top, and where the last ends."""
    heights, heads, down, before = [], [], 0.0, None
    for row in rows:
        if row["claim"] != before:
            down += GAP
            heads.append((down, row))
            down += LINE
            before = row["claim"]
        heights.append(down)
        down += LINE
    return heights, heads, down + 0.3


def _part(axes: Axes, height: float, row: Mapping[str, Any]) -> None:
    left, right = {"within": (-1.0, 1.0), "at most": (-EDGE * 1.4, 1.0)}.get(
        row["expect"], (1.0, EDGE * 1.4)
    )
    axes.fill_betweenx([height - 0.42, height + 0.42], left, right, color=style.BAND, linewidth=0)
    colour = OF_PART[row["result"]]
    low, middle, high = (
        float(np.clip(row[name], -EDGE, EDGE)) for name in ("scaled_low", "scaled", "scaled_high")
    )
    axes.plot([low, high], [height, height], color=colour, linewidth=2.0, solid_capstyle="butt")
    beyond = abs(row["scaled"]) > EDGE
    mark = (">" if row["scaled"] > 0 else "<") if beyond else MARK[row["result"]]
    axes.plot([middle], [height], marker=mark, color=colour, markersize=6, linestyle="")
    if beyond:
        shift, side = (-7, "right") if row["scaled"] > 0 else (7, "left")
        axes.annotate(
            f"{row['scaled']:.0f}",
            (middle, height),
            xytext=(shift, 0),
            textcoords="offset points",
            ha=side,
            va="center",
            size=8,
            color=colour,
        )
    axes.annotate(
        textwrap.shorten(row["part"], 62, placeholder=" …"),
        (0.0, height),
        xycoords=("axes fraction", "data"),
        xytext=(-8, 0),
        textcoords="offset points",
        ha="right",
        va="center",
        size=8.5,
        color=style.INK,
    )


def _head(axes: Axes, height: float, row: Mapping[str, Any]) -> None:
    look: dict[str, Any] = {"va": "center", "size": 9, "annotation_clip": False, "weight": "bold"}
    axes.annotate(
        f"{row['claim']}. {row['says']}",
        (0.0, height),
        xycoords=("axes fraction", "data"),
        xytext=(-6.0 * 72 + 16, 0),
        textcoords="offset points",
        ha="left",
        color=style.INK,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
        **look,
    )
    share = f" · {row['share']:.0%}" if np.isfinite(row["share"]) else ""
    axes.annotate(
        f"{row['verdict']}{share}",
        (1.0, height),
        xycoords=("axes fraction", "data"),
        xytext=(8, 0),
        textcoords="offset points",
        ha="left",
        color=OF_VERDICT[row["verdict"]],
        **look,
    )
