"""Why did a state move? What each motive added to its posture and to its structure over the years, in points of alignment."""

from __future__ import annotations

from collections.abc import Sequence

from sim.dashboard.charts import look
from sim.outcomes.reasons import STRUCTURE, Why
from sim.plots import style
from sim.plots.text import signed

SMALLEST = 0.05  # points: a change that is drawn
PULL = "points of alignment"
TOGETHER = "all together"
SPANS = ([0.0, 0.42], [0.58, 1.0])  # of posture and structure, across the chart


def draw(whys: Sequence[Why], *, title: str, seed: int) -> look.Figure:
    """Draw a waterfall for each reading, side by side: what each motive added, and what they come to.

    Parameters
    ----------
    whys : of one state and span of years: posture, then structure.
    """
    terms = moved(whys)
    rows = [*terms, TOGETHER]
    own = look.axis(range=[len(rows) - 0.5, -0.5], ticks="", type="category", automargin=True)
    own |= {"categoryorder": "array", "categoryarray": rows, "tickfont": {"size": 13}}
    across = look.axis(tickfont={"size": 12}, zeroline=True, zerolinecolor=style.GREY, nticks=5)
    notes = [note for why in whys for note in _reading_notes(why, terms, rows)]
    return {
        "data": [_bar_trace(why, terms, rows) for why in whys],
        "layout": look.layout(
            title=title,
            seed=seed,
            margin={"l": 20, "r": 58, "t": 72, "b": 52},
            annotations=[*notes, _axis_note()],
            waterfallgap=0.25,
            xaxis=across | {"domain": SPANS[0]},
            xaxis2=across | {"domain": SPANS[1], "anchor": "y2"},
            yaxis=own,
            yaxis2=own | {"anchor": "x2", "showticklabels": False},
        ),
    }


def moved(whys: Sequence[Why]) -> list[str]:
    """The motives that changed either reading, the largest change first."""
    most: dict[str, float] = {}
    for why in whys:
        for label, change in changes_of(why).items():
            most[label] = max(most.get(label, 0.0), abs(change))
    return sorted((term for term in most if most[term] >= SMALLEST), key=lambda t: -most[t])


def changes_of(why: Why) -> dict[str, float]:
    """What each motive added, by its label; those of all partners together."""
    return {why.label(reason): reason.change for reason in why.by_term()}


def _term_changes(why: Why, terms: list[str]) -> list[float]:
    change = changes_of(why)
    return [*[change.get(term, 0.0) for term in terms], why.change]


def _bar_trace(why: Why, terms: list[str], rows: list[str]) -> look.Figure:
    values = _term_changes(why, terms)
    second = "2" if why.kind == STRUCTURE else ""
    return {
        "type": "waterfall",
        "name": why.kind,
        "orientation": "h",
        "measure": [*["relative"] * len(terms), "total"],
        "y": rows,
        "x": values,
        "xaxis": f"x{second}",
        "yaxis": f"y{second}",
        "customdata": [signed(value, 1) for value in values],
        "connector": {"line": {"color": style.GREY, "width": 1}},
        "increasing": {"marker": {"color": style.BLUE}},
        "decreasing": {"marker": {"color": style.VERMILION}},
        "totals": {"marker": {"color": style.GREY}},
        "hovertemplate": "%{y}: %{customdata}<extra></extra>",
    }


def _reading_notes(why: Why, terms: list[str], rows: list[str]) -> list[look.Figure]:
    """The heading of one reading, and its numbers in a column beside the bars."""
    at = 1 if why.kind == STRUCTURE else 0
    start, end = (f"{value:.1f}" for value in why.ends)
    heading = (
        f"<b>{why.kind.capitalize()}</b><br>{start} in {why.years[0]}<br>{end} in {why.years[1]}"
    )
    numbers = [
        look.note(
            f"<b>{signed(value, 1)}</b>" if row == TOGETHER else signed(value, 1),
            x=SPANS[at][1],
            xref="paper",
            xanchor="left",
            xshift=6,
            y=row,
            yref="y2" if at else "y",
            font={"size": 13},
        )
        for row, value in zip(rows, _term_changes(why, terms), strict=True)
    ]
    where = {"x": SPANS[at][0], "xref": "paper", "xanchor": "left", "align": "left"}
    return [look.note(heading, **where, y=1, yref="paper", yanchor="bottom", yshift=4), *numbers]


def _axis_note() -> look.Figure:
    where = {"x": 0.5, "xref": "paper", "y": 0, "yref": "paper", "yanchor": "top", "yshift": -26}
    return look.note(f"← China     {PULL}     United States →", **where, font={"size": 13})
