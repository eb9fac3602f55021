"""Why, from the command line to the folder; every mistake one message and nothing left behind."""

from __future__ import annotations

import os

import pandas as pd
import pytest

from sim.cli import enter
from sim.studies.explain.command import why
from sim.studies.explain.options import as_asked

SMALL = ["states=[PHL,LAO]", "years.last=2027", "figures=false"]


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def asked(*argv):
    return enter(why, config_name="why", name="why", argv=as_asked([*SMALL, *argv]))


def test_a_change_is_printed_and_written(here, capsys):
    assert asked("years=[2024,2026]", "run=3") == 0
    told = capsys.readouterr().out
    assert "Between 2024 and 2026 the Philippines' security ties" in told and "run 3" in told
    assert sorted(os.listdir("results/why")) == [
        ".straits.json",
        "config.yaml",
        "references.bib",
        "why.csv",
        "why.txt",
    ]
    rows = pd.read_csv("results/why/why.csv")
    assert set(rows["domain"]) == {"security", "economic"} and set(rows["state"]) == {"PHL"}
    assert asked("years=[2024,2026]", "run=3") == 0


def test_what_is_written_still_sums_exactly(here, capsys):
    assert asked("years=[2024,2026]", "runs=251", "run=250", "out=one") == 0
    assert asked("years=2026", "run=3", "theory=landscape", "against=theory=bargaining") == 0
    told = capsys.readouterr().out
    assert "run 250" in told and told.count("in all") == 4 and "smaller" in told
    for folder in ("one", "results/why"):
        rows = pd.read_csv(f"{folder}/why.csv")
        sums = rows.groupby("domain")[["first", "last", "change"]].sum(min_count=1)
        for domain, row in sums.iterrows():
            if folder == "one":
                assert row["last"] - row["first"] == pytest.approx(row["change"], abs=1e-12)
            printed = f"in all {row['change']:+.4f}".split()[-1]
            assert printed in told, domain


def test_another_theory_is_another_weight_not_another_world(here, capsys):
    assert asked("years=2026", "domain=security", "against=theory=landscape") == 0
    told = capsys.readouterr().out
    assert "than under theory=landscape" in told and " spoke " in told
    assert "it trusted" not in told


def test_a_result_answers_its_question_again(here, capsys):
    assert asked("years=2026", "against=policy/japan=none", "domain=security", "out=one") == 0
    first = capsys.readouterr().out
    argv = ["--config-path", "one", "--config-name", "config", "out=two", "against=null"]
    assert enter(why, config_name="why", name="why", argv=argv) == 0
    assert "In 2026 the Philippines' security ties" in first
    assert "Between 2025 and 2026" in capsys.readouterr().out


def test_both_engines_answer_alike_and_figures_are_drawn(here, capsys):
    for engine in ("region", "ensemble"):
        assert asked(f"engine={engine}", "state=LAO", f"out={engine}", "figures=true") == 0
    texts = [(here / name / "why.txt").read_text("utf-8") for name in ("region", "ensemble")]
    assert texts[0] == texts[1]
    assert sorted(os.listdir("region/figures")) == ["why.png", "why.svg"]


def test_two_policies_are_told_apart(here, capsys):
    against = "against=[policy/china=assertive,policy.japan.osa_budget=0]"
    assert asked("domain=security", against) == 0
    told = capsys.readouterr().out
    assert "than under policy/china=assertive, policy.japan.osa_budget=0" in told
    assert "economic ties" not in told


def test_a_domain_without_a_tie_is_left_out_and_said(here, capsys):
    assert asked("state=LAO", "years=[2023,2026]") == 0
    told = capsys.readouterr().out
    assert "Not told: in 2023 one of the two security ties of LAO is zero" in told
    assert "Laos' economic ties" in told


def test_several_questions_end_in_one_table(here):
    assert asked("-m", "state=PHL,LAO", "out=m") == 0
    table = pd.read_csv("m/table.csv")
    assert list(table["status"]) == ["done", "done"] and table["security_change"].notna().all()


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["state=PHI"], "did you mean PHL"),
        (["state=[PHL,LAO]"], "one state's code"),
        (["years=[2024,2030]"], "to 2027"),
        (["years=[2026,2025]"], "before the last"),
        (["years=soon"], "one year or two"),
        (
            ["run=100"],
            "from 0 to 99, since runs is 100. Change it on the command line: run=0, or run=100 runs=101",
        ),
        (["runs=7", "run=7"], "from 0 to 6"),
        (["run=1.5"], "whole number"),
        (["options=[USA,RUS]"], "did you mean USA"),
        (["options=USA"], "a pair of different options"),
        (["domain=secruity"], "did you mean security"),
        (["against=policy/japan=nnone"], "did you mean none"),
        (["against=none"], "name=value"),
        (["against=[]"], "or a list of them"),
        (["against=seed=5"], "common random numbers"),
        (["against=policy/japan=osa_2023"], "changes nothing"),
        (["against=years.last=2026"], "differ in their years"),
        (["state=LAO", "years=[2023,2026]", "domain=security"], "above zero from 2024"),
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
