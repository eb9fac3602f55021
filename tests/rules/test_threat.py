"""Threat: strength brought near by geography and intent (Walt 1987, Boulding 1962)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from sim.rules import threat
from tests.rules.properties import Rule, check, number, plane, row, seeds

RULES = [
    Rule(
        function=threat.proximity,
        takes={
            "distance": plane(0.0, 20000.0),
            "contiguous": plane(kind="flag"),
            "presence": row(),
            "gradient": number(500.0, 20000.0),
            "border": number(),
        },
        within=(0.0, 1.0),
        rises=("contiguous", "presence", "gradient", "border"),
        falls=("distance",),
    ),
    Rule(
        function=threat.hostility,
        takes={
            "pressure": plane(),
            "salience": plane(0.0, 5.0),
            "trust": plane(),
            "base": number(),
        },
        within=(0.0, 1.0),
        rises=("pressure", "salience", "base"),
        falls=("trust",),
    ),
    Rule(
        function=threat.perceived_threat,
        takes={"power": row(), "proximity": plane(), "hostility": plane(), "intent": number()},
        within=(0.0, 1.0),
        rises=("power", "proximity", "hostility"),
        falls=("intent",),
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_threat_is_a_rule(rule: Rule, seed: int) -> None:
    """Threat rises with strength, presence and pressure, falls with distance and trust."""
    check(rule, seed)


def test_with_no_weight_on_intent_a_friend_frightens_as_much_as_a_foe() -> None:
    """Balance of power: strength and nearness are all."""
    told = threat.perceived_threat(
        power=np.array([0.4, 0.4]),
        proximity=np.array([0.6, 0.6]),
        hostility=np.array([0.0, 1.0]),
        intent=0.0,
    )
    assert told[0] == told[1] == pytest.approx(0.24)


def test_with_all_weight_on_intent_a_friend_does_not_frighten() -> None:
    """Balance of threat at its purest: without hostility, no threat."""
    told = threat.perceived_threat(
        power=np.ones(2), proximity=np.ones(2), hostility=np.array([0.0, 1.0]), intent=1.0
    )
    assert told.tolist() == [0.0, 1.0]


def test_who_is_wholly_trusted_is_read_as_friendly_whatever_happens() -> None:
    """Trust takes all hostility away; without trust full pressure is full hostility."""
    told = threat.hostility(
        pressure=np.ones(2), salience=np.array([3.0, 3.0]), trust=np.array([1.0, 0.0]), base=0.3
    )
    assert told.tolist() == [0.0, 1.0]


def test_strength_is_whole_at_home_and_falls_to_37_percent_over_the_gradient() -> None:
    """The gradient is the distance of the first e-fold; forces forward or a full border make it nothing."""
    told = threat.proximity(
        distance=np.array([0.0, 4000.0, 4000.0, 4000.0]),
        contiguous=np.array([0.0, 0.0, 0.0, 1.0]),
        presence=np.array([0.0, 0.0, 1.0, 0.0]),
        gradient=4000.0,
        border=1.0,
    )
    np.testing.assert_allclose(told, [1.0, np.exp(-1.0), 1.0, 1.0])
