"""A theory is fitted as it claims: what it holds is held, its own numbers are drawn; years held out are scored as they should."""

from __future__ import annotations

import numpy as np
import pytest

from sim.config.theory_claims import CLAIMS
from sim.ensemble.fitting.episodes import BOTH, ScoredEpisode
from sim.ensemble.fitting.fit import fit
from sim.ensemble.fitting.held_out import (
    YEARS,
    base_rate_scores,
    brier,
    conditioned,
    score_acts,
    score_answers_and_episodes,
)

SMALL = {"walkers": 80, "steps": 2, "draws": 20, "moments": False}


@pytest.fixture(scope="module")
def power():
    return fit(until=2012, theory="balance_of_power", **SMALL)


def test_what_a_theory_holds_is_held_and_not_fitted(power):
    held = CLAIMS["balance_of_power"].held
    assert not {number.path for number in power.numbers} & set(held)
    for path, value in held.items():
        assert (power.draws[path] == value).all()
    assert power.settings.rules.threat.intent == 0.0


def test_a_rule_of_its_own_has_its_sizes_drawn_and_the_menu_says_nothing():
    found = fit(until=2012, theory="landscape", **SMALL)
    assert found.settings.rules.theory.alignment == "landscape"
    assert found.draws["rules.landscape.steepness"].std() > 0.0
    assert "rules.stance.protection" in found.silent
    assert "rules.landscape.steepness" not in found.silent


def test_years_held_out_are_scored_state_by_state(power):
    acts = score_acts(power.draws, power.settings)
    assert sorted(set(acts["year"])) == list(YEARS) and (acts["score"] < 0.0).all()
    rates = base_rate_scores(power.draws, power.settings)
    assert rates[["state", "year"]].equals(acts[["state", "year"]])
    assert abs(rates["score"].mean() - acts["score"].mean()) < 1.0
    answers, episodes = score_answers_and_episodes(power.draws, power.settings)
    assert answers["year"].isin(YEARS).all() and answers["score"].between(0.0, 50.0).all()
    assert episodes["episode"].min() >= 14 and episodes["score"].between(0.0, 2.0).all()
    again = score_answers_and_episodes(power.draws, power.settings)[0]
    assert again.equals(answers)


def test_answers_are_conditioned_on_those_before():
    """Of two answers that hang together, the second follows the first as a regression has it."""
    mean, covariance = np.array([[1.0, 2.0]]), np.array([[[4.0, 2.0], [2.0, 3.0]]])
    value = np.array([3.0, np.nan])
    now, before = np.array([False, True]), np.array([True, False])
    middle, spread = conditioned(mean, covariance, value, now, before)
    assert middle[0, 0] == pytest.approx(2.0 + 0.5 * 2.0)
    assert spread[0, 0, 0] == pytest.approx(3.0 - 1.0)
    alone, wide = conditioned(mean, covariance, value, now, ~now & ~before)
    assert (alone[0, 0], wide[0, 0, 0]) == (2.0, 3.0)


def test_the_brier_score_of_certainty_is_nought_or_two():
    def one(way):
        return ScoredEpisode(
            number=14, state=0, first=2016, last=2017, way=way, turned=0.0, weight=1.0
        )

    assert brier([1.0, 0.0, 0.0], one(-1)) == 0.0
    assert brier([1.0, 0.0, 0.0], one(1)) == 2.0
    assert brier([1.0, 0.0, 0.0], one(BOTH)) == 2.0
    assert brier([0.25, 0.5, 0.25], one(0)) == pytest.approx(2 * 0.25**2 + 0.5**2)
