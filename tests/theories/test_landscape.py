"""Landscape: the published cases exactly, and what must hold on any landscape (Axelrod and Bennett 1993)."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import UserError
from sim.theories import landscape
from sim.theories.descent import Minima, descent_path, find_minima
from tests.theories.published import (
    GREAT_POWER_MINIMA,
    UNIX_BASIN,
    UNIX_ENERGY,
    UNIX_SIDES,
    table,
)

seeds = st.integers(0, 2**32 - 1)
ACTORS = 6


def _case(name: str) -> dict[str, np.ndarray]:
    read = table(name)
    return {
        "sizes": read["size"].to_numpy(float),
        "propensities": read.drop(columns="size").to_numpy(float),
    }


def _drawn(seed: int, *, rounded: bool = False, mutual: bool = True) -> dict[str, np.ndarray]:
    """Sizes and propensities of six actors; rounded ones are full of ties."""
    lots = np.random.default_rng(seed)
    wish = lots.normal(size=(ACTORS, ACTORS))
    wish = wish + wish.T if mutual else wish
    sizes = lots.uniform(0.5, 4.0, ACTORS)
    return {
        "sizes": np.round(sizes) + 1.0 if rounded else sizes,
        "propensities": np.sign(np.round(wish)) if rounded else wish,
    }


def _sets(found: Minima, names: list[str]) -> list[frozenset[frozenset[str]]]:
    return [
        frozenset(
            frozenset(n for n, x in zip(names, side, strict=True) if x == camp) for camp in (1, -1)
        )
        for side in found.sides
    ]


def test_the_unix_standards_case_is_as_published() -> None:
    """Two minima with the published sides, energies equal, half of the configurations each."""
    found = find_minima(**_case("unix_standards"))
    wanted = {frozenset(map(frozenset, sides)) for sides in UNIX_SIDES}
    told = _sets(found, list(table("unix_standards").index))
    assert len(told) == 2 and set(told) == wanted
    np.testing.assert_allclose(found.energy, UNIX_ENERGY, atol=0.05)
    assert found.basin.tolist() == [UNIX_BASIN, UNIX_BASIN]
    assert not found.flat.any()


def test_five_great_powers_that_all_shun_one_another_have_four_minima() -> None:
    """As published; nothing is said of the seventeen states."""
    found = find_minima(**_case("great_powers_1936"))
    assert len(found.energy) == GREAT_POWER_MINIMA
    assert (_case("great_powers_1936")["propensities"] == np.eye(5) - 1.0).all()


@given(seed=seeds)
def test_energy_and_frustration_are_what_the_paper_writes(seed: int) -> None:
    """Against loops over all pairs, also where wishes are not mutual."""
    given_ = _drawn(seed, mutual=False)
    sides = landscape.configurations(ACTORS)
    felt = np.zeros_like(sides)
    for place, i, j in product(range(len(sides)), range(ACTORS), range(ACTORS)):
        apart = float(sides[place, i] != sides[place, j])
        felt[place, i] += given_["sizes"][j] * given_["propensities"][i, j] * apart
    np.testing.assert_allclose(landscape.frustrations(sides=sides, **given_), felt, atol=1e-9)
    np.testing.assert_allclose(
        landscape.energies(sides=sides, **given_), felt @ given_["sizes"], atol=1e-9
    )


def test_frustration_of_one_actor_is_a_sum_over_the_others() -> None:
    """The form that the rule of the year calls."""
    told = landscape.frustration(
        size=np.array([2.0, 3.0]), propensity=np.array([1.0, -1.0]), distance=np.array([0.5, 1.0])
    )
    assert told.tolist() == [-2.0]


@given(seed=seeds)
def test_the_names_of_the_camps_mean_nothing(seed: int) -> None:
    """All sides turned round, energy is what it was."""
    given_, sides = _drawn(seed), landscape.configurations(ACTORS)
    one, other = (landscape.energies(sides=s, **given_) for s in (sides, -sides))
    np.testing.assert_allclose(one, other, rtol=1e-12)


@given(seed=seeds)
def test_a_change_of_camp_changes_energy_by_as_much_as_is_said(seed: int) -> None:
    """The difference of two energies."""
    given_, sides = _drawn(seed, mutual=False), landscape.configurations(ACTORS)
    told = landscape.changes(sides=sides, **given_)
    before = landscape.energies(sides=sides, **given_)
    for actor in range(ACTORS):
        moved = sides * np.where(np.arange(ACTORS) == actor, -1.0, 1.0)
        after = landscape.energies(sides=moved, **given_)
        np.testing.assert_allclose(told[:, actor], after - before, atol=1e-9)


@given(seed=seeds, rounded=st.booleans())
def test_energy_falls_along_every_path_and_each_step_is_one_move(seed: int, rounded: bool) -> None:
    """From every configuration, to a minimum that is listed."""
    given_ = _drawn(seed, rounded=rounded)
    listed = {tuple(s) for side in find_minima(**given_).sides for s in (side, -side)}
    for start in landscape.configurations(ACTORS)[::5]:
        path = descent_path(start=start, **given_)
        energy = landscape.energies(sides=path, **given_)
        assert (np.diff(energy) < 0.0).all()
        assert ((np.diff(path, axis=0) != 0.0).sum(axis=1) == 1).all()
        assert tuple(path[-1]) in listed


@given(seed=seeds)
def test_a_mover_is_less_frustrated_where_wishes_are_mutual(seed: int) -> None:
    """The paper's proof: what lowers the energy lowers the mover's own frustration."""
    given_ = _drawn(seed)
    path = descent_path(start=np.ones(ACTORS), **given_)
    felt = landscape.frustrations(sides=path, **given_)
    for step, mover in enumerate(np.diff(path, axis=0).nonzero()[1]):
        assert felt[step + 1, mover] < felt[step, mover]


@given(seed=seeds)
def test_basins_without_ties_are_those_of_single_paths(seed: int) -> None:
    """Every configuration sent down by itself."""
    given_ = _drawn(seed)
    found = find_minima(**given_)
    ends = [descent_path(start=s, **given_)[-1] for s in landscape.configurations(ACTORS)]
    for side, basin in zip(found.sides, found.basin, strict=True):
        assert basin == sum((end == side).all() or (end == -side).all() for end in ends)


@given(seed=seeds, rounded=st.booleans(), order=st.permutations(range(ACTORS)))
def test_the_order_of_the_actors_does_not_matter(
    seed: int, rounded: bool, order: list[int]
) -> None:
    """Listed otherwise, the same minima with the same basins, ties or none."""
    given_ = _drawn(seed, rounded=rounded)
    names = [f"actor {place}" for place in range(ACTORS)]
    other = {
        "sizes": given_["sizes"][order],
        "propensities": given_["propensities"][np.ix_(order, order)],
    }
    one, again = find_minima(**given_), find_minima(**other)
    first = dict(zip(_sets(one, names), one.basin, strict=True))
    second = dict(zip(_sets(again, [names[p] for p in order]), again.basin, strict=True))
    assert first.keys() == second.keys()
    assert [first[key] for key in first] == pytest.approx([second[key] for key in first])
    assert (one.tied, one.flat.sum()) == (again.tied, again.flat.sum())


@given(seed=seeds, rounded=st.booleans())
def test_minima_are_all_there_are_deepest_first_and_share_all_configurations(
    seed: int, rounded: bool
) -> None:
    """No move lowers the energy of a minimum, and of anything else some does."""
    given_ = _drawn(seed, rounded=rounded)
    found = find_minima(**given_)
    change = landscape.changes(sides=landscape.configurations(ACTORS), **given_)
    assert len(found.energy) == (change.min(axis=1) >= -1e-9).sum()
    assert (np.diff(found.energy) >= -1e-9).all()
    assert found.basin.sum() == pytest.approx(2 ** (ACTORS - 1))
    assert (found.basin >= 1.0).all()


def test_where_nobody_cares_everything_is_a_flat_minimum() -> None:
    """And every basin is itself."""
    found = find_minima(sizes=np.ones(4), propensities=np.zeros((4, 4)))
    assert len(found.energy) == 8 and found.flat.all() and (found.basin == 1.0).all()


@pytest.mark.parametrize("actors", [0, 1, 21, 400])
def test_too_few_or_too_many_actors_are_told(actors: int) -> None:
    """Every configuration is gone through, so there is an end to it."""
    with pytest.raises(UserError, match=f"there (are|is) {actors} actors?; .* 2 to 20"):
        find_minima(sizes=np.ones(actors), propensities=np.zeros((actors, actors)))
