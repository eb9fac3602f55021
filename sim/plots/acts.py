"""Dated steps of a run, as triangles: up or down, in the partner's colour, larger where a step counts twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from sim.axes import PARTNER, RUN, STATE
from sim.plots import style
from sim.plots.story import Story
from sim.plots.text import PARTNERS

EDGE: dict[str, Any] = {"markeredgecolor": "white", "markeredgewidth": 0.5}
KEY = "Triangles: steps up (▲) and down (▼) with a partner, in its colour; larger: a step that counts twice."
COUNTED = "Below: years with steps up (▲) and down (▼) with each partner, mean of the runs."


def steps_of(story: Story) -> xr.DataArray | None:
    """Net simulated steps of the one run drawn, (year, state, partner); None for many runs, or where none are kept."""
    if "steps" not in story.history or RUN in story.history["steps"].dims:
        return None
    return story.history["steps"].sel(year=slice(story.start + 1, story.end))


def mean_steps(story: Story) -> xr.DataArray | None:
    """Simulated years with a step, (state, partner, way), mean over runs; None where none are kept."""
    if "steps" not in story.history:
        return None
    taken = story.history["steps"].sel(year=slice(story.start + 1, story.end))
    ways = [(taken > 0).sum("year"), (taken < 0).sum("year")]
    both = xr.concat(ways, xr.Variable("way", ["up", "down"])).astype(float)
    return both.mean(RUN) if RUN in both.dims else both


def partner_colour(code: str) -> str:
    """The colour of a partner, the same in every figure."""
    return style.OF_PARTNER.get(code, style.GREY)


def draw_steps(
    axes: Axes, steps: xr.DataArray, heights: Mapping[str, Any], *, size: float = 5.0
) -> None:
    """Mark one state's steps.

    Parameters
    ----------
    steps : (year, partner) net steps. heights : partner -> (year,) or one number, where its triangles stand.
    size : of a single step, points.
    """
    years = steps["year"].values
    for code, height in heights.items():
        taken = steps.sel({PARTNER: code}).values
        level = np.broadcast_to(np.asarray(height, dtype=float), years.shape)
        for sign, marker in ((1.0, "^"), (-1.0, "v")):
            for count in (1, 2):
                at = np.minimum(np.abs(np.nan_to_num(taken)), 2) == count
                at &= np.sign(np.nan_to_num(taken)) == sign
                axes.plot(
                    years[at],
                    level[at],
                    marker,
                    color=partner_colour(code),
                    markersize=size * (1.0 if count == 1 else 1.45),
                    clip_on=False,
                    zorder=6,
                    **EDGE,
                )


def key_handles(partners: Sequence[str]) -> list[Line2D]:
    """What the legend says of the triangles: one entry a partner, and one each for up and down."""
    look: dict[str, Any] = {"linestyle": "none", "markersize": 6, **EDGE}
    of_partners = [
        Line2D(
            [], [], marker="s", color=partner_colour(code), label=PARTNERS.get(code, code), **look
        )
        for code in partners
    ]
    ways = [
        Line2D([], [], marker=marker, color=style.GREY, label=label, **look)
        for marker, label in (("^", "step up"), ("v", "step down"))
    ]
    return [*ways, *of_partners]


def count_steps(steps: xr.DataArray, sign: float) -> int:
    """How many years of a state and partner have steps of one sign."""
    return int((sign * steps > 0).sum())


def partners_in(data: xr.DataArray | xr.Dataset) -> list[str]:
    """Codes of the partners, in order; none where there are none."""
    return [str(code) for code in data[PARTNER].values] if PARTNER in data.dims else []


def of_state(steps: xr.DataArray, state: str) -> xr.DataArray:
    """One state's steps, (year, partner)."""
    return steps.sel({STATE: state})
