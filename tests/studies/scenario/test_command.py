"""The two tasks, from the command line to the folder, on the real model."""

from __future__ import annotations

import os

import pytest
import xarray as xr
import yaml

from sim.cli import enter
from sim.config import Settings, build
from sim.config.settings import as_mapping
from sim.errors import UserError
from sim.provenance import provenance
from sim.studies.scenario.command import run, without_assistance
from sim.studies.scenario.compare_command import compare
from sim.studies.scenario.engine import joined, simulate

SHORT = ["years.last=2027", "figures=false"]


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_run_writes_its_whole_folder_and_the_same_bytes_twice(here, capsys):
    for out in ("a", "b"):
        assert enter(run, config_name="config", name="run", argv=[*SHORT, f"out={out}"]) == 0
    told = capsys.readouterr().out
    assert "A conditional scenario, not a forecast." in told and "In 2027" in told
    files = sorted(os.listdir("a"))
    assert files[0] == ".straits.json"
    assert files[1:] == [
        *("config.yaml", "history.nc", "outcomes.nc", "references.bib", "summary.csv"),
    ]
    for name in set(files) - {"config.yaml", ".straits.json"}:
        assert (here / "a" / name).read_bytes() == (here / "b" / name).read_bytes()


def test_another_seed_is_another_history(here):
    for seed in (1, 2):
        argv = [*SHORT, f"seed={seed}", f"out={seed}"]
        assert enter(run, config_name="config", name="run", argv=argv) == 0
    assert (here / "1" / "summary.csv").read_bytes() != (here / "2" / "summary.csv").read_bytes()


def test_a_result_says_where_it_comes_from(here):
    assert (
        enter(run, config_name="config", name="run", argv=[*SHORT, "seed=9223372036854775807"]) == 0
    )
    for name in ("history", "outcomes"):
        with xr.open_dataset(f"results/run/{name}.nc", engine="scipy") as data:
            assert {"title", "version", "commit", "created_with", "references"} <= set(data.attrs)
            assert data.attrs["seed"] == "9223372036854775807"
            assert build(yaml.safe_load(data.attrs["config"])).seed == 9223372036854775807


def test_several_runs_make_a_run_dimension_and_runs_are_themselves(here):
    assert enter(run, config_name="config", name="run", argv=[*SHORT, "runs=3", "out=r"]) == 0
    with xr.open_dataset("r/outcomes.nc", engine="scipy") as data:
        assert data.sizes["run"] == 3 and data["posture"].dims[0] == "run"
    settings = build({"years": {"last": 2026}, "states": ["PHL", "VNM"]})
    several = simulate(build(as_mapping(settings) | {"runs": 2}))
    assert (
        several.isel(run=0)
        .drop_vars("run")["trust"]
        .equals(simulate(settings).drop_vars("run", errors="ignore")["trust"])
    )
    assert "run" not in several["stake"].dims and "run" not in several["trust_flag"].dims


def test_one_run_side_by_side_is_told_as_one_run(here, capsys):
    argv = [*SHORT, "engine=ensemble", "out=one"]
    assert enter(run, config_name="config", name="run", argv=argv) == 0
    told = capsys.readouterr().out
    assert " steps up and " in told and "of 1 runs" not in told and "most runs" not in told
    with xr.open_dataset("one/outcomes.nc", engine="scipy") as outcomes:
        assert "run" not in outcomes.dims


def test_joining_one_history_adds_only_the_run():
    history = simulate(build({"years": {"last": 2025}, "states": ["PHL"]}))
    both = joined([history, history])
    assert both["alignment" if "alignment" in both else "trust"].sizes["run"] == 2
    assert set(both.data_vars) == set(history.data_vars)


def test_more_runs_than_can_be_told_one_by_one_are_refused():
    with pytest.raises(UserError, match="runs=1000"):
        simulate(build({"runs": 1_000_000}))


def test_taking_assistance_away_changes_only_assistance():
    full = build(
        {"policy": {"japan": {"oda": 9.0, "osa_budget": 10.0}, "china": {"coercion": 0.9}}}
    )
    bare = without_assistance(full)
    before, after = as_mapping(full), as_mapping(bare)
    changed = {
        name
        for name, value in before["policy"]["japan"].items()
        if value != after["policy"]["japan"][name]
    }
    assert changed == {"osa_budget", "capacity_building", "exercises"}
    before["policy"].pop("japan"), after["policy"].pop("japan")
    assert before == after


def test_a_comparison_writes_tables_and_says_the_differences(here, capsys):
    argv = [*SHORT, "compare.choices=[none,osa_expanded]"]
    assert enter(compare, config_name="compare", name="compare", argv=argv) == 0
    told = capsys.readouterr().out
    assert "Difference to none, same random draws" in told and "osa_expanded" in told
    assert {"summary.csv", "differences.csv", "outcomes_none.nc", "config.yaml"} <= set(
        os.listdir("results/compare")
    )
    assert enter(compare, config_name="compare", name="compare", argv=argv) == 0


@pytest.mark.parametrize("out", ["/proc/nope", "/dev/null", "/dev/null/x"])
def test_a_folder_that_cannot_be_written_is_told_before_the_run(out, here, capsys):
    for argv in ([f"out={out}"], ["-m", "seed=1,2", f"out={out}"]):
        assert enter(run, config_name="config", name="run", argv=[*SHORT, *argv]) == 2
        told = capsys.readouterr()
        assert out in told.err and "Traceback" not in told.err
    assert not list(here.iterdir())


def test_provenance_names_no_moment():
    one, two = provenance(Settings()), provenance(Settings())
    assert one == two and one["version"] != ""
