"""The next survey, foretold from the year before: honest samples, scored by exact rules, and better than no change."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.config import Settings, build
from sim.ensemble import nowcast as module
from sim.ensemble.nowcast import FILTER, MODEL, Nowcast, nowcast
from sim.errors import UserError
from sim.world.opinion_skill import sample_crps
from sim.world.panels import Panel, opinion_panels
from sim.world.roster import ASEAN_10

RUNS = 400


@pytest.fixture(scope="module")
def last() -> Nowcast:
    return nowcast(Settings(), year=2023, runs=RUNS)


@pytest.fixture(scope="module")
def table(last: Nowcast) -> pd.DataFrame:
    return last.table()


def test_every_state_that_answered_is_foretold(last: Nowcast) -> None:
    assert last.states == ASEAN_10
    for sample in last.samples.values():
        assert sample.shape == (RUNS, 10) and (sample >= 0.0).all() and (sample <= 1.0).all()


def test_the_survey_s_noise_is_in_the_samples(last: Nowcast) -> None:
    """No state is foretold more surely than its answers are; the small samples least so."""
    spread = pd.Series(last.samples[MODEL].std(axis=0), index=last.states)
    assert spread.min() > 0.06
    assert spread[["KHM", "LAO", "MMR"]].min() > spread.drop(["KHM", "LAO", "MMR"]).max()


def test_scores_are_the_means_of_the_table(last: Nowcast, table: pd.DataFrame) -> None:
    for name, (crps, inside) in last.scores().items():
        one = 100.0 * sample_crps(last.samples[name][:, 3], last.answers[3])
        assert table[f"{name}_crps"].iloc[3] == pytest.approx(one)
        assert crps == pytest.approx(table[f"{name}_crps"].mean())
        assert inside == (
            table["answer"].between(table[f"{name}_low"], table[f"{name}_high"]).mean()
        )


def test_2023_is_foretold_better_than_by_no_change(last: Nowcast) -> None:
    """A score of at most 8.5 points was the bar; the last answers as they stand are twice as far off."""
    (survey,) = [panel for panel in opinion_panels(ASEAN_10) if panel.source == "iseas"]
    unchanged = 100.0 * np.abs(survey.values[:, -1] - survey.values[:, -2]).mean()
    scores = last.scores()
    assert scores[MODEL][0] < 8.5 and scores[FILTER][0] < 8.5
    assert unchanged > 1.9 * scores[MODEL][0]


def test_the_answers_foretold_have_no_say(last: Nowcast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Had everybody answered otherwise in 2023, the samples would be the same."""

    def otherwise(states: object, *, last: int) -> list[Panel]:
        panels = opinion_panels(states, last=last)  # type: ignore[arg-type]
        for panel in panels:
            panel.values[:, -1] = 1.0 - panel.values[:, -1]
        return panels

    monkeypatch.setattr(module, "opinion_panels", otherwise)
    turned = nowcast(Settings(), year=2023, runs=RUNS)
    np.testing.assert_allclose(turned.answers, 1.0 - last.answers)
    for name, sample in last.samples.items():
        np.testing.assert_array_equal(turned.samples[name], sample)


def test_a_world_in_which_some_were_asked_is_judged_by_them() -> None:
    found = nowcast(build({"states": ["FJI", "VNM", "TLS", "PHL"]}), year=2021, runs=50)
    assert found.states == ("VNM", "PHL") and found.answers.tolist() == [0.16, 0.134]


def test_without_one_of_the_two_there_is_no_such_choice() -> None:
    with pytest.raises(UserError, match="CHN and USA"):
        nowcast(build({"partners": ["USA", "JPN"]}), year=2021, runs=10)
