"""The student's rule of lesson 6 keeps what a threat must keep; its own test is run as it stands."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from notebooks.my_rule import threat_as_mean
from notebooks.test_my_rule import test_a_hostile_power_frightens_however_weak_and_distant

__all__ = ["test_a_hostile_power_frightens_however_weak_and_distant"]
SHARE = st.floats(0.0, 1.0)


@given(power=SHARE, proximity=SHARE, hostility=SHARE, intent=SHARE)
def test_a_threat_lies_between_0_and_1(power, proximity, hostility, intent):
    found = threat_as_mean(
        power=np.array(power), proximity=np.array(proximity), hostility=hostility, intent=intent
    )
    assert -1e-12 <= found <= 1.0 + 1e-12


@given(power=SHARE, proximity=SHARE, hostility=st.floats(0.0, 0.9), intent=st.floats(0.1, 1.0))
def test_more_hostility_frightens_more(power, proximity, hostility, intent):
    known = {"power": np.array(power), "proximity": np.array(proximity), "intent": intent}
    assert threat_as_mean(hostility=hostility + 0.1, **known) > threat_as_mean(
        hostility=hostility, **known
    )
