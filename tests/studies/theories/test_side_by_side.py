"""Theories side by side: the same runs for all, sides counted, and a spread taken apart into what it was made of."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from sim.config import build
from sim.ensemble import posterior
from sim.ensemble.fitting.claimed import settings_of
from sim.plots import style
from sim.studies.theories import figures, shares, side_by_side

SEEDS = st.integers(0, 2**32 - 1)
EQUAL = np.array([0.5, 0.3, 0.2])


@given(seed=SEEDS)
@profile(max_examples=15)
def test_a_pure_cause_takes_all(seed):
    lots = np.random.default_rng(seed)
    shape = (3, 4, 5, 7, 2)
    causes = (
        lots.normal(size=(3, 1, 1, 1, 2)),
        lots.normal(size=(3, 4, 1, 1, 2)),
        lots.normal(size=(3, 1, 5, 1, 2)),
        lots.normal(size=(1, 1, 1, 7, 2)),
    )
    causes = (causes[0], causes[1] - causes[1].mean(axis=1, keepdims=True), *causes[2:])
    for place, cause in enumerate(causes):
        cause = cause - cause.mean(axis=2, keepdims=True) if place == 2 else cause
        found = shares.shares(cause + np.zeros(shape), EQUAL)
        assert found[place] == pytest.approx(1.0)


def test_few_draws_and_runs_do_not_feed_the_coarser_parts():
    """Nothing but chance: the other parts are nought on average, though means of few runs differ."""
    lots = np.random.default_rng(3)
    found = np.mean(
        [shares.variances(lots.normal(size=(3, 2, 4, 5, 1)), EQUAL) for _ in range(400)], axis=0
    )
    assert found[3] == pytest.approx(1.0, abs=0.05)
    assert found[:3].max() < 0.05


def test_nothing_that_varies_has_no_shares_and_intervals_are_in_order():
    assert np.isnan(shares.shares(np.full((3, 2, 4, 5, 1), 0.7), EQUAL)).all()
    lots = np.random.default_rng(5)
    values = lots.normal(size=(3, 1, 1, 1, 1)) + 0.3 * lots.normal(size=(3, 2, 6, 7, 2))
    table = shares.shares_table(values, EQUAL, seed=3)
    assert (table["low"] <= table["high"]).all() and table["share"].sum() == pytest.approx(1.0)


@pytest.fixture(scope="module")
def crossed() -> xr.Dataset:
    base = build({"years": {"first": 2024, "last": 2026}, "states": ["PHL", "KHM"]})
    theories = {name: settings_of(name, base) for name in ("insurance", "landscape")}
    return side_by_side.futures_of(theories, (0.0, 40.0), draws=3, runs=4)


def test_every_theory_meets_every_budget_with_its_own_draws_on_the_same_runs(crossed):
    sizes = crossed.sizes
    assert (sizes["theory"], sizes["aid"], sizes["draw"], sizes["replicate"]) == (2, 2, 3, 4)
    base = build({"years": {"first": 2024, "last": 2026}, "states": ["PHL", "KHM"]})
    path = posterior.path_of("landscape")
    point = posterior.apply(settings_of("landscape", base), posterior.draws(3, path=path)[2])
    alone = side_by_side.outcomes_of([side_by_side.with_aid(point, 40.0)], 4)
    np.testing.assert_array_equal(
        crossed["alignment"].sel(theory="landscape", aid=40.0, draw=2).transpose("replicate", ...),
        alone["alignment"].isel(point=0).transpose("replicate", ...),
    )


def test_sides_are_counted_whole(crossed):
    alignment = crossed["alignment"].sel(aid=0.0)
    sides = side_by_side.side_shares(alignment, (45.0, 55.0))
    np.testing.assert_allclose(sides.sum("side"), 1.0)
    hedging = ((alignment >= 45.0) & (alignment <= 55.0)).mean(("draw", "replicate"))
    np.testing.assert_allclose(sides.sel(side="hedging"), hedging)


def test_theories_that_agree_do_not_disagree(crossed):
    one = crossed["alignment"].sel(aid=0.0).isel(theory=[0, 0]).assign_coords(theory=["a", "b"])
    assert (side_by_side.disagreement(one)["between"] == 0.0).all()
    apart = side_by_side.disagreement(crossed["alignment"].sel(aid=0.0))
    assert (apart["between"] > 0.0).all() and apart["between"].is_monotonic_decreasing


def test_the_title_says_the_largest_part_and_how_much_is_aid():
    def table(**of_outcome):
        rows = [
            {"outcome": name, "part": part, "share": share}
            for name, given in of_outcome.items()
            for part, share in zip(shares.PARTS, given, strict=True)
        ]
        return pd.DataFrame(rows)

    mixed = figures.title(
        table(
            Posture=(0.1, 0.02, 0.18, 0.7),
            Hedging=(0.2, 0.0, 0.2, 0.6),
            Capacity=(0.0, 0.6, 0.1, 0.3),
        )
    )
    assert mixed == (
        "Chance is the largest part of what may come about, but not of capacity; "
        "aid makes up 60 % of capacity, and at most 2 % of the rest"
    )
    alone = figures.title(table(Posture=(0.7, 0.0, 0.2, 0.1)))
    assert alone.endswith("part of what may come about; aid makes up 0 % of posture")
    assert alone.startswith("Theory is")


def test_what_does_not_vary_is_drawn_as_that():
    rows = [{"outcome": "Pressure", "part": part, "share": np.nan} for part in shares.PARTS]
    rows += [{"outcome": "Posture", "part": part, "share": 0.25} for part in shares.PARTS]
    sides = {"insurance": pd.DataFrame([[0.2, 0.5, 0.3]], index=["A"], columns=side_by_side.SIDES)}
    weights = pd.DataFrame({"theory": ["insurance"], "weight": [1.0], "low": [1.0], "high": [1.0]})
    sizes = {"futures": 3, "last": 2026, "levels": 2, "low": 45.0, "high": 55.0}
    with style.context():
        drawing = figures.draw(sides, pd.DataFrame(rows), weights, sizes=sizes, attrs={"seed": 3})
    assert "nothing varies" in [text.get_text() for text in drawing.axes[1].texts]
