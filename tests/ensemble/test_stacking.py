"""Stacking: the better theory is believed, doubt stays where there is some, and what a run draws follows the weights."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pytest

from sim.composition.commands import COMMANDS
from sim.composition.compose import CONF, Source, compose
from sim.composition.context import make_context
from sim.config.settings import STACKED, THEORIES
from sim.engines.context import build_context
from sim.ensemble import posterior, stacking
from sim.ensemble.drawn import drawn_numbers, one_draw_each, with_draws
from sim.ensemble.options import SweepOptions
from sim.ensemble.plan import make_plan
from sim.errors import UserError
from sim.studies._sweeps import composer
from sim.studies.sweep.options import SweepCommand


def _scores(**of_theory):
    states = [state for state in "ABCDE" for _ in range(4)]
    table = pd.DataFrame({"state": states, "year": [2016, 2017, 2018, 2019] * 5})
    return table.assign(**of_theory)


def test_the_better_theory_takes_all_and_equal_ones_keep_their_share():
    clear = stacking.stacking_weights(_scores(good=-1.0, bad=-3.0), replicates=20)
    assert clear.set_index("theory")["weight"]["good"] > 0.99
    alike = stacking.stacking_weights(_scores(one=-1.0, two=-1.0), replicates=20)
    assert alike["weight"].tolist() == pytest.approx([0.5, 0.5])


def test_theories_right_in_different_states_are_doubted_by_how_states_fall():
    """Each theory is right in some states: the mixture holds both, and its range is wide."""
    right = np.repeat([1.0, 1.0, 1.0, 0.0, 0.0], 4)
    table = stacking.stacking_weights(_scores(one=-1.0 - right, two=-2.0 + right), replicates=200)
    weights = table.set_index("theory")
    assert weights["weight"].sum() == pytest.approx(1.0)
    assert weights.loc["two", "weight"] > weights.loc["one", "weight"] > 0.05
    assert weights.loc["two", "high"] - weights.loc["two", "low"] > 0.3


def test_weights_maximise_the_log_score_of_the_mixture():
    lots = np.random.default_rng(7)
    density = np.exp(lots.normal(size=(30, 3)))
    (found,) = stacking.stacked(density, np.ones((1, 30)))
    best = np.log(density @ found).sum()
    for _ in range(200):
        assert np.log(density @ lots.dirichlet(np.ones(3))).sum() <= best + 1e-6


def test_draws_share_theories_out_by_weight_whatever_follows():
    weights = {"insurance": 0.5, "commerce": 0.3, "landscape": 0.2}
    twenty = stacking.theories_of_draws(20, weights)
    assert Counter(twenty) == {"insurance": 10, "commerce": 6, "landscape": 4}
    assert stacking.theories_of_draws(7, weights) == twenty[:7]


def test_a_seed_draws_one_theory_and_seeds_draw_them_all_by_weight():
    drawn = Counter(stacking.theory_of_seed(seed) for seed in range(2000))
    assert drawn == Counter(stacking.theory_of_seed(seed) for seed in range(2000))
    for name, weight in stacking.read_weights().items():
        assert drawn[name] / 2000 == pytest.approx(weight, abs=0.05)


def test_weights_of_other_theories_are_refused(tmp_path):
    path = tmp_path / "theory_weights.csv"
    path.write_text("theory,weight\ninsurance,1.0\n", encoding="utf-8")
    with pytest.raises(UserError, match="a weight for each"):
        stacking.read_weights(path)


def test_stacked_draws_give_each_theory_its_own_numbers():
    table = drawn_numbers(12, STACKED)
    assert table["theory"].tolist() == stacking.theories_of_draws(12)
    assert not table.isna().any().any()
    for name, rows in table.groupby("theory"):
        own = posterior.draws(len(rows), path=posterior.path_of(name))
        path = "rules.acts.stance"
        assert rows[path].tolist() == [draw[path] for draw in own]
    points = with_draws(pd.DataFrame({"policy.japan.osa_budget": [0.0, 40.0]}), 12, STACKED)
    assert points["theory"].tolist() == 2 * stacking.theories_of_draws(12)


def test_points_of_a_theory_take_draws_of_that_theory():
    theories = ["commerce", "insurance", "commerce"]
    drawn = one_draw_each(pd.DataFrame({"theory": theories}))
    own = posterior.draws(2, path=posterior.path_of("commerce"))
    path = "rules.acts.stance"
    assert drawn[path].tolist() == [own[0][path], posterior.draws(1)[0][path], own[1][path]]


def _context(*overrides, task="run", name="config"):
    source = Source(folder=CONF, name=name, command=task)
    return make_context(compose(source, overrides), source=source, overrides=overrides, task=task)


def test_a_single_history_says_which_theory_it_drew(capsys):
    job = _context("theory=stacked", "seed=5")
    assert job.settings.theory == stacking.theory_of_seed(5)
    assert f"draws {job.settings.theory}" in capsys.readouterr().err
    assert job.settings.rules == _context(f"theory={job.settings.theory}").settings.rules
    assert STACKED not in job.groups()["theory"] and set(job.groups()["theory"]) == set(THEORIES)


def test_many_runs_of_one_set_of_numbers_are_refused():
    job = _context("theory=stacked", "runs=3")
    with pytest.raises(UserError, match="one theory is drawn for a single history"):
        build_context(job.settings)


def test_a_sweep_draws_theories_with_their_numbers_or_says_that_it_must():
    assert COMMANDS["sweep"] is SweepCommand
    job = _context("theory=stacked", task="sweep", name="sweep")
    space = {"policy.japan.osa_budget": {"values": [0, 40]}}
    asked = {"compose": composer(job), "groups": job.groups()}
    with pytest.raises(UserError, match="drawn together with their numbers"):
        make_plan(SweepOptions(space=space), **asked)
    made = make_plan(SweepOptions(space=space, parameters="posterior", draws=5), **asked)
    assert made.points["theory"].tolist() == 2 * stacking.theories_of_draws(5)
    for point in range(5):
        assert made.settings(point).theory == stacking.theories_of_draws(5)[point]
