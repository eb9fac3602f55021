"""Each part of the likelihood against a plain reckoning of the same."""

from __future__ import annotations

import numpy as np
import pytest

from sim.engines.forced import Responses
from sim.ensemble.fitting.acts import (
    ActsRecord,
    acts_log_likelihood,
    acts_predictive,
    grid,
)
from sim.ensemble.fitting.episodes import ScoredEpisode, episodes_log_likelihood, way_chances
from sim.ensemble.fitting.opinion import START_SD, gaussian, opinion_covariance
from sim.ensemble.fitting.stocks import StocksRecord, stocks_log_likelihood
from sim.rules.opinion import next_opinion

RUNS, YEARS, STATES, PARTNERS = 7, 5, 4, 3
RNG = np.random.default_rng(11)


def _responses(**changed):
    shape = (YEARS, RUNS, STATES, PARTNERS)
    chances = RNG.dirichlet([2.0, 1.0, 6.0], shape)
    made = {
        "years": tuple(range(2001, 2001 + YEARS)),
        "trust": RNG.random(shape),
        "stance": RNG.uniform(-0.5, 0.5, (*shape[:3], 1)),
        "up": chances[..., 0],
        "down": chances[..., 1],
        "economic": RNG.random(shape),
        "arms": RNG.random(shape),
    }
    return Responses(**made | changed)


def _record(counts=None):
    draw = RNG.random((YEARS, STATES, PARTNERS))
    return ActsRecord(
        years=tuple(range(2001, 2001 + YEARS)),
        up=draw < 0.3,
        down=draw > 0.85,
        counts=np.ones(draw.shape, bool) if counts is None else counts,
    )


def test_without_drift_the_acts_are_independent_draws():
    responses, record = _responses(), _record()
    found = acts_log_likelihood(responses, record, keep=0.85, drift=np.zeros(RUNS))
    up, down = record.up[:, np.newaxis], record.down[:, np.newaxis]
    none = 1.0 - responses.up - responses.down
    plain = np.log(np.where(up, responses.up, np.where(down, responses.down, none)))
    assert found == pytest.approx(plain.sum(axis=(0, 2, 3)))


def test_pairs_that_do_not_count_say_nothing():
    responses, record = _responses(), _record(np.zeros((YEARS, STATES, PARTNERS), bool))
    found = acts_log_likelihood(responses, record, keep=0.85, drift=np.full(RUNS, 0.4))
    assert found == pytest.approx(np.zeros(RUNS))


def test_the_grid_keeps_the_spread_and_the_persistence_of_the_walk():
    keep, drift = 0.85, 0.3
    points, move, start = grid(keep, np.array([drift]))
    assert move.sum(axis=1) == pytest.approx(np.ones(len(move)))
    assert start @ move == pytest.approx(start)
    assert start @ points[0] ** 2 == pytest.approx(drift**2 / (1 - keep**2))
    assert move @ points[0] == pytest.approx(keep * points[0])


def test_a_wave_of_steps_raises_the_chances_foreseen_for_next_year():
    shape = (2, 1, STATES, PARTNERS)
    responses = _responses(
        years=(2001, 2002),
        trust=np.zeros(shape),
        stance=np.zeros((*shape[:3], 1)),
        up=np.full(shape, 0.2),
        down=np.full(shape, 0.05),
    )
    up = np.zeros((2, STATES, PARTNERS), bool)
    up[0, :, 1] = True
    record = ActsRecord(years=(2001, 2002), up=up, down=np.zeros_like(up), counts=up | True)
    ahead = acts_predictive(responses, record, keep=0.85, drift=np.array([0.5]))["up"][1, 0]
    assert (ahead[:, 1] > ahead[:, 0]).all()
    assert (ahead[:, 2] < 0.2).all()  # nobody stepped up: courtship is thought lower


def test_the_covariance_of_opinion_is_that_of_the_rule():
    """Many histories of the rule itself, with its luck, spread and correlate as the formula says."""
    numbers = {"swing": 0.5, "scar": 0.2, "back": 0.1}
    noise, years, runs = 0.04, 6, 40_000
    trust = base = 0.5 + START_SD * np.zeros((runs, 1))
    kept = []
    for _ in range(years):
        opinion = next_opinion(
            trust=trust,
            base=base,
            anchor=np.full((1, 1), 0.5),
            credibility=np.zeros((1, 1)),
            drives={"luck": noise * RNG.standard_normal((runs, 1))},
            credibility_weight=0.0,
            **numbers,
        )
        trust, base = opinion.trust, opinion.base
        kept.append(trust[:, 0])
    found = opinion_covariance(
        **{name: np.array([value]) for name, value in numbers.items()},
        noise=np.array([noise]),
        years=years,
    )[0]
    assert np.cov(kept) == pytest.approx(found - START_SD**2, abs=0.03 * noise**2 * years)


def test_the_gaussian_density_is_scipys():
    from scipy.stats import multivariate_normal

    root = RNG.standard_normal((RUNS, 3, 3))
    covariance = root @ root.transpose(0, 2, 1) + np.eye(3)
    miss = RNG.standard_normal((RUNS, 3))
    plain = [
        multivariate_normal(np.zeros(3), c).logpdf(m) for c, m in zip(covariance, miss, strict=True)
    ]
    assert gaussian(miss, covariance) == pytest.approx(plain)


def test_stocks_are_likeliest_where_they_are_foreseen():
    observed = RNG.random((YEARS, STATES, PARTNERS)) + 0.1
    blur = np.linspace(0.0, 0.6, RUNS)[:, np.newaxis, np.newaxis]
    noise = RNG.standard_normal((YEARS, 1, STATES, PARTNERS))
    foreseen = observed[:, np.newaxis] * np.exp((0.05 + blur) * noise)
    known = np.ones(observed.shape, bool)
    record = StocksRecord(economic=observed, economic_known=known, arms=observed, arms_known=known)
    for worth in stocks_log_likelihood(
        _responses(economic=foreseen, arms=foreseen), record
    ).values():
        assert (np.diff(worth) < 0).all()


def test_the_ways_of_an_episode_are_all_there_are():
    chances = way_chances(np.linspace(-0.5, 0.5, 9), np.full(9, 0.15))
    assert sum(chances) == pytest.approx(np.ones(9))
    assert (np.diff(chances[0]) < 0).all()
    assert chances[1].argmax() == 4


def test_an_episode_is_likelier_the_way_the_stance_went():
    stance = np.zeros((YEARS, 3, 1, 1))
    stance[-1, :, 0, 0] = [-0.4, 0.0, 0.4]
    shape = (YEARS, 3, 1, PARTNERS)
    responses = _responses(stance=stance, trust=np.zeros(shape))
    values = {
        f"rules.leadership.{name}": np.full(3, size)
        for name, size in (("realigning", 0.3), ("realigned", 0.5), ("ordinary", 0.1))
    }
    for way, best in ((-1, 0), (0, 1), (1, 2)):
        episode = ScoredEpisode(
            number=7, state=0, first=2003, last=2005, way=way, turned=0.0, weight=1.0
        )
        assert episodes_log_likelihood(responses, [episode], values).argmax() == best
