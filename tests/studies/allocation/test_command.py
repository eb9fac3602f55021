"""The command that divides a budget, from the command line to the folder, good and bad."""

from __future__ import annotations

import os

import pandas as pd
import pytest
import yaml

from sim.cli import enter
from sim.config import build
from sim.config.optimised import read
from sim.studies.allocation.command import allocate, planned_runs
from sim.studies.allocation.options import AllocateOptions
from sim.studies.allocation.trial import allocate as run_trial

STATES = "states=[MYS,VNM,SGP,PHL]"
SHORT = [STATES, "years.last=2026", "allocate.population=8", "allocate.runs=5"]
FEW = [
    "allocate.generations=2",
    "allocate.fresh=6",
    "allocate.elsewhere=5",
    "allocate.scenarios=[cold_war]",
    "figures=false",
]
FILES = [
    *("allocation.md", "config.yaml", "front.csv", "optimised.yaml", "references.bib", "rules.csv")
]


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def allocated(*argv):
    return enter(allocate, config_name="allocate", name="allocate", argv=list(argv))


def test_it_writes_a_whole_folder_and_the_same_bytes_twice(here, capsys):
    pytest.importorskip("pymoo")
    for out in ("a", "b", "b"):
        assert allocated(*SHORT, *FEW, f"out={out}") == 0
    told = capsys.readouterr()
    assert "A conditional scenario, not a forecast." in told.out and "points of 100" in told.out
    assert sorted(os.listdir("a")) == [".straits.json", *FILES, "scenarios.csv", "trade_offs.csv"]
    for name in ("allocation.md", "front.csv", "rules.csv", "scenarios.csv", "trade_offs.csv"):
        assert (here / "a" / name).read_bytes() == (here / "b" / name).read_bytes()
    table = read(here / "a" / "optimised.yaml")
    assert sum(table.shares.values()) == pytest.approx(1.0) and table.found["osa_budget"] == 2.0
    front = pd.read_csv("a/front.csv")
    assert (front.filter(like="share_").sum(axis=1) - 1.0).abs().max() < 1e-5
    assert set(pd.read_csv("a/scenarios.csv")["scenario"]) == {"baseline", "cold_war"}


def test_the_stored_configuration_finds_the_same_front_again(here):
    pytest.importorskip("pymoo")
    assert allocated(*SHORT, *FEW, "seed=5", "allocate.scenarios=[]", "out=five") == 0
    five = (here / "five" / "front.csv").read_bytes()
    config = yaml.safe_load((here / "five" / "config.yaml").read_text(encoding="utf-8"))
    assert config["allocate"]["population"] == 8 and config["seed"] == 5
    argv = ["--config-path", "five", "--config-name", "config", "out=again"]
    assert allocated(*argv) == 0
    assert (here / "again" / "front.csv").read_bytes() == five


BAD = {
    "policy.japan.osa_budget=0": ("osa_budget is 0", "above 0"),
    "policy/japan=none": ("osa_budget is 0", "above 0"),
    "states=[SGP,BRN,LAO]": ("nobody may receive", "two recipients"),
    "states=[PHL,SGP]": ("PHL may receive", "two recipients"),
    "partners=[CHN,USA]": ("partners", "Japan must be"),
    "allocate.runs=4": ("allocate.runs is 4", "between 5"),
    "allocate.runs=many": ("'many'", "whole number"),
    "allocate.fresh=1": ("allocate.fresh is 1", "between 5"),
    "allocate.population=3": ("allocate.population is 3", "between 8"),
    "allocate.generations=0": ("allocate.generations is 0", "between 1"),
    "allocate.generations=2.5": ("2.5", "whole number"),
    "allocate.judged=first": ("'first'", "last, mean"),
    "allocate.scenarios=[clod_war]": ("clod_war", "cold_war"),
    "allocate.scenarios={a: 1}": ("allocate.scenarios", "list of names"),
    "allocate.scenarios=[1]": ("allocate.scenarios", "list of names"),
    "publish=perhaps": ("publish", "true or false"),
    "allocate.populaton=9": ("allocate.populaton", "allocate.population"),
    "allocate=9": ("allocate", "group of settings"),
    "sweep.levels=3": ("sweep.levels", "setting"),
    "scenario=peace": ("peace", "baseline"),
}


@pytest.mark.parametrize("argument", BAD)
def test_bad_input_is_told_in_one_message(argument, here, capsys):
    assert allocated(*SHORT, "figures=false", argument) == 2
    told = capsys.readouterr()
    assert "Traceback" not in told.err and not os.listdir(here)
    for part in BAD[argument]:
        assert part in told.err, told.err


def test_a_folder_of_others_is_refused_before_anything_is_run(here, capsys):
    pytest.importorskip("pymoo")
    (here / "theirs").mkdir()
    (here / "theirs" / "letter").touch()
    assert allocated(*SHORT, "out=theirs") == 2
    told = capsys.readouterr().err
    assert "letter" in told and "runs/s" not in told
    assert os.listdir("theirs") == ["letter"]


def test_a_budget_divided_here_is_no_option_of_other_commands(here, capsys):
    from sim.studies.scenario.command import run

    assert enter(run, config_name="config", name="run", argv=["allocate.runs=7"]) == 2
    assert "allocate.runs" in capsys.readouterr().err


def test_the_bar_foresees_at_least_what_is_run():
    told = []
    few = AllocateOptions(population=8, generations=2, runs=5, fresh=6, elsewhere=5)
    pytest.importorskip("pymoo")
    run_trial(build({"years": {"last": 2025}}), few, others={}, progress=told.append)
    assert 0 < sum(told) <= planned_runs(few, 4, 0)
