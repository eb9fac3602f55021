"""Differences from the command line: over a store, at the end of a sweep, and of several jobs against the first."""

from __future__ import annotations

import os

import numpy as np
import pandas as pd
import pytest
import yaml

from sim.cli import enter
from sim.outcomes.definitions import dates
from sim.studies.difference.command import difference
from sim.studies.scenario.command import run
from sim.studies.sweep.command import sweep
from tests.ensemble.small import unfinish

SMALL = ["states=[PHL,KHM]", "years.last=2026"]
SWEPT = [*SMALL, "executor=serial", "sweep.replicates=3", "figures=false"]
BUDGET = "policy.japan.osa_budget"
SPACE = [
    f"sweep.space.{BUDGET}=[0,40]",
    "sweep.levels=3",
    "sweep.space.theory=[insurance,commerce]",
]


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def swept(*argv):
    return enter(sweep, config_name="sweep", name="sweep", argv=[*SWEPT, *argv])


def differing(*argv):
    return enter(difference, config_name="difference", name="difference", argv=list(argv))


def test_a_store_is_measured_against_a_value_within_all_else(here, capsys):
    assert swept(*SPACE) == 0
    capsys.readouterr()
    assert differing("store=results/sweep", f"baseline.{BUDGET}=0") == 0
    said = capsys.readouterr().out
    assert "4 points, 3 pairs" in said and "leave zero out" in said and "not a forecast" in said
    folder = here / "results" / "difference"
    table = pd.read_csv(folder / "differences.csv")
    assert set(zip(table["point"], table["baseline"], table["theory"], strict=True)) == {
        *((2, 0, "insurance"), (3, 1, "commerce"), (4, 0, "insurance"), (5, 1, "commerce"))
    }
    names = {path.name for path in (folder / "figures").iterdir()}
    assert {"differences.png", "differences.svg", "differences_along.png"} <= names
    given = yaml.safe_load((folder / "config.yaml").read_text("utf-8"))
    assert given == {"store": "results/sweep", "baseline": {BUDGET: 0}}
    assert differing("store=results/sweep", "baseline={osa_budget: 0}", "figures=false") == 0
    assert not (folder / "figures").exists()


def test_a_sweep_measures_itself_where_a_baseline_is_named(here, capsys):
    assert swept(*SPACE, "sweep.baseline.theory=insurance") == 0
    assert "Policy minus baseline, theory=insurance" in capsys.readouterr().out
    table = pd.read_csv("results/sweep/differences.csv")
    assert set(table["point"]) == {1, 3, 5} and set(table["baseline"]) == {0, 2, 4}
    assert differing("store=results/sweep", "baseline.theory=insurance", "figures=false") == 0
    other = pd.read_csv("results/difference/differences.csv")
    pd.testing.assert_frame_equal(table, other)


def test_differences_of_fewer_runs_are_taken_away_when_a_sweep_grows(here):
    assert swept(*SPACE, "sweep.baseline=point:0") == 0
    assert swept(*SPACE, "sweep.replicates=4") == 0
    assert not (here / "results" / "sweep" / "differences.csv").exists()
    assert swept(*SPACE, "sweep.replicates=4", "sweep.baseline=point:0") == 0
    table = pd.read_csv("results/sweep/differences.csv")
    assert set(table.loc[~table["outcome"].isin(dates()), "pairs"]) == {4}


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        ([], "store is None"),
        (["store=nowhere", "baseline=point:0"], "not a store"),
        (["store=here"], "baseline is None"),
        (["store=here", "baseline=[]"], "baseline is []"),
        (["store=here", "baseline=0"], "baseline is 0"),
        (["store=here", "baseline={}"], "baseline is {}"),
        (["store=[here]", "baseline=point:0"], "store is ['here']"),
        (["store=nowhere", "baseline=point:0", "seed=3"], "settings are given"),
        (["store=nowhere", "baselin=point:0"], "baseline"),
        (["store=nowhere", "point=3"], "point is not a setting"),
        (["store=nowhere", "baseline=point:0", "theory=commerce"], "theory"),
    ],
)
def test_a_difference_that_cannot_be_is_refused(argv, told, here, capsys):
    assert differing(*argv) == 2
    said = capsys.readouterr().err
    assert told in said and "Traceback" not in said and not list(here.iterdir())


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["baseline=point:9"], "points 0 to 5"),
        (["baseline.osa_budget=7"], "0, 20, 40"),
        (["baseline.theory=insurence"], "insurance, commerce"),
        (["baseline.scenario=baseline"], "did not vary"),
        (["baseline=point:0", "out=store"], "no run put there"),
    ],
)
def test_a_baseline_the_store_lacks_is_refused(argv, told, store, monkeypatch, capsys):
    monkeypatch.chdir(store)
    assert differing("store=store", *argv) == 2
    said = capsys.readouterr().err
    assert told in said and "Traceback" not in said and os.listdir(store) == ["store"]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("measured")
    assert swept(*SPACE, f"out={folder / 'store'}") == 0
    return folder


