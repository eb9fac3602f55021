"""How far to believe it: the verdict, the limits, the scores, and what everything means."""

from __future__ import annotations

from typing import Any

from dash import html

from sim.dashboard import credibility, knobs
from sim.dashboard.tags import grid


def belief() -> Any:
    """The part of the page that says it is no forecast."""
    head = (
        "test",
        "forecast",
        "rank correlation",
        "miss, points",
        "answers inside the 90 % interval",
    )
    rows = [
        (r.test, r.forecast, r.rank or "none", r.miss, f"{r.coverage} %")
        for r in credibility.scores()
    ]
    return html.Section(
        [
            html.H2("Not a forecast: how far to believe it"),
            html.P(credibility.verdict()),
            html.Ul([html.Li(line) for line in credibility.LIMITS]),
            html.Details(
                [
                    html.Summary("Scores on what it had not seen"),
                    html.Div(grid(head, rows), className="wide"),
                ]
            ),
            html.Details(
                [html.Summary("What each lever and choice means, and its source"), knobs.meanings()]
            ),
        ],
        id="belief",
        className="belief",
    )
