"""Several jobs (-m) share one folder: nobody else's files are touched, and no earlier job outlives its table."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pandas as pd
import pytest

from sim.cli import enter
from sim.provenance import ROOT
from sim.results.files import write_config
from sim.results.marks import read_mark
from sim.results.result_folder import result_folder
from tests.results.test_result_folder import left_by_a_dead_run, snapshot


class Task:
    """Writes a small result; fails, is interrupted or adds a file at one seed."""

    def __init__(self, fails=(), at=None, then=None):
        self.fails, self.at, self.then = fails, at, then

    def __call__(self, job):
        with result_folder(job.folder, kind="run") as folder:
            if job.settings.seed in self.fails:
                raise ValueError("no")
            if job.settings.seed == self.at:
                self.then()
            write_config(folder, job.mapping())
        return {"seed": job.settings.seed}


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def many(seeds, task=None, out="m"):
    argv = ["-m", f"seed={seeds}", f"out={out}"]
    return enter(task or Task(), config_name="config", name="run", argv=argv)


def test_the_folder_lists_its_tables_and_jobs_and_holds_nothing_else(here):
    assert many("1,2") == 0
    mark = read_mark(here / "m")
    assert list(mark.files) == ["table.csv"] and mark.jobs == ("seed=1", "seed=2")
    assert sorted(os.listdir("m")) == [".straits.json", "seed=1", "seed=2", "table.csv"]
    assert os.listdir(here) == ["m"]


def test_jobs_of_an_earlier_command_go_with_its_table(here):
    assert many("1,2") == 0
    assert many("2,3") == 0
    assert sorted(os.listdir("m")) == [".straits.json", "seed=2", "seed=3", "table.csv"]
    assert list(pd.read_csv("m/table.csv")["seed"]) == [2, 3]
    assert many("3,4", Task(fails=[3])) == 2
    assert sorted(os.listdir("m")) == [".straits.json", "seed=4", "table.csv"]


def test_a_single_result_and_several_replace_each_other(here):
    task = Task()
    assert enter(task, config_name="config", name="run", argv=["out=m"]) == 0
    assert many("1,2") == 0
    assert sorted(os.listdir("m")) == [".straits.json", "seed=1", "seed=2", "table.csv"]
    assert enter(task, config_name="config", name="run", argv=["out=m"]) == 0
    assert sorted(os.listdir("m")) == [".straits.json", "config.yaml"]


HARMS = {
    "multirun.yaml": lambda m: (m / "multirun.yaml").touch(),
    "differences.csv": lambda m: (m / "differences.csv").touch(),
    "table.csv (changed since)": lambda m: (m / "table.csv").write_text("mine", "utf-8"),
    "seed=1/chart.png": lambda m: (m / "seed=1" / "chart.png").touch(),
    "seed=1/config.yaml (changed since)": lambda m: (m / "seed=1/config.yaml").write_text(
        "", "utf-8"
    ),
    "seed=3": lambda m: (m / "seed=3").mkdir(),
    "seed=2": lambda m: ((m / "seed=2").rename(m.parent / "x"), (m / "seed=2").symlink_to("../x")),
}


@pytest.mark.parametrize("named", HARMS)
def test_what_no_command_put_there_is_refused_before_anything_runs(named, here, capsys):
    assert many("1,2") == 0
    HARMS[named](here / "m")
    before = snapshot(here)
    capsys.readouterr()
    assert many("2,3") == 2
    told = capsys.readouterr().err
    assert f"{named}, which no run put there" in told and told.count("\n") == 1
    assert snapshot(here) == before


def test_a_folder_of_the_users_own_is_spared(here, capsys):
    (here / "m").mkdir()
    for name in ("table.csv", "differences.csv", "multirun.yaml"):
        (here / "m" / name).write_text("mine", encoding="utf-8")
    before = snapshot(here)
    assert many("1,2") == 2
    assert "differences.csv, multirun.yaml, table.csv" in capsys.readouterr().err
    assert snapshot(here) == before


def test_what_comes_meanwhile_is_spared_and_the_jobs_are_kept(here, capsys):
    meanwhile = Task(at=2, then=lambda: (here / "m" / "table.csv").write_text("mine", "utf-8"))
    assert many("1,2", meanwhile) == 2
    assert "table.csv, which no run put there" in capsys.readouterr().err
    assert (here / "m/table.csv").read_text("utf-8") == "mine"
    assert {"seed=1", "seed=2"} <= set(os.listdir("m"))


def test_when_all_fail_what_was_there_stays(here):
    assert many("1,2") == 0
    table = (here / "m/table.csv").read_bytes()
    assert many("3,4", Task(fails=[3, 4])) == 2
    assert (here / "m/table.csv").read_bytes() == table and os.listdir(here) == ["m"]
    assert many("1,2") == 0


def test_after_an_interruption_the_same_command_goes_through(here):
    def interrupt():
        raise KeyboardInterrupt

    assert many("1,2", Task(at=2, then=interrupt)) == 130
    assert sorted(os.listdir("m")) == [".straits.json", "seed=1"] and os.listdir(here) == ["m"]
    left_by_a_dead_run(here / "m" / "seed=2", "partial")
    left_by_a_dead_run(here / "m", "partial")
    assert many("1,2") == 0
    assert sorted(os.listdir("m")) == [".straits.json", "seed=1", "seed=2", "table.csv"]
    assert os.listdir(here) == ["m"]


def test_a_link_stays_a_link(here):
    (here / "scratch").mkdir()
    (here / "m").symlink_to("scratch")
    for seeds in ("1,2", "2,3"):
        assert many(seeds) == 0
    assert (here / "m").is_symlink() and sorted(os.listdir(here)) == ["m", "scratch"]
    assert (here / "scratch/table.csv").is_file()


@pytest.mark.skipif(os.name != "posix", reason="a signal that other systems lack")
def test_a_run_that_is_told_to_end_clears_its_unfinished_folder(here):
    command = [
        sys.executable,
        str(ROOT / "experiments/run.py"),
        "runs=900",
        "figures=false",
        "out=r",
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as run:
        for _ in range(1200):
            if any("partial" in name for name in os.listdir(here)):
                break
            time.sleep(0.05)
        run.send_signal(signal.SIGTERM)
        said = run.communicate()[1].decode()
    assert run.returncode == 143 and "Ended by a signal" in said and "Traceback" not in said
    assert not os.listdir(here)
