"""The splits are exact, give nothing to what did not move, and follow every blow on its own way back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.config.mechanisms import Ties
from sim.outcomes.decomposition import split_aim, taken_in, tanh_slope, traced_return
from sim.outcomes.ruler_split import PARTS, Bonds, split_ties
from sim.rules.opinion import next_opinion
from sim.rules.ruler import faded_rung, security_tie
from sim.rules.stance import next_stance

TERMS, YEARS, PARTNERS = 5, 7, 3
terms = arrays(float, TERMS, elements=st.floats(-4, 4))
rooms = st.floats(0.05, 2.0)
rates = st.floats(0.05, 1.0)
shares = arrays(float, PARTNERS, elements=st.floats(0, 1))
TIES = Ties()


@given(terms, terms, rooms, rooms)
def test_parts_of_an_aim_sum_to_it(now, then, room, other):
    parts = split_aim(terms=now, room=np.array(room), other_terms=then, other_room=np.array(other))
    whole = np.tanh(now.sum() / room) - np.tanh(then.sum() / other)
    assert parts.sum() == pytest.approx(whole, abs=1e-11)


@given(terms, st.integers(0, TERMS - 1), st.floats(-3, 3), rooms)
def test_what_did_not_move_is_given_nothing(now, index, moved, room):
    other = now.copy()
    other[index] += moved
    width = np.array(room)
    parts = split_aim(terms=now, room=width, other_terms=other, other_room=width)
    assert not parts[[*set(range(TERMS + 1)) - {index}]].any()


@given(terms, terms, rooms, rooms)
def test_the_other_way_round_is_the_same_with_the_sign_turned(now, then, room, other):
    one = split_aim(terms=now, room=np.array(room), other_terms=then, other_room=np.array(other))
    two = split_aim(terms=then, room=np.array(other), other_terms=now, other_room=np.array(room))
    np.testing.assert_allclose(one, -two, atol=1e-12)


def test_a_chord_of_no_length_is_a_tangent():
    for near in (0.0, 1e-9, 1e-7, 2e-7):
        slope = float(tanh_slope(np.array(0.3), np.array(0.3 + near)))
        assert slope == pytest.approx(1.0 - np.tanh(0.3) ** 2, rel=1e-6)


@given(arrays(float, (YEARS, TERMS), elements=st.floats(-1, 1)), rates)
def test_what_is_taken_in_sums_to_the_stance_that_follows(aims, pace):
    at_once = np.zeros_like(aims)
    stance, parts = 0.0, taken_in(aims=aims, at_once=at_once, pace=pace)
    for year in range(YEARS):
        stance += pace * (aims[year].sum() - stance)
        assert parts[year].sum() == pytest.approx(stance, abs=1e-12)


@given(terms, terms, rooms, rates, st.floats(-1, 1), st.floats(-0.9, 0.9))
def test_the_stance_rule_is_followed_term_by_term(now, then, room, pace, jump, start):
    """One year of the rule itself: parts taken in, and what the old gap leaves, are the whole move."""
    width = np.array([room])
    given_terms = {str(index): np.array([value]) for index, value in enumerate(now)}
    told = next_stance(
        stance=np.array([start]),
        terms=given_terms,
        jump=np.array([jump]),
        room=width,
        speed=pace,
    )
    aims = split_aim(terms=now, room=np.array(room), other_terms=then, other_room=np.array(room))[
        np.newaxis
    ]
    leap = (told.aim - np.tanh((now.sum() - jump) / room)).sum()
    at_once = np.zeros_like(aims)
    at_once[0, 0] = leap
    parts = taken_in(aims=aims, at_once=at_once, pace=pace).sum()
    old_gap = pace * (np.tanh(then.sum() / room) - start)
    if abs(told.stance[0]) < 1.0:
        assert told.stance[0] - start == pytest.approx(parts + old_gap, abs=1e-11)


@given(arrays(float, (YEARS, 4), elements=st.floats(-0.05, 0.05)), rates, rates, rates)
def test_blows_on_their_way_back_sum_to_the_opinion_they_make(drives, swing, scar, back):
    still = {"trust": np.array([0.5]), "base": np.array([0.5]), "anchor": np.array([0.5])}
    parts = traced_return(drives=drives, swing=swing, scar=scar, back=back)
    for year in range(YEARS):
        told = next_opinion(
            **still,
            credibility=np.zeros(1),
            drives={str(index): drives[year, index : index + 1] for index in range(4)},
            swing=swing,
            scar=scar,
            back=back,
            credibility_weight=0.3,
        )
        still = {"trust": told.trust, "base": told.base, "anchor": np.array([0.5])}
        if not told.terms["bounds"].any():
            assert parts[year].sum() == pytest.approx(float(told.trust[0]) - 0.5, abs=1e-11)


@st.composite
def bonds(draw):
    return Bonds(
        arms=draw(shares),
        bound=draw(shares),
        use=draw(shares),
        forward=draw(shares),
        rung=5.0 * draw(shares),
        renewed=30.0 * draw(shares),
    )


def tie_of(bonds):
    return security_tie(
        arms=bonds.arms,
        bound=bonds.bound,
        use=bonds.use * bonds.forward,
        rung=faded_rung(rung=bonds.rung, renewed=bonds.renewed, bound=bonds.bound, years=TIES.fade),
        arms_weight=TIES.arms,
        bond_weight=TIES.bond,
        agreements_weight=TIES.agreements,
        bend=TIES.bend,
        own_least=TIES.own_least,
    )[:-1]


@given(bonds(), bonds())
def test_parts_of_ties_sum_to_what_the_ruler_reads(before, after):
    parts = split_ties(before, after, TIES)
    np.testing.assert_allclose(parts.sum(axis=-1), tie_of(after) - tie_of(before), atol=1e-12)


@given(bonds(), shares)
def test_only_what_moved_is_given_a_part(before, use):
    after = Bonds(**vars(before) | {"use": use})
    parts = split_ties(before, after, TIES)
    crowded = parts[:, PARTS.index("crowding")]
    others = np.delete(parts, [PARTS.index("use"), PARTS.index("crowding")], axis=-1)
    assert not others.any()
    if before.scale(TIES) == after.scale(TIES) == 1.0:
        assert not crowded.any()


@given(bonds(), st.floats(0, 30))
def test_fading_takes_and_renewal_gives(before, years):
    after = Bonds(**vars(before) | {"renewed": before.renewed + years})
    fading, renewal = (PARTS.index(name) for name in ("fading", "renewal"))
    assert (split_ties(before, after, TIES)[:, fading] <= 0.0).all()
    assert not split_ties(before, after, TIES)[:, renewal].any()
    assert (split_ties(after, before, TIES)[:, renewal] >= 0.0).all()
