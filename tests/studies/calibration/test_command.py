"""The page of the calibration says what was fitted, what each number learnt, and what stays at its prior."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import pytest

from sim.ensemble import posterior
from sim.ensemble.fitting.narrowing import narrowing, verdict
from sim.studies._pages import render_page
from sim.studies.calibration import command
from sim.studies.calibration.figures import draw_numbers
from tests.studies.calibration.made import SILENT, made_check, made_fit, unmoved


@pytest.fixture(scope="module")
def found():
    return made_fit()


@pytest.fixture(scope="module")
def page(found):
    sizes = {"walkers": 32, "steps": 6, "replicates": 8}
    values = command.page_values(found) | command._check_values(made_check()) | sizes
    return render_page(Path(command.__file__).parent, values)


def test_every_number_stands_on_the_page_with_its_grade(found, page):
    for number in found.numbers:
        (row,) = [line for line in page.splitlines() if line.startswith(f"| `{number.path}` |")]
        assert f"| {number.grade or '-'} | {number.source} |" in row


def test_what_the_likelihood_does_not_know_is_named(found, page):
    assert "coercion.yields, coercion.cut" in page
    table = narrowing(found).set_index("path")
    assert set(table.loc[list(SILENT), "record_says"]) == {"nothing"}


def test_a_moment_outside_its_range_is_printed_as_outside(page):
    rows = {
        line.split("|")[1].strip(): line for line in page.splitlines() if "| the record |" in line
    }
    assert "| yes |" in rows["jumps"] and "| no |" in rows["still years"]


def test_the_check_with_simulated_data_is_told(page):
    assert "88 % of the numbers" in page.replace("\n", " ")
    assert "2 of 3" in page


def test_draws_of_the_priors_have_learnt_nothing(found):
    table = narrowing(unmoved(found))
    assert set(table["record_says"]) == {"nothing"}
    assert table["narrowed"].to_numpy() == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize(
    ("ratio", "shift", "word"),
    [(0.95, 0.1, "nothing"), (0.95, -0.7, "little"), (0.8, 0.0, "little"), (0.5, 0.0, "something")],
)
def test_words_for_what_the_record_says(ratio, shift, word):
    assert verdict(ratio, shift) == word


def test_the_head_of_the_file_says_where_the_draws_come_from(found):
    text = posterior.as_csv(found.draws.head(2), command.notes_of(found))
    for line in ("# edition: 2", "# known_to: 2022", "# seed: 7", "# data_versions: gdp:123"):
        assert line in text.splitlines()


def test_the_figure_shows_every_number_and_its_title_counts_them(found):
    table = narrowing(found)
    figure = draw_numbers(table, {"version": "1", "seed": 1})
    labels = [t.get_text() for axes in figure.axes for t in axes.get_yticklabels() if t.get_text()]
    assert len(labels) == len(table)
    assert f"of {len(table)} numbers" in figure.get_label()
    plt.close(figure)
