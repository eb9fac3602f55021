"""Hedging: spread, middle, contradiction. Autonomy: means, unaligned ties, a fallback. Cohesion of members."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from hypothesis import given

from sim.config import Settings
from sim.outcomes import compute_outcomes
from sim.outcomes.autonomy import cohesion, equal_shares
from tests.outcomes.made import history, tied
from tests.rules.properties import seeds

NUMBERS = Settings().rules.observation


def _told(name: str, made: xr.Dataset) -> xr.DataArray:
    return compute_outcomes(made, NUMBERS)[name]


def _hedging(
    security: tuple[float, ...], economic: tuple[float, ...] | None = None, stance: float = 0.0
) -> float:
    return float(_told("hedging", tied(security, economic, stance=stance))[0, 0])


@pytest.mark.parametrize(
    ("tie", "count"),
    [((0.6, 0.0, 0.0), 1.0), ((0.3, 0.3, 0.0), 2.0), ((0.2, 0.2, 0.2), 3.0)],
)
def test_equal_ties_with_some_count_as_that_many_partners(
    tie: tuple[float, ...], count: float
) -> None:
    """The inverse Herfindahl index; what stays unaligned does not count."""
    np.testing.assert_allclose(_told("effective_partners", tied(tie)), count)


def test_who_has_no_ties_has_no_spread() -> None:
    """All unaligned counts as one partner, not as none and not as unknown."""
    np.testing.assert_allclose(_told("effective_partners", tied((0.0, 0.0, 0.0))), 1.0)


def test_opposite_domains_contradict_each_other_wholly() -> None:
    """Security with Washington and trade with China is the fullest contradiction; the same twice is none."""
    np.testing.assert_allclose(_told("contradiction", tied((0.0, 1.0, 0.0), (1.0, 0.0, 0.0))), 1.0)
    np.testing.assert_allclose(_told("contradiction", tied((0.0, 1.0, 0.0))), 0.0)


def test_a_satellite_hedges_not_at_all_and_a_contrary_middle_the_most() -> None:
    """The two ends of the index, and something between."""
    satellite = _hedging((1.0, 0.0, 0.0), stance=-1.0)
    contrary = _hedging((0.0, 0.8, 0.1), (0.7, 0.1, 0.1))
    leaning_one_way = _hedging((0.0, 0.6, 0.2))
    assert satellite == pytest.approx(0.0)
    assert satellite < leaning_one_way < contrary <= 1.0


@given(seed=seeds)
def test_more_capacity_is_more_room(seed: int) -> None:
    """Autonomy rises with own means and stays within 0 and 1."""
    made = history(seed)
    stronger = made.assign(capacity=made["capacity"] + 0.5)
    before, after = _told("autonomy", made), _told("autonomy", stronger)
    assert (after > before).all()
    assert float(before.min()) >= 0.0
    assert float(after.max()) <= 1.0


def test_depending_on_one_alone_leaves_no_fallback() -> None:
    """The more evenly dependence is spread, the more is left if one falls away."""
    one, even = history(0), history(0)
    for made, split in ((one, [0.6, 0.0, 0.0]), (even, [0.2, 0.2, 0.2])):
        made["dependence"] = made["dependence"].dims, np.broadcast_to(split, (5, 4, 3)).copy()
    np.testing.assert_allclose(_told("autonomy", even) - _told("autonomy", one), (2.0 / 3.0) / 3.0)


def test_members_that_stand_together_cohere() -> None:
    """One where all stand at one point, zero where halves stand at the ends; others do not count."""
    share = equal_shares(np.array([[1.0], [1.0], [0.0]]))
    together, apart = (
        np.array(each)[:, np.newaxis] for each in ([30.0, 30.0, 90.0], [0.0, 100.0, 50.0])
    )
    assert float(cohesion(alignment=together, share=share)[0, 0]) == pytest.approx(1.0)
    assert float(cohesion(alignment=apart, share=share)[0, 0]) == pytest.approx(0.0)
