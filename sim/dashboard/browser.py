"""What the browser does by itself (straits.js and drawn.js in assets): what each function is told, and what it changes."""

from __future__ import annotations

from typing import Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, State

KNOBS = ("preset", "range", "box", "pick")
SEEN = ("year", "place", "measure", "mode")


def _every_side(kind: str) -> dict[str, Any]:
    return {"kind": kind, "side": ALL, "name": ALL}


def in_browser(app: Dash) -> None:
    """What needs no server: knobs that belong together, one question at a time, playing, saving."""
    _ask_from_controls(app)
    app.clientside_callback(
        ClientsideFunction("straits", "address"), Output("nothing", "data"), Input("query", "data")
    )
    app.clientside_callback(
        ClientsideFunction("drawn", "parts"),
        Output("nothing", "data", allow_duplicate=True),
        Input("parts", "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("drawn", "reasons"),
        Output("nothing", "data", allow_duplicate=True),
        Input("reasons", "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("straits", "fold"),
        Output({"kind": "settings", "side": ALL}, "open"),
        Input("loaded", "data"),
    )
    app.clientside_callback(
        ClientsideFunction("straits", "play"),
        Output("clock", "disabled"),
        Output("play", "children"),
        Output("year", "value"),
        Output("year-shown", "children"),
        Input("play", "n_clicks"),
        Input("clock", "n_intervals"),
        Input("year", "value"),
        State("clock", "disabled"),
        State("year", "min"),
        State("year", "max"),
    )
    app.clientside_callback(
        ClientsideFunction("straits", "save"),
        Output("nothing", "data", allow_duplicate=True),
        Input({"kind": "save", "chart": ALL, "as": ALL}, "n_clicks"),
        State("parts", "data"),
        prevent_initial_call=True,
    )


def _ask_from_controls(app: Dash) -> None:
    """From a knob that moved to the question, and from the answer to the next."""
    app.clientside_callback(
        ClientsideFunction("straits", "collect"),
        Output("setup", "data"),
        *[Input(_every_side(kind), "value") for kind in KNOBS],
        Input({"kind": "reset", "side": ALL}, "n_clicks"),
        State("setup", "data"),
        State("table", "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("straits", "gate"),
        Output("ask", "data"),
        Input("setup", "data"),
        Input("released", "data"),
        *[Input(name, "value") for name in SEEN],
    )
    app.clientside_callback(
        ClientsideFunction("straits", "settle"),
        Output("nothing", "data", allow_duplicate=True),
        Input("settled", "data"),
        prevent_initial_call=True,
    )
