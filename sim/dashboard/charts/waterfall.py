"""Why did a state turn? What each term added to the log-odds of the United States against China, from first to last year."""

from __future__ import annotations

import pandas as pd

from sim.axes import DOMAINS
from sim.dashboard.charts import look
from sim.figures import style
from sim.figures.words import signed

TERMS = {
    "attraction": "protection, markets",
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
}
SMALLEST = 0.005  # a change that is drawn
PULL = "log-odds (more: United States)"


def draw(trace: pd.DataFrame, *, years: tuple[int, int], title: str, seed: int) -> look.Figure:
    """Draw a waterfall for each domain, side by side.

    Parameters
    ----------
    trace : rows domain, term, first, last, change. years : from, to.
    """
    terms = moved(trace)
    rows = [f"in {years[0]}", *[TERMS[term] for term in terms], f"in {years[1]}"]
    own = look.axis(range=[len(rows) - 0.5, -0.5], ticks="", type="category")
    own |= {"categoryorder": "array", "categoryarray": rows}
    across = look.axis(
        PULL, tickfont={"size": 12}, zeroline=True, zerolinecolor=style.GREY, nticks=6
    )
    return {
        "data": [_bars(trace[trace["domain"] == d], terms, rows, d) for d in DOMAINS],
        "layout": look.layout(
            title=title,
            seed=seed,
            margin={"l": 190, "r": 16, "t": 34, "b": 52},
            annotations=[_heading(domain, at) for at, domain in enumerate(DOMAINS)],
            waterfallgap=0.25,
            xaxis=across | {"domain": [0.0, 0.48]},
            xaxis2=across | {"domain": [0.52, 1.0], "anchor": "y2"},
            yaxis=own,
            yaxis2=own | {"anchor": "x2", "showticklabels": False},
        ),
    }


def moved(trace: pd.DataFrame) -> list[str]:
    """The terms that changed in either domain, the largest change first."""
    most = trace["change"].abs().groupby(trace["term"]).max().sort_values(ascending=False)
    return [str(term) for term in most.index[most >= SMALLEST]]


def _bars(part: pd.DataFrame, terms: list[str], rows: list[str], domain: str) -> look.Figure:
    change = part.set_index("term")["change"]
    values = [float(part["first"].sum()), *[float(change[t]) for t in terms]]
    values.append(float(part["last"].sum()))
    second = "2" if domain == DOMAINS[1] else ""
    return {
        "type": "waterfall",
        "name": domain,
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


def sentence(trace: pd.DataFrame, *, name: str, years: tuple[int, int]) -> str:
    """Say in words which way a state's choice was pulled, and by what."""
    parts = []
    for domain in DOMAINS:
        rows = trace[trace["domain"] == domain]
        change = float(rows["change"].sum())
        toward = "the United States" if change > 0 else "China"
        if abs(change) < SMALLEST:
            parts.append(f"its {domain} choice hardly moves")
            continue
        with_it = rows["change"] * (1 if change > 0 else -1)
        cause = TERMS[str(rows["term"].iloc[int(with_it.to_numpy().argmax())])]
        parts.append(
            f"its {domain} choice moves toward {toward} ({signed(change, 2)}), most by {cause}"
        )
    return f"{name}, {years[0]} to {years[1]}: {'; '.join(parts)}."
