"""The door lets through what is right: flags work, sweeps end in a table, nothing lies about."""

from __future__ import annotations

import io
import os
import sys

import pandas as pd
import pytest
import yaml

from sim.cli import enter
from sim.composition.check import check_overrides
from sim.composition.compose import CONF, Source, parse
from sim.composition.context import names_of
from sim.composition.multirun import expand
from sim.config import build
from sim.errors import UserError
from sim.results.files import write_config
from sim.results.result_folder import result_folder
from sim.studies.scenario.options import variant_settings


class Noting:
    """A task that notes its jobs and writes a minimal result."""

    def __init__(self, fails=()):
        self.jobs, self.fails = [], fails

    def __call__(self, job):
        self.jobs.append(job)
        with result_folder(job.folder, kind="run") as folder:
            if job.settings.seed in self.fails:
                raise UserError(
                    given="the data are missing", allowed="they must be there", where="x"
                )
            write_config(folder, job.mapping())
        return {"seed": job.settings.seed, "budget": job.settings.policy.japan.osa_budget}


@pytest.fixture
def task(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return Noting()


def test_one_job_is_handed_validated_settings(task, tmp_path):
    argv = ["policy/japan=none", "seed=7", "scenario=cold_war", "years.last=2030"]
    assert enter(task, config_name="config", name="run", argv=argv) == 0
    (job,) = task.jobs
    assert (job.settings.seed, job.settings.scenario.name) == (7, "cold_war")
    assert job.settings.policy.japan.osa_budget == 0
    assert sorted(os.listdir(tmp_path)) == ["results"]
    assert os.listdir(tmp_path / "results") == ["run"]


def test_out_is_obeyed_and_the_working_folder_kept(task, tmp_path):
    before = list(sys.argv)
    assert enter(task, config_name="config", name="run", argv=["out=here/deep"]) == 0
    assert (tmp_path / "here" / "deep" / "config.yaml").exists()
    assert os.getcwd() == str(tmp_path) and sys.argv == before


def test_the_written_configuration_reads_back_as_the_same_settings(task):
    argv = ["theory=commerce", "scenario=sea_clash", "world=asean11", "+policy.japan.custom.PHL=2"]
    argv += ["policy.japan.allocation=custom", "+policy.others.IND={presence: 0.3}"]
    assert enter(task, config_name="config", name="run", argv=argv) == 0
    with open("results/run/config.yaml", encoding="utf-8") as lines:
        given = yaml.safe_load(lines)
    for name in ("out", "figures", "engine"):
        given.pop(name)
    assert build(given) == task.jobs[0].settings


def test_a_written_configuration_can_be_run_again(task):
    assert enter(task, config_name="config", name="run", argv=["theory=commerce", "out=a"]) == 0
    again = ["--config-path", "a", "out=b"]
    assert enter(task, config_name="config", name="run", argv=again) == 0
    assert task.jobs[0].settings == task.jobs[1].settings


@pytest.mark.parametrize("text", ["policy/japan=none", "theory=insurance", "world=asean11"])
def test_groups_cannot_be_changed_in_a_written_configuration(text, task, capsys):
    assert enter(task, config_name="config", name="run", argv=["out=a"]) == 0
    assert enter(task, config_name="config", name="run", argv=["--config-path", "a", text]) == 2
    assert "single settings" in capsys.readouterr().err


def test_a_sweep_ends_in_one_table(task, tmp_path, capsys):
    argv = ["-m", "policy/japan=none,osa_expanded", "seed=3,4", "years.last=2030"]
    assert enter(task, config_name="config", name="run", argv=argv) == 0
    base = tmp_path / "results" / "run-sweep"
    table = pd.read_csv(base / "table.csv")
    assert list(table["seed"]) == [3, 4, 3, 4] and list(table["status"]) == ["done"] * 4
    assert sorted(os.listdir(base)) == sorted([*table["job"], ".straits.json", "table.csv"])
    assert "policy.japan=none,seed=3" in list(table["job"])
    assert capsys.readouterr().out.count("done") == 4


def test_a_failing_job_leaves_the_others_their_results(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    task = Noting(fails=(2,))
    assert enter(task, config_name="config", name="run", argv=["-m", "seed=1,2,3", "out=s"]) == 2
    table = pd.read_csv("s/table.csv")
    assert list(table["status"]) == ["done", "failed", "done"]
    assert sorted(os.listdir("s")) == [".straits.json", "seed=1", "seed=3", "table.csv"]
    assert "seed=2 failed: the data are missing" in capsys.readouterr().err


def test_a_job_out_of_range_fails_alone(task, capsys):
    argv = ["-m", "policy.japan.osa_budget=2,-3", "out=s"]
    assert enter(task, config_name="config", name="run", argv=argv) == 2
    assert [job.settings.policy.japan.osa_budget for job in task.jobs] == [2.0]
    assert "between 0 and 200" in capsys.readouterr().err


def test_a_bug_in_one_job_leaves_the_others_their_results(tmp_path, monkeypatch, capsys):
    def buggy(job):
        return {"inverse": 1 / (job.settings.seed - 1)}

    monkeypatch.chdir(tmp_path)
    assert enter(buggy, config_name="config", name="run", argv=["-m", "seed=1,2", "out=s"]) == 2
    assert "seed=1 failed: ZeroDivisionError" in capsys.readouterr().err


def test_when_every_job_fails_no_folder_is_left(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    task = Noting(fails=(1, 2))
    assert enter(task, config_name="config", name="run", argv=["-m", "seed=1,2", "out=s"]) == 2
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("flags", "part"),
    [
        (["--help"], "policy/japan: lethal_exports, none, osa_2023, osa_expanded"),
        (["--cfg", "job"], "osa_budget:"),
        (["--info", "defaults"], "scenario/baseline"),
    ],
)
def test_flags_of_hydra_answer_without_running(flags, part, task, tmp_path, capsys):
    assert enter(task, config_name="config", name="run", argv=flags) == 0
    assert part in capsys.readouterr().out
    assert not task.jobs and not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("over", "choices"),
    [
        ("policy/japan", ["none", "lethal_exports"]),
        ("scenario", ["baseline", "cold_war"]),
        ("theory", ["insurance", "commerce"]),
        ("policy.japan.osa_budget", ["0", "18.1"]),
    ],
)
def test_a_comparison_carries_its_variants(over, choices, task):
    argv = [f"compare.over={over}", f"compare.choices=[{','.join(choices)}]", "seed=5"]
    assert enter(task, config_name="compare", name="compare", argv=argv) == 0
    (job,) = task.jobs
    found = variant_settings(job)
    assert list(found) == choices
    one, other = found.values()
    assert one != other and one.seed == other.seed == 5


def test_flags_may_stand_among_overrides(task):
    argv = ["years.last=2030", "-m", "seed=1,2", "out=s", "--config-name", "config"]
    assert enter(task, config_name="config", name="run", argv=argv) == 0
    assert [job.settings.years.last for job in task.jobs] == [2030, 2030]


def test_jobs_are_named_by_what_differs():
    jobs = expand(parse(["seed=1,2", "runs=3", "policy/japan=none,osa_2023"]), many=True)
    names = names_of(jobs)
    assert len(set(names)) == 4 and all("runs" not in name and "/" not in name for name in names)
    assert names_of([["seed=1"]]) == ["seed=1"]
    assert names_of([[], []]) == ["as_declared-0", "as_declared-1"]


def test_further_folders_may_hold_choices(task, tmp_path):
    (tmp_path / "more" / "scenario").mkdir(parents=True)
    (tmp_path / "more" / "scenario" / "calm.yaml").write_text("name: calm\nrivalry: 0.1\n", "utf-8")
    argv = ["--config-dir", "more", "scenario=calm"]
    assert enter(task, config_name="config", name="run", argv=argv) == 0
    assert task.jobs[0].settings.scenario.rivalry == 0.1


def test_right_names_pass_the_check():
    source = Source(folder=CONF, name="config")
    check_overrides(
        parse(["policy/japan=none", "rules.opinion.aid=0.1", "hydra.verbose=true"]), source
    )


def test_a_reader_that_leaves_is_no_fault(task, monkeypatch, capsys):
    """As with ``| head -1``: no traceback, and the status that a shell reports."""

    def gone(job):
        raise BrokenPipeError

    for argv in ([], ["-m", "seed=1,2"]):
        monkeypatch.setattr(sys, "stdout", io.StringIO())  # has no descriptor to put aside
        assert enter(gone, config_name="config", name="run", argv=argv) == 141
        monkeypatch.undo()
    assert "Traceback" not in capsys.readouterr().err
