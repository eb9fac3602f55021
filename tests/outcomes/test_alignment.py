"""Alignment: 0 = China, 100 = the United States, Japan half the way."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from sim.config import Settings
from sim.config.mechanisms import Observation
from sim.outcomes.alignment import alignment, forced_choice, leaning
from tests.outcomes.made import history, tied

NUMBERS = Settings().rules.observation


@pytest.mark.parametrize(
    ("tie", "points"),
    [
        ((1.0, 0.0, 0.0), 0.0),
        ((0.0, 1.0, 0.0), 100.0),
        ((0.0, 0.0, 1.0), 75.0),
        ((0.0, 0.0, 0.0), 50.0),
        ((0.5, 0.5, 0.0), 50.0),
        ((0.2, 0.0, 0.4), 50.0),
    ],
)
def test_the_scale_runs_from_china_to_the_united_states(
    tie: tuple[float, ...], points: float
) -> None:
    """All with China 0, all with Washington 100, all with Tokyo 75, unaligned or balanced 50."""
    told = alignment(tied(tie), NUMBERS)
    for name in told.data_vars:
        np.testing.assert_allclose(told[name], points)


@given(part=st.floats(0.0, 1.0))
def test_the_combined_alignment_lies_between_the_domains(part: float) -> None:
    """By the part of the economic domain."""
    told = alignment(tied((0.1, 0.6, 0.0), (0.6, 0.1, 0.0)), Observation(economic_part=part))
    np.testing.assert_allclose(told["alignment_security"], 75.0)
    np.testing.assert_allclose(told["alignment_economic"], 25.0)
    np.testing.assert_allclose(told["alignment"], 75.0 - 50.0 * part)


def test_the_camp_of_a_power_is_data() -> None:
    """With Japan in the middle, ties with it move nothing."""
    made = tied((0.0, 0.0, 1.0))
    made["camp"] = "partner", np.array([-1.0, 1.0, 0.0])
    np.testing.assert_allclose(leaning(made, "security"), 0.0)


def _choice(points: float, china: float, america: float) -> float:
    made = history(0)
    made["trust"].loc[{"partner": "CHN"}] = china
    made["trust"].loc[{"partner": "USA"}] = america
    combined = xr.full_like(made["capacity"], points)
    return float(forced_choice(made, combined, NUMBERS)[0, 0])


def test_who_stands_in_the_middle_and_trusts_both_alike_is_divided() -> None:
    """Even odds; more of China's choice with trust in it or nearness to it."""
    assert _choice(50.0, 0.4, 0.4) == pytest.approx(0.5)
    assert _choice(50.0, 0.6, 0.4) > 0.5
    assert _choice(40.0, 0.4, 0.4) > 0.5
    assert _choice(60.0, 0.4, 0.4) == pytest.approx(1.0 - _choice(40.0, 0.4, 0.4))
