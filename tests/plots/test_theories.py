"""Figures of published cases, whatever the number of actors."""

from __future__ import annotations

import numpy as np
import pytest

from sim.plots import style
from sim.studies.published_cases.figures import bargaining, landscape


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
