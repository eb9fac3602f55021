"""Resolve: a threshold in collective action, with strategic complementarity (Granovetter 1978, Cooper and John 1988)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from sim.rules import resolve
from tests.rules.properties import Rule, Values, check, column, number, plane, row, seeds

RULES = [
    Rule(function=resolve.pressers, takes={"pressure": plane()}, within=(0.0, 1.0)),
    Rule(
        function=resolve.backing,
        takes={
            "tie": plane(kind="parts"),
            "credibility": row(),
            "camp": row(-1.0, 1.0),
            "presser": plane(kind="shares"),
        },
        within=(0.0, 1.0),
        rises=("tie", "credibility"),
    ),
    Rule(
        function=resolve.resolve_target,
        takes={
            "capacity": column(0.0, 3.0),
            "backing": column(),
            "salience": column(0.0, 5.0),
            "exposure": column(),
            "peers": column(),
            "claimant": column(kind="flag"),
            "capacity_weight": number(0.0, 2.0),
            "backing_weight": number(0.0, 2.0),
            "salience_weight": number(0.0, 2.0),
            "exposure_weight": number(0.0, 2.0),
            "peers_weight": number(0.0, 2.0),
            "threshold": number(-1.0, 3.0),
            "steepness": number(0.1, 8.0),
        },
        within=(0.0, 1.0),
        rises=(
            "capacity",
            "backing",
            "salience",
            "peers",
            "claimant",
            "capacity_weight",
            "backing_weight",
            "salience_weight",
            "peers_weight",
        ),
        falls=("exposure", "exposure_weight", "threshold"),
    ),
    Rule(
        function=resolve.next_resolve,
        takes={"resolve": column(), "target": column(), "adjustment": number(0.05, 0.95)},
        within=(0.0, 1.0),
        rises=("resolve", "target"),
    ),
    Rule(
        function=resolve.collective_resolve,
        takes={"resolve": column(), "claimant": Values("s", kind="flag")},
        alone="run",
        within=(0.0, 1.0),
        rises=("resolve",),
    ),
]
ONE = np.ones(1)


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(seed=seeds)
def test_resolve_is_a_rule(rule: Rule, seed: int) -> None:
    """Means, backing, memory and peers stiffen; dependence on the presser softens."""
    if rule.function is resolve.collective_resolve:
        rule = _somebody_claims(rule)
    check(rule, seed)


def _somebody_claims(rule: Rule) -> Rule:
    def call(*, resolve: np.ndarray, claimant: np.ndarray) -> np.ndarray:
        first = np.arange(claimant.shape[-2])[:, np.newaxis] == 0
        return rule.function(resolve=resolve, claimant=np.where(first, 1.0, claimant))

    return Rule(
        function=rule.function,
        takes=rule.takes,
        alone=rule.alone,
        within=rule.within,
        rises=rule.rises,
        call=call,
    )


def _target(peers: float, *, peers_weight: float, steepness: float, claimant: float = 1.0) -> float:
    told = resolve.resolve_target(
        capacity=0.5 * ONE,
        backing=0.1 * ONE,
        salience=0.2 * ONE,
        exposure=0.2 * ONE,
        peers=peers * ONE,
        claimant=claimant * ONE,
        capacity_weight=0.5,
        backing_weight=1.0,
        salience_weight=0.5,
        exposure_weight=1.0,
        peers_weight=peers_weight,
        threshold=0.15 + 0.5 * peers_weight,
        steepness=steepness,
    )
    return float(told[0])


def _settled(start: float, *, peers_weight: float, steepness: float) -> float:
    """Let claimants that are all alike answer each other until nothing moves."""
    now = start
    for _ in range(500):
        now = _target(now, peers_weight=peers_weight, steepness=steepness)
    return now


def test_peers_who_count_much_make_two_equilibria() -> None:
    """All stand up or none does, by where they begin: strategic complementarity tips."""
    low = _settled(0.0, peers_weight=1.5, steepness=8.0)
    high = _settled(1.0, peers_weight=1.5, steepness=8.0)
    assert low < 0.1
    assert high > 0.9


def test_peers_who_count_little_leave_one_equilibrium() -> None:
    """With a weak pull from peers the beginning is forgotten."""
    low = _settled(0.0, peers_weight=0.3, steepness=3.0)
    high = _settled(1.0, peers_weight=0.3, steepness=3.0)
    assert low == pytest.approx(high, abs=1e-9)


def test_who_claims_nothing_resists_nothing() -> None:
    """Resolve is always zero without a claim; nobody's claim, no joint resolve."""
    assert _target(1.0, peers_weight=1.5, steepness=8.0, claimant=0.0) == 0.0
    joint = resolve.collective_resolve(resolve=np.ones((4, 1)), claimant=np.zeros((4, 1)))
    assert joint.item() == 0.0


def test_joint_resolve_is_the_mean_of_the_claimants_alone() -> None:
    """Who claims nothing does not count."""
    told = resolve.collective_resolve(
        resolve=np.array([[0.9], [0.3], [0.8], [0.8]]),
        claimant=np.array([[1.0], [1.0], [0.0], [0.0]]),
    )
    assert told.item() == pytest.approx(0.6)


def test_without_pressure_nobody_is_the_presser() -> None:
    """Shares in the pressure sum to one, or to zero where there is none."""
    told = resolve.pressers(pressure=np.array([[0.3, 0.1, 0.0], [0.0, 0.0, 0.0]]))
    np.testing.assert_allclose(told, [[0.75, 0.25, 0.0], [0.0, 0.0, 0.0]])


def test_only_the_pressers_rivals_are_backing() -> None:
    """Ties with the presser itself are no support against it."""
    given_ = {
        "credibility": np.ones(3),
        "camp": np.array([-1.0, 1.0, 0.5]),
        "presser": np.array([1.0, 0.0, 0.0]),
    }
    friend = resolve.backing(tie=np.array([0.0, 0.6, 0.0]), **given_)
    foe = resolve.backing(tie=np.array([0.6, 0.0, 0.0]), **given_)
    assert friend.item() == pytest.approx(0.6)
    assert foe.item() == 0.0
