"""Descents drawn at random end where exhaustive search says, as often as its basins say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import UserError
from sim.theories.descent import find_minima
from sim.theories.sampling import MOST_SAMPLED, sample_minima

STARTS = 4000


def drawn(seed: int, *, rounded: bool) -> dict[str, np.ndarray]:
    lots = np.random.default_rng(seed)
    wish = lots.normal(size=(6, 6))
    wish = wish + wish.T
    sizes = lots.uniform(0.5, 4.0, 6)
    return {
        "sizes": np.round(sizes) + 1.0 if rounded else sizes,
        "propensities": np.sign(np.round(wish)) if rounded else wish,
    }


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), st.booleans())
def test_shares_are_those_of_the_basins(seed: int, rounded: bool) -> None:
    """Within five standard errors, equally steep moves included."""
    actors = drawn(seed, rounded=rounded)
    every = find_minima(**actors)
    some = sample_minima(**actors, starts=STARTS, chance=np.random.default_rng(seed))
    true = {tuple(side): share for side, share in zip(every.sides, every.basin / 32, strict=True)}
    assert some.basin.sum() == STARTS
    for sides, energy, count in zip(some.sides, some.energy, some.basin, strict=True):
        share = true[tuple(sides)]
        assert abs(count / STARTS - share) <= 5 * np.sqrt(share * (1 - share) / STARTS) + 1e-12
        at = every.energy[[tuple(side) == tuple(sides) for side in every.sides]]
        assert energy == pytest.approx(at[0])
    missed = [share for side, share in true.items() if side not in set(map(tuple, some.sides))]
    assert max(missed, default=0.0) < 0.01


def test_many_actors_in_two_friendly_blocks_are_parted_by_blocks() -> None:
    blocks = np.repeat([1.0, -1.0], 20)
    actors = {"sizes": np.linspace(1, 2, 40), "propensities": np.outer(blocks, blocks)}
    found = sample_minima(**actors, starts=200, chance=np.random.default_rng(1))
    assert found.sides.tolist() == [blocks.tolist()] and found.basin.tolist() == [200]


@pytest.mark.parametrize("actors", [1, MOST_SAMPLED + 1])
def test_too_few_and_too_many_are_refused(actors: int) -> None:
    with pytest.raises(UserError, match=f"there are {actors} actors"):
        sample_minima(
            sizes=np.ones(actors),
            propensities=np.zeros((actors, actors)),
            starts=100,
            chance=np.random.default_rng(1),
        )
