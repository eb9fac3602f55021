"""What stands between the two scenarios: headline, charts, years, and what a visitor takes away."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from sim.dashboard import knobs
from sim.dashboard.charts import tiles
from sim.dashboard.readings import MEASURES
from sim.dashboard.setup import SIDES, A, Setup, Side, settings_of
from sim.dashboard.share import REGION, View
from sim.dashboard.tags import heard
from sim.figures.words import STATES
from sim.world.roster import WORLDS

WAITING = "The model is getting ready; the first answer takes some seconds."
EMPTY = {"data": [], "layout": {"xaxis": {"visible": False}, "yaxis": {"visible": False}}}
SAVED: Any = {"displayModeBar": False, "responsive": True, "displaylogo": False}


def charts(setup: Setup, view: View) -> list[Any]:
    """Everything between the two scenarios, empty until the model has answered."""
    return [
        html.Section(
            html.P(WAITING, className="waiting"),
            id="headline",
            **heard(live="polite", label="What comes out"),
        ),
        html.H2(id="fan-title"),
        _chart("fan", "fan"),
        _looking(setup, view),
        _saving("fan"),
        html.Div(id="gaps", className="wide"),
        _years(setup, view),
        html.Div([_map(letter) for letter in SIDES], className="maps"),
        _key(),
        html.Section(id="why-part", **heard(live="polite")),
        html.H2(id="triangle-title"),
        _chart("triangle", "triangle"),
        _saving("triangle"),
        html.Details(
            [html.Summary("The numbers as a table"), html.Div(id="numbers", className="wide")]
        ),
        _taking(),
        html.Details(
            [
                html.Summary("What both scenarios share: states, years, seed"),
                html.Div(knobs.shared(setup)),
            ],
            className="shared",
        ),
    ]


def _chart(name: str, kind: str) -> Any:
    return html.Div(dcc.Graph(id=name, config=SAVED, figure=EMPTY), className=f"chart {kind}")


def why(title: str, words: str, figure: Any) -> list[Any]:
    """A state's reasons; made anew each time, since a chart must be seen to be drawn."""
    graph = dcc.Graph(id="why", config=SAVED, figure=figure)
    return [
        html.H2(title, id="why-title"),
        html.P(words, id="why-words"),
        html.Div(graph, className="chart why"),
        _saving("why"),
    ]


def _looking(setup: Setup, view: View) -> Any:
    return html.Div(
        [
            _radio("place", "Where", _places(setup), view.place),
            _radio(
                "measure", "What", {name: one.title for name, one in MEASURES.items()}, view.measure
            ),
            _radio(
                "mode",
                "How",
                {"levels": "as it is", "difference": "less the baseline"},
                "difference" if view.difference else "levels",
            ),
        ],
        className="looking",
    )


def _places(setup: Setup) -> dict[str, str]:
    states = WORLDS[setup.both.choices.get("world", "asean10")]
    return {REGION: "the region", **{state: STATES.get(state, state) for state in states}}


def places(world: str) -> list[dict[str, str]]:
    """The region and the states of a world, as options."""
    setup = Setup(both=Side(choices={"world": world}))
    return [{"label": words, "value": name} for name, words in _places(setup).items()]


def _radio(name: str, title: str, options: dict[str, str], chosen: str) -> Any:
    offered = [{"label": words, "value": value} for value, words in options.items()]
    return html.Fieldset(
        [
            html.Legend(title),
            dcc.RadioItems(id=name, options=offered, value=chosen, inline=True, className="chips"),
        ],
        className="choice",
    )


def _years(setup: Setup, view: View) -> Any:
    years = settings_of(setup, A).years
    chosen = view.year if years.first - 1 <= view.year <= years.last else years.last
    return html.Div(
        [
            html.Button("Play", id="play", n_clicks=0),
            html.Label(["Year ", html.Output(str(chosen), id="year-shown")], htmlFor="year"),
            dcc.Input(
                id="year", type="range", min=years.first - 1, max=years.last, step=1, value=chosen
            ),
        ],
        className="years",
    )


def _map(letter: str) -> Any:
    name = f"tiles-{letter}"
    return html.Div(
        [html.H2(id=f"{name}-title"), _chart(name, "tiles"), _saving(name)],
        className=f"map map-{letter}",
    )


def _key() -> Any:
    items = [html.Li([html.Span(style={"background": face}), name]) for name, face in tiles.key()]
    return html.Div(
        [
            html.P(
                "Colour: posture, from resisting China to following it. Number: alignment, 0 China to 100 United States. "
                "Click a state to ask why."
            ),
            html.Ul(items),
        ],
        className="key",
    )


def _saving(name: str) -> Any:
    return html.P(
        [
            "Save this chart: ",
            *[
                html.Button(
                    kind.upper(), id={"kind": "save", "chart": name, "as": kind}, n_clicks=0
                )
                for kind in ("png", "svg")
            ],
        ],
        className="saving",
    )


def _taking() -> Any:
    links = (
        ("link", "Link to this page as it is set"),
        ("csv", "Data (CSV)"),
        ("yaml-a", "Configuration of A"),
        ("yaml-b", "Configuration of B"),
    )
    return html.Section(
        [
            html.H2("Take it with you"),
            html.Ul([html.Li(html.A(words, id=name, href="#")) for name, words in links]),
            html.P(
                [
                    "A configuration runs the same scenario from the command line: ",
                    html.Code(
                        "python experiments/run.py --config-path FOLDER --config-name straits_a"
                    ),
                ]
            ),
        ],
        className="taking",
    )
