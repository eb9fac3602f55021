"""What happens when something moves and the model must run, or the page be made anew.

The browser asks one question at a time: first the headline and the fan chart are answered, then the rest of the page.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash import MATCH, Dash, Input, Output, State, html, no_update
from werkzeug.exceptions import BadRequest

from sim.dashboard import center_panel, page, setting_controls, share, view_controls
from sim.dashboard.answers import Answers
from sim.dashboard.browser import in_browser
from sim.dashboard.controls import further
from sim.dashboard.questions import check_setup, view_of
from sim.dashboard.setup import SIDES, Setup, read
from sim.dashboard.share import View
from sim.errors import UserError

LINKS = ("link", "csv", "yaml-a", "yaml-b")


def register_callbacks(app: Dash, answers: Answers) -> None:
    """Tie everything together."""
    in_browser(app)
    _page_callbacks(app)
    _first_callbacks(app, answers)
    _other_callbacks(app, answers)
    _why_callbacks(app, answers)


def _page_callbacks(app: Dash) -> None:
    """The page itself from the address, and the groups of further settings."""

    @app.callback(Output("page", "children"), Input("url", "search"))
    def whole(search: Any) -> Any:
        if not isinstance(search, str | None):
            raise BadRequest("search must be text")
        setup, view, problems = share.read(search or "")
        return page.whole(setup, view, problems)

    @app.callback(
        Output({"kind": "room", "side": MATCH}, "children"),
        Input({"kind": "more", "side": MATCH}, "value"),
        State({"kind": "more", "side": MATCH}, "id"),
        State("setup", "data"),
        prevent_initial_call=True,
    )
    def room(group: Any, this: Any, data: Any) -> Any:
        if group is None:
            return []
        side = this.get("side") if isinstance(this, dict) else None
        if side not in SIDES or not isinstance(group, str) or group not in further():
            raise BadRequest("there is no such group of settings")
        check_setup(data)
        try:
            return setting_controls.group_controls(side, group, read(data))
        except UserError as mistake:
            return [html.P(str(mistake))]


def _first_callbacks(app: Dash, answers: Answers) -> None:
    @app.callback(
        Output("headline", "children"),
        Output("fan-title", "children"),
        Output("fan", "figure"),
        Output("problems", "children"),
        Output("answered", "data"),
        Input("ask", "data"),
        prevent_initial_call=True,
    )
    def first(ask: Any) -> Any:
        """Headline and fan chart; the chart stays if only the year looked at is another."""
        try:
            setup, view, _ = parse_request(ask)
            headline = answers.headline(setup, view)
            fan = (no_update,) * 2 if ask.get("same") else answers.fan(setup, view)
        except UserError as mistake:
            return (*(no_update,) * 3, str(mistake), ask)
        value = no_update if ask.get("token") == 1 else ""  # what was wrong with the address stays
        return (headline, *fan, value, ask)


def _other_callbacks(app: Dash, answers: Answers) -> None:
    @app.callback(
        Output("triangle-title", "children"),
        Output("triangle", "figure"),
        Output("parts", "data"),
        Output("query", "data"),
        *[Output(name, "href") for name in LINKS],
        *[Output("year", edge) for edge in ("min", "max")],
        Output("place", "options"),
        Output("settled", "data"),
        Input("answered", "data"),
        prevent_initial_call=True,
    )
    def rest(ask: Any) -> Any:
        """Triangle, maps and tables, and what a visitor takes away."""
        try:
            setup, view, _ = parse_request(ask)
            title, figure = answers.triangle(setup, view)
            parts = {"maps": answers.maps(setup, view), "tables": answers.tables(setup, view)}
            return (title, figure, parts, *_download_callbacks(answers, setup, view), ask)
        except UserError:
            return (*(no_update,) * (7 + len(LINKS)), ask)


def _download_callbacks(answers: Answers, setup: Setup, view: View) -> tuple[Any, ...]:
    """The address, the files to take away, the years and the places there are."""
    years = answers.years(setup)
    query = share.write(setup, replace(view, year=0) if view.year == years.last else view)
    files = [f"./take/{name}?{query}" for name in ("data.csv", "a.yaml", "b.yaml")]
    places = view_controls.place_options(setup.both.choices.get("world", "asean10"))
    return (query, f"./?{query}", *files, years.first - 1, years.last, places)


def _why_callbacks(app: Dash, answers: Answers) -> None:
    @app.callback(
        Output("why-part", "children"),
        Output("reasons", "data"),
        Input("answered", "data"),
        prevent_initial_call=True,
    )
    def why(ask: Any) -> Any:
        try:
            result = answers.why(*parse_request(ask))
        except UserError:
            return no_update, no_update
        if result is None:
            return [], None
        return center_panel.why_panel(result["title"], result["words"], result["figure"]), result[
            "table"
        ]


def parse_request(ask: Any) -> tuple[Setup, View, str]:
    """What a browser asks: the set-up, what is looked at, and the side that must say why.

    Raises
    ------
    BadRequest : what no page asks. UserError : a set-up that cannot be used.
    """
    if not isinstance(ask, dict):
        raise BadRequest("a question must be an object")
    view, side = view_of(ask.get("seen"))
    check_setup(ask.get("setup"))
    return read(ask["setup"]), view, side
