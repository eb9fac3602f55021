"""Groups of arrays: cut to one actor's part, joined again from all."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from tests.rules.properties import PARTNERS, STATES, leaves, seeds
from tests.rules.records import RECORDS, drawn


@pytest.mark.parametrize("name", ["memory", "structure"])
@given(seed=seeds)
def test_the_parts_of_all_states_are_the_whole(name: str, seed: int) -> None:
    """Cutting and joining by state gives back every array, to the last digit."""
    whole = drawn(seed, run=2)[name]
    parts = [whole.for_state(place) for place in range(STATES)]
    assert _equal(type(whole).join(parts, axis=-2), whole)


@given(seed=seeds)
def test_the_parts_of_all_powers_are_the_whole(seed: int) -> None:
    """Conduct is cut and joined by power, the mapping of allocation rules with it."""
    whole = drawn(seed, run=2)["conduct"]
    parts = [whole.for_partner(place) for place in range(PARTNERS)]
    assert _equal(type(whole).join(parts, axis=-1), whole)


@pytest.mark.parametrize("name", list(RECORDS))
@given(seed=seeds)
def test_a_cut_keeps_the_axes_and_leaves_alone_what_is_shared(name: str, seed: int) -> None:
    """Runs ride along before the cut axes; an axis of length one stays as it is."""
    whole = drawn(seed)[name]
    cut = whole.for_state(1)
    for before, after in zip(leaves(whole), leaves(cut), strict=True):
        assert after.ndim == before.ndim
        assert after.shape[-2] == 1
        expected = before if before.shape[-2] == 1 else before[..., 1:2, :]
        assert np.array_equal(after, expected)


def test_a_record_cannot_be_changed() -> None:
    """Groups are frozen."""
    memory: Any = drawn(0)["memory"]
    with pytest.raises(FrozenInstanceError):
        memory.trust = memory.trust * 2.0


def _equal(one: Any, other: Any) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(leaves(one), leaves(other), strict=True))
