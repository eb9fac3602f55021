"""The credibility panel: bars met, limits, all bars shown, and what every lever and choice means.

The same for all set-ups, so it is plain HTML that stands in the page before anything runs.
"""

from __future__ import annotations

from pathlib import Path

from sim.dashboard.controls import MAIN, controls
from sim.dashboard.presets import OF_SIDE, TITLES, about, presets
from sim.dashboard.words import choice_words
from sim.report.html import render_html
from sim.report.validation_section import validation_scores

TEMPLATES = Path(__file__).with_name("templates")


def credibility_panel() -> str:
    """Return the part of the page that says it is no forecast, as HTML."""
    values = {
        **validation_scores(),
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
