"""Figures of rival theories: titles say what the numbers say, whatever the number of actors."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.plots import style
from sim.studies.published_cases.figures import bargaining, landscape
from sim.studies.theories import figures as theories
from sim.studies.theories.shares import PARTS


def _shares(**theory_and_aid):
    rows = [
        (outcome, part, share)
        for outcome, (theory, aid) in theory_and_aid.items()
        for part, share in zip(PARTS, (theory, aid, 0.0, 1.0 - theory - aid), strict=True)
    ]
    return pd.DataFrame(rows, columns=["outcome", "part", "share"])


def test_the_title_says_where_theory_leads_and_where_aid_does():
    mixed = theories.title(_shares(Hedging=(0.6, 0.1), Capacity=(0.0, 0.9)))
    assert mixed.endswith("except for capacity")
    assert theories.title(_shares(Hedging=(0.6, 0.1))).startswith("Which theory holds matters more")
    assert theories.title(_shares(Capacity=(0.0, 0.9))).startswith("How much aid")


def test_a_spread_of_nothing_is_said_and_drawn():
    shares = _shares(Hedging=(0.6, 0.1), Pressure=(np.nan, np.nan))
    ends = pd.DataFrame({"state": ["A", "A"], "theory": ["one", "two"], "alignment": [20.0, 70.0]})
    with style.context():
        figure = theories.draw(
            ends,
            shares,
            {"A": 44.0},
            band=(45.0, 55.0),
            sizes={"last": 2040, "start": 2023, "runs": 7, "levels": 5},
            attrs={"seed": 3},
        )
    assert "nothing varies" in [text.get_text() for text in figure.axes[1].texts]


@pytest.mark.parametrize("actors", [1, 2, 33])
def test_bargains_of_any_size_are_drawn_and_cut_where_too_many(actors):
    lots = np.random.default_rng(actors)
    found = bargaining.Bargain(
        names=[f"Actor with a rather long name {place}" for place in range(actors)],
        capability=lots.uniform(1.0, 9.0, actors),
        position=lots.uniform(size=(actors, 2)),
        victory=np.full((actors, actors), 0.5),
        probability=np.full(actors, 1.0 / actors),
        risk=np.zeros(actors),
        expected=np.array([0.4, 0.6]),
    )
    with style.context():
        figure = bargaining.draw(found, {"footer": "about nothing"})
    assert len(figure.axes[0].get_yticks()) == min(actors, bargaining.SHOWN)
    words = " ".join(text.get_text() for text in figure.texts)
    assert "about nothing" in words and ("likeliest of 33" in words) == (actors == 33)


@pytest.mark.parametrize(("minima", "columns"), [(1, 1), (14, 12)])
def test_landscapes_show_the_deepest_minima(minima, columns):
    lots = np.random.default_rng(minima)
    found = landscape.Landscape(
        names=["A", "B", "C"],
        sizes=np.array([1.0, 3.0, 2.0]),
        sides=lots.choice([-1.0, 1.0], (minima, 3)),
        frustration=lots.normal(size=(minima, 3)),
        energy=np.sort(lots.normal(size=minima)),
        basin=np.ones(minima),
        energies=lots.normal(size=4 * minima),
    )
    with style.context():
        figure = landscape.draw(found, {"version": "0"})
    axes = figure.axes[0]
    assert len(axes.get_xticks()) == columns
    assert [label.get_text()[0] for label in axes.get_yticklabels()] == ["B", "C", "A"]
    assert ("more not drawn" in axes.get_xlabel()) == (minima > columns)
