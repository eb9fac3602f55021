"""Posture: Kuik's spectrum from balancing to bandwagoning."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.outcomes.alignment import EDGE
from sim.outcomes.posture import (
    ATTRIBUTES,
    BALANCING,
    BANDWAGONING,
    HEDGING,
    INDIRECT_BALANCING,
    LIMITED,
    MISSING,
    POSTURES,
    PRAGMATISM,
    posture,
)


def _code(
    combined: float,
    *,
    security: float | None = None,
    economic: float | None = None,
    band: float = 5.0,
) -> int:
    def points(value: float | None) -> np.ndarray:
        return np.array([combined if value is None else value])

    told = posture(
        security=points(security), economic=points(economic), combined=points(None), band=band
    )
    return int(told[0])


@pytest.mark.parametrize(
    ("points", "code"),
    [
        (0.0, BANDWAGONING),
        (30.0, LIMITED),
        (40.0, PRAGMATISM),
        (50.0, HEDGING),
        (58.0, INDIRECT_BALANCING),
        (80.0, BALANCING),
    ],
)
def test_all_six_postures_can_be_reached(points: float, code: int) -> None:
    """From end to end of the scale."""
    assert _code(points) == code


@given(low=st.floats(0.0, 100.0), high=st.floats(0.0, 100.0), band=st.floats(0.5, 25.0))
def test_nearer_to_china_is_never_nearer_to_balancing(low: float, high: float, band: float) -> None:
    """Posture is monotone in alignment, however wide the band."""
    low, high = min(low, high), max(low, high)
    assert _code(low, band=band) >= _code(high, band=band)


@given(points=st.floats(0.0, 100.0), band=st.floats(0.5, 25.0))
def test_who_stands_in_the_band_takes_no_side(points: float, band: float) -> None:
    """Hedging, or pragmatism, as long as the alignment lies within the band, however wide; else a side is taken."""
    told = _code(points, band=band)
    if abs(points - 50.0) <= band + EDGE:
        assert told in (HEDGING, PRAGMATISM)
    else:
        assert told != HEDGING


def test_who_trades_with_china_and_arms_with_nobody_is_pragmatic() -> None:
    """Within the band, economic ties with China without security ties against it are no hedge."""
    assert _code(47.0, security=50.0, economic=42.0) == PRAGMATISM
    assert _code(49.0, security=54.0, economic=42.0) == HEDGING


def test_codes_are_told_by_the_variables_own_flags() -> None:
    """One word for each value, the unknown first."""
    points = np.array([50.0, np.nan])
    code = posture(security=points, economic=points, combined=points, band=5.0)
    assert code.tolist() == [HEDGING, MISSING]
    words = ATTRIBUTES["flag_meanings"].split()
    assert len(words) == len(ATTRIBUTES["flag_values"]) == len(POSTURES) + 1
    assert words[0] == "unknown"
    assert words[HEDGING + 1] == "hedging"
