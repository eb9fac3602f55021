"""Both engines tell the same history: every theory, scenario and policy, side by side and alone."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.parity import (
    assert_same,
    choices,
    compared,
    covering,
    designs,
    in_mesa,
    settings,
    side_by_side,
)
from sim.axes import RUN, over_states

FIRST = 3
YEARS = ("years.first=2024", "years.last=2028")  # dated events of every named scenario fall within
NAMES = designs()


@pytest.fixture(scope="module")
def together() -> xr.Dataset:
    """Return one run of every design point, all in one block."""
    points = [settings(*names, *YEARS) for names in NAMES]
    return side_by_side(points, first=FIRST, replicates=1)


@pytest.mark.parametrize("place", range(len(NAMES)), ids=map(" ".join, NAMES))
def test_a_point_among_others_tells_the_history_of_the_region(
    together: xr.Dataset, place: int
) -> None:
    """Whatever runs beside it, at a relative 1e-12: every variable, every term of every choice."""
    alone = in_mesa(settings(*NAMES[place], *YEARS), FIRST)
    assert_same(alone, together.isel({RUN: place}, drop=True))


COVERING = covering()


def test_the_designs_hold_every_choice_of_every_group() -> None:
    """Whoever adds a choice has it compared, too."""
    held = {text for names in COVERING for text in names}
    groups = ("theory", "scenario", "policy/japan", "policy/china", "policy/united_states", "world")
    for group in groups:
        assert {f"{group}={choice}" for choice in choices(group)} <= held
    assert len(COVERING) == max(len(choices(group)) for group in groups)


@pytest.mark.parametrize("names", COVERING, ids=map(" ".join, COVERING))
def test_seven_runs_of_every_choice_agree(names: tuple[str, ...]) -> None:
    """A hundred runs of each: python benchmarks/parity.py."""
    point = settings(*names, *YEARS)
    assert list(compared([("all", point)], first=11, replicates=7)) == [("all", {})]


@given(states=st.integers(1, 40), partners=st.integers(1, 5), seed=st.integers(0, 2**32 - 1))
def test_states_are_added_up_alike_alone_and_side_by_side(
    states: int, partners: int, seed: int
) -> None:
    """To the last bit: what a contest between near equals would magnify is not there to begin with."""
    values = np.random.default_rng(seed).normal(size=(7, states, partners))
    beside = over_states(np.asfortranarray(values))
    for run, alone in enumerate(values):
        np.testing.assert_array_equal(over_states(np.ascontiguousarray(alone)), beside[run])


def test_the_last_year_agrees_as_the_first_does() -> None:
    """Over the whole horizon and for several replicates nothing drifts apart."""
    point = settings("scenario=sea_clash", "policy/japan=lethal_exports", "theory=commerce")
    together = side_by_side([point], first=5, replicates=3)
    for run in range(3):
        assert_same(in_mesa(point, 5 + run), together.isel({RUN: run}, drop=True))


def test_the_comparison_would_notice() -> None:
    """A part in a hundred thousand million is too much."""
    point = settings(*YEARS)
    made = side_by_side([point], first=0, replicates=1).isel({RUN: 0}, drop=True)
    nudged = made.assign(trust=made["trust"] * (1.0 + np.float64(1e-11)))
    with pytest.raises(AssertionError, match="trust"):
        assert_same(nudged, made)
