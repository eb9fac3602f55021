"""The look of the charts on the page: colours of the two sides and the baseline, fonts, what a saved chart says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.dashboard.setup import BASELINE, A, B
from sim.plots import style

Figure = dict[str, Any]
COLOURS = {A: style.BLUE, B: style.ORANGE, BASELINE: style.INK}
WORDS = {A: style.BLUE, B: "#8A5A00", BASELINE: style.INK}  # the same hues, dark enough to read
DASHES = {A: "solid", B: "dash", BASELINE: "dot"}
CALLED = {A: "A", B: "B", BASELINE: "baseline"}
FONT = "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', Arial, sans-serif"
SIZE = 14


def layout(*, title: str, seed: int, **further: Any) -> Figure:
    """What all charts share. title : what a saved chart says above; on the page it stands as a heading."""
    return {
        "font": {"family": FONT, "size": SIZE, "color": style.INK},
        "paper_bgcolor": "white",
        "plot_bgcolor": "white",
        "showlegend": False,
        "uirevision": "kept",
        "hoverlabel": {"font": {"size": SIZE}, "align": "left"},
        "meta": {
            "title": title,
            "footer": style.footer({"version": _version_text(), "seed": seed}),
        },
        **further,
    }


def _version_text() -> str:
    from sim.provenance import version

    return version()


def axis(title: str = "", **further: Any) -> Figure:
    """One quiet axis."""
    return {
        "title": {"text": title, "standoff": 8},
        "gridcolor": style.PALE,
        "linecolor": style.GREY,
        "zeroline": False,
        "ticks": "outside",
        "ticklen": 4,
        "fixedrange": True,
        **further,
    }


def see_through(colour: str, part: float) -> str:
    """A colour that lets through what lies behind it.

    >>> see_through("#0072B2", 0.25)
    'rgba(0,114,178,0.25)'
    """
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{part:g})"


def note(text: str, **where: Any) -> Figure:
    """Words on a chart, by default with no arrow."""
    return {"text": text, "showarrow": False, **where}


def message_figure(text: str, *, seed: int = 0) -> Figure:
    """A chart that says why there is nothing to draw."""
    words = note(text, x=0.5, y=0.5, xref="paper", yref="paper", font={"color": style.GREY})
    hidden: Mapping[str, Any] = {"visible": False}
    return {
        "data": [],
        "layout": layout(title=text, seed=seed, annotations=[words], xaxis=hidden, yaxis=hidden),
    }
