"""The application: the empty page, what fills it, and the files to take away."""

from __future__ import annotations

from typing import Any

from dash import Dash, dcc, html
from flask import Response, request

from sim.dashboard import export, share
from sim.dashboard.answers import Answers
from sim.dashboard.callbacks import register_callbacks
from sim.dashboard.credibility_panel import credibility_panel
from sim.dashboard.guard import Names, guard, names_of
from sim.dashboard.page import TITLE
from sim.dashboard.presets import presets
from sim.dashboard.setup import SIDES, settings_of
from sim.dashboard.workers import EnsemblePool
from sim.errors import UserError


def make_app(crew: EnsemblePool, names: Names | None = None) -> Dash:
    """Make the application; everything it serves comes from this machine.

    Parameters
    ----------
    crew : who runs the model. names : by which it may be called; None: those of this machine, at port 80.

    Raises
    ------
    UserError : the named choices of conf/ cannot be read.
    """
    presets()
    app = Dash(
        __name__,
        title=TITLE,
        update_title="",
        serve_locally=True,
        suppress_callback_exceptions=True,
        assets_folder="assets",
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    app.index_string = app.index_string.replace("<html>", '<html lang="en">').replace(
        "{%app_entry%}", "{%app_entry%}" + credibility_panel()
    )
    app.layout = html.Div([dcc.Location(id="url", refresh=False), html.Div(id="page")])
    answers = Answers(crew)
    register_callbacks(app, answers)
    _serve_downloads(app, answers)
    guard(app, names or names_of())
    return app


def _serve_downloads(app: Dash, answers: Answers) -> None:
    """Files to take away, each from the set-up in its address."""

    def data() -> Response:
        return _file_response(
            "straits.csv", "text/csv", lambda setup: export.data_csv(answers.readings(setup))
        )

    def configuration(side: str) -> Response:
        if side not in SIDES:
            return Response(
                f"There is no scenario {side[:20]!r}; there are a and b.\n",
                404,
                mimetype="text/plain",
            )
        return _file_response(
            f"straits_{side}.yaml",
            "application/yaml",
            lambda setup: export.configuration_yaml(
                settings_of(setup, side, runs=answers.crew.runs), letter=side
            ),
        )

    app.server.add_url_rule("/take/data.csv", "data", data)
    app.server.add_url_rule("/take/<side>.yaml", "configuration", configuration)


def _file_response(name: str, kind: str, write: Any) -> Response:
    setup, _, problems = share.read(request.query_string.decode("utf-8", "replace"))
    if problems:
        return Response("\n".join([*problems, ""]), 400, mimetype="text/plain")
    try:
        text = write(setup)
    except UserError as mistake:
        return Response(f"{mistake}\n", 400, mimetype="text/plain")
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(text, mimetype=kind, headers=headers)
