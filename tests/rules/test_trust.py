"""Trust: promises kept build it slowly, harm loses it, time returns it to its baseline (Kydd 2005)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from sim.rules import trust
from tests.rules.properties import Rule, check, number, plane, row, seeds

RULES = [
    Rule(
        function=trust.promises_kept,
        takes={
            "security_aid": plane(0.0, 200.0),
            "economic_aid": plane(0.0, 0.5),
            "training": plane(0.0, 20.0),
            "exercises": plane(0.0, 20.0),
            "exchange": row(0.0, 100.0),
            "security_half": number(0.1, 1000.0),
            "economic_half": number(0.0001, 1.0),
            "activity_half": number(0.1, 100.0),
            "exchange_half": number(0.1, 1000.0),
        },
        within=(0.0, 1.0),
        rises=("security_aid", "economic_aid", "training", "exercises", "exchange"),
        falls=("security_half", "economic_half", "activity_half", "exchange_half"),
    ),
    Rule(
        function=trust.next_trust,
        takes={
            "trust": plane(),
            "baseline": plane(),
            "kept": plane(),
            "harm": plane(),
            "mood": plane(-0.1, 0.1),
            "gain": number(),
            "loss": number(),
            "recovery": number(),
        },
        within=(0.0, 1.0),
        rises=("baseline", "kept", "mood", "gain"),
        falls=("harm", "loss"),
    ),
    Rule(
        function=trust.harm_done,
        takes={
            "incidents": plane(0.0, 40.0),
            "coercion": plane(),
            "incident_half": number(0.1, 100.0),
        },
        within=(0.0, 1.0),
        rises=("incidents", "coercion"),
        falls=("incident_half",),
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_trust_is_a_rule(rule: Rule, seed: int) -> None:
    """Trust rises with promises and falls with incidents and coercion."""
    check(rule, seed)


@pytest.mark.parametrize("name", ["security_aid", "economic_aid", "training", "exchange"])
def test_the_tenth_million_adds_less_than_the_first(name: str) -> None:
    """Every delivery has falling returns."""
    none = np.zeros(11)
    given_ = dict.fromkeys(
        ("security_aid", "economic_aid", "training", "exercises", "exchange"), none
    )
    told = trust.promises_kept(
        **(given_ | {name: np.arange(11.0)}),
        security_half=20.0,
        economic_half=0.5,
        activity_half=8.0,
        exchange_half=30.0,
    )
    gain = np.diff(told)
    assert 0.0 < gain[-1] < gain[0]


@given(seed=seeds)
def test_left_alone_trust_returns_to_its_baseline(seed: int) -> None:
    """Without deeds good or bad the gap to the baseline closes, and never opens."""
    lots = np.random.default_rng(seed)
    now, baseline, none = lots.uniform(size=3), lots.uniform(size=3), np.zeros(3)
    for _ in range(200):
        later = trust.next_trust(
            trust=now,
            baseline=baseline,
            kept=none,
            harm=none,
            mood=none,
            gain=0.1,
            loss=0.1,
            recovery=0.15,
        )
        assert (np.abs(later - baseline) <= np.abs(now - baseline)).all()
        now = later
    np.testing.assert_allclose(now, baseline, atol=1e-9)


def test_either_incidents_or_coercion_is_harm_enough() -> None:
    """Full coercion alone is the worst; so, nearly, are very many incidents alone."""
    told = trust.harm_done(
        incidents=np.array([0.0, 1e6, 0.0]), coercion=np.array([1.0, 0.0, 0.0]), incident_half=6.0
    )
    np.testing.assert_allclose(told, [1.0, 1.0, 0.0], atol=1e-5)
