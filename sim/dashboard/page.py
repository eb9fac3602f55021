"""The page: the two scenarios to the left and right, the charts between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from sim.dashboard import setting_controls
from sim.dashboard.center_panel import chart_panels
from sim.dashboard.controls import controls, further, group_title
from sim.dashboard.html import heard
from sim.dashboard.presets import OF_SIDE, USUAL, presets
from sim.dashboard.setup import A, B, Setup
from sim.dashboard.share import View

TITLE = "Straits: who leans where, and what would change it"
QUESTION = (
    "Japan gives Southeast Asian states security aid, China presses at sea and trades, the United States competes with "
    "China. With more or less aid and more or less pressure, which way does each state lean?"
)
NOT_A_FORECAST = "A conditional scenario, not a forecast."


def whole(setup: Setup, view: View, problems: Sequence[str] = ()) -> list[Any]:
    """The page for a set-up."""
    return [
        *_browser_stores(setup),
        _skip_links(),
        html.Header(
            [
                html.H1(TITLE),
                html.P(
                    [
                        html.Strong(NOT_A_FORECAST),
                        " ",
                        html.A("How far to trust it", href="#belief"),
                    ]
                ),
                html.P(QUESTION, className="question"),
            ]
        ),
        html.Div(
            [html.P(text) for text in problems], id="problems", role="alert", className="problems"
        ),
        html.Div(
            [
                _side_panel(A, setup),
                _side_panel(B, setup),
                html.Main(chart_panels(setup, view), id="charts", tabIndex="-1"),
            ],
            className="columns",
        ),
    ]


def _browser_stores(setup: Setup) -> list[Any]:
    table = {
        "presets": {
            group: {c: dict(v) for c, v in match.items()} for group, match in presets().items()
        },
        "usual": dict(USUAL),
        "defaults": {name: control.declaration.default for name, control in controls().items()},
    }
    return [
        dcc.Store(id="setup", data=setup.as_data()),
        dcc.Store(id="table", data=table),
        dcc.Store(id="ask"),
        dcc.Store(id="answered"),
        dcc.Store(id="released"),
        dcc.Store(id="query"),
        dcc.Store(id="settled"),
        dcc.Store(id="parts"),
        dcc.Store(id="reasons"),
        dcc.Store(id="nothing"),
        dcc.Store(id="loaded", data=True),
        dcc.Interval(id="clock", interval=900, disabled=True),
    ]


def _skip_links() -> Any:
    targets = (
        ("#charts", "To the charts"),
        ("#side-a", "To scenario A"),
        ("#side-b", "To scenario B"),
    )
    return html.Nav(
        [html.A(words, href=to, className="skip") for to, words in targets],
        **heard(label="Skip"),
    )


def _side_panel(letter: str, setup: Setup) -> Any:
    return html.Section(
        [
            html.H2(f"Scenario {letter.upper()}"),
            html.Details(
                [
                    html.Summary("Settings"),
                    *[setting_controls.actor_controls(letter, group, setup) for group in OF_SIDE],
                    _further_settings(letter),
                    html.Button(
                        "Back to the baseline", id={"kind": "reset", "side": letter}, n_clicks=0
                    ),
                ],
                id={"kind": "settings", "side": letter},
                open=True,
                className="settings",
            ),
        ],
        id=f"side-{letter}",
        className=f"side side-{letter}",
        **heard(label=f"Scenario {letter.upper()}"),
    )


def _further_settings(letter: str) -> Any:
    """Every other setting of the model, by group."""
    groups = [{"label": group_title(name), "value": name} for name in further()]
    return html.Details(
        [
            html.Summary("More settings"),
            html.Label("Group"),
            dcc.Dropdown(
                id={"kind": "more", "side": letter},
                options=groups,
                value=None,
                placeholder="choose a group",
                clearable=True,
            ),
            html.Div(id={"kind": "room", "side": letter}, className="room"),
        ]
    )
