"""Gaps are filled by one rule, and every filled value says so."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.world.impute import (
    ASSUMED,
    CARRIED,
    DERIVED,
    INTERPOLATED,
    MEANINGS,
    MEMORY,
    MISSING,
    OBSERVED,
    REGIONAL,
    ZERO,
    fill,
    fill_named,
)

SHAPE = (5, 4, 3)  # year, state, partner
YEARS = np.arange(2000, 2005)
REFERENCE = np.array([True, True, True, False])

cubes = arrays(
    np.float64,
    SHAPE,
    elements=st.one_of(st.just(np.nan), st.floats(-100, 100, allow_subnormal=False)),
)
words = st.sampled_from(["impute", "zero", "unknown"])


def flags_of(values: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(values), MISSING, OBSERVED).astype(np.int8)


def filled(values: np.ndarray, absent: str, **more: Any) -> tuple[np.ndarray, np.ndarray]:
    return fill(values, flags_of(values), absent=absent, years=YEARS, **more)


@given(cubes, words)
def test_what_was_observed_stays_as_it_was(values: np.ndarray, absent: str) -> None:
    known = ~np.isnan(values)
    after, flags = filled(values, absent, reference=REFERENCE)
    assert np.array_equal(after[known], values[known])
    assert (flags[known] == OBSERVED).all()


@given(cubes, words)
def test_the_arguments_are_left_as_they_were_found(values: np.ndarray, absent: str) -> None:
    before, flags = values.copy(), flags_of(values)
    fill(values, flags, absent=absent, years=YEARS, reference=REFERENCE)
    assert np.array_equal(values, before, equal_nan=True)
    assert np.array_equal(flags, flags_of(before))


@given(cubes, words)
def test_a_value_is_missing_exactly_where_its_flag_says_so(values: np.ndarray, absent: str) -> None:
    after, flags = filled(values, absent, reference=REFERENCE)
    assert np.array_equal(np.isnan(after), flags == MISSING)


@given(cubes)
def test_an_imputed_value_lies_within_what_was_observed(values: np.ndarray) -> None:
    after, _ = filled(values, "impute", reference=REFERENCE)
    for partner in range(SHAPE[2]):
        seen = values[..., partner][~np.isnan(values[..., partner])]
        made = after[..., partner][~np.isnan(after[..., partner])]
        if made.size:
            assert seen.min() - 1e-9 <= made.min() and made.max() <= seen.max() + 1e-9


@given(cubes)
def test_filling_twice_is_filling_once(values: np.ndarray) -> None:
    once, _ = filled(values, "impute", reference=REFERENCE)
    twice, _ = filled(once, "impute", reference=REFERENCE)
    assert np.array_equal(once, twice, equal_nan=True)


@given(cubes)
def test_an_outsider_does_not_change_the_members_or_the_regional_mean(values: np.ndarray) -> None:
    other = values.copy()
    other[:, 3] = 99.0
    one, _ = filled(values, "impute", reference=REFERENCE)
    two, _ = filled(other, "impute", reference=REFERENCE)
    assert np.array_equal(one[:, :3], two[:, :3], equal_nan=True)


@given(cubes)
def test_partners_do_not_touch_each_other(values: np.ndarray) -> None:
    whole, _ = filled(values, "impute", reference=REFERENCE)
    alone, _ = filled(values[..., 1:2], "impute", reference=REFERENCE)
    assert np.array_equal(whole[..., 1:2], alone, equal_nan=True)


@given(cubes)
def test_a_structural_zero_stands_only_where_absence_means_zero(values: np.ndarray) -> None:
    covered = YEARS < 2003
    after, flags = filled(values, "zero", covered=covered)
    empty = np.isnan(values)
    assert (after[empty & covered[:, None, None]] == 0).all()
    assert (flags[empty & covered[:, None, None]] == ZERO).all()
    assert np.isnan(after[empty & ~covered[:, None, None]]).all()


def test_each_step_of_the_rule_on_one_small_case() -> None:
    values = np.full(SHAPE, np.nan)
    values[1, 0, 0], values[3, 0, 0], values[2, 1, 0] = 10.0, 20.0, 5.0
    after, flags = filled(values, "impute", reference=REFERENCE)
    assert after[:, 0, 0].tolist() == [10, 10, 15, 20, 20]
    assert flags[:, 0, 0].tolist() == [CARRIED, OBSERVED, INTERPOLATED, OBSERVED, CARRIED]
    assert after[:, 2, 0].tolist() == [7.5, 7.5, 10, 12.5, 12.5]
    assert set(flags[:, 2, 0]) == {REGIONAL}
    assert (flags[:, :, 1:] == MISSING).all()


def test_what_is_unknown_is_filled_inside_and_never_outside() -> None:
    values = np.full(SHAPE, np.nan)
    values[1, 0, 0], values[3, 0, 0] = 10.0, 20.0
    after, flags = filled(values, "unknown", reference=REFERENCE)
    assert flags[:, 0, 0].tolist() == [MISSING, OBSERVED, INTERPOLATED, OBSERVED, MISSING]
    assert after[2, 0, 0] == 15
    assert (flags[:, 1:] == MISSING).all()


def test_a_row_without_a_value_is_not_taken_for_zero() -> None:
    values = np.full(SHAPE, np.nan)
    flags = np.full(SHAPE, MISSING, dtype=np.int8)
    flags[2, 0, 0] = DERIVED
    after, marked = fill(values, flags, absent="zero", years=YEARS)
    assert np.isnan(after[2, 0, 0]) and marked[2, 0, 0] == MISSING
    assert (marked == ZERO).sum() == values.size - 1


def test_another_word_is_refused() -> None:
    with pytest.raises(ValueError, match="must be 'zero', 'unknown' or 'impute'"):
        filled(np.zeros(SHAPE), "guess")


def test_labelled_arrays_are_filled_alike_and_keep_their_labels() -> None:
    values = np.full(SHAPE, np.nan)
    values[1, 0, 0] = 10.0
    coords = {"year": YEARS, "state": list("abcd"), "partner": list("xyz")}
    data = xr.DataArray(values, coords, list(coords))
    flags = data.copy(data=flags_of(values))
    after, marked = fill_named(data, flags, absent="impute", reference=("a", "b", "c"))
    expected, codes = filled(values, "impute", reference=REFERENCE)
    assert np.array_equal(after, expected, equal_nan=True) and np.array_equal(marked, codes)
    assert after.dims == ("year", "state", "partner")


def test_every_flag_has_a_meaning() -> None:
    assert MEANINGS[OBSERVED] == "observed" and MEANINGS[MISSING] == "missing"
    assert MEANINGS[MEMORY] == "from_memory" and MEANINGS[ASSUMED] == "assumed"
    assert len(set(MEANINGS)) == 10
