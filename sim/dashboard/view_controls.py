"""What is looked at: which place, which measure, levels or differences, which year."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from sim.dashboard.measures import MEASURES
from sim.dashboard.setup import A, Setup, Side, settings_of
from sim.dashboard.share import REGION, View
from sim.plots.text import STATES
from sim.world.roster import WORLDS

MODES = {"levels": "as it is", "difference": "less the baseline"}


def view_panel(setup: Setup, view: View) -> Any:
    """Where, what and how."""
    measures = {name: measure.label for name, measure in MEASURES.items()}
    mode = "difference" if view.difference else "levels"
    return html.Div(
        [
            _radio_buttons("place", "Where", _place_names(setup), view.place),
            _radio_buttons("measure", "What", measures, view.measure),
            _radio_buttons("mode", "How", MODES, mode),
        ],
        className="looking",
    )


def place_options(world: str) -> list[dict[str, str]]:
    """The region and the states of a world, as options."""
    setup = Setup(both=Side(choices={"world": world}))
    return [{"label": words, "value": name} for name, words in _place_names(setup).items()]


def _place_names(setup: Setup) -> dict[str, str]:
    states = WORLDS[setup.both.choices.get("world", "asean10")]
    return {REGION: "the region", **{state: STATES.get(state, state) for state in states}}


def _radio_buttons(name: str, title: str, options: dict[str, str], chosen: str) -> Any:
    offered = [{"label": words, "value": value} for value, words in options.items()]
    return html.Fieldset(
        [
            html.Legend(title),
            dcc.RadioItems(id=name, options=offered, value=chosen, inline=True, className="chips"),
        ],
        className="choice",
    )


def year_controls(setup: Setup, view: View) -> Any:
    """The year, by slider or played."""
    span = settings_of(setup, A).years
    chosen = view.year if span.first - 1 <= view.year <= span.last else span.last
    return html.Div(
        [
            html.Button("Play", id="play", n_clicks=0),
            html.Label(["Year ", html.Output(str(chosen), id="year-shown")], htmlFor="year"),
            dcc.Input(
                id="year", type="range", min=span.first - 1, max=span.last, step=1, value=chosen
            ),
        ],
        className="years",
    )
