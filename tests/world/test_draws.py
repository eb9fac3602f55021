"""Chance: run 3 is run 3, whoever and whatever is drawn beside it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtri

from sim.world.draws import (
    NORMAL,
    NORMAL_PAIRS,
    UNIFORM,
    UNIFORM_PAIRS,
    draws,
    normal_draws,
    start_draws,
    uniform_draws,
    yearly_draws,
)

STATES = ("VNM", "PHL", "MYS", "IDN")
PARTNERS = ("CHN", "USA", "JPN")
EVERYBODY = {"states": STATES, "partners": PARTNERS}
SINGLE = {"year": 2031, "seed": 7, "runs": 5}


@given(
    seed=st.integers(0, 2**31), first=st.integers(0, 10_000), runs=st.integers(1, 9), at=st.data()
)
def test_a_run_is_itself_wherever_its_block_begins(
    seed: int, first: int, runs: int, at: st.DataObject
) -> None:
    run = at.draw(st.integers(0, runs - 1))
    block = draws(seed=seed, **EVERYBODY, year=2031, first_run=first, runs=runs)
    alone = draws(seed=seed, **EVERYBODY, year=2031, first_run=first + run)
    for mechanism, values in block.items():
        np.testing.assert_array_equal(values[run], alone[mechanism][0])


@given(seed=st.integers(0, 2**31), first=st.integers(0, 10_000), runs=st.integers(1, 7))
def test_years_drawn_together_are_the_years_drawn_one_by_one(
    seed: int, first: int, runs: int
) -> None:
    years = (2024, 2025, 2039)
    together = yearly_draws(seed=seed, **EVERYBODY, years=years, first_run=first, runs=runs)
    for place, year in enumerate(years):
        one = draws(seed=seed, **EVERYBODY, year=year, first_run=first, runs=runs)
        for mechanism, values in one.items():
            np.testing.assert_array_equal(together[mechanism][place].T, values)


@pytest.mark.parametrize("mechanism", [*UNIFORM, *NORMAL])
def test_what_is_drawn_for_all_is_what_is_drawn_for_one(mechanism: str) -> None:
    made = uniform_draws if mechanism in UNIFORM else normal_draws
    found = draws(seed=7, **EVERYBODY, year=2030, first_run=5, runs=11)[mechanism]
    for place, state in enumerate(STATES):
        own = made(seed=7, mechanism=mechanism, state=state, year=2030, first_run=5, runs=11)
        np.testing.assert_array_equal(found[:, place, 0], own)


@pytest.mark.parametrize("mechanism", [*UNIFORM_PAIRS, *NORMAL_PAIRS])
def test_a_pair_of_state_and_power_has_a_stream_of_its_own(mechanism: str) -> None:
    made = uniform_draws if mechanism in UNIFORM_PAIRS else normal_draws
    found = draws(**EVERYBODY, **SINGLE)[mechanism]
    for place, state in enumerate(STATES):
        for other, partner in enumerate(PARTNERS):
            own = made(mechanism=mechanism, state=f"{state}-{partner}", **SINGLE)
            np.testing.assert_array_equal(found[:, place, other], own)
    assert len(np.unique(found)) == found.size


def test_one_more_state_or_power_or_run_moves_nobody_elses_draws() -> None:
    usual = draws(**EVERYBODY, **SINGLE)
    for more in (
        draws(states=("LAO", *STATES), partners=PARTNERS, **SINGLE),
        draws(states=STATES, partners=("IND", *PARTNERS), **SINGLE),
        draws(**EVERYBODY, **(SINGLE | {"runs": 9})),
    ):
        for mechanism, values in usual.items():
            runs, states, partners = values.shape
            np.testing.assert_array_equal(
                more[mechanism][:runs, -states:, -partners:], values, err_msg=mechanism
            )


def test_the_start_is_drawn_once_a_run_and_from_no_stream_of_a_year() -> None:
    year = draws(**EVERYBODY, **SINGLE)
    start = start_draws(**EVERYBODY, first_run=0, **SINGLE)
    shapes = {name: values.shape for name, values in start.items()}
    assert shapes == {"stance": (5, 4, 1), "trust": (5, 4, 3)}
    later = start_draws(**EVERYBODY, first_run=2, **(SINGLE | {"runs": 3}))
    drawn = np.concatenate([values.ravel() for values in year.values()])
    for name, values in start.items():
        np.testing.assert_array_equal(values[2:], later[name])
        assert not np.isin(values, drawn).any()


@settings(max_examples=30)
@given(seed=st.integers(0, 2**31), runs=st.integers(1, 2000))
def test_uniforms_lie_strictly_between_0_and_1_and_normals_are_their_quantiles(
    seed: int, runs: int
) -> None:
    stream = {"seed": seed, "mechanism": "mood", "state": "VNM", "year": 2030, "runs": runs}
    chance = uniform_draws(**stream)
    assert ((chance > 0.0) & (chance < 1.0)).all()
    np.testing.assert_array_equal(normal_draws(**stream), ndtri(chance))


def test_draws_are_uniform_and_streams_are_unrelated() -> None:
    many = 200_000
    found = draws(seed=3, **EVERYBODY, year=2030, runs=many)
    flat = np.stack([values[:, place, other] for values in (found["turnover"], found["act"])
                     for place in range(len(STATES)) for other in range(values.shape[-1])])  # fmt: skip
    counts = np.stack([np.histogram(row, bins=20, range=(0.0, 1.0))[0] for row in flat])
    expected = many / 20
    assert ((counts - expected) ** 2 / expected).sum(axis=1).max() < 52.0  # chi2(19) at 1e-4
    assert np.abs(np.corrcoef(flat) - np.eye(len(flat))).max() < 5.0 / many**0.5
