"""The two commands, from the command line to the folder."""

from __future__ import annotations

import os

import pandas as pd
import pytest
import xarray as xr

from sim.cli import enter
from sim.composition.check import choices_of
from sim.composition.compose import CONF, Source
from sim.studies import _sweeps
from sim.studies.replay.command import replay
from sim.studies.scenario.command import run
from sim.studies.sweep.command import sweep

EXPERIMENTS = choices_of(Source(folder=CONF, name="sweep"), "experiment")
SMALL = ["states=[PHL,KHM]", "years.last=2026", "executor=serial", "figures=false"]
FEW = ["sweep.levels=2", "sweep.replicates=3"]
BUDGET = "sweep.space.policy.japan.osa_budget"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def swept(*argv):
    return enter(sweep, config_name="sweep", name="sweep", argv=[*SMALL, *argv])


def replayed(*argv):
    return enter(replay, config_name="replay", name="replay", argv=list(argv))


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_every_experiment_runs_in_miniature_and_opens_with_its_command(experiment, here, capsys):
    text = (CONF / "experiment" / f"{experiment}.yaml").read_text("utf-8")
    assert f"python experiments/sweep.py experiment={experiment}" in text
    charts = experiment == "aid_pressure"  # charts have tests of their own
    assert swept(f"experiment={experiment}", *FEW, f"figures={str(charts).lower()}") == 0
    told = capsys.readouterr().out
    assert "All runs: xarray.open_dataset" in told
    assert ("results/sweep/figures (along_alignment" in told) == charts
    with xr.open_dataset("results/sweep/outcomes.nc", engine="scipy") as data:
        assert data.sizes["replicate"] == 3
    assert replayed("store=results/sweep", "point=1", "replicate=2", "state=PHL") == 0
    assert "the same history as stored" in capsys.readouterr().out


def test_names_and_numbers_are_varied_together_from_the_command_line(here, capsys):
    argv = ["sweep.space.policy/china=[restrained,assertive]", f"{BUDGET}=[0,40]", *FEW, "out=s"]
    assert swept(*argv) == 0
    table = pd.read_csv("s/table.csv")
    assert list(table["policy/china"]) == ["restrained"] * 2 + ["assertive"] * 2
    assert list(table["policy.japan.osa_budget"]) == [0, 40, 0, 40]
    assert swept(*argv) == 0
    assert "0 blocks run, 1 found finished" in capsys.readouterr().out


def test_several_sweeps_end_in_one_table(here):
    assert swept("-m", f"{BUDGET}=[0,40]", "scenario=baseline,cold_war", *FEW, "out=m") == 0
    table = pd.read_csv("m/table.csv")
    assert list(table["status"]) == ["done"] * 2 and table["alignment_mean"].notna().all()


def test_a_space_may_be_given_whole_and_worlds_may_differ(here):
    space = "sweep.space={theory:[insurance,commerce],scenario:[managed]}"
    drawn = ["sweep.design=lhs", "sweep.points=4", "sweep.replicates=2", "sweep.levels=1"]
    assert swept(space, "sweep.space.years.last=[2026,2030]", *drawn) == 0
    assert replayed("store=results/sweep", "point=3", "replicate=1") == 0


def test_a_sweep_is_only_foretold_on_request(here, capsys):
    assert swept("experiment=aid_pressure", "sweep.forecast=true") == 0
    told = capsys.readouterr().out
    assert "8,100 runs to do" in told and not list(here.iterdir())


def test_an_interrupted_sweep_says_that_it_can_go_on(here, capsys, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(_sweeps, "run_sweep", interrupted)
    assert swept(f"{BUDGET}=[0,40]", *FEW) == 130
    assert "the same command goes on from them" in capsys.readouterr().err


def test_a_store_that_is_there_is_foretold_by_what_it_lacks(here, capsys):
    argv = [f"{BUDGET}=[0,40]", "sweep.levels=2"]
    assert swept(*argv, "sweep.replicates=3") == 0
    assert swept(*argv, "sweep.replicates=5", "sweep.forecast=true") == 0
    assert "4 runs to do in 1 block," in capsys.readouterr().out


def test_a_changed_scenario_is_not_mixed_in(here, capsys):
    argv = [f"{BUDGET}=[0,40]", *FEW, "out=s"]
    assert swept(*argv) == 0
    assert swept(*argv, "scenario=cold_war") == 2
    assert "settings.scenario.rivalry is 0.9 now and was 0.6 there" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        ([], "sweep.space is empty"),
        (["sweep.space.policy.japan.osa_budgt=[0,1]"], "policy.japan.osa_budget"),
        ([f"{BUDGET}=[0,999]"], "between 0 and 200"),
        (["sweep.space.theory=[insurence]"], "insurance"),
        (["experiment=aid_presure"], "aid_pressure"),
        (["experiment=aid_pressure", "sweep.levels=999"], "sweep.confirm=true"),
        (["experiment=aid_pressure", "sweep.desing=lhs"], "sweep.design"),
        (["experiment=aid_pressure", "sweep.design=lsh"], "lhs"),
        (["experiment=aid_pressure", "executor=proceses"], "processes"),
        (["experiment=aid_pressure", "executor.workers=-1"], "executor.workers"),
        (["experiment=aid_pressure", "runs=5"], "at least one run a point"),
        (["sweep.design=table", "sweep.table=none.csv"], "it is missing"),
        (["experiment=aid_pressure", "out=/proc/nope"], "/proc/nope"),
    ],
)
def test_a_mistake_is_one_message_and_leaves_nothing(argv, told, here, capsys):
    assert swept(*argv) == 2
    said = capsys.readouterr().err
    assert told in said and "Traceback" not in said and not list(here.iterdir())


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        ([], "store is None"),
        (["store=nowhere"], "not a store"),
        (["store=nowhere", "seed=3"], "settings are given"),
        (["store=nowhere", "point=-1"], "point is -1"),
    ],
)
def test_a_replay_that_cannot_be_is_refused(argv, told, here, capsys):
    assert replayed(*argv) == 2
    assert told in capsys.readouterr().err


def test_experiments_belong_to_sweeps(here, capsys):
    assert enter(run, config_name="config", name="run", argv=["experiment=aid_pressure"]) == 2
    assert "experiment is not a setting" in capsys.readouterr().err


def test_the_ensemble_writes_what_a_single_run_does(here):
    common = ["states=[PHL,KHM]", "years.last=2026", "figures=false"]
    for argv in (["out=one"], ["out=many", "engine=ensemble", "runs=5"]):
        assert enter(run, config_name="config", name="run", argv=[*common, *argv]) == 0
    assert sorted(os.listdir("one")) == sorted(os.listdir("many"))
    with (
        xr.open_dataset("one/outcomes.nc", engine="scipy") as one,
        xr.open_dataset("many/outcomes.nc", engine="scipy") as many,
    ):
        assert many.sizes["run"] == 5 and set(one.data_vars) == set(many.data_vars)
        xr.testing.assert_allclose(
            many["alignment"].sel(run=0, drop=True), one["alignment"].drop_vars("run"), rtol=1e-12
        )
    assert "alignment_end_sd" in pd.read_csv("many/summary.csv")


def test_more_runs_than_memory_holds_are_sent_to_a_sweep(here, capsys):
    argv = ["engine=ensemble", "runs=50000"]
    assert enter(run, config_name="config", name="run", argv=argv) == 2
    assert "the command sweep" in capsys.readouterr().err
