"""One fact about my rule: a hostile power frightens, however weak and distant it is; in the model's own rule it does not."""

import numpy as np

from notebooks.my_rule import threat_as_mean
from sim.rules.threat import perceived_threat

WEAK_AND_FAR = {
    "power": np.array([0.0]),
    "proximity": np.array([0.0]),
    "hostility": np.array([1.0]),
    "intent": 0.75,
}


def test_a_hostile_power_frightens_however_weak_and_distant():
    assert threat_as_mean(**WEAK_AND_FAR) == 0.75
    assert perceived_threat(**WEAK_AND_FAR) == 0.0
