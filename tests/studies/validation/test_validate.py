"""Runs of the past begin at the record, meet chances of their own, and read nothing that comes later."""

from __future__ import annotations

import numpy as np
import pytest

from sim.config import Settings
from sim.ensemble.fitting.numbers import fitted_numbers, values_of
from sim.studies.validation import episodes, opinion
from sim.studies.validation.hindcasts import MAIN, hindcasts
from sim.studies.validation.past_runs import (
    PastContexts,
    arms_on_record,
    arms_part,
    observed,
    past_settings,
    run_past,
)
from sim.studies.validation.projection import UNITS, project
from sim.studies.validation.spread import future_spread, moments_of, past_spread
from sim.studies.validation.weights import Weights, WeightsByYear

STATES = ("PHL", "KHM", "VNM", "MYS")


@pytest.fixture(scope="module")
def contexts():
    return PastContexts(Settings(states=STATES))


@pytest.fixture(scope="module")
def weights():
    numbers = fitted_numbers()
    u = np.random.default_rng(1).standard_normal((3, len(numbers)))
    return Weights(draws=values_of(numbers, u), known_to=2015)


def test_runs_begin_at_the_record_and_never_share_a_chance(contexts, weights):
    stage = contexts(2019, 2021)
    runs = run_past(stage, weights.draws, replicates=4, keep=(MAIN, "steps", "rung"))
    years, record = observed(stage, MAIN)
    assert runs.years == (2018, 2019, 2020, 2021)
    assert runs.values[MAIN].shape == (12, 4, 4) and runs.values["rung"].shape == (12, 4, 4, 3)
    start = record[years.index(2018)]
    assert runs.at(MAIN, 2018) == pytest.approx(np.broadcast_to(start, (12, 4)), abs=1e-9)
    assert len({runs.values[MAIN][run].tobytes() for run in range(12)}) == 12
    assert np.isnan(runs.at("steps", 2018)).all() and not np.isnan(runs.at("steps", 2019)).any()


def test_rivalry_of_the_past_rises_to_what_it_is_today():
    base = Settings()
    starts = [past_settings(base, first=y, last=y).rules.rivalry.start for y in range(2001, 2024)]
    assert all(later >= earlier for earlier, later in zip(starts, starts[1:], strict=False))
    assert starts[0] < starts[-1] <= base.rules.rivalry.start + 0.1


def test_a_forecast_takes_the_latest_weights_that_know_nothing_later(weights):
    known = WeightsByYear(
        known=tuple(Weights(draws=weights.draws, known_to=y) for y in (2005, 2010, 2022))
    )
    assert [known.until(y).known_to for y in (2003, 2005, 2012, 2022, 2023)] == [
        2005,
        2005,
        2010,
        2022,
        2022,
    ]


def test_hindcasts_hold_the_years_after_their_start(contexts, weights):
    (found,) = hindcasts(contexts, {2020: weights}, replicates=9, seed=1, names=(MAIN,))
    assert found.years == (2021, 2022, 2023)
    assert found.samples.shape == (27, 3, 4) and found.record.shape == (4, 4)
    row = found.row
    assert 0.0 <= row["coverage"] <= 100.0 and row["crps"] > 0.0 < row["walk"]
    assert 1.0 <= row["effective"] <= row["cases"] == 12


def test_alignment_is_what_arms_are_worth_and_a_rest_that_arms_do_not_touch(contexts, weights):
    stage = contexts(2021, 2022)
    runs = run_past(stage, weights.draws, replicates=2, keep=("arms",))
    years = runs.years[:1]
    assert arms_part(stage, runs.values["arms"][:, 0]) == pytest.approx(
        np.broadcast_to(arms_on_record(stage, years)[0], (6, len(STATES)))
    )
    assert arms_part(stage, np.array([[1.0, 0.0, 0.0]])) == pytest.approx(
        -50.0 * stage.settings.rules.ties.arms
    )


def test_panels_are_foreseen_from_what_came_before(contexts, weights, monkeypatch):
    by_year = WeightsByYear(known=(weights,))
    seen = opinion.foreseen(contexts, by_year, replicates=2, horizons=(1,), first=2022)
    whole = opinion.opinion_panels

    def blind(states, **how):
        panels = whole(states, **how)
        for panel in panels:  # the answers of the last year turn round
            panel.values[:, -1] = 1.0 - panel.values[:, -1]
        return panels

    monkeypatch.setattr(opinion, "opinion_panels", blind)
    turned = opinion.foreseen(contexts, by_year, replicates=2, horizons=(1,), first=2022)
    for one, other in zip(seen, turned, strict=True):
        assert (one.source, one.state, one.year) == (other.source, other.state, other.year)
        assert (one.answer == other.answer) == (one.year < 2023)
        assert all(np.array_equal(one.samples[k], other.samples[k]) for k in one.samples)


