"""Why, from the command line to the folder; every mistake one message and nothing left behind."""

from __future__ import annotations

import os

import numpy as np
import pandas as pd
import pytest

from sim.cli import enter
from sim.studies.explain.command import why
from sim.studies.explain.words_asked import as_asked

SMALL = ["states=[PHL,LAO]", "years.last=2027", "figures=false"]
FILES = [".straits.json", "config.yaml", "references.bib", "why.csv", "why.txt"]


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def asked(*argv):
    return enter(why, config_name="why", name="why", argv=as_asked([*SMALL, *argv]))


def sentences(told):
    """What stands before the table."""
    return told.partition("\n\n")[0].splitlines()


def test_an_act_is_answered_in_two_sentences_and_a_table(here, capsys):
    assert asked("partner=Japan", "year=2026", "run=3") == 0
    told = capsys.readouterr().out
    first, second = sentences(told)
    assert first.startswith("In 2026 the Philippines ") and "with Japan" in first
    assert "chance" in first and second
    assert "run 3" in told and "Japan's usual activity" in told and "in all" in told
    assert sorted(os.listdir("results/why")) == FILES
    rows = pd.read_csv("results/why/why.csv")
    assert set(rows["of"]) <= {"up", "down"} and set(rows["with"]) == {"JPN"}


def test_alignment_is_answered_by_posture_and_structure(here, capsys):
    assert asked("from=2024", "to=2026", "runs=251", "run=250") == 0
    told = capsys.readouterr().out
    first, second = sentences(told)
    assert first.startswith("Between 2024 and 2026 the Philippines' posture ")
    assert "; its structure " in first and "would have ended at" in second
    rows = pd.read_csv("results/why/why.csv")
    assert set(rows["of"]) == {"posture", "structure"}
    for _, part in rows.groupby("of"):
        moved = part["after"].iloc[0] - part["before"].iloc[0]
        assert part["change"].sum() == pytest.approx(moved, abs=1e-12)


def test_one_year_is_explained_since_the_one_before(here, capsys):
    assert asked("year=2026", "about=posture") == 0
    told = capsys.readouterr().out
    assert "Between 2025 and 2026" in told and "structure" not in told


def test_opinion_is_answered_for_a_partner_over_a_span(here, capsys):
    assert asked("partner=CHN", "to=2026") == 0
    first, second = sentences(capsys.readouterr().out)
    assert first.startswith("Between 2024 and 2026 opinion of China in the Philippines ")
    assert "points of 100" in first and second


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (["to=2026"], "posture stands"),
        (["partner=CHN", "to=2026"], "opinion of China in the Philippines is"),
        (["partner=USA", "year=2026"], "By the same draw"),
    ],
)
def test_two_policies_are_told_apart(question, said, here, capsys):
    against = "against=[policy/china=assertive,policy.japan.osa_budget=0]"
    assert asked(*question, against) == 0
    told = capsys.readouterr().out
    assert said in told and "policy/china=assertive, policy.japan.osa_budget=0" in told
    assert (pd.read_csv("results/why/why.csv")["first"] == 2026).all()


def test_another_theory_is_compared_over_the_motives_of_both(here, capsys):
    assert asked("year=2026", "theory=landscape", "against=theory=bargaining", "about=posture") == 0
    rows = pd.read_csv("results/why/why.csv").set_index("term")["change"]
    assert rows["affinity"] != 0.0 and rows["contest"] != 0.0
    assert "theory=bargaining" in capsys.readouterr().out


def test_a_result_answers_its_question_again(here, capsys):
    assert asked("year=2026", "against=policy/japan=none", "about=posture", "out=one") == 0
    first = capsys.readouterr().out
    argv = ["--config-path", "one", "--config-name", "config", "out=two", "against=null"]
    assert enter(why, config_name="why", name="why", argv=argv) == 0
    assert first.startswith("In 2026 the Philippines' posture stands")
    assert "Between 2025 and 2026" in capsys.readouterr().out


def test_both_engines_answer_alike_and_figures_are_drawn(here):
    for engine in ("region", "ensemble"):
        assert asked(f"engine={engine}", "state=LAO", f"out={engine}", "figures=true") == 0
    texts = [(here / name / "why.txt").read_text("utf-8") for name in ("region", "ensemble")]
    assert texts[0] == texts[1]
    assert sorted(os.listdir("region/figures")) == ["why.png", "why.svg"]


def test_several_questions_end_in_one_table(here):
    assert asked("-m", "state=PHL,LAO", "partner=JPN", "year=2026", "out=m") == 0
    table = pd.read_csv("m/table.csv")
    assert list(table["status"]) == ["done", "done"]
    assert np.isfinite(table[["steps", "chance", "draw"]]).all().all()


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["state=PHI"], "did you mean PHL"),
        (["state=[PHL,LAO]"], "one state's code"),
        (["from=2024", "to=2030"], "to 2027"),
        (["from=2023"], "known from 2024, the first simulated year"),
        (["from=2026", "to=2025"], "before the last"),
        (["year=2026", "from=2024"], "not both"),
        (["year=soon"], "must be a year"),
        (["years=soon"], "must be a year"),
        (["partner=Japn", "year=2026"], "Japan"),
        (["partner=IND", "year=2026"], "partner is 'IND'"),
        (["partner=JPN", "about=posture"], "leave partner out"),
        (["about=act"], "must be named"),
        (["about=act", "partner=JPN"], "one year"),
        (["about=opinion"], "must be named"),
        (["about=ties"], "about is 'ties'"),
        (
            ["run=100"],
            "from 0 to 99, since runs is 100. Change it on the command line: run=0, or run=100 runs=101",
        ),
        (["runs=7", "run=7"], "from 0 to 6"),
        (["run=1.5"], "whole number"),
        (["against=policy/japan=nnone"], "did you mean none"),
        (["against=none"], "name=value"),
        (["against=[]"], "or a list of them"),
        (["against=seed=5"], "common random numbers"),
        (["against=policy/japan=osa_2023"], "changes nothing"),
        (["against=years.last=2026"], "after as many years"),
        (["against=partners=[CHN,USA]"], "the same partners"),
        (["against=rules.ties.arms=0.1"], "other weights"),
        (["statee=PHL"], "did you mean state"),
        (["out=/proc/nope"], "/proc/nope"),
    ],
)
def test_a_mistake_is_one_message_and_leaves_nothing(argv, told, here, capsys):
    assert asked(*argv) == 2
    said = capsys.readouterr()
    assert told in said.err and "Traceback" not in said.err
    assert len(said.err.strip().splitlines()) == 1 and not said.out
    assert not list(here.iterdir())
