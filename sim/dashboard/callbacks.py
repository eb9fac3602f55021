"""What happens when something moves and the model must run, or the page be made anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from dash import MATCH, Dash, Input, Output, State, no_update

from sim.dashboard import between, knobs, page, share
from sim.dashboard.answers import Answers
from sim.dashboard.browser import in_browser
from sim.dashboard.setup import read
from sim.dashboard.share import View
from sim.errors import UserError

SEEN = (
    Input("year", "value"),
    Input("place", "value"),
    Input("measure", "value"),
    Input("mode", "value"),
)


def wire(app: Dash, answers: Answers) -> None:
    """Tie everything together."""
    in_browser(app)
    _pages(app)
    _charts(app, answers)


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


def _charts(app: Dash, answers: Answers) -> None:
    @app.callback(
        Output("headline", "children"),
        Output("fan-title", "children"),
        Output("fan", "figure"),
        Output("numbers", "children"),
        Output("gaps", "children"),
        Output("problems", "children"),
        Output("answered", "data"),
        Input("ask", "data"),
        *SEEN,
        prevent_initial_call=True,
    )
    def overview(ask: Any, *seen: Any) -> Any:
        if not ask:
            return (no_update,) * 7
        token, quick = ask.get("token"), bool(ask.get("quick"))
        try:
            told = answers.overview(read(ask.get("setup")), viewed(*seen), quick=quick)
        except UserError as mistake:
            return (*(no_update,) * 5, str(mistake), {"token": token, "whole": True})
        answered = {"token": token, "whole": told["runs"] == answers.crew.runs}
        keys = ("headline", "fan-title", "fan", "numbers", "gaps")
        return (*[told[key] for key in keys], no_update, answered)

    keys = [(f"tiles-{s}{part}", prop) for s in "ab" for part, prop in _PARTS]
    keys += [(f"triangle{part}", prop) for part, prop in _PARTS]

    @app.callback(
        *[Output(name, prop) for name, prop in keys],
        Input("ask", "data"),
        *SEEN,
        prevent_initial_call=True,
    )
    @_patient(len(keys))
    def maps(ask: Any, *seen: Any) -> Any:
        told = answers.maps(read(ask["setup"]), viewed(*seen), quick=bool(ask.get("quick")))
        return tuple(told[name] for name, _ in keys)

    @app.callback(
        Output("why-part", "children"),
        Input("ask", "data"),
        *SEEN,
        Input("clicked-side", "data"),
        prevent_initial_call=True,
    )
    @_patient(1)
    def why(ask: Any, *seen: Any) -> Any:
        *view, side = seen
        setup, side = read(ask["setup"]), side if side in ("a", "b") else "a"
        if ask.get("quick") and not answers.known(setup, side):
            return no_update  # all runs will be asked for next
        told = answers.why(setup, viewed(*view), side)
        return [] if told is None else between.why(**told)

    @app.callback(
        Output("query", "data"),
        *[Output(name, "href") for name in ("link", "csv", "yaml-a", "yaml-b")],
        *[Output("year", edge) for edge in ("min", "max")],
        Output("place", "options"),
        Input("ask", "data"),
        *SEEN,
        prevent_initial_call=True,
    )
    @_patient(8)
    def links(ask: Any, *seen: Any) -> Any:
        setup = read(ask["setup"])
        years, view = answers.years(setup), viewed(*seen)
        last = view.year == years.last
        query = share.write(setup, replace(view, year=0) if last else view)
        files = [f"./take/{name}?{query}" for name in ("data.csv", "a.yaml", "b.yaml")]
        places = between.places(setup.both.choices.get("world", "asean10"))
        return (query, f"./?{query}", *files, years.first - 1, years.last, places)


_PARTS = (("-title", "children"), ("", "figure"))


def viewed(year: Any, place: Any, measure: Any, mode: Any) -> View:
    """What a browser says it looks at, as far as it makes sense; else the usual."""
    told = f"year={_whole(year)}&place={place}&measure={measure}"
    _, view, _ = share.read(
        f"as=baseline&{told}&difference={'yes' if mode == 'difference' else ''}"
    )
    return view


def _whole(year: Any) -> str:
    try:
        return str(int(float(year)))
    except (TypeError, ValueError):
        return "0"


def _patient(outputs: int) -> Callable[..., Any]:
    """Leave outputs as they are while nothing was asked, or what was asked cannot be used (the overview says why)."""
    nothing = no_update if outputs == 1 else (no_update,) * outputs

    def wrap(answer: Callable[..., Any]) -> Callable[..., Any]:
        def asked(ask: Any, *seen: Any) -> Any:
            if not isinstance(ask, dict):
                return nothing
            try:
                return answer(ask, *seen)
            except UserError:
                return nothing

        return asked

    return wrap
