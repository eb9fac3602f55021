"""Bargaining: turn 0 of the published log to its last digit, and what must hold for any actors (KTAB)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.theories import bargaining
from tests.theories.published import KTAB_PROBABILITY, KTAB_RISK, KTAB_UTILITY, table

seeds = st.integers(0, 2**32 - 1)
ACTORS, DIMENSIONS, SETS = 5, 2, 7


def _published() -> bargaining.Turn:
    read = table("ktab_three_dimensions").to_numpy(float)
    return bargaining.turn_zero(
        capability=read[:, 0], position=read[:, 1::2] / 100.0, salience=read[:, 2::2] / 100.0
    )


def _drawn(seed: int, *lead: int) -> dict[str, np.ndarray]:
    lots = np.random.default_rng(seed)
    return {
        "capability": lots.uniform(0.0, 100.0, (*lead, ACTORS)),
        "position": lots.uniform(size=(*lead, ACTORS, DIMENSIONS)),
        "salience": lots.uniform(0.05, 1.0, (*lead, ACTORS, DIMENSIONS)),
    }


def test_utilities_and_risks_are_those_of_the_reference_log() -> None:
    """To the three digits it prints."""
    turn = _published()
    np.testing.assert_allclose(turn.utility, KTAB_UTILITY, rtol=0.0, atol=5e-4)
    np.testing.assert_allclose(turn.risk, KTAB_RISK, rtol=0.0, atol=5e-4)


def test_chances_to_prevail_are_those_of_the_reference_log() -> None:
    """To the four digits it prints."""
    np.testing.assert_allclose(_published().probability, KTAB_PROBABILITY, rtol=0.0, atol=6e-5)


def test_without_the_second_pass_the_chances_are_others() -> None:
    """So the agreement above is no accident of the first."""
    read = table("ktab_three_dimensions").to_numpy(float)
    first = bargaining.chance_to_prevail(
        victory=bargaining.victory(utility=_published().utility, weight=read[:, :1])
    )[:, 0]
    assert np.abs(first / first.sum() - KTAB_PROBABILITY).max() > 0.01


@given(seed=seeds)
def test_utility_is_one_for_oneself_and_falls_with_distance(seed: int) -> None:
    """Against the formula written out for one pair, and between 0 and 1."""
    given_ = _drawn(seed)
    told = bargaining.utilities(position=given_["position"], salience=given_["salience"])
    weight = given_["salience"][3]
    gap = weight * (given_["position"][3] - given_["position"][1])
    wanted = 1.0 - np.linalg.norm(gap) / np.linalg.norm(weight)
    assert told[3, 1] == pytest.approx(wanted)
    assert (np.diag(told) == 1.0).all() and told.min() >= -1e-12 and told.max() <= 1.0


@given(seed=seeds)
def test_one_of_two_positions_prevails(seed: int) -> None:
    """P(i over j) + P(j over i) = 1, one half against oneself, in both passes."""
    turn = bargaining.turn_zero(**_drawn(seed))
    np.testing.assert_allclose(turn.victory + turn.victory.T, 1.0)
    assert (np.diag(turn.victory) == 0.5).all()
    assert turn.probability.sum() == pytest.approx(1.0)
    assert (turn.risk.min(), turn.risk.max()) == pytest.approx((-0.5, 1.0))


@given(seed=seeds)
def test_more_weight_for_whom_one_likes_better_helps(seed: int) -> None:
    """In the first pass, where nobody's risk changes with it."""
    given_ = _drawn(seed)
    utility = bargaining.utilities(position=given_["position"], salience=given_["salience"])
    weight = given_["capability"][:, np.newaxis]
    more = weight + 30.0 * (np.arange(ACTORS) == 2)[:, np.newaxis]
    before, after = (bargaining.victory(utility=utility, weight=w) for w in (weight, more))
    liked = utility[2][:, np.newaxis] > utility[2]
    assert (after[liked] >= before[liked] - 1e-12).all()


