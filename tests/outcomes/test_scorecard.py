"""Japan's three purposes, each from 0 to 100, and what they are made of at sea."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from hypothesis import given

from sim.config import Settings
from sim.outcomes import compute_outcomes
from tests.outcomes.made import history
from tests.rules.properties import seeds

NUMBERS = Settings().rules.observation


def _told(name: str, made: xr.Dataset) -> xr.DataArray:
    return compute_outcomes(made, NUMBERS)[name]


def _with(name: str, value: float, **place: object) -> xr.Dataset:
    made = history(1)
    made[name].loc[place] = value
    return made


def test_pressure_that_achieves_nothing_is_wholly_deterred() -> None:
    """And so is no pressure; full pressure that achieves all is not deterred at all."""
    np.testing.assert_allclose(_told("deterrence", _with("encroachment", 0.0)), 100.0)
    np.testing.assert_allclose(_told("deterrence", _with("pressure", 0.0)), 100.0)
    lost = _with("encroachment", 1.0)
    lost["pressure"].loc[{}] = 1.0
    np.testing.assert_allclose(_told("deterrence", lost), 0.0, atol=1e-9)


def test_only_claimants_count_for_deterrence() -> None:
    """What befalls Laos at sea moves nothing."""
    before = _told("deterrence", history(1))
    after = _told("deterrence", _with("pressure", 0.9, state="LAO"))
    np.testing.assert_allclose(before, after)


@given(seed=seeds)
def test_safer_waters_make_safer_lanes(seed: int) -> None:
    """The score rises with every littoral state's grip, and is 100 when all hold their waters."""
    made = history(seed)
    better = made.assign(safety=made["safety"] * 0.5 + 0.5)
    assert (_told("sea_lanes", better) >= _told("sea_lanes", made)).all()
    np.testing.assert_allclose(
        _told("sea_lanes", made.assign(safety=made["safety"] * 0.0 + 1.0)), 100.0
    )


def test_a_lane_that_no_modelled_state_holds_does_not_count() -> None:
    """The score is taken over the lanes that somebody modelled can keep."""
    made = history(1)
    made["littoral"].loc[{"lane": "north"}] = 0.0
    np.testing.assert_allclose(
        _told("sea_lanes", made), 100.0 * _told("lane_security", made).sel(lane="south"), rtol=1e-12
    )


def test_soft_power_is_trust_and_ties() -> None:
    """All trust and all ties are 100; trust alone is half."""
    made = _with("trust", 1.0, partner="JPN")
    for tie in ("security_tie", "economic_tie"):
        made[tie].loc[{"option": "JPN"}] = 0.0
    np.testing.assert_allclose(_told("soft_power", made), 50.0)
    made["economic_tie"].loc[{"option": "JPN"}] = 1.0
    np.testing.assert_allclose(_told("soft_power", made), 100.0)


def test_the_scores_are_of_the_region() -> None:
    """Over years, in points."""
    told = compute_outcomes(history(1), NUMBERS)
    for name in ("deterrence", "sea_lanes", "soft_power"):
        assert dict(told[name].sizes) == {"year": 5}
        assert told[name].attrs["units"] == "points"


def test_pressure_from_several_powers_adds_up_to_at_most_one() -> None:
    """Incidents are counted, pressure is capped."""
    made = _with("pressure", 0.6)
    made["incidents"].loc[{}] = 2.0
    np.testing.assert_allclose(_told("pressure", made), 1.0)
    np.testing.assert_allclose(_told("incidents", made), 6.0)


def test_joint_resolve_is_of_claimants_alone() -> None:
    """Laos does not count; without claimants there is none."""
    made = _with("resolve", 0.5)
    made["resolve"].loc[{"state": "LAO"}] = 1.0
    np.testing.assert_allclose(_told("collective_resolve", made), 0.5)
    nobody = made.assign(claimant=made["claimant"] * 0.0)
    assert _told("collective_resolve", nobody).values == pytest.approx(0.0)
