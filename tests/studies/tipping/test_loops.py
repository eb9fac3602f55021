"""A planted loop is found, lag is not taken for one, and luck is not taken for either."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.studies.tipping.loops import (
    AT_REST,
    HYSTERESIS,
    LAG,
    NONE,
    area,
    crossings,
    remaining,
    table,
)

LEVELS = np.linspace(0.0, 1.0, 41)


def made(up, down, years, runs=5, noise=0.0):
    """Branches from two functions of the level, with noise from run to run."""
    chance = np.random.default_rng(3)
    paths = np.stack([up(LEVELS), down(LEVELS)])
    shape = (2, len(LEVELS), 1, 1, 1, runs)
    values = paths.reshape(2, -1, 1, 1, 1, 1) + noise * chance.normal(size=shape)
    dims = ("branch", "level", "complementarity", "threshold", "aid", "run")
    data = {"resolve": (dims, values), "least": (dims, values), "greatest": (dims, values)}
    coords = {
        "branch": ["up", "down"],
        "level": LEVELS,
        "complementarity": [0.8],
        "threshold": [1.0],
        "aid": [2.0],
    }
    return xr.Dataset(data, coords, {"years_at_each_level": years})


def step(at):
    return lambda level: 1.0 / (1.0 + np.exp(-60.0 * (level - at)))


def verdict(quick, slow):
    return table(quick, slow)["verdict"].iloc[0]


def test_a_planted_loop_is_measured_and_lasts():
    quick, slow = (made(step(0.7), step(0.3), years, noise=0.01) for years in (40, 120))
    assert verdict(quick, slow) == HYSTERESIS
    row = table(quick, slow).iloc[0]
    assert row["area_slow"] == pytest.approx(0.4, abs=0.01)
    assert row["area_remaining"] == pytest.approx(0.4, abs=0.02)
    assert row["tip_up"] == pytest.approx(0.7, abs=0.02)
    assert row["tip_down"] == pytest.approx(0.3, abs=0.02)


def test_a_loop_that_closes_as_the_pace_slows_is_lag():
    quick, slow = (
        made(step(0.5 + 6.0 / years), step(0.5 - 6.0 / years), years, noise=0.005)
        for years in (40, 120)
    )
    assert verdict(quick, slow) == LAG
    assert float(remaining(quick, slow).mean()) == pytest.approx(0.0, abs=0.01)


def test_branches_apart_at_no_pressure_alone_are_said_to_be():
    def kept(level):
        return np.where(level == 0.0, 0.8, step(0.01)(level))

    assert verdict(*(made(step(0.01), kept, years) for years in (40, 120))) == AT_REST


@settings(max_examples=8)
@given(st.floats(0.05, 0.95))
def test_the_same_way_back_is_no_loop(at):
    quick, slow = (made(step(at), step(at), years) for years in (40, 120))
    assert verdict(quick, slow) == NONE and float(abs(area(slow)).max()) == 0.0


@given(st.floats(0.1, 0.9))
def test_a_crossing_is_where_it_was_planted(at):
    found = crossings(made(step(at), step(at), 40), "up")
    np.testing.assert_allclose(found, at, atol=0.01)


@pytest.mark.parametrize(("height", "told"), [(0.2, np.nan), (0.9, 0.0)])
def test_what_never_crosses_is_blank_and_what_is_always_above_the_lowest_level(height, told):
    flat = made(lambda level: 0 * level + height, lambda level: 0 * level + height, 40)
    np.testing.assert_array_equal(crossings(flat, "down").values.ravel(), np.full(5, told))


@settings(max_examples=20)
@given(st.floats(0.2, 0.8), st.floats(0.0, 0.15), st.floats(-0.15, 0.15))
def test_what_remains_is_never_more_than_the_slow_stairs_show(at, wide, closing):
    quick = made(step(at + wide + closing), step(at), 40)
    slow = made(step(at + wide), step(at), 120)
    assert (remaining(quick, slow) <= area(slow) + 1e-12).all()
