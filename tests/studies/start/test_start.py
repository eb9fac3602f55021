"""The page of the start: three readings of each state, what such starts are worth, and a chart that shows them."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from sim.config import Settings, build
from sim.studies._pages import render_page
from sim.studies.start import analysis, figures
from sim.studies.start import command as room
from sim.studies.start.options import StartCommand

YEAR = 2023


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return analysis.read_starts(Settings(), YEAR)


def test_what_is_filtered_lies_between_ties_and_answers_and_is_surer_than_ties(
    table: pd.DataFrame,
) -> None:
    """Save where earlier answers say otherwise than the last one: Laos answered 82 % before its 41 %."""
    usual = table.drop(["LAO"])
    low, high = (getattr(usual[["ties_share", "answer"]], end)(axis=1) for end in ("min", "max"))
    assert usual["filtered_share"].between(low - 0.01, high + 0.01).all()
    widths = {k: table[f"{k}_high"] - table[f"{k}_low"] for k in ("ties", "filtered")}
    assert (widths["filtered"] < widths["ties"]).all()
    assert (table["filtered_stance_sd"] < table["ties_stance_sd"]).all()


def test_the_readings_are_those_of_runs(table: pd.DataFrame) -> None:
    from sim.engines.region import simulate
    from sim.outcomes import compute_outcomes

    settings = build({"years": {"first": YEAR + 1, "last": YEAR + 1}})
    outcomes = compute_outcomes(simulate(settings), settings.rules.observation).sel(year=YEAR)
    np.testing.assert_allclose(outcomes["forced_choice"], table["filtered_share"])
    np.testing.assert_allclose(
        outcomes["alignment_posture"], 50.0 + 50.0 * table["filtered_stance"]
    )


def test_the_latest_answer_is_the_last_of_the_best_source() -> None:
    """Elites before publics; a state that nobody asked has none."""
    early = analysis.latest_answers(["VNM", "IDN", "FJI", "BRN"], 2010)
    assert early.loc["VNM", "source"] == "Gallup" and early.loc["VNM", "asked"] == 2010
    assert early.loc[["FJI", "BRN"], "answer"].isna().all()
    late = analysis.latest_answers(["VNM", "KHM"], 2022)
    assert late["source"].tolist() == ["ISEAS", "ISEAS"] and late.loc["KHM", "answer"] == 0.815
    assert late.loc["KHM", "noise"] == 0.13


@pytest.mark.parametrize("year", [2000, 2012])
def test_any_start_can_be_read(year: int) -> None:
    early = analysis.read_starts(build({"world": "osa_recipients"}), year)
    unasked = early["answer"].isna()
    assert unasked.any()
    np.testing.assert_allclose(early["filtered_share"][unasked], early["ties_share"][unasked])
    for figure in (figures.draw(early, year),):
        assert str(year) in figure.get_label()
        plt.close(figure)


def test_a_world_without_one_of_the_two_has_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "FORETOLD", (2021,))
    settings = build({"partners": ["USA", "JPN"], "states": ["PHL", "VNM", "KHM"]})
    values = analysis.compare_with_answers(settings, year=YEAR, draws=10)
    page = render_page(Path(room.__file__).parent, values)
    assert "nan" not in page


def test_the_page_tells_each_state_and_each_survey(
    table: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analysis, "FORETOLD", (2022, 2023))
    values = analysis.compare_with_answers(Settings(), year=YEAR, draws=50)
    page = render_page(Path(room.__file__).parent, values)
    for name in table["name"]:
        assert page.count(f"\n| {name} |") == 2
    first, second, whole = values["foretold"]
    assert whole["count"] == 20
    assert whole["model"]["crps"] == pytest.approx(
        (first["model"]["crps"] + second["model"]["crps"]) / 2
    )
    assert "| 2023 | 10 |" in page and "nan" not in page


def test_the_title_names_the_state_whose_answer_is_believed_least(table: pd.DataFrame) -> None:
    assert "Cambodia, where 27 %" in figures.title(table, YEAR)
    assert "ties speak alone" in figures.title(table.assign(answer=np.nan), 2000)


def test_every_mark_of_the_chart_is_inside_its_panel(table: pd.DataFrame) -> None:
    figure = figures.draw(table, YEAR)
    left, right = figure.axes
    assert [label.get_text() for label in left.get_yticklabels()] == table.sort_values(
        "filtered_share"
    )["name"].tolist()
    for axes in (left, right):
        marks = np.concatenate([np.asarray(line.get_xdata()) for line in axes.lines])
        assert (marks >= 0.0).all() and (marks <= 100.0).all() and axes.get_xlabel()
    plt.close(figure)


def test_years_that_cannot_be_started_from_are_refused() -> None:
    from sim.config.declare import declarations

    year = dict(declarations(StartCommand))["year"]
    assert (year.low, year.high) == (2000, 2023)