def test_a_store_in_which_nothing_was_run_is_told(here, capsys):
    assert swept(*SPACE) == 0
    for block in (here / "results/sweep/blocks").iterdir():
        block.unlink()
    unfinish(here / "results/sweep")
    capsys.readouterr()
    assert differing("store=results/sweep", f"baseline.{BUDGET}=0") == 2
    said = capsys.readouterr().err
    assert "no point has been run together with its baseline" in said and "Traceback" not in said
    assert not (here / "results/difference").exists()


def test_a_sweep_refuses_a_baseline_before_it_runs(here, capsys):
    assert swept(*SPACE, "sweep.baseline.theory=commmerce") == 2
    said = capsys.readouterr().err
    assert "sweep.baseline.theory is 'commmerce'" in said and "insurance, commerce" in said
    assert not list(here.iterdir())


def test_several_jobs_end_in_the_table_of_a_sweep_with_the_same_numbers(here, capsys):
    many = ["-m", f"{BUDGET}=0,40", "engine=ensemble", "runs=3", "figures=false", "out=m"]
    assert enter(run, config_name="config", name="run", argv=[*SMALL, *many]) == 0
    assert "with common random numbers" in capsys.readouterr().out
    space = f"sweep.space.{BUDGET}={{values: [0, 40]}}"
    assert swept(space, "sweep.precision=double", "sweep.keep=all") == 0
    assert differing("store=results/sweep", "baseline=point:0", "figures=false") == 0
    jobs, points = pd.read_csv("m/table.csv"), pd.read_csv("results/sweep/table.csv")
    assert list(jobs.columns) == ["point", "job", "status", *points.columns[1:]]
    pd.testing.assert_frame_equal(jobs[points.columns], points, check_dtype=False, rtol=1e-5)
    pd.testing.assert_frame_equal(
        pd.read_csv("m/differences.csv"),
        pd.read_csv("results/difference/differences.csv"),
        check_dtype=False,
        rtol=1e-4,
    )


def test_jobs_with_other_luck_say_so_and_jobs_of_one_run_have_no_interval(here, capsys):
    many = ["-m", "seed=1,2", "figures=false", "out=m"]
    assert enter(run, config_name="config", name="run", argv=[*SMALL, *many]) == 0
    assert "their seeds differ" in capsys.readouterr().out
    table = pd.read_csv("m/differences.csv")
    assert set(table["pairs"]) == {1} and np.isnan(table["low95"]).all()
    assert "alignment_sd" not in pd.read_csv("m/table.csv")


def test_jobs_in_other_worlds_are_compared_over_the_states_both_have(here):
    many = ["-m", "states=[PHL,KHM],[PHL,VNM]", "years.last=2026", "figures=false", "out=m"]
    assert enter(run, config_name="config", name="run", argv=many) == 0
    assert set(pd.read_csv("m/differences.csv")["state"]) == {"PHL", "REGION"}


def test_without_the_first_job_nothing_is_compared(here):
    many = ["-m", f"{BUDGET}=-1,2,3", "figures=false", "out=m"]
    assert enter(run, config_name="config", name="run", argv=[*SMALL, *many]) == 2
    assert not (here / "m" / "differences.csv").exists()
    assert list(pd.read_csv("m/table.csv")["status"]) == ["failed", "done", "done"]
