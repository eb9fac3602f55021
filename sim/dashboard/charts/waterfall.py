"""Why did a state's ties turn? What each term added to their log-odds, the United States against China, over the years."""

from __future__ import annotations

from collections.abc import Sequence

from sim.axes import DOMAINS
from sim.dashboard.charts import look
from sim.figures import style
from sim.figures.words import signed
from sim.outcomes.reasons import Why

TERMS = {
    "protection": "protection",
    "market": "markets",
    "aid": "aid received",
    "trust": "trust",
    "legitimacy": "affinity, leaders, anger",
    "neighbours": "what neighbours do",
    "reassurance": "engaging the slighted",
    "threat": "threat perceived",
    "retaliation": "fear of punishment",
    "entrapment": "fear of entrapment",
    "concentration": "spreading of risk",
    "autonomy": "worth of staying apart",
    "inertia": "where ties were heading before",
    "room": "room to hedge",
}  # other terms go by their own names
SMALLEST = 0.005  # a change that is drawn
PULL = "log-odds (more: United States)"


def draw(whys: Sequence[Why], *, title: str, seed: int) -> look.Figure:
    """Draw a waterfall for each domain, side by side.

    Parameters
    ----------
    whys : of one state and span of years, a domain each.
    """
    years, terms = whys[0].years, moved(whys)
    rows = [f"in {years[0]}", *[TERMS.get(term, term) for term in terms], f"in {years[1]}"]
    own = look.axis(range=[len(rows) - 0.5, -0.5], ticks="", type="category")
    own |= {"categoryorder": "array", "categoryarray": rows}
    across = look.axis(
        PULL, tickfont={"size": 12}, zeroline=True, zerolinecolor=style.GREY, nticks=6
    )
    return {
        "data": [_bars(why, terms, rows) for why in whys],
        "layout": look.layout(
            title=title,
            seed=seed,
            margin={"l": 190, "r": 16, "t": 34, "b": 52},
            annotations=[_heading(why.domain, DOMAINS.index(why.domain)) for why in whys],
            waterfallgap=0.25,
            xaxis=across | {"domain": [0.0, 0.48]},
            xaxis2=across | {"domain": [0.52, 1.0], "anchor": "y2"},
            yaxis=own,
            yaxis2=own | {"anchor": "x2", "showticklabels": False},
        ),
    }


def moved(whys: Sequence[Why]) -> list[str]:
    """The terms that changed in either domain, the largest change first."""
    most: dict[str, float] = {}
    for one in (reason for why in whys for reason in why.reasons):
        most[one.label] = max(most.get(one.label, 0.0), abs(one.change))
    return sorted((term for term in most if most[term] >= SMALLEST), key=lambda t: -most[t])


def _bars(why: Why, terms: list[str], rows: list[str]) -> look.Figure:
    change = {one.label: one.change for one in why.reasons}
    values = [why.odds[0], *[change.get(term, 0.0) for term in terms], why.odds[1]]
    second = "2" if why.domain == DOMAINS[1] else ""
    return {
        "type": "waterfall",
        "name": why.domain,
        "orientation": "h",
        "measure": ["absolute", *["relative"] * len(terms), "total"],
        "y": rows,
        "x": values,
        "xaxis": f"x{second}",
        "yaxis": f"y{second}",
        "text": [signed(value, 2) for value in values],
        "textposition": "auto",
        "connector": {"line": {"color": style.GREY, "width": 1}},
        "increasing": {"marker": {"color": style.BLUE}},
        "decreasing": {"marker": {"color": style.VERMILION}},
        "totals": {"marker": {"color": style.GREY}},
        "hovertemplate": "%{y}: %{text}<extra></extra>",
    }


def _heading(domain: str, at: int) -> look.Figure:
    return look.note(
        f"<b>{domain.capitalize()} ties</b>",
        x=0.52 if at else 0.0,
        xref="paper",
        xanchor="left",
        y=1.0,
        yref="paper",
        yanchor="bottom",
        yshift=6,
    )
