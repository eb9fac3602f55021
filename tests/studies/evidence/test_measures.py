"""Measures find what was planted: (year, state, draw, replicate) of 7 years, 4 states, 3 draws, 5 replicates."""

from __future__ import annotations

import numpy as np
import pytest

from sim.studies.evidence import measures
from sim.studies.evidence.measures import HIGH, LOW

SHAPE = YEARS, STATES, DRAWS, RUNS = 7, 4, 3, 5
CHANCE = np.random.default_rng(7)


def sides(high, low=None):
    """One name on both sides."""
    return {HIGH: {"x": high}} | ({} if low is None else {LOW: {"x": low}})


def test_a_difference_is_that_of_the_horizons_year_and_keeps_draws_apart():
    low = CHANCE.normal(size=SHAPE)
    added = np.arange(YEARS)[:, None, None, None] * np.arange(1.0, DRAWS + 1)[:, None]
    result = measures.difference(sides(low + added, low), ("x",), 3)
    np.testing.assert_allclose(result, [2.0, 4.0, 6.0])


def test_only_those_struck_in_the_first_year_are_compared():
    low, episode = CHANCE.normal(size=SHAPE), np.zeros(SHAPE)
    episode[0, 1, :2], episode[1:, 2] = 1.0, 1.0  # one state in two draws; another later
    high = low + np.array([9.0, -0.25, 9.0, 9.0])[:, None, None]
    both = {HIGH: {"x": high, "y": episode}, LOW: {"x": low, "y": np.zeros(SHAPE)}}
    result = measures.struck(both, ("x", "y"), 3)
    np.testing.assert_allclose(result, [-0.25, -0.25, np.nan])


def test_a_ratio_counts_over_all_years_and_says_nothing_without_any():
    low = np.ones(SHAPE)
    low[:, :, 1] = 0.0
    result = measures.ratio(sides(np.full(SHAPE, 1.5), low), ("x",), YEARS)
    np.testing.assert_allclose(result, [1.5, np.nan, 1.5])


def test_a_spread_is_of_states_and_does_not_mind_their_level():
    states = np.array([-1.0, 1.0, -1.0, 1.0])[:, None, None]
    high = 10.0 + 3.0 * states * np.ones(SHAPE)
    np.testing.assert_allclose(
        measures.spread(sides(high, states * np.ones(SHAPE)), ("x",), 2), [2.0] * DRAWS
    )


def test_drift_is_the_mean_change_and_wander_what_is_round_it():
    values = np.zeros(SHAPE)
    values[-1] = 5.0 + np.array([-2.0, 2.0, -2.0, 2.0])[:, None, None]
    np.testing.assert_allclose(measures.drift(sides(values), ("x",), YEARS), [5.0] * DRAWS)
    np.testing.assert_allclose(measures.wander(sides(values), ("x",), YEARS), [2.0] * DRAWS)


def test_a_hazard_counts_major_steps_up_not_small_ones_nor_down():
    steps = np.zeros(SHAPE)
    steps[0, 0], steps[1, 1], steps[2, 2] = 2.0, -2.0, 1.0
    np.testing.assert_allclose(
        measures.hazard(sides(steps), ("x",), YEARS), [1 / (YEARS * STATES)] * DRAWS
    )


def pair(first, second):
    return {HIGH: {"a": first, "b": second}}


def test_what_comes_in_the_same_or_the_next_year_follows_and_what_comes_later_does_not():
    outbreak, conceded = np.zeros(SHAPE), np.zeros(SHAPE)
    outbreak[1, :2], outbreak[4, :2] = 1.0, 1.0  # two in two states
    conceded[2, 0], conceded[6, 1] = 1.0, 1.0  # one in time, one too late
    result = measures.follows(pair(outbreak, conceded), ("a", "b"), YEARS)
    np.testing.assert_allclose(result, [0.25] * DRAWS)
    nothing = measures.follows(pair(np.zeros(SHAPE), conceded), ("a", "b"), YEARS)
    assert np.isnan(nothing).all()


def test_major_steps_are_answered_before_or_after_within_two_years():
    west, east = np.zeros(SHAPE), np.zeros(SHAPE)
    west[2, 0], east[4, 0] = 2.0, 2.0  # each answers the other
    west[3, 1], east[2, 1] = 2.0, 1.0  # a small step is no answer
    np.testing.assert_allclose(
        measures.answered(pair(west, east), ("a", "b"), YEARS), [2 / 3] * DRAWS
    )


def test_answers_are_sized_against_the_major_steps_they_follow():
    west, east = np.zeros(SHAPE), np.zeros(SHAPE)
    west[1, 0], east[2, 0], east[3, 0], east[4, 0] = 2.0, 1.0, -2.0, 1.0  # one in time and up
    west[1, 1], east[1, 1] = (
        1.0,
        2.0,
    )  # the one follows the other at half of its size, in the same year
    np.testing.assert_allclose(
        measures.answered_size(pair(west, east), ("a", "b"), YEARS), [2 / 4] * DRAWS
    )


def test_a_step_whose_surroundings_are_not_all_known_is_not_counted():
    west = np.zeros(SHAPE)
    west[-2:], west[:2] = 2.0, 2.0
    assert np.isnan(measures.answered(pair(west, np.zeros(SHAPE)), ("a", "b"), YEARS)).all()


@pytest.mark.parametrize("horizon", [1, 3])
def test_a_realignment_moves_what_was_planted_whichever_way_and_whatever_else_moves(horizon):
    shape = (40, 10, DRAWS, 25)
    turn = np.where(CHANCE.random(shape) < 0.2, CHANCE.normal(0.0, 0.5, shape), 0.0)
    leaning = turn.cumsum(axis=0)
    outcome = (
        0.6 * leaning + 0.3 * np.arange(40)[:, None, None, None]
    )  # and a drift that is no leader's
    large = np.abs(turn[1 : 41 - horizon]) >= measures.REALIGNING
    expected = [
        0.6 * np.abs(turn[1 : 41 - horizon])[large & only].mean() for only in by_draw(large)
    ]
    result = measures.jump(pair(outcome, leaning), ("a", "b"), horizon)
    np.testing.assert_allclose(result, expected, rtol=1e-6 if horizon == 1 else 0.1)


def by_draw(like):
    for draw in range(DRAWS):
        only = np.zeros(like.shape, dtype=bool)
        only[:, :, draw] = True
        yield only


def test_no_realignment_is_no_number():
    still = np.zeros(SHAPE)
    assert np.isnan(measures.jump(pair(still, still), ("a", "b"), 1)).all()
