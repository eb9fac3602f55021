"""How far to believe it: the verdict, the limits, the scores, and what everything means.

The same for all set-ups, so it is plain markup that stands in the page before anything runs.
"""

from __future__ import annotations

from sim.dashboard import credibility
from sim.dashboard.controls import MAIN, controls
from sim.dashboard.html import markup, plain
from sim.dashboard.presets import OF_SIDE, TITLES, about, presets
from sim.dashboard.words import choice_words

HEAD = (
    "test",
    "forecast",
    "rank correlation",
    "miss, points",
    "answers inside the 90 % interval",
)


def belief_section() -> str:
    """The part of the page that says it is no forecast."""
    return markup(
        "section",
        markup("h2", "Not a forecast: how far to believe it"),
        markup("p", plain(credibility.score_sentence())),
        markup("ul", *[markup("li", plain(line)) for line in credibility.LIMITS]),
        _folded_section("Scores on what it had not seen", _score_table()),
        _folded_section("What each lever and choice means, and its source", _lever_meanings()),
        **{"id": "belief", "class": "belief"},
    )


def _folded_section(words: str, inside: str) -> str:
    return markup("details", markup("summary", plain(words)), inside)


def _score_table() -> str:
    rows = [
        (r.test, r.forecast, r.rank or "none", r.miss, f"{r.coverage} %")
        for r in credibility.published_scores()
    ]
    head = markup("tr", *[markup("th", plain(cell), scope="col") for cell in HEAD])
    body = [
        markup(
            "tr",
            markup("th", plain(row[0]), scope="row"),
            *[markup("td", plain(cell)) for cell in row[1:]],
        )
        for row in rows
    ]
    table = markup("table", markup("thead", head), markup("tbody", *body))
    return markup("div", table, **{"class": "wide"})


def _lever_meanings() -> str:
    """The main levers and named choices, each with what it is and its source."""
    items = [(controls()[name].title, controls()[name].help) for name in MAIN]
    items += [
        (f"{TITLES[group]}: {choice_words(choice)}", about(group, choice))
        for group in OF_SIDE
        for choice in presets()[group]
    ]
    pairs = [markup("dt", plain(term)) + markup("dd", plain(said)) for term, said in items]
    return markup("dl", *pairs)
