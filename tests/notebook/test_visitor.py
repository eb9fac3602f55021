"""What a visitor asks for: `import sim`, and answers that say where they come from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.config import build
from sim.errors import UserError
from sim.notebook import visitor

SHORT = ("years.last=2026", "states=[PHL,VNM,KHM]")


@pytest.fixture(scope="module")
def history():
    return sim.simulate(*SHORT)


@pytest.fixture(scope="module")
def many():
    return sim.simulate(*SHORT, runs=7)


def test_the_names_are_there_and_only_they():
    assert all(callable(getattr(sim, name)) for name in sim.__all__)
    assert set(sim.__all__) <= set(dir(sim))
    with pytest.raises(AttributeError, match="simulatee"):
        sim.simulatee  # noqa: B018  (asked for to be refused)


def test_importing_stays_light():
    told = subprocess.run(
        [sys.executable, "-c", "import sim, sys; print('numpy' in sys.modules)"],
        cwd=Path(visitor.__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "False"


def test_settings_are_those_of_the_command_line():
    asked = sim.settings("scenario=cold_war", "policy.japan.osa_budget=20", runs=3, seed=5)
    assert asked.scenario.rivalry == 0.9 and asked.policy.japan.osa_budget == 20.0
    assert (asked.runs, asked.seed) == (3, 5)
    assert sim.settings() == build({"states": sim.settings().states})


@pytest.mark.parametrize("text", ["scenario=clod_war", "osa_budget=3", "seed=1,2", "runs"])
def test_a_mistake_is_told_as_on_the_command_line(text):
    with pytest.raises(UserError):
        sim.settings(text)


@pytest.mark.parametrize("keywords", [{}, {"runs": 3}])
def test_a_word_counts_as_on_the_command_line(keywords):
    assert sim.settings("runs=3", **keywords).runs == 3
    assert sim.settings("seed=5").seed == 5
    assert sim.simulate("years.last=2024", "runs=3", **keywords).sizes["run"] == 3


@pytest.mark.parametrize(
    ("word", "keywords", "told"),
    [
        ("runs=3", {"runs": 2}, "runs=3 and runs=2 are both given"),
        ("seed=3", {"seed": 2}, "seed=3 and seed=2 are both given"),
        ("out=here", {}, "writes and draws nothing"),
        ("figures=false", {}, "writes and draws nothing"),
        ("states=[]", {}, "states is \\[\\]"),
        ("partners=[]", {}, "partners is \\[\\]"),
    ],
)
def test_words_without_effect_or_against_keywords_are_refused(word, keywords, told):
    with pytest.raises(UserError, match=told):
        sim.settings(word, **keywords)


def test_an_event_without_effect_is_told_once_and_kept(capsys):
    event = "scenario.events=[{year: 2031, kind: incident, size: 7, state: Vietnam}]"
    for runs in (1, 2):
        history = sim.simulate("years.last=2024", event, runs=runs)
        assert "event of 2031 (incident, +7) has no effect" in history.attrs["notes"]
    assert capsys.readouterr().err.count("Note: the event of 2031") == 1
    assert "notes" not in sim.simulate("years.last=2024").attrs


def test_run_0_of_many_is_the_one_run(history, many):
    one, first = (
        sim.compute_outcomes(history)["alignment"],
        sim.compute_outcomes(many)["alignment"].isel(run=0),
    )
    np.testing.assert_allclose(first, one, rtol=1e-12)


def test_without_the_past_the_simulated_years_are_the_same(many):
    bare = sim.simulate(*SHORT, runs=7, past=False)
    assert list(bare["year"].values) == [2024, 2025, 2026]
    same = many["trust"].sel(year=bare["year"]).transpose(*bare["trust"].dims)
    np.testing.assert_array_equal(bare["trust"], same)


def test_a_history_says_which_rules_were_replaced(history):
    def calm(*, incidents, resolve, publicity, harm, severity):
        return 0.0 * incidents * resolve * publicity * harm * severity

    mine = sim.simulate(*SHORT, rules={"opinion.incident_burden": calm})
    assert mine.attrs["own_rules"] == "opinion.incident_burden" and "own_rules" not in history.attrs
    assert (mine["trust"] - history["trust"]).sel(year=2026, partner="CHN").max() > 0


def test_terms_are_those_of_the_choice(history):
    found = sim.terms(history, state="Vietnam", year=2025)
    assert list(found.columns) == ["towards the United States"]
    now = history.sel(state="VNM", year=2025)
    aim = np.tanh(found.to_numpy().sum() / float(now["room"]))
    assert aim == pytest.approx(float(now["aim"]), rel=1e-9)
    opinion = sim.terms(history, state="Vietnam", year=2025, of="opinion")
    assert list(opinion.columns) == ["China", "United States", "Japan"]
    change = history["trust"].sel(state="VNM")
    moved = change.sel(year=2025) - change.sel(year=2024)
    np.testing.assert_allclose(opinion.sum(), moved, atol=1e-9)


@pytest.mark.parametrize(
    ("given", "part"),
    [
        ({"state": "Vietnma", "year": 2025}, "Vietnam"),
        ({"state": "MYS", "year": 2025}, "Philippines"),
        ({"state": "PHL", "year": 2010}, "2024"),
        ({"state": "PHL", "year": 2025, "of": "stanc"}, "stance"),
    ],
)
def test_terms_of_what_is_not_there_are_refused(given, part, history):
    with pytest.raises(UserError, match=part):
        sim.terms(history, **given)


def test_many_runs_keep_no_terms(many):
    with pytest.raises(UserError, match="one run keeps"):
        sim.terms(many, state="PHL", year=2025)


def test_series_take_the_median_over_runs(many):
    outcomes = sim.compute_outcomes(many)
    found = sim.series(outcomes, states=["Philippines"])
    assert found.loc[2026, "Philippines"] == float(
        outcomes["alignment"].sel(state="PHL", year=2026).median()
    )
    assert list(sim.series(outcomes, "rivalry")) == ["rivalry"]
    with pytest.raises(UserError, match="alignment"):
        sim.series(outcomes, "alinment")


def test_a_table_has_a_row_a_state_and_one_for_the_region(many):
    found = sim.table(sim.compute_outcomes(many))
    assert list(found.index) == ["Philippines", "Vietnam", "Cambodia", "the region"]


def test_nothing_differs_from_itself(many):
    outcomes = sim.compute_outcomes(many)
    assert (sim.paired(outcomes, outcomes).to_numpy() == 0.0).all()


@pytest.mark.parametrize("picture", visitor.PICTURES)
def test_every_picture_shows_itself(picture, history):
    chart = sim.draw(picture, history, baseline=history)
    assert chart._repr_png_().startswith(b"\x89PNG")


def test_a_picture_there_is_not_is_refused(history):
    with pytest.raises(UserError, match="paths"):
        sim.draw("path", history)


def test_plain_charts_are_written(history, tmp_path):
    outcomes = sim.compute_outcomes(history)
    frame = sim.series(outcomes)
    for chart in (
        sim.lines(frame, title="Who?", unit="points", least=30),
        sim.bars(frame.loc[2026], title="Where?", unit="points"),
    ):
        assert [path.suffix for path in chart.save(tmp_path, "chart")] == [".png", ".svg"]
    low, high = sim.lines(frame, title="", unit="", least=90).figure.axes[0].get_ylim()
    assert high - low >= 90


def test_what_cannot_be_read_is_told(history, many):
    bare = sim.compute_outcomes(sim.simulate(*SHORT, runs=2, past=False))
    one, seven = sim.compute_outcomes(history), sim.compute_outcomes(many)
    for refused, part in (
        (lambda: sim.table(bare), "past=True"),
        (lambda: sim.compute_outcomes(history.drop_attrs()), "sim.simulate"),
        (lambda: sim.paired(one, one), "same random draws"),
        (lambda: sim.paired(seven, bare), "same random draws"),
        (lambda: sim.paired(seven, seven, "alinment"), "alignment"),
        (lambda: sim.paired(seven, seven, "rivalry"), "name"),
    ):
        with pytest.raises(UserError, match=part):
            refused()
