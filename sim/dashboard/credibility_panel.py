"""The credibility panel: the model's score, its limits, all scores shown, and what every lever and choice means.

The same for all set-ups, so it is plain HTML that stands in the page before anything runs.
"""

from __future__ import annotations

from pathlib import Path

from sim.dashboard.controls import MAIN, controls
from sim.dashboard.presets import OF_SIDE, TITLES, about, presets
from sim.dashboard.words import choice_words
from sim.report.html import render_html
from sim.report.validation_section import RIVAL
from sim.studies.validation import scorebook
from sim.studies.validation.analysis import MODEL, STATES_MEAN, YEAR_AHEAD

TEMPLATES = Path(__file__).with_name("templates")


def credibility_panel() -> str:
    """Return the part of the page that says it is no forecast, as HTML."""
    shown = [row for row in scorebook.read() if row.test in (YEAR_AHEAD, STATES_MEAN)]
    by_forecast = {row.forecast: row for row in shown if row.test == STATES_MEAN}
    values = {
        "own": by_forecast[MODEL],
        "rival": by_forecast[RIVAL],
        "scores": [
            (row.test, row.forecast, row.rank or "none", row.miss, f"{row.coverage} %")
            for row in shown
        ],
        "meanings": _meanings(),
    }
    return render_html("credibility.html.j2", values, folder=TEMPLATES)


def _meanings() -> list[tuple[str, str]]:
    """Return the main levers and named choices, each with what it is and its source."""
    levers = [(controls()[name].title, controls()[name].help) for name in MAIN]
    return levers + [
        (f"{TITLES[group]}: {choice_words(choice)}", about(group, choice))
        for group in OF_SIDE
        for choice in presets()[group]
    ]
