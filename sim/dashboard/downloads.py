"""What a visitor takes away: a chart, the address, the data, the configurations."""

from __future__ import annotations

from typing import Any

from dash import html

LINKS = (
    ("link", "Link to this page as it is set"),
    ("csv", "Data (CSV)"),
    ("yaml-a", "Configuration of A"),
    ("yaml-b", "Configuration of B"),
)
COMMAND = "python experiments/run.py --config-path FOLDER --config-name straits_a"


def save_buttons(name: str) -> Any:
    """Buttons that save one chart."""
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


def download_links() -> Any:
    """Links to what stands behind the page as it is set."""
    return html.Section(
        [
            html.H2("Take it with you"),
            html.Ul([html.Li(html.A(words, id=name, href="#")) for name, words in LINKS]),
            html.P(
                [
                    "A configuration runs the same scenario from the command line: ",
                    html.Code(COMMAND),
                ]
            ),
        ],
        className="taking",
    )
