"""Numbers and their priors: what is fitted, on which scale, and that none belongs to a state."""

from __future__ import annotations

import numpy as np
import pytest

from sim.config import Settings, declared
from sim.config.prior import Prior
from sim.ensemble.fitting.numbers import (
    ERRORS,
    FittedNumber,
    fitted_numbers,
    rules_with,
    values_of,
)
from sim.world.roster import powers, roster

NORMALS = np.random.default_rng(4).standard_normal(20_000)


def test_far_from_its_bounds_a_prior_is_the_normal_distribution():
    number = FittedNumber(path="x", mean=3.0, spread=0.5, low=-50.0, high=50.0)
    assert np.allclose(number.value(NORMALS), 3.0 + 0.5 * NORMALS)


def test_a_prior_is_cut_at_the_declared_range_and_not_heaped_there():
    number = FittedNumber(path="x", mean=0.0, spread=1.0, low=0.0, high=9.0)
    values = number.value(NORMALS)
    assert values.min() > 0.0
    assert np.mean(values < 0.01) < 0.012  # a half normal: 0.8 % below a hundredth
    assert values.mean() == pytest.approx(np.sqrt(2.0 / np.pi), rel=0.02)


def test_every_declared_prior_is_fitted_but_what_all_runs_share():
    paths = {number.path for number in fitted_numbers()} - {number.path for number in ERRORS}
    declared_priors = {path for path, item in declared().items() if item.prior is not None}
    assert declared_priors - paths == {"rules.courtship.presence_growth"}
    assert paths <= declared_priors


def test_no_fitted_number_belongs_to_a_state():
    for number in fitted_numbers():
        assert not set(number.path.upper().replace(".", "_").split("_")) & {*roster(), *powers()}


def test_a_theory_may_claim_another_prior():
    path = "rules.stance.leverage"
    claimed = Prior(mean=-1.0, low=-2.0, high=-0.5, grade="C", source="a test")
    (number,) = [n for n in fitted_numbers({path: claimed}) if n.path == path]
    assert (number.mean, number.grade) == (-1.0, "C")


def test_rules_take_values_by_run_and_leave_errors_aside():
    numbers = fitted_numbers()
    u = np.zeros((5, len(numbers)))
    u[:, [n.path for n in numbers].index("rules.acts.stance")] = [-1.0, 0.0, 0.5, 1.0, 2.0]
    rules = rules_with(Settings().rules, values_of(numbers, u))
    assert rules.acts.stance.shape == (5, 1, 1)
    assert (np.diff(rules.acts.stance[:, 0, 0]) > 0).all()
    assert np.ptp(rules.opinion.swing) == 0.0
    assert rules.threat == Settings().rules.threat