@given(seed=seeds)
def test_the_bold_make_more_and_the_cautious_less_of_what_is_far(seed: int) -> None:
    """Nothing changes for one's own position, nor for what is worth nothing."""
    utility = np.random.default_rng(seed).uniform(size=(ACTORS, ACTORS))
    ends = np.array([[0.0, 1.0]] * ACTORS)
    bold, meek = np.full((ACTORS, 1), 0.7), np.full((ACTORS, 1), -0.4)
    assert (bargaining.risk_adjusted_utility(utility=utility, risk=bold) >= utility).all()
    assert (bargaining.risk_adjusted_utility(utility=utility, risk=meek) <= utility).all()
    assert (bargaining.risk_adjusted_utility(utility=ends, risk=bold) == ends).all()


@given(seed=seeds, order=st.permutations(range(ACTORS)))
def test_the_order_of_the_actors_does_not_matter(seed: int, order: list[int]) -> None:
    """Listed otherwise, each has the same risk and chance."""
    given_ = _drawn(seed)
    one = bargaining.turn_zero(**given_)
    other = bargaining.turn_zero(**{name: value[order] for name, value in given_.items()})
    np.testing.assert_allclose(one.risk[order], other.risk, atol=1e-9)
    np.testing.assert_allclose(one.probability[order], other.probability, atol=1e-9)
    np.testing.assert_allclose(one.expected, other.expected, atol=1e-9)


@given(seed=seeds, scale=st.floats(0.01, 100.0))
def test_the_unit_of_capability_does_not_matter(seed: int, scale: float) -> None:
    """Nor, in one dimension, that of salience."""
    given_ = _drawn(seed)
    more = given_ | {"capability": scale * given_["capability"]}
    one, other = (bargaining.turn_zero(**g) for g in (given_, more))
    np.testing.assert_allclose(one.probability, other.probability, atol=1e-9)
    line = given_["position"][:, :1]
    told = [
        bargaining.utilities(position=line, salience=np.full_like(line, s)) for s in (1.0, scale)
    ]
    np.testing.assert_allclose(*told, atol=1e-12)


def test_who_shares_a_position_shares_its_chance() -> None:
    """A position counts once, however many hold it: the second pass goes over those that differ."""
    given_: dict[str, Any] = {"salience": np.ones((4, 1))}
    turn = bargaining.turn_zero(
        capability=np.array([1.0, 2.0, 2.0, 2.5]),
        position=np.array([[0.2], [0.7], [0.7], [0.9]]),
        **given_,
    )
    assert turn.probability[1] == turn.probability[2]
    assert turn.probability[[0, 1, 3]].sum() == pytest.approx(1.0)
    assert turn.victory[1, 2] == 0.5


def test_where_all_stand_alike_nobody_is_bold_and_all_is_even() -> None:
    """No weight, or no difference: one half each, and no risk taken."""
    for capability, position in ((np.zeros(3), [[0.1], [0.5], [0.9]]), (np.ones(3), [[0.4]] * 3)):
        turn = bargaining.turn_zero(
            capability=capability, position=np.array(position), salience=np.ones((3, 1))
        )
        assert (turn.victory == 0.5).all() and (turn.risk == 0.0).all()
        assert np.ptp(turn.probability) == 0.0


@given(seed=seeds)
def test_leading_axes_ride_along(seed: int) -> None:
    """Seven tables at once are seven tables."""
    many = _drawn(seed, SETS)
    weight = many["capability"][..., np.newaxis]
    utility = bargaining.utilities(position=many["position"], salience=many["salience"])
    wins = bargaining.victory(utility=utility, weight=weight)
    bold = bargaining.risk(standing=bargaining.chance_to_prevail(victory=wins))
    for place in range(SETS):
        one = {name: value[place] for name, value in many.items()}
        turn = bargaining.turn_zero(**one)
        np.testing.assert_allclose(utility[place], turn.utility)
        np.testing.assert_allclose(bold[place, :, 0], turn.risk, atol=1e-9)
