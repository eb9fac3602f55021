"""Titles say what the data say."""

from __future__ import annotations

import numpy as np
import pytest

from sim.plots import comparison, paths, tiles
from sim.plots.text import counted, signed
from sim.statistics import sampling_error
from sim.studies.scenario.figures import forced_choice, scorecard, sea, triangle

BAND, YEARS = (45.0, 55.0), (2023, 2040)


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (
            [50, 50, 50, 60],
            [40, 50, 60, 60],
            "two of the three states in the hedging band in 2023 have left",
        ),
        (
            [50, 30],
            [60, 50],
            "the one state in the hedging band in 2023 has left it; one state has",
        ),
        ([50, 50], [60, 60], "all two states in the hedging band in 2023 have left it"),
        ([30, 50], [50, 50], "By 2040 one state has entered the hedging band; none has left"),
        ([30, 50], [30, 50], "From 2023 to 2040 no state leaves or enters the hedging band"),
    ],
)
def test_the_paths_title_counts_who_left_and_who_entered(start, end, said):
    assert said in paths.title(np.array(start, float), np.array(end, float), YEARS, BAND)


def test_the_paths_title_names_the_few_that_left():
    start, end = np.array([50.0, 50, 50]), np.array([40.0, 50, 60])
    said = paths.title(start, end, YEARS, BAND, ["Malaysia", "Laos", "Philippines"])
    assert said.endswith("have left it: Malaysia and the Philippines")
    many = paths.title(np.full(5, 50.0), np.full(5, 60.0), YEARS, BAND, list("abcde"))
    assert many.endswith("have left it")


def test_the_ends_of_the_band_belong_to_it():
    assert paths.within(np.array([44.9, 45.0, 55.0, 55.1]), BAND).tolist() == [
        False,
        True,
        True,
        False,
    ]


def test_a_single_year_has_its_own_title():
    one = np.array([50.0, 20.0])
    assert (
        paths.title(one, one, (2040, 2040), BAND)
        == "One of two states is in the hedging band in 2040"
    )
    assert tiles.title(np.array([2, 2, 0]), np.array([2, 2, 0]), (2040, 2040)).startswith(
        "Two of three"
    )
    assert "in 2040" in sea.title((0.2, 0.2), (0.1, 0.1), (2040, 2040))


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ([2, 2, 0], [2, 1, 5], "Two of three states hedge in 2023, one in 2040"),
        ([0, 2, 0], [0, 1, 5], "One of three states hedges in 2023, none in 2040"),
        ([0, 2, 0], [2, 1, 5], "One of three states hedges in 2023, one again in 2040"),
        ([2], [1], "The one state hedges in 2023, no longer in 2040"),
    ],
)
def test_the_map_title_counts_hedgers(start, end, said):
    assert tiles.title(np.array(start), np.array(end), YEARS) == said


def test_the_triangle_title_names_the_partner_gained_most():
    start = np.full((3, 3), 1 / 3)
    end = np.array([[0.5, 0.3, 0.2], [0.6, 0.2, 0.2], [0.2, 0.5, 0.3]])
    assert triangle.title(start, end, YEARS) == (
        "From 2023 to 2040 two of three states shift their ties most toward Japan"
    )
    assert "scatter" in triangle.title(start[1:], end[1:], YEARS)


def test_the_sea_title_says_rises_and_falls():
    said = sea.title((0.2, 0.5), (0.6, 0.3), YEARS)
    assert "Pressure on the claimants rises" in said
    assert "resolve falls (0.60 to 0.30)" in said
    assert "so does" in sea.title((0.2, 0.5), (0.3, 0.6), YEARS)


def test_the_scorecard_title_gives_differences_where_there_is_a_baseline():
    scores = {"deterrence": 60.0, "sea_lanes": 30.0, "soft_power": 41.0}
    assert "deterrence 60, sea lanes 30 and soft power 41" in scorecard.title(
        scores, None, 2040, ""
    )
    said = scorecard.title(scores, {"deterrence": 3.3, "sea_lanes": -1.0}, 2040, "nothing")
    assert "+3.3 in deterrence and −1.0 in sea lanes" in said


def test_the_comparison_title_names_the_largest_difference():
    found = {"more": {"PHL": -6.1, "VNM": 2.0}, "less": {"PHL": 1.0, "VNM": 3.0}}
    names = {"PHL": "Philippines", "VNM": "Vietnam"}
    said = comparison.title(found, "none", 2040, names)
    assert (
        said == "More against none: by 2040 the Philippines are moved most, 6.1 points toward China"
    )
    assert "no choice moves" in comparison.title({"more": {"PHL": 0.0}}, "none", 2040, names)
    assert comparison.title({}, "none", 2040, names).endswith("?")


def test_the_survey_title_counts_answers_within_sampling_error():
    model, survey = np.array([0.5, 0.2, 0.9]), np.array([0.55, 0.6, np.nan])
    error = sampling_error(survey, np.array([100.0, 100.0, np.nan]))
    said = forced_choice.title(model, survey, error)
    assert "within sampling error of 1 of 2 answers" in said
    assert "22 points" in said
    assert "No survey" in forced_choice.title(model, survey * np.nan, error)


def test_words():
    assert counted(0, 3) == "none of three states"
    assert signed(-0.04) == "0.0"
    assert signed(float("nan")) == "n/a"
