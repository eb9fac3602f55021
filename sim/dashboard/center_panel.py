"""What stands between the two scenarios: headline, charts with their tables, years, and what a visitor takes away."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from sim.dashboard import setting_controls
from sim.dashboard.charts import tiles
from sim.dashboard.downloads import download_links, save_buttons
from sim.dashboard.html import heard
from sim.dashboard.setup import SIDES, Setup
from sim.dashboard.share import View
from sim.dashboard.view_controls import view_panel, year_controls

WAITING = "The model is getting ready; the first answer takes some seconds."
EMPTY = {"data": [], "layout": {"xaxis": {"visible": False}, "yaxis": {"visible": False}}}
SAVED: Any = {"displayModeBar": False, "responsive": True, "displaylogo": False}
KEY = (
    "Colour: posture, from resisting China to following it. Number: alignment, 0 China to 100 United States. "
    "Choose a state to ask why."
)

MARKS = "Cross: where a state stood at the start. Disc: A. Diamond, dashed: B. Ring: the baseline."


def chart_panels(setup: Setup, view: View) -> list[Any]:
    """Everything between the two scenarios, empty until the model has answered."""
    return [
        html.Section(
            html.P(WAITING, className="waiting"),
            id="headline",
            **heard(live="polite", label="What comes out"),
        ),
        html.H2(id="fan-title"),
        _chart_panel("fan"),
        view_panel(setup, view),
        html.Div([_as_table("fan"), save_buttons("fan")], className="under"),
        html.H2("What each scenario changes"),
        html.Div(id="gaps", className="wide"),
        year_controls(setup, view),
        html.Div([_map_panel(letter) for letter in SIDES], className="maps"),
        _map_legend(),
        html.Section(id="why-part", **heard(live="polite")),
        html.H2(id="triangle-title"),
        html.P(MARKS),
        _chart_panel("triangle"),
        html.Div([_as_table("triangle"), save_buttons("triangle")], className="under"),
        download_links(),
        html.Details(
            [
                html.Summary("What both scenarios share: states, years, seed"),
                html.Div(setting_controls.shared_controls(setup)),
            ],
            className="shared",
        ),
    ]


def _chart_panel(name: str, figure: Any = EMPTY) -> Any:
    """A chart that a keyboard reaches; Enter there opens its table."""
    return html.Div(
        dcc.Graph(id=name, config=SAVED, figure=figure),
        id=f"{name}-chart",
        className=f"chart {name}",
        role="img",
        tabIndex="0",
        **heard(labelledby=f"{name}-title", describedby=f"{name}-said"),
    )


def _as_table(name: str, said: str = "The chart as a table") -> Any:
    return html.Details(
        [
            html.Summary(said, id=f"{name}-said"),
            html.Div(id=f"{name}-table", className="wide"),
        ],
        id=f"{name}-numbers",
    )


def why_panel(title: str, words: list[str], figure: Any) -> list[Any]:
    """A state's reasons; made anew each time, since a chart must be seen to be drawn."""
    return [
        html.H2(title, id="why-title"),
        html.Div([html.P(word) for word in words], id="why-words"),
        _chart_panel("why", figure),
        html.Div([_as_table("why"), save_buttons("why")], className="under"),
    ]


def _map_panel(letter: str) -> Any:
    name = f"tiles-{letter}"
    return html.Div(
        [
            html.H2(id=f"{name}-title"),
            html.Div(id=name, className="tiles", role="group", **heard(labelledby=f"{name}-title")),
            save_buttons(name),
        ],
        className=f"map map-{letter}",
    )


def _map_legend() -> Any:
    items = [html.Li([html.Span(style={"background": face}), name]) for name, face in tiles.key()]
    return html.Div(
        [
            html.P(KEY),
            html.Ul(items),
            _as_table("states", said="All states as a table"),
        ],
        className="key",
    )
