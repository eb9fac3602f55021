"""Theories on trial: what ships belongs together, scores are compared fairly, and the page says what it found."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.config.settings import THEORIES
from sim.ensemble import posterior, stacking
from sim.studies._pages import render_page
from sim.studies.theories import command, trial, verdict


@pytest.fixture(scope="module")
def scores() -> pd.DataFrame:
    return trial.read_csv(trial.read_text(trial.ROOM / trial.SCORES))


def test_every_theory_is_scored_on_the_same_cases(scores):
    for test in verdict.TESTS:
        own = scores[(scores["test"] == test) & scores["theory"].isin(THEORIES)]
        cases = own.groupby("theory")[["state", "case"]].apply(
            lambda t: sorted(map(tuple, t.values))
        )
        assert set(cases.index) == set(THEORIES) and all(one == cases.iloc[0] for one in cases)
    acts = scores[scores["test"] == trial.ACTS]
    assert acts["case"].between(2016, 2023).all()
    episodes = scores[scores["test"] == trial.EPISODES]["case"]
    assert episodes.between(14, 30).all()


def test_the_weights_that_ship_are_those_of_the_scores_that_ship(scores):
    shipped = stacking.read_weights()
    found = trial.weights_of(scores).set_index("theory")["weight"]
    assert shipped == pytest.approx(found.to_dict(), abs=5e-3)


def test_draws_that_ship_keep_what_their_theory_holds():
    for name in THEORIES:
        table = posterior.read(posterior.path_of(name))
        for path, value in command.CLAIMS[name].held.items():
            assert (table[path] == value).all()


def _scores(**of_theory):
    rows = [
        {"test": test, "theory": name, "state": state, "case": 2016, "score": worth + k}
        for test in verdict.TESTS
        for name, worth in of_theory.items()
        for k, state in enumerate("ABCD")
    ]
    return pd.DataFrame(rows)


def test_the_best_is_the_highest_of_acts_and_the_lowest_of_the_rest():
    given = dict(zip(THEORIES, range(len(THEORIES)), strict=True)) | {"base rate": 9}
    rows = {(row["test"], row["theory"]): row for row in verdict.score_table(_scores(**given))}
    assert rows[trial.ACTS, "bargaining"]["best"] and rows[trial.EPISODES, "insurance"]["best"]
    assert rows[trial.ACTS, "insurance"]["behind"] == pytest.approx(5.0)
    assert rows[trial.EPISODES, "base rate"]["behind"] == pytest.approx(9.0)
    assert not rows[trial.ACTS, "base rate"]["best"]


def test_theories_are_told_apart_by_two_standard_errors():
    rows = [
        {"test": trial.ACTS, "theory": name, "behind": behind, "error": 0.1, "best": behind == 0.0}
        for name, behind in zip(THEORIES, (0.0, 0.1, 0.3, 0.0, 0.15, 0.5), strict=True)
    ]
    assert verdict.told_apart(rows)[trial.ACTS] == ["balance_of_power", "bargaining"]


def test_amplitude_is_inside_where_the_mean_is_near_the_record():
    table = pd.DataFrame(
        {
            "theory": ["a", "a"],
            "moment": ["sd of structural change over 17 years", "still years"],
            "target": [2.0, 0.4],
            "low": [1.6, 0.3],
            "high": [2.4, 0.5],
            "after": [2.5, 0.4],
            "after_low": [2.0, 0.3],
            "after_high": [3.0, 0.5],
        }
    )
    (row,) = verdict.amplitude_table(table)
    assert row["horizon"] == 17 and not row["inside"]


def test_the_page_names_every_theory_and_what_holds_it_back(scores):
    moments = trial.read_csv(trial.read_text(trial.ROOM / trial.MOMENTS))
    weights = trial.read_csv(trial.read_text(stacking.WEIGHTS))
    parts = pd.DataFrame({"part": command.PARTS, "share": np.nan, "low": np.nan, "high": np.nan})
    shares = pd.concat([parts.assign(outcome="Hedging", by=by) for by in ("weight", "equal")])
    sides = {
        name: pd.DataFrame([[0.2, 0.5, 0.3]], index=["Laos"], columns=list(command.SIDES))
        for name in THEORIES
    }
    values = command.report_values(scores, moments, weights, shares, sides)
    values |= {"apart": [], "budgets": ["0", "40"], "last": 2026, "futures": 3, "draws": 1}
    values |= {"runs": 3, "low": 45.0, "high": 55.0}
    page = render_page(Path(command.__file__).parent, values)
    assert page.count("nothing varies") == 2 * len(command.PARTS)
    for name, claims in command.CLAIMS.items():
        assert f"* **{name}**" in page and claims.against in page
    assert page.count("20 / 50 / 30") == len(THEORIES)
