"""The filter finds in simulated answers what was put into them, uses nothing later, and invents nothing for the silent."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.axes import Array
from sim.world.filtering import filter_panels, filtered, fit_settings
from sim.world.opinion_filter import (
    BASE_HALF_LIFE,
    SWING_HALF_LIFE,
    OpinionFilter,
    expit,
    logit,
)
from sim.world.opinion_skill import one_year_ahead, sample_crps
from sim.world.panels import FORCED_CHOICE, SHARE, Panel
from sim.world.roster import ASEAN_10

YEARS = tuple(range(2000, 2024))
TRUE = {
    "base": 0.20,
    "swing": 0.15,
    "own": 0.5,
    "house": 0.2,
    "slope_gallup": 0.8,
    "slope_pew": 1.0,
}
OFFSETS = {"gallup": 0.2, "pew": -0.4}


def simulate(seed: int, *, states: int = 11, missing: float = 0.3) -> tuple[Array, list[Panel]]:
    """Latent log-odds (state, year) and three panels that answer about them."""
    rng = np.random.default_rng(seed)
    normal = rng.standard_normal
    rates = [0.5 ** (1 / half) for half in (BASE_HALF_LIFE, SWING_HALF_LIFE)]
    parts = [
        TRUE[name] / np.sqrt(1 - rate**2) * normal(states)
        for name, rate in zip(("base", "swing"), rates, strict=True)
    ]
    latent = np.empty((states, len(YEARS) + 1))
    level = -0.1 + TRUE["own"] * normal(states)
    for t in range(len(YEARS) + 1):
        parts = [
            rate * part + TRUE[name] * normal(states)
            for part, name, rate in zip(parts, ("base", "swing"), rates, strict=True)
        ]
        latent[:, t] = level + parts[0] + parts[1]
    at_turn, latent = (latent[:, 1:] + latent[:, :-1]) / 2, latent[:, 1:]
    codes = tuple(f"S{i:02d}" for i in range(states))
    panels = []
    for source, noise, kind in (
        ("gallup", 0.037, SHARE),
        ("pew", 0.05, SHARE),
        ("iseas", 0.066, FORCED_CHOICE),
    ):
        seen = at_turn if source == "iseas" else latent
        if source != "iseas":
            house = TRUE["house"] * normal((states, 1))
            seen = OFFSETS[source] + house + TRUE[f"slope_{source}"] * seen
        values = np.clip(expit(seen) + noise * normal(seen.shape), 0.01, 0.99)
        values[rng.random(seen.shape) < missing] = np.nan
        lead = 0.5 if source == "iseas" else 0.0
        sds = np.full(states, noise)
        panels.append(Panel(source, kind, codes, YEARS, values, sds, lead))
    return latent, panels


def test_simulated_opinion_and_offsets_come_back_inside_their_intervals() -> None:
    inside, apart = [], []
    for seed in range(1, 13):
        latent, panels = simulate(seed)
        result = filter_panels(panels, settings=TRUE)
        inside.append(np.abs(result.mean - latent) < 1.645 * result.sd)
        error = (result.mean - latent)[:, 3:]
        assert np.sqrt(np.mean(error**2)) < 0.7 * latent.std()
        apart += [(mean - OFFSETS[k]) / sd for k, (mean, sd) in result.offsets.items()]
    assert 0.86 < np.mean(inside) < 0.94  # of intervals of 90 %
    assert 0.6 < np.sqrt(np.mean(np.square(apart))) < 1.4


def test_settings_are_found_near_the_truth_though_the_priors_stand_elsewhere() -> None:
    _, panels = simulate(5, missing=0.1)
    settings = fit_settings(panels)
    assert set(settings) == set(TRUE)
    for name in ("base", "slope_gallup", "slope_pew", "house"):
        assert 0.6 < settings[name] / TRUE[name] < 1.6, name


def test_the_filter_agrees_with_conditioning_all_at_once() -> None:
    _, panels = simulate(7, states=2)
    panels = [panel.until(2003) for panel in panels]
    kalman = OpinionFilter(panels, TRUE)
    joint_mean, joint_cov = kalman.mean, kalman.cov  # of the state and of every answer so far
    size, steps, answers = len(kalman.mean), 0, []
    for t in range(4):
        kalman.predict()
        move = np.zeros((size, size))
        move[np.arange(size), kalman.source_of] = kalman.decay
        grow = np.eye(size + steps)
        grow[:size, :size] = move
        joint_mean, joint_cov = grow @ joint_mean, grow @ joint_cov @ grow.T
        joint_cov[:size, :size] += np.diag(kalman.drift)
        for panel in panels:
            for i in np.flatnonzero(panel.known()[:, t]):
                row, _, variance = kalman.expect(panel, int(i))
                noise = variance - float(row @ kalman.cov @ row)
                answers.append(float(logit(np.array(panel.values[i, t]))))
                read = np.vstack([np.eye(size + steps), np.concatenate([row, np.zeros(steps)])])
                joint_mean, joint_cov = read @ joint_mean, read @ joint_cov @ read.T
                joint_cov[-1, -1] += noise
                steps += 1
                kalman.update(panel, int(i), float(panel.values[i, t]))
    gain = np.linalg.solve(joint_cov[size:, size:], joint_cov[size:, :size]).T
    batch = joint_mean[:size] + gain @ (np.array(answers) - joint_mean[size:])
    spread = joint_cov[:size, :size] - gain @ joint_cov[size:, :size]
    assert steps > 6
    np.testing.assert_allclose(kalman.mean, batch, atol=1e-9)
    np.testing.assert_allclose(kalman.cov, spread, atol=1e-9)


def test_nothing_later_is_used_for_an_earlier_year() -> None:
    _, panels = simulate(11)
    later = np.array(YEARS) > 2016
    changed = [replace(p, values=np.where(later, 0.9, p.values)) for p in panels]
    one = filter_panels(panels, settings=TRUE)
    other = filter_panels(changed, settings=TRUE)
    assert np.array_equal(one.mean[:, ~later], other.mean[:, ~later])
    assert not np.allclose(one.mean[:, later], other.mean[:, later])
    assert fit_settings([p.until(2016) for p in panels]) == fit_settings(
        [p.until(2016) for p in changed]
    )


def test_the_observed_panels_until_a_year_end_there() -> None:
    result = filtered(["PHL", "VNM"], until=2013)
    assert result.years[-1] == 2013 and result.mean.shape == result.sd.shape == (2, 14)
    vietnam = expit(result.mean[1])
    assert vietnam[-1] < vietnam[-2] - 0.05  # the fall of 2013 is seen


def test_a_state_that_was_never_asked_has_the_region_s_mean_and_the_widest_spread() -> None:
    result = filtered(["DJI", *ASEAN_10])
    assert result.sd[0, -1] > 1.5 * result.sd[1:, -1].max()
    assert abs(result.mean[0, -1] - result.mean[1:, -1].mean()) < 0.3


def test_the_answer_does_not_depend_on_who_else_is_asked_for_or_in_which_order() -> None:
    few, many = filtered(["THA", "BRN"]), filtered(ASEAN_10)
    for k, state in enumerate(few.states):
        at = many.states.index(state)
        np.testing.assert_allclose(few.mean[k], many.mean[at], rtol=1e-12)
        np.testing.assert_allclose(few.sd[k], many.sd[at], rtol=1e-12)


def test_draws_of_the_last_year_have_its_mean_and_covariance() -> None:
    result = filtered(["BRN", "KHM", "THA"])
    drawn = logit(result.draw(np.random.default_rng(3).standard_normal((20_000, 3))))
    np.testing.assert_allclose(drawn.mean(axis=0), result.mean[:, -1], atol=0.02)
    np.testing.assert_allclose(np.cov(drawn.T), result.covariance, atol=0.01)


def test_the_score_of_a_point_is_its_error_and_a_vague_forecast_scores_worse() -> None:
    assert sample_crps(np.full(50, 0.4), 0.5) == pytest.approx(0.1)
    normals = np.random.default_rng(0).standard_normal(5001)
    assert sample_crps(0.05 * normals, 0.0) < sample_crps(0.2 * normals, 0.0)


def test_on_answers_that_follow_the_model_the_filter_beats_no_change() -> None:
    _, panels = simulate(13, states=5, missing=0.0)
    short = [panel.until(2008) for panel in panels]
    for skill in one_year_ahead(short):
        assert skill.answers == 5 * 8
        assert skill.filter < skill.no_change
        assert skill.covered_90 > 0.7
