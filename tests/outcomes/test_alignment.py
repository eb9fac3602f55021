"""Alignment: 0 = China, 100 = the United States, Japan half the way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.config import Settings
from sim.config.mechanisms import Observation
from sim.outcomes import compute_outcomes
from sim.outcomes.alignment import forced_choice
from tests.outcomes.made import tied

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
    told = compute_outcomes(tied(tie), NUMBERS)
    for name in ("alignment", "alignment_security", "alignment_economic"):
        np.testing.assert_allclose(told[name], points)


@given(part=st.floats(0.0, 1.0))
def test_the_combined_alignment_lies_between_the_domains(part: float) -> None:
    """By the part of the economic domain."""
    told = compute_outcomes(tied((0.1, 0.6, 0.0), (0.6, 0.1, 0.0)), Observation(economic_part=part))
    np.testing.assert_allclose(told["alignment_security"], 75.0)
    np.testing.assert_allclose(told["alignment_economic"], 25.0)
    np.testing.assert_allclose(told["alignment"], 75.0 - 50.0 * part)


def test_the_camp_of_a_power_is_data() -> None:
    """With Japan in the middle, ties with it move nothing."""
    made = tied((0.0, 0.0, 1.0))
    made["camp"] = "partner", np.array([-1.0, 1.0, 0.0])
    np.testing.assert_allclose(compute_outcomes(made, NUMBERS)["alignment_security"], 50.0)


def _choice(points: float, china: float, america: float) -> float:
    told = forced_choice(
        alignment=np.array([points]),
        trust_in_china=np.array([china]),
        trust_in_united_states=np.array([america]),
        slope=NUMBERS.slope,
        trust_weight=NUMBERS.trust,
    )
    return float(told[0])


def test_who_stands_in_the_middle_and_trusts_both_alike_is_divided() -> None:
    """Even odds; more of China's choice with trust in it or nearness to it."""
    assert _choice(50.0, 0.4, 0.4) == pytest.approx(0.5)
    assert _choice(50.0, 0.6, 0.4) > 0.5
    assert _choice(40.0, 0.4, 0.4) > 0.5
    assert _choice(60.0, 0.4, 0.4) == pytest.approx(1.0 - _choice(40.0, 0.4, 0.4))
