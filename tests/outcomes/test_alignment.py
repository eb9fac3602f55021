"""Alignment: 0 = China, 100 = the United States, Japan half the way; by what is wanted, by what is tied, and their blend."""

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
    for name in ("alignment_structural", "alignment_security", "alignment_economic"):
        np.testing.assert_allclose(told[name], points)


@pytest.mark.parametrize(
    ("stance", "points"), [(-1.0, 0.0), (0.0, 50.0), (0.4, 70.0), (1.0, 100.0)]
)
def test_posture_is_the_stance_on_the_same_scale(stance: float, points: float) -> None:
    made = tied((0.2, 0.3, 0.1))
    made["stance"] = made["stance"] + stance
    np.testing.assert_allclose(compute_outcomes(made, NUMBERS)["alignment_posture"], points)


@given(part=st.floats(0.0, 1.0))
def test_structure_lies_between_the_domains(part: float) -> None:
    """By the part of the economic domain."""
    told = compute_outcomes(tied((0.1, 0.6, 0.0), (0.6, 0.1, 0.0)), Observation(economic_part=part))
    np.testing.assert_allclose(told["alignment_security"], 75.0)
    np.testing.assert_allclose(told["alignment_economic"], 25.0)
    np.testing.assert_allclose(told["alignment_structural"], 75.0 - 50.0 * part)


@given(part=st.floats(0.0, 1.0))
def test_the_blend_lies_between_posture_and_structure(part: float) -> None:
    """By the part of posture."""
    made = tied((0.0, 0.0, 1.0))
    made["stance"] = made["stance"] - 0.5
    told = compute_outcomes(made, Observation(posture_part=part))
    np.testing.assert_allclose(told["alignment"], 75.0 - 50.0 * part)


def test_the_camp_of_a_power_is_data() -> None:
    """With Japan in the middle, ties with it move nothing."""
    made = tied((0.0, 0.0, 1.0))
    made["camp"] = "partner", np.array([-1.0, 1.0, 0.0])
    np.testing.assert_allclose(compute_outcomes(made, NUMBERS)["alignment_security"], 50.0)


def _choice(points: float, china: float, america: float, stance: float = 0.0) -> float:
    told = forced_choice(
        stance=np.array([stance]),
        structure=np.array([points]),
        trust_in_china=np.array([china]),
        trust_in_united_states=np.array([america]),
        intercept=0.0,
        stance_weight=NUMBERS.posture,
        slope=NUMBERS.slope,
        trust_weight=NUMBERS.trust,
    )
    return float(told[0])


def test_who_stands_in_the_middle_and_trusts_both_alike_is_divided() -> None:
    """Even odds; more of China's choice with trust in it, or nearness to it, in ties or in posture."""
    assert _choice(50.0, 0.4, 0.4) == pytest.approx(0.5)
    assert _choice(50.0, 0.6, 0.4) > 0.5
    assert _choice(40.0, 0.4, 0.4) > 0.5
    assert _choice(50.0, 0.4, 0.4, stance=-0.3) > 0.5
    assert _choice(60.0, 0.4, 0.4) == pytest.approx(1.0 - _choice(40.0, 0.4, 0.4))
