"""What happens when something moves and the model must run, or the page be made anew.

The browser asks one question at a time: first the headline and the fan chart are answered, then the rest of the page.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash import MATCH, Dash, Input, Output, State, no_update

from sim.dashboard import between, knobs, looking, page, share
from sim.dashboard.answers import Answers
from sim.dashboard.browser import in_browser
from sim.dashboard.setup import A, B, Setup, read
from sim.dashboard.share import View
from sim.errors import UserError

LINKS = ("link", "csv", "yaml-a", "yaml-b")


def wire(app: Dash, answers: Answers) -> None:
    """Tie everything together."""
    in_browser(app)
    _pages(app)
    _first(app, answers)
    _rest(app, answers)
    _why(app, answers)


def _pages(app: Dash) -> None:
    """The page itself from the address, and the groups of further settings."""

    @app.callback(Output("page", "children"), Input("url", "search"))
    def whole(search: str | None) -> Any:
        setup, view, problems = share.read(search or "")
        return page.whole(setup, view, problems)

    @app.callback(
        Output({"kind": "room", "side": MATCH}, "children"),
        Input({"kind": "more", "side": MATCH}, "value"),
        State({"kind": "more", "side": MATCH}, "id"),
        State("setup", "data"),
        prevent_initial_call=True,
    )
    def room(group: str | None, this: dict[str, str], data: Any) -> Any:
        return knobs.group(this["side"], group or "", read(data))


def _first(app: Dash, answers: Answers) -> None:
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
            setup, view, _ = understood(ask)
            headline = answers.headline(setup, view)
            fan = (no_update,) * 2 if ask.get("same") else answers.fan(setup, view)
        except UserError as mistake:
            return (*(no_update,) * 3, str(mistake), ask)
        told = no_update if ask.get("token") == 1 else ""  # what was wrong with the address stays
        return (headline, *fan, told, ask)


def _rest(app: Dash, answers: Answers) -> None:
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
            setup, view, _ = understood(ask)
            title, figure = answers.triangle(setup, view)
            parts = {"maps": answers.maps(setup, view), "tables": answers.tables(setup, view)}
            return (title, figure, parts, *_taken(answers, setup, view), ask)
        except UserError:
            return (*(no_update,) * (7 + len(LINKS)), ask)


def _taken(answers: Answers, setup: Setup, view: View) -> tuple[Any, ...]:
    """The address, the files to take away, the years and the places there are."""
    years = answers.years(setup)
    query = share.write(setup, replace(view, year=0) if view.year == years.last else view)
    files = [f"./take/{name}?{query}" for name in ("data.csv", "a.yaml", "b.yaml")]
    places = looking.places(setup.both.choices.get("world", "asean10"))
    return (query, f"./?{query}", *files, years.first - 1, years.last, places)


def _why(app: Dash, answers: Answers) -> None:
    @app.callback(
        Output("why-part", "children"),
        Output("reasons", "data"),
        Input("answered", "data"),
        prevent_initial_call=True,
    )
    def why(ask: Any) -> Any:
        try:
            told = answers.why(*understood(ask))
        except UserError:
            return no_update, no_update
        if told is None:
            return [], None
        return between.why(told["title"], told["words"], told["figure"]), told["table"]


def understood(ask: Any) -> tuple[Setup, View, str]:
    """What a browser asks: the set-up, what is looked at as far as it makes sense, and the side that must say why.

    Raises
    ------
    UserError : a set-up that cannot be used.
    """
    told = ask if isinstance(ask, dict) else {}
    setup, seen = read(told.get("setup")), told.get("seen")
    seen = seen if isinstance(seen, dict) else {}
    parts = (
        f"year={_whole(seen.get('year'))}&place={seen.get('place')}&measure={seen.get('measure')}"
    )
    difference = "yes" if seen.get("mode") == "difference" else ""
    _, view, _ = share.read(f"as=baseline&{parts}&difference={difference}")
    return setup, view, B if seen.get("side") == B else A


def _whole(year: Any) -> str:
    try:
        return str(int(float(year)))
    except (TypeError, ValueError, OverflowError):
        return "0"
