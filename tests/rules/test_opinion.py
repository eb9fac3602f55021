"""Opinion: a fast swing around a slowly moving base."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from sim.rules import opinion
from tests.rules.properties import Rule, check, column, number, plane, seeds

AIRED: dict[str, Any] = {
    "base": -3.0,
    "quarrel_weight": 8.0,
    "shield_weight": 0.8,
    "openness_weight": 0.5,
    "stance_weight": 2.0,
    "hush": 0.5,
}
CLOCK = {"swing": 0.6, "scar": 0.1, "back": 0.1}


def _next(**given_: Any) -> tuple[np.ndarray, np.ndarray]:
    told = opinion.next_opinion(**given_)
    return told.trust, told.base


RULES = [
    Rule(
        function=opinion.publicity,
        takes={
            "quarrel": plane(0.0, 0.6),
            "shield": plane(),
            "openness": column(),
            "against": plane(-1.0, 1.0),
            "conceded": plane(kind="flag"),
            "base": number(-8.0, 4.0),
            "quarrel_weight": number(0.0, 20.0),
            "shield_weight": number(0.0, 5.0),
            "openness_weight": number(0.0, 5.0),
            "stance_weight": number(0.0, 8.0),
            "hush": number(),
        },
        within=(0.0, 1.0),
        rises=("quarrel", "shield", "openness", "against", "base"),
        falls=("conceded", "hush"),
    ),
    Rule(
        function=opinion.incident_burden,
        takes={
            "incidents": plane(0.0, 20.0),
            "resolve": column(),
            "publicity": plane(),
            "harm": number(),
            "severity": number(0.0, 3.0),
        },
        within=(0.0, 4.4),
        rises=("incidents", "resolve", "publicity", "harm", "severity"),
    ),
    Rule(
        function=opinion.next_opinion,
        takes={
            "trust": plane(),
            "base": plane(),
            "anchor": plane(),
            "credibility": plane(-1.0, 1.0),
            "drives": {"aid": plane(-0.2, 0.2), "luck": plane(-0.2, 0.2)},
            "swing": number(0.05, 1.0),
            "scar": number(0.0, 0.5),
            "back": number(0.01, 0.5),
            "credibility_weight": number(0.0, 2.0),
        },
        call=_next,
        within=(0.0, 1.0),
        rises=("trust", "base", "anchor", "credibility"),
    ),
    Rule(
        function=opinion.resting_opinion,
        takes={
            "trust": plane(),
            "push": plane(-0.2, 0.1),
            "swing": number(0.3, 1.0),
            "scar": number(0.0, 0.2),
            "back": number(0.05, 0.2),
        },
        rises=("trust",),
        falls=("push",),
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_opinion_is_a_rule(rule: Rule, seed: int) -> None:
    """Trust follows its base, credibility and what the year brings."""
    check(rule, seed)


@given(seed=seeds)
def test_the_terms_sum_to_the_change_of_trust(seed: int) -> None:
    """Exactly, the bounds of trust being a term of their own."""
    lots = np.random.default_rng(seed)
    trust, base = lots.uniform(size=(2, 7, 4, 3))
    told = opinion.next_opinion(
        trust=trust,
        base=base,
        anchor=base,
        credibility=lots.uniform(-1.0, 1.0, (7, 1, 3)),
        drives={"incidents": lots.uniform(-0.6, 0.0, (7, 4, 3))},
        credibility_weight=0.9,
        **CLOCK,
    )
    np.testing.assert_allclose(sum(told.terms.values()), told.trust - trust, atol=1e-14)
    assert told.terms["bounds"].any()


@given(seed=seeds)
def test_opinion_rests_where_it_is_said_to(seed: int) -> None:
    """At its base and anchor neither trust nor base moves while the push of the start goes on."""
    lots = np.random.default_rng(seed)
    trust, push = lots.uniform(0.1, 0.7, (4, 3)), lots.uniform(-0.15, 0.05, (4, 3))
    base, anchor = opinion.resting_opinion(trust=trust, push=push, **CLOCK)
    told = opinion.next_opinion(
        trust=trust,
        base=base,
        anchor=anchor,
        credibility=np.zeros(3),
        drives={"incidents": push},
        credibility_weight=0.35,
        **CLOCK,
    )
    np.testing.assert_allclose(told.trust, trust, atol=1e-14)
    np.testing.assert_allclose(told.base, base, atol=1e-14)


def test_with_no_publicity_incidents_cost_no_trust() -> None:
    """What nobody airs nobody holds against anybody, however much of it there is."""
    told = opinion.incident_burden(
        incidents=np.full(3, 50.0),
        resolve=np.ones(1),
        publicity=np.zeros(3),
        harm=1.0,
        severity=3.0,
    )
    assert not told.any()


def test_the_same_incidents_are_aired_by_those_with_a_quarrel_and_a_shield() -> None:
    """The Philippines and Vietnam against Malaysia and Indonesia: more than half against a tenth."""
    told = opinion.publicity(
        quarrel=np.array([0.45, 0.0]),
        shield=np.array([1.0, 0.0]),
        openness=np.ones(2),
        against=np.array([0.5, 0.0]),
        conceded=np.zeros(2),
        **AIRED,
    )
    assert told[0] > 0.5
    assert told[1] < 0.1


def test_a_concession_hushes_and_quiet_diplomacy_is_not_silence() -> None:
    """Half of what would be aired still is while a concession stands."""
    quiet, loud = (
        opinion.publicity(
            quarrel=np.full(3, 0.3),
            shield=np.ones(3),
            openness=np.ones(1),
            against=np.zeros(3),
            conceded=np.full(3, stands),
            **AIRED,
        )
        for stands in (1.0, 0.0)
    )
    np.testing.assert_allclose(quiet, 0.5 * loud)


def test_a_shock_swings_back_and_leaves_a_scar_that_heals() -> None:
    """Most of a year's loss is gone after three, a part stays in the base, and in time that goes, too."""
    trust, base, path = np.full(1, 0.6), np.full(1, 0.6), []
    for year in range(61):
        told = opinion.next_opinion(
            trust=trust,
            base=base,
            anchor=np.full(1, 0.6),
            credibility=np.zeros(1),
            drives={"shock": np.full(1, -0.2 if year == 0 else 0.0)},
            credibility_weight=0.35,
            **CLOCK,
        )
        trust, base = told.trust, told.base
        path.append(trust.item())
    assert path[0] == pytest.approx(0.4)
    assert 0.01 < 0.6 - path[3] < 0.05
    assert path[60] == pytest.approx(0.6, abs=1e-3)


def test_credibility_gained_for_good_is_worth_its_weight_for_good() -> None:
    """In the end trust stands higher by the weight times the gain, the base following part of the way and back."""
    trust, base = np.full(1, 0.4), np.full(1, 0.4)
    for _ in range(400):
        told = opinion.next_opinion(
            trust=trust,
            base=base,
            anchor=np.full(1, 0.4),
            credibility=np.full(1, 0.5),
            drives={},
            credibility_weight=0.35,
            swing=0.6,
            scar=0.0,
            back=0.1,
        )
        trust, base = told.trust, told.base
    assert trust.item() == pytest.approx(0.4 + 0.5 * 0.35)