def test_chances_of_an_episode_sum_to_one_and_every_state_weighs_the_same(weights):
    cases = episodes.predict_episodes(
        PastContexts(Settings()), WeightsByYear(known=(weights,)), replicates=2, only=(17, 20, 23)
    )
    assert [case.episode.number for case in cases] == [17, *[20] * 10, 23]
    for case in cases:
        assert case.happened.sum() == 1.0
        assert all(chances.sum() == pytest.approx(1.0) for chances in case.chances.values())
    skill = episodes.skill(cases)
    assert skill["never moves"] == 0.0 < skill["model"]  # all three are none
    assert episodes.skill([*cases, cases[0]]) == pytest.approx(skill)


def test_readings_of_a_move():
    still = {name: np.zeros((1, 1, 3)) for name in ("rung", "use", "trust")}
    partners, unbound, bound = ("CHN", "USA", "JPN"), np.zeros((1, 3)), np.ones((1, 3))

    def read(reading, bond=unbound, **moved):
        end = {
            name: still[name] + np.array(moved.get(name, 0.0)) for name in ("rung", "use", "trust")
        }
        zero = np.zeros((1, 1))
        start = still | {"alignment_posture": zero}
        end["alignment_posture"] = zero + moved.get("posture", 0.0)
        return episodes.CLASSES[int(episodes._classes(reading, start, end, bond, 0, partners)[0])]

    assert read("agreements") == "none"
    assert read("agreements", rung=[1, 0, 0]) == "China"
    assert read("agreements", rung=[-1, 0, 0]) == read("agreements", rung=[0, 0, 2]) == "US-Japan"
    assert read("agreements", rung=[1, 0, 1]) == read("diplomacy", rung=[2, 1, 0]) == "both"
    assert read("agreements", use=[0, 0.3, 0]) == "none"
    assert read("agreements", bound, use=[0, 0.3, 0]) == "US-Japan"
    assert read("agreements", bound, use=[0, -0.2, 0]) == "China"
    assert read("stance", posture=4.0) == "none" and read("stance", posture=6.0) == "US-Japan"
    assert read("stance", posture=-6.0, rung=[1, 1, 0]) == "China"
    assert read("opinion", trust=[-0.1, 0, 0]) == "US-Japan"


def test_moments_are_those_of_a_known_walk():
    steps = np.random.default_rng(6).standard_normal((3, 500, 20))
    moments = moments_of(50.0 + steps.cumsum(axis=1))
    assert moments["sd of 1-year changes"] == pytest.approx(np.ones(3), abs=0.03)
    assert moments["sd of 5-year changes"] == pytest.approx(np.full(3, np.sqrt(5)), abs=0.1)
    assert moments["share of still years"] == pytest.approx(np.full(3, 0.383), abs=0.02)
    assert moments["kurtosis"] == pytest.approx(np.full(3, 3.0), abs=0.2)


def test_spread_stands_beside_the_record(contexts, weights):
    moments = past_spread(contexts, weights, replicates=3, seed=1)
    by_name = {(one.of, one.name): one for one in moments}
    still = by_name["alignment_security", "share of still years"]
    assert 0.0 < still.record < 1.0 and still.low <= still.model <= still.high
    future = future_spread(contexts, runs=5)
    assert future["sd"] > 0.0 and future["largest"] > future["sd"]


def test_projections_say_all_quantiles_in_order_and_chances_of_steps(weights):
    table = project(weights.draws, base=Settings(states=STATES), replicates=2)
    levels = table[table["partner"] == ""]
    assert set(table["quantity"]) == set(UNITS)
    assert len(levels) == 4 * len(STATES) * 3 and len(table) == len(levels) + 2 * 3 * 4 * 3
    ordered = levels[["q05", "q25", "median", "q75", "q95"]].to_numpy()
    assert (np.diff(ordered, axis=1) >= 0).all()
    chances = table[table["partner"] != ""]["mean"]
    assert ((chances >= 0.0) & (chances <= 1.0)).all()
